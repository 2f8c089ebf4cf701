"""What a book holds of a budget at one stage: so much of each line, 款 and special item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import GENERAL_BUDGET
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.position import positions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from decimal import Decimal

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.position import Position
    from yusuan.ledger.budget.position import Positions

#: The classes that are 基本支出.
BASIC_CLASSES = frozenset({BASIC, PERSONNEL, OPERATING})
_CLASS_OF_SCOPE = {scope: klass for klass, scope in SCOPE_OF_CLASS.items()}


class Stage(StrEnum):
    """Which figure of a budget: as approved at the beginning of the year, or as adjusted since."""

    APPROVED = "approved"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class Holding:
    """So much (元) of a cell; `code` is its functional 项 or economic 款, `klass` "" where nobody knows."""

    cell: Cell
    code: str
    amount: Decimal
    fund: str = ""
    klass: str = ""
    #: Authority of an earlier year.
    carried: bool = False

    @property
    def basic(self) -> bool:
        """Whether it is 基本支出 for certain."""
        return self.klass in BASIC_CLASSES


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that the tables of a year are made of, at one stage."""

    year: int
    stage: Stage
    lines: tuple[Holding, ...]
    #: Of 基本支出 of the general budget, by 款.
    economics: tuple[Holding, ...]
    #: By special item; only where the book limits any of its group.
    specials: dict[str, Position]
    #: Lines of 基本支出 of the general budget that nothing limits by 款.
    unlimited: tuple[Line, ...]

    def figure(self, position: Position) -> Decimal:
        """Give a position's figure at the stage."""
        return position.approved if self.stage is Stage.APPROVED else position.adjusted


def holdings(events: Iterable[Event], layers: Layers, year: int, stage: Stage) -> Holdings:
    """Add up what the events of a year did to every line and limit."""
    of_year = [event for event in events if event.date.year == year]
    found = positions(of_year, layers, max((event.date for event in of_year), default=_end(year)))
    made = Holdings(year, stage, (), (), {}, ())
    lines = [
        Holding(
            cell,
            line.function,
            made.figure(found.of(cell)),
            line.fund,
            line.klass,
            line.origin < year,
        )
        for line in layers.register.lines.values()
        if _granted(found.of(cell := line_cell(line.id)), stage)
    ]
    return Holdings(
        year,
        stage,
        tuple(lines),
        tuple(_economics(found, layers, year, made)),
        {cell.scope: found.of(cell) for cell in layers.register.specials},
        tuple(_unlimited(lines, layers, year)),
    )


def _end(year: int) -> date:
    return date(year, 12, 31)


def _granted(position: Position, stage: Stage) -> bool:
    """Tell whether a budget lists a line: what was taken back since is 0.00 after adjustment."""
    return bool(position.approved or (stage is Stage.ADJUSTED and position.adjusted))


def _economics(found: Positions, layers: Layers, year: int, made: Holdings) -> Iterator[Holding]:
    """Give the limits of 人员 and 公用, and those of basic lines that have 款 of their own."""
    lines = layers.register.lines
    for cell in layers.register.limits:
        line = lines.get(cell.scope)
        if line is not None and not _economic_applies(line, year):
            continue
        klass = line.klass if line is not None else _CLASS_OF_SCOPE.get(cell.scope, "")
        if _granted(found.of(cell), made.stage):
            amount = made.figure(found.of(cell))
            yield Holding(cell, cell.code, amount, GENERAL_BUDGET, "" if klass == BASIC else klass)


def _economic_applies(line: Line, year: int) -> bool:
    return line.fund == GENERAL_BUDGET and line.klass in BASIC_CLASSES and line.origin == year


def _unlimited(lines: Iterable[Holding], layers: Layers, year: int) -> Iterator[Line]:
    for held in lines:
        line = layers.register.lines[held.cell.scope]
        if _economic_applies(line, year) and not layers.scopes(line, year):
            yield line
