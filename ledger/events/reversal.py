"""红冲: an entry taken back by one that is its exact negative; the old one stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.ledger.budget.authorisation import META
from yusuan.ledger.draft import Draft
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

#: What is said anew, or belongs to the original alone: what was authorised, or imported, was not
#: the reversal.
_OWN = frozenset({"id", "event", "of", META, "source", "sha256", "row", "batch"})
#: What takes something back already, or belongs to a year's beginning and end.
_FINAL = frozenset({"reversal", "closing", "opening"})


class ReversalError(RefusedError):
    """An entry that may not be reversed."""

    def __init__(self, id_: str, why: str) -> None:
        """Say which, and why not."""
        super().__init__(f"凭证 {id_} 不能红冲：{why}")


@dataclass(frozen=True, slots=True)
class Reversal:
    """The entry to take back, as it stands without derived legs, and when."""

    date: date
    id: str
    text: str
    original: Draft


def refuse(original: Draft, *, reversed_: bool, standing: Sequence[str]) -> None:
    """Refuse what has been reversed, what something rests on, and what is no event. Raises ReversalError."""
    kind = original.meta.get("event", "")
    if reversed_:
        raise ReversalError(original.id, "已经红冲过，一笔凭证只能红冲一次")
    if kind in _FINAL:
        raise ReversalError(original.id, "红冲、结账和期初凭证不能再红冲；请另记一笔")
    if _granted(original):
        raise ReversalError(original.id, "是导入的批复；请用追加、追减或调剂改变")
    if standing:
        raise ReversalError(original.id, f"{'、'.join(standing)} 以它为依据，请先红冲这些凭证")


def _granted(original: Draft) -> bool:
    """Tell authority that a budget or a list granted; rows of execution files have keys, payments no event."""
    said = original.meta
    return "sha256" in said and "event" in said and "row" not in said


def draft(reversal: Reversal) -> Draft:
    """Write the exact negative, so that availability is what it was. Raises ReversalError."""
    original = reversal.original
    if reversal.date < original.date:
        raise ReversalError(original.id, f"红冲日期 {reversal.date} 早于原凭证日期 {original.date}")
    if reversal.date.year != original.date.year and _flows(original):
        why = f"是{original.date.year}年的收支，不能冲减{reversal.date.year}年的收支和额度"
        raise ReversalError(
            original.id, f"{why}；以前年度的支付退回用 refund --year 记录，其他差错调整年初余额"
        )
    kept = {key: value for key, value in original.meta.items() if key not in _OWN}
    return Draft(
        reversal.date,
        reversal.id,
        reversal.text or f"红冲：{original.narration}",
        tuple(replace(posting, amount=-posting.amount) for posting in original.postings),
        original.payee,
        meta={"event": "reversal", "of": original.id, **kept},
        links=frozenset({original.id}),
    )


def _flows(entry: Draft) -> bool:
    """Tell whether an entry has revenue or expenditure, which its year has closed. Source: HANDBOOK E8b."""
    return any(posting.account.startswith(("Income:", "Expenses:")) for posting in entry.postings)
