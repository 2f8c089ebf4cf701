"""The execution table as the stable JSON shape `yusuan.execution/1` of DESIGN §4."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.tables.execution import Execution
    from yusuan.ledger.tables.execution import ExecutionRow

AMOUNTS = ("approved", "adjusted", "available", "frozen", "committed", "spent")


def execution_json(table: Execution) -> dict[str, Any]:
    """Give the table; money is a string in 元, the rate a share of one, null where there is none."""
    return {
        "schema": "yusuan.execution/1",
        "as_of": table.as_of.isoformat(),
        "by": table.by.value,
        "time_progress": str(table.time_progress),
        "rows": [row_json(row) for row in table.rows],
        "total": row_json(table.total),
    }


def row_json(row: ExecutionRow) -> dict[str, Any]:
    """Give one row, with the line's dimensions where it is about a line."""
    amounts = {key: plain(getattr(row.position, key)) if row.position else None for key in AMOUNTS}
    found: dict[str, Any] = {"level": row.level, "code": row.code, "name": row.name, **amounts}
    found["rate"] = None if row.rate is None else str(row.rate)
    if row.outside is not None:
        found["spent_outside"] = plain(row.outside)
    if row.line is not None:
        line = row.line
        found |= {
            "line": line.id,
            "fund": line.fund,
            "function": line.function,
            "class": line.klass,
        }
        found["project"] = line.project or None
    return found


def money_or_none(amount: Decimal | None) -> str | None:
    """Write an amount for JSON, keeping nothing as nothing."""
    return None if amount is None else plain(amount)
