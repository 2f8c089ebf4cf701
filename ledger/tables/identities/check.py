"""One identity, the cells it cites, and the outcome of checking it once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.keys import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.ledger.tables.model import Cell
    from yusuan.ledger.tables.model import Figure
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table

#: Half of 0.01 万元, in 元: what rounding may take from one cell printed in 万元.
HALF_UNIT = Decimal(50)

#: A message names so many places; a sum over a whole table need not name them all.
_PLACES_NAMED = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity of the catalogue; `tolerance` in 元 (B17: percentage points)."""

    id: str
    title: str
    scope: str
    tolerance: Decimal
    severity: Severity
    basis: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One cell that takes part in a check: which table, row and column it is, and its cell."""

    table: str
    row: str
    key: str
    measure: str
    cell: Cell

    @property
    def amount(self) -> Decimal:
        """Give the amount (元) as it counts in a sum: blank counts as nothing."""
        return money.ZERO if self.cell.amount is None else self.cell.amount

    def __str__(self) -> str:
        """Name the cell and its value, for people."""
        printed = self.cell.text or "空白"
        if not self.key:  # a figure of the prose or a number of points: its text says it all
            return f"{self.table}“{printed}”（{self.cell.where}）"
        return f"{self.table}“{self.row}”{LABELS.get(self.key, self.key)} {printed}（{self.cell.where}）"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: its name for people and the cells it adds, some with a minus."""

    label: str
    plus: tuple[Cited, ...]
    minus: tuple[Cited, ...] = ()

    @property
    def cells(self) -> tuple[Cited, ...]:
        """Give all cells of this side."""
        return self.plus + self.minus

    @property
    def value(self) -> Decimal:
        """Give the value of this side in 元."""
        plus = sum((cited.amount for cited in self.plus), money.ZERO)
        return plus - sum((cited.amount for cited in self.minus), money.ZERO)


@dataclass(frozen=True, slots=True)
class Check:
    """One identity checked once: `difference` is left minus right (元; B17: percentage points)."""

    id: str
    severity: Severity
    holds: bool
    left: Decimal
    right: Decimal
    difference: Decimal
    cells: tuple[Cited, ...]
    message: str

    def finding(self) -> Finding:
        """Give the check as a finding about the first of its cells."""
        source: dict[str, object] = self.cells[0].cell.where.source() if self.cells else {}
        return Finding(source, self.message, None, self.id, self.severity)


def cite(table: Table, row: Row | None, key: str) -> tuple[Cited, ...]:
    """Cite a cell of a table; nothing where there is no such row or column."""
    if row is None or key not in row.amounts:
        return ()
    name = f"{row.code} {row.name}".strip()
    return (Cited(table.id, name, key, table.measure, row.amounts[key]),)


def cite_figure(figure: Figure, cell: Cell) -> Cited:
    """Cite a figure of the prose."""
    return Cited("编制说明", figure.text.lstrip("，,"), "", "万元", cell)


def side(label: str, *groups: Iterable[Cited], minus: Iterable[Cited] = ()) -> Side:
    """Put a side together from groups of cited cells."""
    return Side(label, tuple(cited for group in groups for cited in group), tuple(minus))


def relate(identity: Identity, left: Side, right: Side, *, at_most: bool = False) -> Check:
    """Check left = right (or left ≤ right) within the identity's tolerance.

    Where an identity of exact tables meets cells printed in 万元, each of them may be off by
    half a unit (HANDBOOK §0.4), and what fails is a warning.
    """
    tolerance, severity = identity.tolerance, identity.severity
    cells = left.cells + right.cells
    rounded = sum(cited.measure == "万元" for cited in cells)
    if rounded and not tolerance:
        tolerance, severity = rounded * HALF_UNIT, Severity.WARN
    difference = left.value - right.value
    holds = difference <= tolerance if at_most else abs(difference) <= tolerance
    sign = "不大于" if at_most else "等于"
    verdict = "相符" if holds else f"不符，差 {money.grouped(difference)} 元"
    message = (
        f"{identity.title}：{left.label} {money.grouped(left.value)} 应{sign}"
        f" {right.label} {money.grouped(right.value)}，{verdict}{_places(cells)}"
    )
    return Check(identity.id, severity, holds, left.value, right.value, difference, cells, message)


def _places(cells: tuple[Cited, ...]) -> str:
    """Name the cells: the table, the row and the line of each, as far as there is room."""
    named = "；".join(str(cited) for cited in cells[:_PLACES_NAMED])
    more = f"；等 {len(cells)} 格" if len(cells) > _PLACES_NAMED else ""
    return f"。涉及 {named}{more}" if cells else ""
