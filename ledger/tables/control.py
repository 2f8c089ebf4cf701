"""Control totals of one table: rows read and their sums by level, beside the printed total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.tables.model import Table

_NAMES = {REVENUE: "收入方", EXPENDITURE: "支出方", None: ""}


@dataclass(frozen=True, slots=True)
class Control:
    """How many rows a level of a side has, and the sum (元) of their totals, None where all are blank."""

    side: str | None
    level: str
    rows: int
    amount: Decimal | None


def controls(table: Table) -> tuple[Control, ...]:
    """Add up each level of a table on its own, in print order; the printed 合计 is one of them."""
    keys = dict.fromkeys((row.side, row.level) for row in table.rows)
    return tuple(_control(table, side, level) for side, level in keys)


def _control(table: Table, side: str | None, level: str) -> Control:
    rows = [row for row in table.rows if (row.side, row.level) == (side, level)]
    if level == "合计":
        rows = rows[-1:]  # 本年收入合计 is part of 总计
    amounts = [amount for row in rows if (amount := row.amount("total")) is not None]
    return Control(side, level, len(rows), sum(amounts, money.ZERO) if amounts else None)


def control_text(table: Table) -> str:
    """Say the control totals in one Chinese line, amounts in 元."""
    parts = [
        f"{_NAMES[each.side]}{each.level} {each.rows} 行"
        + (f" {money.grouped(each.amount)}" if each.amount is not None else "")
        for each in controls(table)
    ]
    return f"读出 {len(table.rows)} 行：{'，'.join(parts)}。" if parts else "读出 0 行。"
