"""Entries as fava's form and its import page send them, read strictly.

fava itself writes account names and metadata as they come, so that either can hold directives
(TRAPS part 2); what is read here is written by `yusuan.ledger.books.text`, which refuses that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yusuan.ledger.books.record import Item
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.draft import Assertion
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.draft import Remark
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import yuan

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.draft import Aside

#: What beancount and fava note of an entry for themselves.
_THEIRS = {"filename", "lineno"}
_AMOUNT = re.compile(r"(\S+)\s+(\S+)")


class PostedError(ValueError):
    """An entry that cannot be taken as it was sent."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was sent together: entries with the accounts that they may open, and what stands beside them."""

    items: list[Item]
    asides: list[Aside]

    @property
    def ids(self) -> list[str]:
        """The ids of the entries."""
        return [item.draft.id for item in self.items]


def posted(sent: Sequence[object], free: Callable[[int], str]) -> Posted:
    """Read entries; `free` proposes an id for a year. Raises PostedError, MoneyError."""
    found = Posted([], [])
    for entry in sent:
        if not isinstance(entry, dict):
            raise PostedError("凭证的内容有误")
        kind = entry.get("t")
        if kind == "Transaction":
            draft = _transaction(entry, free)
            found.items.append(Item(draft, _leaves(draft)))
        elif kind == "Note":
            found.asides.append(
                Remark(_day(entry), _word(entry, "account"), _word(entry, "comment"), _meta(entry))
            )
        elif kind == "Balance":
            found.asides.append(_balance(entry))
        else:
            raise PostedError("只能录入交易、余额断言和备注")
    return found


def _transaction(entry: dict[str, object], free: Callable[[int], str]) -> Draft:
    day, meta, links = _day(entry), _meta(entry), _words(entry, "links")
    id_ = meta.pop("id", "") or min(links, default="")
    if not id_:
        raise PostedError(f"凭证没有编号：请添加元数据 id，例如 {free(day.year)}")
    postings = [_posting(each) for each in _list(entry, "postings")]
    return Draft(
        date=day,
        id=id_,
        narration=_word(entry, "narration"),
        postings=tuple(each for each in postings if each is not None),
        payee=_word(entry, "payee"),
        flag=_word(entry, "flag"),
        meta=meta,
        links=links,
        tags=_words(entry, "tags"),
    )


def _posting(sent: object) -> DraftPosting | None:
    """Read one posting; the last line of the form is empty."""
    if not isinstance(sent, dict):
        raise PostedError("分录的内容有误")
    account, amount = _word(sent, "account"), _word(sent, "amount")
    if not (account or amount):
        return None
    held = _AMOUNT.fullmatch(amount.strip())
    if held is None:
        raise PostedError(f"分录 {account} 的金额“{amount}”有误：应写明金额和通货，例如 100.00 CNY")
    return DraftPosting(account, yuan(held[1]), held[2], _meta(sent))


def _balance(entry: dict[str, object]) -> Assertion:
    amount = entry.get("amount")
    if not isinstance(amount, dict):
        raise PostedError("余额断言没有金额")
    number, commodity = str(amount.get("number", "")), _word(amount, "currency")
    return Assertion(_day(entry), _word(entry, "account"), yuan(number), commodity, _meta(entry))


def _leaves(draft: Draft) -> list[Leaf]:
    """Give the accounts that may be opened for it: those of money; authority is granted by other ways."""
    found = (meaning(posting.account) for posting in draft.postings)
    return [leaf for leaf in found if isinstance(leaf, Expenditure | Means | Revenue)]


def _day(entry: dict[str, object]) -> date:
    text = _word(entry, "date")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PostedError(f"“{text}”不是日期，应为 2020-03-16 这样的写法") from None


def _word(sent: dict[str, object], name: str) -> str:
    held = sent.get(name)
    if held is None:
        return ""
    if not isinstance(held, str):
        raise PostedError(f"{name} 应为文字")
    return held


def _list(sent: dict[str, object], name: str) -> list[object]:
    held = sent.get(name)
    if not isinstance(held, list):
        raise PostedError(f"凭证没有 {name}")
    return held


def _words(sent: dict[str, object], name: str) -> frozenset[str]:
    held = _list(sent, name)
    if not all(isinstance(each, str) for each in held):
        raise PostedError(f"{name} 应为文字")
    return frozenset(map(str, held))


def _meta(sent: dict[str, object]) -> dict[str, str]:
    held = sent.get("meta") or {}
    if not isinstance(held, dict):
        raise PostedError("元数据的内容有误")
    own = {key: value for key, value in held.items() if key not in _THEIRS and key[:2] != "__"}
    for key, value in own.items():
        if not isinstance(value, str):
            raise PostedError(f"元数据 {key} 应为文字")
    return own
