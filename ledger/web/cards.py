"""The page 指标: the list of all lines, and one line's card with its entries and limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.books.plans import planned
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.position import Position
from yusuan.ledger.chart import chart_data
from yusuan.ledger.classification import path
from yusuan.ledger.desk.layers import KINDS
from yusuan.ledger.desk.layers import layers
from yusuan.ledger.money import ZERO
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.line_card import line_card
from yusuan.ledger.tables.words import KIND_WORDS
from yusuan.ledger.tables.words import STATE_WORDS
from yusuan.ledger.web.choices import initials
from yusuan.ledger.web.standing import standing
from yusuan.ledger.web.vouchers import META as VOUCHER
from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import State
    from yusuan.ledger.budget.position import Positions
    from yusuan.ledger.desk.layers import Layer
    from yusuan.ledger.events.names import BookNames
    from yusuan.ledger.tables.execution import ExecutionRow
    from yusuan.ledger.tables.line_card import LineCard
    from yusuan.ledger.tables.line_card import Move
    from yusuan.ledger.web.whereabouts import Place


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: what stands in each state, and the names that it is searched by."""

    line: Line
    row: ExecutionRow
    fund: str
    function: str

    @property
    def position(self) -> Position:
        """Where its authority stands."""
        return self.row.position or Position()

    def fits(self, words: Iterable[str]) -> bool:
        """Tell whether each of some words is part of its id, names, codes or class, or of their pinyin initials."""
        line = self.line
        names = (line.name, self.function, self.fund)
        codes = (line.id, line.project, line.klass, line.function, line.fund)
        text = "\n".join((*names, *codes, *map(initials, names))).casefold()
        return all(word in text for word in words)


def listed(view: View, as_of: date) -> list[Listed]:
    """Give all lines on a day, those with least available first."""
    held, funds = standing(view), chart_data().funds
    names = held.names(as_of)
    found = [
        Listed(
            row.line,
            row,
            funds.get(row.line.fund, row.line.fund),
            names.function(row.line.function),
        )
        for row in held.execution(By.LINE, as_of).rows
        if row.line is not None
    ]
    return sorted(found, key=lambda each: (each.position.available, each.line.id))


@dataclass(frozen=True, slots=True)
class Limit:
    """What one control layer holds of what the line may spend."""

    kind: str
    name: str
    position: Position
    available: Decimal
    #: Whether other lines spend from it too.
    shared: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One event on the line, as it is read."""

    place: Place
    day: date
    kind: str
    id: str
    doc: str
    payee: str
    text: str
    way: str
    amount: Decimal
    #: By how much all authority of the line grew or shrank.
    authority: Decimal
    available: Decimal
    pending: bool
    #: Whether the voucher's file is kept beside the ledger.
    voucher: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month's spending plan beside what was paid, each with what has come together in the year."""

    month: str
    economic: str
    planned: Decimal
    planned_so_far: Decimal
    paid: Decimal | None
    paid_so_far: Decimal | None


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the page says of one line."""

    row: Listed
    functions: tuple[tuple[str, str], ...]
    economics: tuple[tuple[str, str], ...]
    card: LineCard
    limits: tuple[Limit, ...]
    happened: tuple[Happened, ...]
    months: tuple[Month, ...]

    @property
    def grants(self) -> tuple[Happened, ...]:
        """What gave the line authority, or took it away."""
        return tuple(each for each in self.happened if each.authority)

    @property
    def docs(self) -> tuple[str, ...]:
        """The documents that its authority rests on."""
        return tuple(dict.fromkeys(each.doc for each in self.grants if each.doc))


def card(view: View, row: Listed, as_of: date) -> Card:
    """Gather what is known of a line on a day."""
    names, line = standing(view).names(as_of), row.line
    made = line_card(view.events, view.layers, line, as_of)
    return Card(
        row,
        tuple((code, names.function(code)) for code in path(line.function)),
        tuple((code, names.economic(code)) for code in sorted(line.economics)),
        made,
        tuple(_limits(view, made, as_of)),
        tuple(map(_happened, made.moves)),
        tuple(_months(view, made, names)),
    )


def _limits(view: View, made: LineCard, as_of: date) -> Iterator[Limit]:
    register, scopes = view.layers.register, view.layers.scopes(made.line, as_of.year)
    economic = sorted(cell for cell in register.limits if cell.scope in scopes)
    cells = (line_cell(made.line.id), *economic, *made.specials)
    found = standing(view).positions(as_of)
    for layer in layers(view, cells, as_of):
        own = layer.cell.scope == made.line.id
        yield Limit(
            KINDS[layer.cell.layer],
            layer.name,
            _held(view, layer, cells, found),
            layer.available,
            not own,
        )


def _held(view: View, layer: Layer, cells: Collection[Cell], found: Positions) -> Position:
    """Sum the cells that are controlled as one: 款 may share the limit of their 类."""
    total = Position()
    for cell in cells:
        if view.layers.pools.cell(cell) == layer.cell:
            total += found.of(cell)
    return total


def _happened(move: Move) -> Happened:
    event, entry = move.event, _entry(move)
    return Happened(
        place_of(entry.meta),
        event.date,
        KIND_WORDS[event.kind],
        event.id,
        str(entry.meta.get("doc") or ""),
        entry.payee or "",
        entry.narration or "",
        f"{_said(move.out_of)}→{_said(move.into)}",
        move.amount,
        move.authority,
        move.available,
        event.pending,
        VOUCHER in entry.meta,
    )


def _entry(move: Move) -> Any:  # noqa: ANN401 -- a beancount transaction
    return move.event.entry


def _said(states: Iterable[State]) -> str:
    return "、".join(STATE_WORDS[state] for state in states)


def _months(view: View, made: LineCard, names: BookNames) -> Iterator[Month]:
    plans = {
        key: sum_ for key, sum_ in planned(view.book.entries).items() if key.line == made.line.id
    }
    so_far: dict[tuple[str, str], Decimal] = {}
    for key in sorted(plans):
        year = key.month[:4]
        total = so_far[year, key.economic] = so_far.get((year, key.economic), ZERO) + plans[key]
        code = key.economic
        whole = not code
        yield Month(
            key.month,
            f"{code} {names.economic(code)}" if code else "",
            plans[key],
            total,
            made.paid.get(key.month, ZERO) if whole else None,
            _paid_until(made, key.month) if whole else None,
        )


def _paid_until(made: LineCard, month: str) -> Decimal:
    """Sum what was paid in a month and before it in the same year."""
    return sum((amount for each, amount in made.paid.items() if month[:4] <= each <= month), ZERO)
