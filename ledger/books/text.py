"""The one emitter of ledger text: every field quoted and checked, amounts exact.

beancount's own printer leaves metadata values and account names as they are, so that a bank memo
can write directives (TRAPS part 2); nothing here passes through unescaped.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.draft import Remark
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.chart import Opening
    from yusuan.ledger.draft import Aside
    from yusuan.ledger.draft import Draft
    from yusuan.ledger.draft import Note
    from yusuan.ledger.draft import Said

_ACCOUNT = re.compile(
    r"(?:Assets|Liabilities|Equity|Income|Expenses)(?::[0-9A-Z][^\W_]*(?:-[^\W_]*)*)+"
)
_NUMBER = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}")
_COMMODITY = re.compile(r"[A-Z][A-Z0-9\-]*[A-Z0-9]")
_KEY = re.compile(r"[a-z][a-z0-9\-_]+")
_LINK = re.compile(r"[A-Za-z0-9\-_/.]+")
_FLAGS = frozenset("*!")
#: What a value may be, where people write it themselves.
_WHY = {"编号": "只能有半角字母、数字和 - _ / .，例如 zf-2020-0001"}
#: Characters that hide or reorder text, besides all control characters.
_FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class TextError(ValueError):
    """A value that must not go into a ledger."""

    def __init__(self, what: str, value: str, why: str) -> None:
        """Say which value and why."""
        super().__init__(f"{what}“{value}”不能写入账本：{why}")


def quoted(text: str, what: str = "文字") -> str:
    """Quote a value; control and direction characters are refused. Raises TextError."""
    bad = next((ch for ch in text if unicodedata.category(ch) in _FORBIDDEN), None)
    if bad is not None:
        raise TextError(
            what, text.encode("unicode_escape").decode(), "含有换行、控制或不可见字符，请删去"
        )
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def transaction(draft: Draft) -> str:
    """Write one entry, ending in a newline. Raises TextError."""
    flag = _checked("标记", draft.flag, draft.flag in _FLAGS)
    links = "".join(
        f" ^{_matching('编号', link, _LINK)}" for link in sorted({draft.id, *draft.links})
    )
    links += "".join(f" #{_matching('标签', tag, _LINK)}" for tag in sorted(draft.tags))
    payee = f"{quoted(draft.payee, '收款人')} " if draft.payee else ""
    lines = [f"{draft.date.isoformat()} {flag} {payee}{quoted(draft.narration, '摘要')}{links}"]
    lines += _meta({"id": draft.id, **draft.meta}, "  ")
    for posting in draft.postings:
        account = _account(posting.account)
        commodity = _matching("货币", posting.commodity, _COMMODITY)
        lines.append(f"  {account}   {_amount(posting.amount)} {commodity}")
        lines += _meta(posting.meta, "    ")
    return "\n".join(lines) + "\n"


def note(item: Note) -> str:
    """Write one `custom` directive, ending in a newline. Raises TextError."""
    _matching("编号", item.id, _LINK)
    values = " ".join(quoted(value) for value in (item.kind, *item.values))
    commodity = _matching("货币", item.commodity, _COMMODITY)
    held = "" if item.amount is None else f" {_amount(item.amount)} {commodity}"
    lines = [f"{item.date.isoformat()} custom {values}{held}"]
    return "\n".join([*lines, *_meta({"id": item.id, **item.meta}, "  ", commodity)]) + "\n"


def opening(item: Opening, day: date) -> str:
    """Write one `open` directive with its metadata, ending in a newline. Raises TextError."""
    account = _account(item.account)
    lines = [f"{day.isoformat()} open {account} {_matching('货币', item.commodity, _COMMODITY)}"]
    return "\n".join([*lines, *_meta(item.meta, "  ")]) + "\n"


def aside(item: Aside) -> str:
    """Write a `note` or a `balance` directive with its metadata. Raises TextError."""
    meta = "".join(f"{line}\n" for line in _meta(item.meta, "  "))
    if isinstance(item, Remark):
        said = quoted(item.text, "备注")
        return f"{item.date.isoformat()} note {_account(item.account)} {said}\n{meta}"
    return balance(item.account, item.amount, item.commodity, item.date) + meta


def balance(account: str, amount: Decimal, commodity: str, day: date) -> str:
    """Write one `balance` directive: what an account holds as the day begins. Raises TextError."""
    what = _account(account)
    held = f"{_amount(amount)} {_matching('货币', commodity, _COMMODITY)}"
    return f"{day.isoformat()} balance {what}   {held}\n"


def comment(lines: Iterable[str]) -> str:
    """Write comment lines."""
    return "".join(f"; {_one_line(line)}\n" if line else ";\n" for line in lines)


def option(name: str, value: str) -> str:
    """Write an option."""
    return f"option {quoted(name)} {quoted(value)}\n"


def _meta(meta: Mapping[str, Said], indent: str, commodity: str = "") -> list[str]:
    return [
        f"{indent}{_matching('元数据名', key, _KEY)}: {_said(key, value, commodity)}"
        for key, value in meta.items()
    ]


def _said(key: str, value: Said, commodity: str) -> str:
    if isinstance(value, Decimal):
        return f"{_amount(value)} {commodity}"
    return quoted(value, f"元数据 {key} ") if isinstance(value, str) else value.isoformat()


def _one_line(text: str) -> str:
    quoted(text)
    return text


def _amount(amount: Decimal) -> str:
    """Write 元 with two decimals. Raises TextError where that would change it."""
    try:
        text = plain(amount)
    except ArithmeticError:
        text = ""
    return _checked("金额", text or str(amount), bool(_NUMBER.fullmatch(text)))


def _account(text: str) -> str:
    """Check an account: letters and ASCII digits; look-alike and other numbers are refused."""
    letters = all(ch.isascii() or unicodedata.category(ch)[0] == "L" for ch in text)
    return _checked("科目", text, letters and _ACCOUNT.fullmatch(text) is not None)


def _matching(what: str, text: str, pattern: re.Pattern[str]) -> str:
    return _checked(what, text, pattern.fullmatch(text) is not None)


def _checked(what: str, text: str, good: bool) -> str:  # noqa: FBT001 -- the condition reads best in place
    if not good:
        raise TextError(what, text, _WHY.get(what, "不合写法"))
    return text
