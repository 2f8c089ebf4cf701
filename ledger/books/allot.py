"""A 指标 list put beside a book: what is to be recorded, tried out, or why nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from beancount.core.data import Transaction

from yusuan.importers.execution.known import BATCH
from yusuan.importers.execution.known import ROW
from yusuan.importers.execution.known import SHA256
from yusuan.importers.execution.known import SOURCE
from yusuan.importers.execution.known import next_batch
from yusuan.ledger.books import record
from yusuan.ledger.books.approve import Outcome
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.allotting import Standing
from yusuan.ledger.budget.allotting import allot
from yusuan.ledger.budget.issued import Issued
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import chart_data
from yusuan.ledger.entries import meaning
from yusuan.ledger.events import allotment as event
from yusuan.ledger.events.declaration import declared
from yusuan.ledger.events.ids import FreeIds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from beancount.core.data import Posting

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.allotment import Allotment
    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.budget.allotting import Allotted

_AVAILABLE = "02"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a list comes to: the entries to append, or the reasons for none."""

    outcome: Outcome
    allotments: tuple[Allotment, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    recording: Recording | None = None


def prepare(book: Book, listed: AllotmentList, day: date | None, doc: str) -> Prepared:
    """Make the entries of a list and try them out on the book; `day` and `doc` where it has none.

    A file is the same if its bytes are, whatever its name. Raises TextError.
    """
    imported = [entry for entry in book.entries if _imported(entry)]
    if any(entry.meta["sha256"] == listed.sha256 for entry in imported):
        return Prepared(Outcome.UNCHANGED)
    year = listed.year or (day.year if day else min(book.settings.years, default=0))
    problems = list(_unfit(book, listed, year, day))
    if problems:
        return Prepared(Outcome.REFUSED, problems=tuple(problems))
    found = view(book)
    approvals = [entry for entry in book.entries if _approves(entry, year)]
    standing = Standing(
        year=year,
        lines=found.layers.register.lines,
        issued=tuple(_issued(imported)),
        approved=bool(approvals),
        published=any(not any(_rows(entry)) for entry in approvals if _imported(entry)),
        day=day,
        doc=doc,
    )
    allotted = allot(listed, standing)
    notes = tuple(allotted.notes)
    if allotted.problems:
        return Prepared(Outcome.REFUSED, notes=notes, problems=tuple(allotted.problems))
    if not allotted.allotments:
        return Prepared(Outcome.UNCHANGED, notes=notes)
    recording = _recording(found, listed, allotted, date(year, 1, 1))
    stops = tuple(finding.message for finding in recording.findings)
    outcome = Outcome.REFUSED if stops else Outcome.READY
    return Prepared(outcome, tuple(allotted.allotments), notes, stops, recording)


def _recording(found: View, listed: AllotmentList, allotted: Allotted, first: date) -> Recording:
    names = found.names(first)
    lines = {line.id: line.name for line in allotted.opened}
    names = replace(
        names,
        lines={**names.lines, **lines},
        printed={**listed.names, **names.printed},
    )
    batch = next_batch(found.book.entries)
    meta = {SOURCE: listed.source, SHA256: listed.sha256, BATCH: batch}
    free = FreeIds(record.ids(found.book))
    items = []
    for allotment in allotted.allotments:
        id_ = free.next(event.prefix(allotment), first.year)
        new = {share.line.id: share.line for share in allotment.shares}
        opening = [each for line in allotted.opened if line.id in new for each in declared(line)]
        draft = event.draft(allotment, id_, names, meta)
        items.append(Item(draft, event.leaves(allotment), opening))
    return record.prepare(found.book, items, names)


def _unfit(book: Book, listed: AllotmentList, year: int, day: date | None) -> Iterator[str]:
    """Say why a list is not this book's."""
    if not listed.year and day is None and len(book.settings.years) > 1:
        yield "文件没有年度，账套有几个年度；请用 --date 注明日期"
    elif year not in book.settings.years:
        years = "、".join(map(str, book.settings.years))
        yield f"文件是{year}年的指标，账套是{years}年的"
    elif day is not None and day.year != year:
        yield f"日期 {day} 不在{year}年"
    if len(listed.units) > 1 and not book.settings.consolidated:
        units = "、".join(listed.units)
        yield f"文件中有几个单位（{units}），一个账套是一个单位，请按单位分开"


def _imported(entry: object) -> bool:
    # What an execution file brought has a hash too; payments no event, and adjustments a row.
    said = entry.meta if isinstance(entry, Transaction) else {}
    return SHA256 in said and "event" in said and ROW not in said


def _approves(entry: object, year: int) -> bool:
    return (
        isinstance(entry, Transaction)
        and entry.meta.get("event") == Kind.APPROPRIATION
        and entry.date.year == year
    )


def _issued(entries: Iterable[Transaction]) -> Iterator[Issued]:
    """Read back the rows that lists gave the book."""
    for entry in entries:
        doc = str(entry.meta.get("doc") or "")
        for posting, limit in _rows(entry):
            if posting.units is not None and posting.units.number is not None:
                indicator = str((posting.meta or {}).get(event.INDICATOR) or "")
                amount = posting.units.number
                yield Issued(indicator, limit.scope, doc, limit.economic, amount)


def _rows(entry: Transaction) -> Iterator[tuple[Posting, EconomicState]]:
    """Give the postings that are rows of a list: each raises or lowers a line's own limit."""
    scopes = chart_data().scopes
    for posting in entry.postings:
        limit = meaning(posting.account)
        if (
            isinstance(limit, EconomicState)
            and limit.state == _AVAILABLE
            and limit.scope not in scopes
        ):
            yield posting, limit
