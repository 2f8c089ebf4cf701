"""Records events: openings they need, their text, the trial, the files they go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from beancount.core.data import Custom
from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.books import text
from yusuan.ledger.books.create import CHART_FILE
from yusuan.ledger.books.create import budget_file
from yusuan.ledger.books.create import month_file
from yusuan.ledger.books.trial import Trial
from yusuan.ledger.books.trial import trial
from yusuan.ledger.books.write import append
from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import commodity
from yusuan.ledger.chart import openings
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import Note
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.money import ZERO
from yusuan.ledger.rules.ruling import pools_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.draft import Aside
    from yusuan.ledger.finding import Finding


class YearError(ValueError):
    """A day in a year that the book does not keep."""

    def __init__(self, day: date, years: Iterable[int]) -> None:
        """Say which day and which years there are."""
        super().__init__(f"日期 {day} 不在账套的年度（{'、'.join(map(str, years))}）内")


class DuplicateIdError(ValueError):
    """An id that the book has already."""

    def __init__(self, taken: str) -> None:
        """Say which."""
        super().__init__(f"编号 {taken} 在账套中已经有了，请换一个编号或不写（自动编号）")


@dataclass(frozen=True, slots=True)
class Item:
    """One event to record: its entry, the accounts that it posts to, and what it declares anew."""

    draft: Draft | Note
    leaves: Sequence[Leaf]
    #: Accounts to open with metadata of their own: a line that the event brings into being.
    declared: Sequence[tuple[Leaf, Mapping[str, str]]] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """Events ready to be appended together, with what stands against them."""

    book: Book
    #: The text to add to each file, openings first: movements of authority to the year's, execution to the month's.
    additions: Mapping[Path, str]
    #: How the entries were tried out.
    tried: Trial

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What stops the entries."""
        return tuple(self.tried.stops)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """What authorisations would let through in the book as it would then be."""
        return tuple(self.tried.waived)

    @property
    def advice(self) -> tuple[Finding, ...]:
        """What does not stop the entries and is to be said of them all the same."""
        return tuple(self.tried.advice)

    @property
    def entry(self) -> str:
        """The text of all entries, to be shown."""
        chart = self.book.folder / CHART_FILE
        return "".join(t for file, t in self.additions.items() if file != chart).removeprefix("\n")

    def moves(self) -> tuple[dict[Place, Decimal], Layers]:
        """Give what the entries change, by place, and the layers as they would then be."""
        pools = pools_of(self.book.settings)
        added = self.tried.added
        layers = Layers(register([*self.book.entries, *added]), pools)
        found: dict[Place, Decimal] = {}
        for event in EventReader().events(added):
            for place, amount in deltas(event, layers).items():
                found[place] = found.get(place, ZERO) + amount
        return found, layers

    def write(self, beside: Mapping[Path, bytes] = MappingProxyType({})) -> None:
        """Append them: the openings first, which do no harm alone. Raises ChangedError, OSError."""
        append(self.additions, self.book.files.digests, beside)


def prepare(
    book: Book, items: Sequence[Item], names: Names, asides: Sequence[Aside] = ()
) -> Recording:
    """Write events as text and try them out. Raises YearError, DuplicateIdError, TextError.

    Availability is judged day by day, so events recorded together are tried out together.
    """
    taken = ids(book)
    entries: dict[Path, list[str]] = {}
    for draft in (item.draft for item in items):
        if draft.date.year not in book.settings.years:
            raise YearError(draft.date, book.settings.years)
        if draft.id in taken:
            raise DuplicateIdError(draft.id)
        taken.add(draft.id)
        entries.setdefault(_file(book.folder, draft), []).append(_text(draft))
    for aside in asides:
        if aside.date.year not in book.settings.years:
            raise YearError(aside.date, book.settings.years)
        file = _file_of(book.folder, aside.date, money=commodity(aside.account) == MONEY)
        entries.setdefault(file, []).append(text.aside(aside))
    chart = list(_openings(book, items, names))
    texts = {book.folder / CHART_FILE: chart} if chart else {}
    texts |= entries
    additions = {file: "\n" + "\n".join(each) for file, each in texts.items()}
    return Recording(book, additions, trial(book, "".join(additions.values())))


def _openings(book: Book, items: Sequence[Item], names: Names) -> Iterable[str]:
    opened = {entry.account for entry in book.entries if type(entry) is Open}
    first = min((date(item.draft.date.year, 1, 1) for item in items), default=date.min)
    leaves: list[tuple[Leaf, Mapping[str, str]]] = [d for item in items for d in item.declared]
    leaves += [(leaf, {}) for item in items for leaf in item.leaves]
    return (text.opening(opening, first) for opening in openings(leaves, names, opened))


def _text(draft: Draft | Note) -> str:
    return text.note(draft) if isinstance(draft, Note) else text.transaction(draft)


def _file(folder: Path, draft: Draft | Note) -> Path:
    moved = isinstance(draft, Draft) and any(p.commodity == MONEY for p in draft.postings)
    return _file_of(folder, draft.date, money=moved)


def _file_of(folder: Path, day: date, *, money: bool) -> Path:
    return month_file(folder, day.year, day.month) if money else budget_file(folder, day.year)


def ids(book: Book) -> set[str]:
    """Give every id and link in the book."""
    entries = [entry for entry in book.entries if type(entry) in {Transaction, Custom}]
    named = {str(entry.meta["id"]) for entry in entries if entry.meta.get("id")}
    linked = (entry.links for entry in entries if type(entry) is Transaction and entry.links)
    return named.union(*linked)
