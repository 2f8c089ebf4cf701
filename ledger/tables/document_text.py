"""A table of the model as text for the terminal, in 元 whatever its printed measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.tables.keys import LABELS
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE

if TYPE_CHECKING:
    from yusuan.ledger.tables.model import Table

#: How far a row is set in under the level above it.
_INDENT = {"款": "  ", "项": "    ", "收入明细": "  "}

_SIDES = {REVENUE: "收入", EXPENDITURE: "支出", None: ""}


def table_text(each: Table) -> str:
    """Lay out one table of the model under its title, in 元."""
    two_sided = any(row.side for row in each.rows)
    head = [*(["方向"] if two_sided else []), "编码", "名称"]
    texts = len(head)
    head.extend(LABELS.get(key, key) for key in each.columns)
    rows = [
        [
            *([_SIDES[row.side]] if two_sided else []),
            row.code,
            _INDENT.get(row.level, "") + row.name,
            *(money(row.amount(key)) for key in each.columns),
        ]
        for row in each.rows
    ]
    printed = "" if each.measure == "元" else f"，原表以{each.measure}列示"
    title = f"{each.id} {each.title}（单位：元{printed}）"
    return f"{title}\n{grid(head, rows, texts=texts) if rows else '（空表）'}"
