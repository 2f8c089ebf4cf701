"""The execution table for the terminal and for workbooks: headers, and cells in their order."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money
from yusuan.ledger.tables.layout import percent

if TYPE_CHECKING:
    from yusuan.ledger.tables.execution import Execution
    from yusuan.ledger.tables.execution import ExecutionRow

TITLES = {
    By.FUNCTION: "预算执行情况表（按支出功能分类）",
    By.ECONOMIC: "预算执行情况表（按部门预算支出经济分类）",
    By.PROJECT: "预算执行情况表（按项目）",
    By.FUND: "预算执行情况表（按资金性质）",
    By.LINE: "预算执行情况表（按指标）",
}
_AMOUNTS = {
    "年初预算": "approved",
    "全年预算": "adjusted",
    "可用": "available",
    "冻结": "frozen",
    "占用": "committed",
    "已执行": "spent",
}
_INDENT = {"款": "  ", "项": "    "}
TEXT_COLUMNS = 2

Value = str | Decimal | None


def headers(table: Execution) -> list[str]:
    """Name the columns; by economic class the last one is spending that no limit covers."""
    found = [
        "科目编码" if table.by in (By.FUNCTION, By.ECONOMIC) else "编号",
        "名称",
        *_AMOUNTS,
        "执行率",
    ]
    return [*found, "额度外支出"] if table.by is By.ECONOMIC else found


def cells(table: Execution) -> list[list[Value]]:
    """Give every row with the total last: text, amounts in 元, the rate as a share of one."""
    return [_cells(row) for row in (*table.rows, table.total)]


def _cells(row: ExecutionRow) -> list[Value]:
    amounts: list[Value] = [
        getattr(row.position, key) if row.position else None for key in _AMOUNTS.values()
    ]
    found: list[Value] = [row.code, f"{_INDENT.get(row.level, '')}{row.name}", *amounts, row.rate]
    return found if row.outside is None else [*found, row.outside]


def execution_text(table: Execution) -> str:
    """Write the table with its title, its day and the share of the year gone by."""
    rate_at = TEXT_COLUMNS + len(_AMOUNTS)
    rows = [
        [_shown(value, rate=at == rate_at) for at, value in enumerate(row)] for row in cells(table)
    ]
    head = (
        f"{TITLES[table.by]}\n截至 {table.as_of}　单位：元　序时进度 {percent(table.time_progress)}"
    )
    return f"{head}\n{grid(headers(table), rows, texts=TEXT_COLUMNS)}"


def _shown(value: Value, *, rate: bool) -> str:
    if isinstance(value, str):
        return value
    return percent(value) if rate else money(value)
