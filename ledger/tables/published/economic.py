"""T8: 基本支出 of the general budget by 部门预算支出经济分类."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import GENERAL_BUDGET
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL
from yusuan.ledger.classification import level
from yusuan.ledger.classification import path
from yusuan.ledger.tables.published.sheet import UNKNOWN
from yusuan.ledger.tables.published.sheet import Sheet
from yusuan.ledger.tables.published.sheet import summed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from yusuan.ledger.tables.published.holdings import Holding
    from yusuan.ledger.tables.published.holdings import Holdings
    from yusuan.ledger.tables.published.sheet import Figure
    from yusuan.ledger.tables.published.sheet import Made

TITLE = "部门一般公共预算拨款基本支出经济分类预算表"
_COLUMNS = ("total", "personnel", "operating")
_CARRIED = "上年结转的基本支出没有经济分类额度，不在本表中。"


def economic(found: Holdings, name: Callable[[str], str]) -> Made | None:
    """Make T8; None where nothing limits 基本支出 by 款. Where a line is not limited, no 合计 is known."""
    if not found.economics:
        return None
    below: dict[str, list[Holding]] = {}
    for held in found.economics:
        for code in path(held.code):
            below.setdefault(code, []).append(held)
    sheet = Sheet("T8", f"{found.year}年{TITLE}", _COLUMNS)
    for code in sorted(below):
        sheet.row(level(code), code, name(code), _figures(below[code]))
    total = dict.fromkeys(_COLUMNS, UNKNOWN) if found.unlimited else _figures(found.economics)
    sheet.row("合计", "", "合计", total)
    return sheet.made(*_notes(found))


def operating(found: Holdings) -> Figure:
    """Give 公用经费, which is 机关运行经费 of 行政 and 参公 units; unknown where not all is limited."""
    if found.unlimited or not found.economics:
        return UNKNOWN
    return _figures(found.economics)["operating"]


def _figures(held: Sequence[Holding]) -> dict[str, Figure]:
    if any(not each.klass for each in held):
        return {"total": summed(held), "personnel": UNKNOWN, "operating": UNKNOWN}
    return {
        "total": summed(held),
        "personnel": summed(each for each in held if each.klass == PERSONNEL),
        "operating": summed(each for each in held if each.klass == OPERATING),
    }


def _notes(found: Holdings) -> list[str]:
    notes = []
    if found.unlimited:
        ids = "、".join(line.id for line in found.unlimited)
        notes.append(f"指标 {ids} 没有经济分类额度，合计留空。")
    if any(not held.klass for held in found.economics):
        notes.append("有的指标没有分列人员经费和公用经费，这些格留空。")
    if any(held.carried and held.basic and held.fund == GENERAL_BUDGET for held in found.lines):
        notes.append(_CARRIED)
    return notes
