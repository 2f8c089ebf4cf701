"""How every command records an event: load under the lock, show, try out, write, or leave all as it is."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import next_id
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.trial import is_added
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import locked
from yusuan.ledger.budget.movement import State
from yusuan.ledger.cli import authorisations
from yusuan.ledger.cli import means
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.layers import layers
from yusuan.ledger.cli.layers import layers_text
from yusuan.ledger.events import authority
from yusuan.ledger.events.authority import Request
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.cli.options import Share
    from yusuan.ledger.draft import Draft
    from yusuan.ledger.draft import Note
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.names import BookNames
    from yusuan.ledger.methods import Term

#: The states whose availability a preview shows, in this order.
_SHOWN = (State.AVAILABLE, State.FROZEN, State.COMMITTED)


@dataclass(frozen=True, slots=True)
class Desk:
    """A loaded book on a day, and what a command looks up in it to make its event."""

    found: View
    day: date
    names: BookNames

    @property
    def methods(self) -> Mapping[str, Term]:
        """The payment methods, with the days on which the book has them."""
        return self.found.book.settings.methods

    def line(self, id_: str) -> Line:
        """Give a line. Raises StoppedError: what has no line has no authority."""
        held = self.found.layers.register.lines.get(id_)
        if held is None:
            why = f"没有编号为 {id_} 的指标，无指标不得支出"
            raise StoppedError(f"[R01] 无预算支出：{why}；用 yusuan lines 查看全部指标")
        return held

    def change(self, line: str, amount: Decimal, economic: str, klass: str | None) -> Change:
        """Make a change of authority with the limit it concerns. Raises StoppedError, LimitError."""
        request = Request(self.line(line), amount, economic, klass or "")
        return authority.change(request, self.found.layers, self.day.year)

    def changes(self, shares: Iterable[Share], sign: int = 1) -> tuple[Change, ...]:
        """Make the changes of several shares."""
        return tuple(self.change(s.line, sign * s.amount, s.economic, s.klass) for s in shares)

    def id(self, prefix: str, own: str = "") -> str:
        """Give the id that was asked for, else the next free one of a kind."""
        return own or next_id(self.found.book, prefix, self.day.year)

    def ids(self, prefix: str, own: str, count: int) -> list[str]:
        """Give as many ids: one's own with -2, -3 …, else the next free ones of a kind."""
        first = self.id(prefix, own)
        head, _, number = first.rpartition("-")
        if own:
            return [own, *(f"{own}-{at}" for at in range(2, count + 1))]
        return [f"{head}-{int(number) + at:04d}" for at in range(count)]


@dataclass(frozen=True, slots=True)
class Event:
    """What a command wants recorded: the entry, the accounts it needs, and what is said of it."""

    draft: Draft | Note
    leaves: Sequence[Leaf]
    word: str
    said: str = ""
    notes: Sequence[str] = ()
    #: Further directives of the same document, each with an id of its own.
    further: Sequence[Note] = ()
    declared: Sequence[tuple[Leaf, Mapping[str, str]]] = ()
    #: Names of lines that the event brings into being.
    named: Mapping[str, str] = field(default_factory=dict)


def record(
    book: Path,
    day: date,
    make: Callable[[Desk], Event],
    *,
    dry_run: bool,
    authorised: Sequence[str] = (),
) -> int:
    """Record what `make` makes of the book: all under its lock, whole or not at all.

    `authorised` are the authorisations that the entry rests on, by their ids.
    """
    with locked(main_file(book).parent):
        loaded = load_book(book)
        if loaded.stops:
            print_findings(loaded.stops, loaded.folder)
            click.echo("账套检查未通过，没有记账；请先改正以上问题")
            return STOPPED
        absent = authorisations.unknown(loaded, authorised)
        if absent:
            why = f"账套中没有编号为 {'、'.join(absent)} 的例外授权"
            raise StoppedError(f"{why}；请先用 yusuan authorise 登记，或核对编号")
        found = view(loaded)
        names = found.names(day)
        try:
            event = make(Desk(found, day, names))
        except RefusedError as error:
            raise StoppedError(str(error)) from None
        named = replace(names, lines={**names.lines, **event.named})
        draft = authorisations.resting(event.draft, authorised)
        items = [Item(draft, event.leaves, event.declared)]
        items += (Item(note, ()) for note in event.further)
        recording = prepare(loaded, items, named)
        click.echo(recording.entry)
        _preview(found, recording, event, day)
        _allowed(recording, authorised)
        return _end(recording, event, dry_run=dry_run)


def _end(recording: Recording, event: Event, *, dry_run: bool) -> int:
    print_findings(recording.advice)
    if recording.findings:
        print_findings(recording.findings, recording.book.folder)
        if not any(map(is_added, recording.findings)):
            click.echo("以上是账上已有的凭证：记入这笔新凭证，它们就不再通过")
        click.echo("没有记账，账套未作改动")
        return STOPPED
    if dry_run:
        click.echo("以上为预览，没有记账（--dry-run）")
        return CLEAN
    recording.write()
    ids = "、".join(each.id for each in (event.draft, *event.further))
    click.echo(f"已记账：{ids}（{event.said or event.word}）")
    return CLEAN


def _allowed(recording: Recording, authorised: Sequence[str]) -> None:
    """Show what authorisations would let pass now, and what would be left of them."""
    told = {finding.message for finding in recording.book.findings}
    print_findings(finding for finding in recording.waived if finding.message not in told)
    for line in authorisations.previewed(recording, authorised):
        click.echo(line)


def _preview(found: View, recording: Recording, event: Event, day: date) -> None:
    """Show what each layer holds before and after, state by state."""
    added = recording.added()
    moves, changed = recording.moves(added)
    after = replace(found, layers=changed)
    tables = []
    for state in _SHOWN:
        moved: dict[Cell, Decimal] = {}
        for place, amount in moves.items():
            if place.state is state:
                cell = changed.pools.cell(place.cell)
                moved[cell] = moved.get(cell, ZERO) + amount
        if moved:
            shown = layers(after, tuple(moved), day, state)
            tables.append(layers_text(shown, moved, event.word, state))
    if tables:
        click.echo("\n\n".join(tables))
    for note in (*means.moved(found, added, day), *event.notes):
        click.echo(note)
