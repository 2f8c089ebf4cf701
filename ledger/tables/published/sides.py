"""T1 and T4: revenue beside expenditure, of all money and of 财政拨款."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.classification import path
from yusuan.ledger.tables.keys import FUNDS
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE
from yusuan.ledger.tables.published.functional import ALWAYS
from yusuan.ledger.tables.published.functional import FUND_OF_TABLE
from yusuan.ledger.tables.published.functional import column
from yusuan.ledger.tables.published.sheet import Sheet
from yusuan.ledger.tables.published.sheet import summed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from yusuan.ledger.tables.published.holdings import Holding
    from yusuan.ledger.tables.published.holdings import Holdings
    from yusuan.ledger.tables.published.sheet import Figure
    from yusuan.ledger.tables.published.sheet import Made

#: The fund of each of the three budgets, by amount key.
_FUND_OF_KEY = dict(zip(FUNDS, FUND_OF_TABLE.values(), strict=True))
_BUDGETS = {"general": "一般公共预算资金", "fund": "政府性基金", "capital": "国有资本经营预算"}
_ITEMS = {
    "fiscal": "财政拨款收入",
    "special_account": "财政专户管理资金",
    "institution": "事业收入",
    "superior": "上级补助收入",
    "business": "事业单位经营收入",
    "subordinate": "附属单位上缴收入",
    "other": "其他收入",
    "opening": "上年结转",
}


def overview(found: Holdings, name: Callable[[str], str]) -> Made:
    """T1 收支总表."""
    sheet = Sheet("T1", f"{found.year}年部门财务收支预算总表", ("total",))
    for key, item in _ITEMS.items():
        own = [held for held in found.lines if column(held) == key]
        if own or key in ALWAYS:
            sheet.row("收入", "", item, {"total": summed(own)}, REVENUE, key)
        if key == "fiscal":
            for budget, part in _BUDGETS.items():
                sheet.row("收入明细", "", part, {"total": _of(own, budget)}, REVENUE, budget)
    sheet.row("合计", "", "收入总计", {"total": summed(found.lines)}, REVENUE, "total")
    return _spent(sheet, found.lines, name, lambda held: {"total": summed(held)})


def appropriation(found: Holdings, name: Callable[[str], str]) -> Made:
    """T4 财政拨款收支总表: what was carried over from an earlier year is revenue of its own."""
    sheet = Sheet("T4", f"{found.year}年部门财政拨款收支预算总表", ("total", *FUNDS))
    lines = [held for held in found.lines if held.fund in FISCAL_FUNDS]
    own = [held for held in lines if not held.carried]
    for budget, item in _BUDGETS.items():
        sheet.row("收入", "", item, {"total": _of(own, budget)}, REVENUE, budget)
    carried = [held for held in lines if held.carried]
    if carried:
        sheet.row("收入", "", _ITEMS["opening"], {"total": summed(carried)}, REVENUE, "opening")
    sheet.row("合计", "", "收入总计", {"total": summed(lines)}, REVENUE, "total")

    def figures(held: Sequence[Holding]) -> dict[str, Figure]:
        return {"total": summed(held), **{budget: _of(held, budget) for budget in FUNDS}}

    return _spent(sheet, lines, name, figures)


def _of(held: Iterable[Holding], budget: str) -> Figure:
    return summed(each for each in held if each.fund == _FUND_OF_KEY[budget])


def _spent(
    sheet: Sheet,
    lines: Sequence[Holding],
    name: Callable[[str], str],
    figures: Callable[[Sequence[Holding]], dict[str, Figure]],
) -> Made:
    for code in sorted({path(held.code)[0] for held in lines}):
        own = [held for held in lines if path(held.code)[0] == code]
        sheet.row("类", code, name(code), figures(own), EXPENDITURE)
    sheet.row("合计", "", "支出总计", figures(lines), EXPENDITURE, "total")
    return sheet.made()
