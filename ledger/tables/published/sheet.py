"""Rows of a made table, each cell with what it was added up from."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.tables.model import Cell
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from yusuan.ledger.budget import line
    from yusuan.ledger.tables.published.holdings import Holding

YUAN = "元"
WAN = "万元"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount (元), None where the book does not know it, and the cells of the budget that it is of."""

    amount: Decimal | None
    cells: tuple[line.Cell, ...] = ()


UNKNOWN = Figure(None)


def summed(found: Iterable[Holding]) -> Figure:
    """Add up what is held; of nothing it is 0.00."""
    held = tuple(found)
    amount = sum((each.amount for each in held), money.ZERO)
    return Figure(amount, tuple(each.cell for each in held))


@dataclass(frozen=True, slots=True)
class Made:
    """A made table, with the budget's cells behind each of its own: by row, from 0, and amount key."""

    table: Table
    evidence: Mapping[tuple[int, str], tuple[line.Cell, ...]]


@dataclass(slots=True)
class Sheet:
    """A table in the making. Its rows say in `where` which row of it they are, from 1."""

    id: str
    title: str
    columns: tuple[str, ...]
    measure: str = YUAN
    rows: list[Row] = field(default_factory=list)
    evidence: dict[tuple[int, str], tuple[line.Cell, ...]] = field(default_factory=dict)

    def row(
        self,
        level: str,
        code: str,
        name: str,
        figures: Mapping[str, Figure],
        side: str | None = None,
        key: str = "",
    ) -> None:
        """Add a row below the others."""
        at = len(self.rows)
        where = Where(row=at + 1)
        cells = {each: self._cell(figure, where) for each, figure in figures.items()}
        self.rows.append(Row(level, code, name, cells, where, side, key))
        for each, figure in figures.items():
            if figure.cells:
                self.evidence[at, each] = figure.cells

    def _cell(self, figure: Figure, where: Where) -> Cell:
        return Cell(figure.amount, printed(figure.amount, self.measure), where)

    def made(self, *notes: str) -> Made:
        """End the table."""
        table = Table(
            self.id, self.title, self.measure, self.columns, tuple(self.rows), "".join(notes)
        )
        return Made(table, self.evidence)


def printed(amount: Decimal | None, measure: str) -> str:
    """Write an amount as the table prints it: 万元 with two decimals, rounded half up."""
    if amount is None:
        return ""
    shown = amount if measure == YUAN else money.to_wan(amount)
    return money.grouped(shown.quantize(Decimal("0.01"), ROUND_HALF_UP))
