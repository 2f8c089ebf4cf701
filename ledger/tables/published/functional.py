"""T2, T3, T5, T6 and T7: revenue and expenditure by functional 类, 款 and 项."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.classification import level
from yusuan.ledger.classification import path
from yusuan.ledger.tables.keys import COLUMN_OF_FUND
from yusuan.ledger.tables.published.sheet import UNKNOWN
from yusuan.ledger.tables.published.sheet import Figure
from yusuan.ledger.tables.published.sheet import Sheet
from yusuan.ledger.tables.published.sheet import summed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from yusuan.ledger.tables.published.holdings import Holding
    from yusuan.ledger.tables.published.holdings import Holdings
    from yusuan.ledger.tables.published.sheet import Made

    #: Gives the figures of a row from what is held below it.
    Figures = Callable[[Sequence[Holding]], dict[str, Figure]]

#: Columns of T2 that every set has, money or not; the others where there is any.
ALWAYS = ("fiscal", "institution", "business", "other")
_OTHERS = ("special_account", "institution", "business", "superior", "subordinate", "other")
_TITLES = {
    "T5": "一般公共预算支出功能分类预算表",
    "T6": "政府性基金预算支出功能分类预算表",
    "T7": "国有资本经营预算支出功能分类预算表",
}
FUND_OF_TABLE = {"T5": "11", "T6": "12", "T7": "13"}
_EMPTY = {"T6": "政府性基金预算", "T7": "国有资本经营预算"}
_UNSPLIT = "有的资金没有分列基本支出和项目支出，这些格留空。"


def column(held: Holding) -> str:
    """Give the column of T2 that money belongs to: 财政拨款, 上年结转, or its own."""
    if held.carried:
        return "opening"
    if held.fund in FISCAL_FUNDS:
        return "fiscal"
    return COLUMN_OF_FUND.get(held.fund, "special_account")


def income(found: Holdings, name: Callable[[str], str]) -> Made:
    """T2 收入总表: where the money of each function comes from."""
    used = {column(held) for held in found.lines}
    wanted = ("fiscal", *_OTHERS, "opening")
    columns = ("total", *(key for key in wanted if key in used or key in ALWAYS))

    def figures(held: Sequence[Holding]) -> dict[str, Figure]:
        parts = {key: summed(each for each in held if column(each) == key) for key in columns[1:]}
        return {"total": summed(held), **parts}

    sheet = Sheet("T2", f"{found.year}年部门收入预算总表", columns)
    return _filled(sheet, found.lines, name, figures).made()


def spending(found: Holdings, name: Callable[[str], str]) -> Made:
    """T3 支出总表: 基本 and 项目 of each function, of all money."""
    sheet = Sheet("T3", f"{found.year}年部门支出预算总表", ("total", "basic", "project"))
    return _filled(sheet, found.lines, name, by_class).made(_unsplit(found.lines))


def of_fund(found: Holdings, name: Callable[[str], str], table: str) -> Made:
    """T5, T6 or T7: 基本 and 项目 of each function, of one of the three budgets."""
    lines = [held for held in found.lines if held.fund == FUND_OF_TABLE[table]]
    sheet = Sheet(table, f"{found.year}年部门{_TITLES[table]}", ("total", "basic", "project"))
    fund = _EMPTY.get(table, "")
    empty = (
        f"本部门{found.year}年没有{fund}安排的支出，故本表为空表。" if fund and not lines else ""
    )
    return _filled(sheet, lines, name, by_class).made(empty, _unsplit(lines))


def by_class(held: Sequence[Holding]) -> dict[str, Figure]:
    """Split what is held into 基本 and 项目, where all of it says what it is."""
    whole = {"total": summed(held)}
    if any(each.klass == UNDIVIDED for each in held):
        return {**whole, "basic": UNKNOWN, "project": UNKNOWN}
    basic = summed(each for each in held if each.basic)
    return {**whole, "basic": basic, "project": summed(e for e in held if e.klass == PROJECT)}


def _filled(
    sheet: Sheet, lines: Sequence[Holding], name: Callable[[str], str], figures: Figures
) -> Sheet:
    below: dict[str, list[Holding]] = {}
    for held in lines:
        for code in path(held.code):
            below.setdefault(code, []).append(held)
    for code in sorted(below):
        sheet.row(level(code), code, name(code), figures(below[code]))
    sheet.row("合计", "", "合计", figures(lines))
    return sheet


def _unsplit(lines: Sequence[Holding]) -> str:
    return _UNSPLIT if any(held.klass == UNDIVIDED for held in lines) else ""
