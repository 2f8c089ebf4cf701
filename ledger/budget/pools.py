"""Which 款 share one limit with the others of their 类: a decision of the book's (HANDBOOK §4, defaults)."""

from __future__ import annotations

from dataclasses import dataclass

from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.budget.movement import Place
from yusuan.ledger.budget.movement import place

_HEAD_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Pools:
    """Economic limits by 款, each for itself; or by 类, where only the 款 that are `kept` stand alone."""

    by_head: bool = False
    kept: frozenset[str] = frozenset()

    def cell(self, cell: Cell) -> Cell:
        """Give the cell that a cell is controlled in."""
        if not self.by_head or cell.layer != ECONOMIC_LAYER or cell.code in self.kept:
            return cell
        return economic_cell(cell.scope, cell.code[:_HEAD_DIGITS])

    def place(self, found: Place) -> Place:
        """Give the place that a place is controlled in."""
        return place(self.cell(found.cell), found.state) if self.by_head else found
