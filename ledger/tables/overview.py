"""What a head of department asks first: how far along, what runs out, what lies idle."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.tables.execution import ZERO

if TYPE_CHECKING:
    from yusuan.ledger.budget.position import Position
    from yusuan.ledger.tables.execution import Execution
    from yusuan.ledger.tables.execution import ExecutionRow

#: A line of which less than this share is left is nearly exhausted (project decision).
_LITTLE = Decimal("0.10")
_LARGEST = 3
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Overview:
    """The budget on a day. Amounts in 元, shares of one.

    `short` are the lines that run out: less than a tenth is available, and less of them than of
    the year; `idle` are the projects with the largest amounts not yet spent.
    """

    total: Position
    rate: Decimal | None
    time_progress: Decimal
    short: tuple[ExecutionRow, ...]
    idle: tuple[ExecutionRow, ...]

    @property
    def ahead(self) -> Decimal | None:
        """By how much spending is ahead of the year, as a share; negative where it is behind."""
        return None if self.rate is None else self.rate - self.time_progress


def overview(lines: Execution, projects: Execution) -> Overview:
    """Look through the tables by line and by project of the same day."""
    if lines.total.position is None:
        raise ValueError("a table by line has a total")
    little = min(_LITTLE, _ONE - lines.time_progress)
    left = [(share, row) for row in lines.rows if (share := left_of(row)) is not None]
    short = sorted((item for item in left if item[0] < little), key=lambda item: item[0])
    idle = sorted((row for row in projects.rows if unspent(row) > ZERO), key=unspent, reverse=True)
    return Overview(
        lines.total.position,
        lines.total.rate,
        lines.time_progress,
        tuple(row for _, row in short),
        tuple(idle[:_LARGEST]),
    )


def left_of(row: ExecutionRow) -> Decimal | None:
    """Give which share of a row's authority is available; None where there is no authority."""
    if row.position is None or row.position.adjusted <= ZERO:
        return None
    return row.position.available / row.position.adjusted


def unspent(row: ExecutionRow) -> Decimal:
    """Give what of a row's authority is not spent, in 元, whether committed or not."""
    return row.position.adjusted - row.position.spent if row.position else ZERO
