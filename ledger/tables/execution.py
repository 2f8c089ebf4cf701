"""The execution table (预算执行情况): approved, adjusted, available, spent, by five dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.position import Position
from yusuan.ledger.chart import chart_data
from yusuan.ledger.classification import level
from yusuan.ledger.classification import path

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from datetime import date

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.line import Register
    from yusuan.ledger.budget.position import Positions
    from yusuan.ledger.chart import Names

ZERO = Decimal("0.00")
_RATE = Decimal("0.0001")


class By(StrEnum):
    """The dimension that an execution table is arranged by."""

    FUNCTION = "function"
    ECONOMIC = "economic"
    PROJECT = "project"
    FUND = "fund"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class ExecutionRow:
    """One row; `position` is None where nothing limits the class, then only `outside` counts."""

    level: str
    code: str
    name: str
    position: Position | None
    #: Spending that the economic layer does not cover; None in tables by other dimensions.
    outside: Decimal | None = None
    #: The line, in tables by line or project.
    line: Line | None = None

    @property
    def rate(self) -> Decimal | None:
        """Spent over adjusted, to four places; None where there is nothing to divide by."""
        if self.position is None or not self.position.adjusted:
            return None
        return (self.position.spent / self.position.adjusted).quantize(_RATE)


@dataclass(frozen=True, slots=True)
class Execution:
    """The whole table on a day."""

    by: By
    as_of: date
    rows: tuple[ExecutionRow, ...]
    total: ExecutionRow

    @property
    def time_progress(self) -> Decimal:
        """序时进度: the share of the year gone by at the end of the day (366 days in leap years)."""
        first = self.as_of.replace(month=1, day=1)
        days = (self.as_of.replace(month=12, day=31) - first).days + 1
        return (Decimal((self.as_of - first).days + 1) / days).quantize(_RATE)


@dataclass(slots=True)
class _Tree:
    """Rows by code, each added to all codes above it."""

    names: Callable[[str], str]
    positions: dict[str, Position] = field(default_factory=dict)
    outside: dict[str, Decimal] = field(default_factory=dict)

    def add(self, code: str, position: Position) -> None:
        for part in path(code):
            held = self.positions.get(part)
            self.positions[part] = position + held if held else position

    def add_outside(self, code: str, amount: Decimal) -> None:
        for part in path(code):
            self.outside[part] = self.outside.get(part, ZERO) + amount

    def rows(self, *, outside: bool) -> list[ExecutionRow]:
        return [
            ExecutionRow(
                level(code),
                code,
                self.names(code),
                self.positions.get(code),
                self.outside.get(code, ZERO) if outside else None,
            )
            for code in sorted(self.positions.keys() | self.outside.keys())
        ]


def execution(found: Positions, register: Register, names: Names, by: By, as_of: date) -> Execution:
    """Arrange positions by a dimension. Amounts in 元; source of the columns: DESIGN §4."""
    if by is By.ECONOMIC:
        return _by_economic(found, names, as_of)
    lines = sorted(register.lines.values(), key=lambda line: (line.fund, line.function, line.id))
    held = [(line, found.of(line_cell(line.id))) for line in lines]
    if by is By.PROJECT:
        held = [(line, position) for line, position in held if line.klass == PROJECT]
    total = ExecutionRow("合计", "", "合计", _sum(position for _, position in held))
    if by is By.FUNCTION:
        tree = _Tree(names.function)
        for line, position in held:
            tree.add(line.function, position)
        return Execution(by, as_of, tuple(tree.rows(outside=False)), total)
    if by is By.FUND:
        return Execution(by, as_of, tuple(_by_fund(held)), total)
    word = "项目" if by is By.PROJECT else "指标"
    held.sort(key=lambda item: item[0].id)
    rows = (ExecutionRow(word, line.id, line.name, position, line=line) for line, position in held)
    return Execution(by, as_of, tuple(rows), total)


def _by_fund(held: list[tuple[Line, Position]]) -> Iterable[ExecutionRow]:
    funds = chart_data().funds
    for fund in sorted({line.fund for line, _ in held}):
        position = _sum(position for line, position in held if line.fund == fund)
        yield ExecutionRow("资金", fund, funds.get(fund, fund), position)


def _by_economic(found: Positions, names: Names, as_of: date) -> Execution:
    tree = _Tree(names.economic)
    limited = [(cell, position) for cell, position in found.cells.items() if cell.code]
    for cell, position in limited:
        tree.add(cell.code, position)
    for code, amount in found.outside.items():
        tree.add_outside(code, amount)
    total = ExecutionRow(
        "合计",
        "",
        "合计",
        _sum(position for _, position in limited) if limited else None,
        sum(found.outside.values(), ZERO),
    )
    return Execution(By.ECONOMIC, as_of, tuple(tree.rows(outside=True)), total)


def _sum(items: Iterable[Position]) -> Position:
    total = Position()
    for item in items:
        total += item
    return total
