"""An approved budget put beside a book: what is to be added, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.books import text
from yusuan.ledger.books.create import CHART_FILE
from yusuan.ledger.books.create import budget_file
from yusuan.ledger.books.record import DuplicateIdError
from yusuan.ledger.books.record import ids
from yusuan.ledger.books.trial import trial
from yusuan.ledger.classification import load
from yusuan.ledger.events.appropriation import chart_of
from yusuan.ledger.events.appropriation import drafts
from yusuan.ledger.events.names import BookNames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.budget.plan import Plan
    from yusuan.ledger.events.appropriation import Approval


class Outcome(StrEnum):
    """What putting a plan beside a book came to."""

    READY = "ready"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Prepared:
    """The text to add to each file, or the reason for adding none."""

    outcome: Outcome
    reason: str = ""
    additions: Mapping[Path, str] = field(default_factory=dict)


def prepare(book: Book, plan: Plan, approval: Approval) -> Prepared:
    """Turn a plan into ledger text, unless the book has it already or has another.

    A document is the same if its bytes are, whatever its name. A year has one approval;
    later changes are supplements, reductions and transfers. Source: DESIGN §4. Raises
    DuplicateIdError, TextError.
    """
    sources = [e.meta.get("sha256") for e in book.entries if _approves(e, plan.year)]
    if plan.sha256 in sources:
        return Prepared(Outcome.UNCHANGED)
    if sources:
        why = f"账套中已有{plan.year}年的批复，一个年度只导入一次；预算变动请用追加、追减或调剂记录"
        return Prepared(Outcome.REFUSED, why)
    if plan.year not in book.settings.years:
        years = "、".join(map(str, book.settings.years))
        return Prepared(Outcome.REFUSED, f"文件是{plan.year}年的预算，账套是{years}年的")
    if approval.date.year != plan.year:
        return Prepared(Outcome.REFUSED, f"批复日期 {approval.date} 不在{plan.year}年")
    additions = _additions(book, plan, approval)
    stopped = trial(book, "\n".join(additions.values())).stops
    if stopped:
        return Prepared(Outcome.REFUSED, f"写入后检查不能通过：{stopped[0].message}")
    return Prepared(Outcome.READY, additions=additions)


def _approves(entry: object, year: int) -> bool:
    return (
        isinstance(entry, Transaction)
        and entry.meta.get("event") == "appropriation"
        and "sha256" in entry.meta
        and entry.date.year == year
    )


def _additions(book: Book, plan: Plan, approval: Approval) -> dict[Path, str]:
    codes = load(book.folder)
    first = date(plan.year, 1, 1)
    names = BookNames(codes, first, {line.id: line.name for line in plan.lines}, plan.names)
    opened = {entry.account for entry in book.entries if isinstance(entry, Open)}
    chart = "\n".join(text.opening(item, first) for item in chart_of(plan, names, opened))
    written = drafts(plan, approval, names)
    taken = ids(book)
    for draft in written:
        if draft.id in taken:
            raise DuplicateIdError(draft.id)
    entries = "\n".join(text.transaction(draft) for draft in written)
    return {
        book.folder / CHART_FILE: "\n" + chart,
        budget_file(book.folder, plan.year): "\n" + entries,
    }
