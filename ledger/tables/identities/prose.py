"""Identities of the prose and the project forms: B13–B18."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger import money
from yusuan.ledger.tables.identities.between import FUND_TABLES
from yusuan.ledger.tables.identities.check import Check
from yusuan.ledger.tables.identities.check import cite
from yusuan.ledger.tables.identities.check import cite_figure
from yusuan.ledger.tables.identities.check import relate
from yusuan.ledger.tables.identities.check import side
from yusuan.ledger.tables.identities.forms import cite_form
from yusuan.ledger.tables.identities.forms import form
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE
from yusuan.ledger.tables.model import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.tables.identities.check import Cited
    from yusuan.ledger.tables.identities.check import Identity
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Figure
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table

_PERCENT: Final = Decimal(100)

#: A gap of this share is a choice of scope, not a slip (project decision).
_ONLY_SOME: Final = Decimal("0.2")

#: Prose figures and the cell each must equal: table, side, key of the row, amount key.
_TOTALS: Final = {
    "expenditure_total": ("T1", EXPENDITURE, "", "total"),
    "expenditure": ("T1", EXPENDITURE, "", "total"),
    "revenue": ("T1", REVENUE, "total", "total"),
    "fiscal_revenue": ("T1", REVENUE, "fiscal", "total"),
    "institution_revenue": ("T1", REVENUE, "institution", "total"),
    "business_revenue": ("T1", REVENUE, "business", "total"),
    "other_revenue": ("T1", REVENUE, "other", "total"),
    "fiscal_expenditure": ("T4", EXPENDITURE, "", "total"),
    "general_expenditure": ("T5", None, "", "total"),
    "fund_expenditure": ("T6", None, "", "total"),
    "capital_expenditure": ("T7", None, "", "total"),
    "three_public": ("T9", None, "", "total"),
    "abroad": ("T9", None, "", "abroad"),
    "reception": ("T9", None, "", "reception"),
    "vehicle": ("T9", None, "", "vehicle"),
    "vehicle_purchase": ("T9", None, "", "vehicle_purchase"),
    "vehicle_running": ("T9", None, "", "vehicle_running"),
    "running_costs": ("T9", None, "", "running_costs"),
}


def _cited(figure: Figure) -> tuple[Cited, ...]:
    return (cite_figure(figure, Cell(figure.amount, figure.text, figure.where)),)


def subjects(identity: Identity, doc: Document) -> Iterator[Check]:
    """B13: “…”科目 N 万元 is a row of T5, T6 or T7, which are the scope of that sentence."""
    if doc.table("T5") is None:
        return
    named = []
    for figure in doc.figures_of("subject"):
        rows = _rows_named(doc, figure.subject)
        if rows:
            table, row = min(rows, key=lambda pair: _distance(pair[1], figure))
            right = side(f"{table.id} {row.code} {row.name}", cite(table, row, "total"))
        else:
            right = side("T5、T6、T7 中没有的科目")
        check = relate(identity, side(f"“{figure.subject}”", _cited(figure)), right)
        named.append((figure, check))
        yield check
    yield from _sum_of_subjects(identity, doc, named)


def _sum_of_subjects(
    identity: Identity, doc: Document, named: list[tuple[Figure, Check]]
) -> Iterator[Check]:
    """Check the sum of all subjects, where the prose names every 项 once and each holds."""
    stated = doc.figures_of("fiscal_expenditure")[:1]
    tables = [table for t in FUND_TABLES.values() if (table := doc.table(t)) is not None]
    leaves = sum(row.level == "项" and bool(row.amount("total")) for t in tables for row in t.rows)
    distinct = {figure.subject for figure, _ in named}
    complete = len(named) == len(distinct) == leaves and all(check.holds for _, check in named)
    if stated and named and complete:
        terms = [cited for figure, _ in named for cited in _cited(figure)]
        yield relate(
            identity, side("财政拨款支出预算", _cited(stated[0])), side("各科目之和", terms)
        )


def _distance(row: Row, figure: Figure) -> Decimal:
    return abs((row.amount("total") or money.ZERO) - figure.amount)


def _rows_named(doc: Document, subject: str) -> list[tuple[Table, Row]]:
    """Find the rows a subject names: by its last part, and by the parts before it if given."""
    path = [_same(part) for part in re.split(r"[(（][类款项][)）]|-|—", subject) if part.strip()]
    if not path:
        return []
    for level in ("项", "款", "类"):
        found = []
        for table_id in FUND_TABLES.values():
            table = doc.table(table_id)
            for row in table.rows if table else ():
                if table and row.level == level and _same(row.name) == path[-1]:
                    above = {
                        _same(each.name) for each in table.coded() if row.code.startswith(each.code)
                    }
                    if above.issuperset(path[:-1]):
                        found.append((table, row))
        if found:
            return found
    return []


def _same(name: str) -> str:
    """Compare names without brackets, punctuation and the two spellings of 其他."""
    return re.sub(r"[\W_]", "", name).replace("其它", "其他")


def totals(identity: Identity, doc: Document) -> Iterator[Check]:
    """B14: the totals the prose names are those of the tables, each in its own scope."""
    for figure in doc.figures:
        if figure.key not in _TOTALS:
            continue
        table_id, which, row_key, key = _TOTALS[figure.key]
        table = doc.table(table_id)
        budgeted = doc.kind == "final" and _is_budgeted(figure)
        if table is None or (budgeted and table_id != "T9"):
            continue
        row = next(
            (r for r in table.rows if r.side == which and row_key and r.key == row_key), None
        )
        if not row_key or row_key == "total":
            row = _named_total(table, which, figure)
        if budgeted:
            row = next((r for r in table.rows if r.key == "budget"), None)
        right = cite(table, row, key)
        if right:
            label = f"{table_id} {row.name if row is not None and row_key else '合计'}"
            yield relate(identity, side(f"“{figure.text}”", _cited(figure)), side(label, right))


def _is_budgeted(figure: Figure) -> bool:
    """Say whether a sentence of final accounts names what was budgeted, not what was spent."""
    return "预算" in re.sub(r"(?:一般公共|政府性基金|国有资本经营)预算", "", figure.text)


def _named_total(table: Table, which: str | None, figure: Figure) -> Row | None:
    """Give the 合计 that a sentence means: 本年支出合计 and 支出总计 are both called 支出预算."""
    return min(reversed(table.totals(which)), key=lambda row: _distance(row, figure), default=None)


def projects(identity: Identity, doc: Document) -> Iterator[Check]:
    """B15: forms add up; their sum and the 绩效目标 money fit the 项目支出 of T3."""
    for project in doc.projects:
        yield from form(identity, project)
    spending = doc.table("T3")
    whole = () if spending is None else cite(spending, spending.total(), "project")
    if not whole:
        return
    right = side("T3 项目支出", whole)
    stated = doc.figures_of("performance")
    for figure in stated:
        yield relate(identity, side(f"“{figure.text}”", _cited(figure)), right, at_most=True)
    counts = doc.figures_of("performance_projects")
    forms = [cite_form(each, "", each.total or each.annual) for each in doc.projects]
    if forms and all(forms):
        # All projects are published where the prose counts as many as there are forms.
        every = bool(counts) and counts[0].amount == len(forms)
        # Where the prose names far less money than T3 has, only some projects have goals.
        gap = whole[0].amount - stated[0].amount if stated else money.ZERO
        partial = gap > whole[0].amount * _ONLY_SOME
        left = side("各项目申报表之和", *forms)
        exact = replace(identity, tolerance=Decimal(0))  # both are printed in 元
        yield relate(exact, left, right, at_most=not every or partial)
        if every and stated:
            yield relate(identity, left, side(f"“{stated[0].text}”", _cited(stated[0])))


def procurement(identity: Identity, doc: Document) -> Iterator[Check]:
    """B16: procurement is goods, works and services; what is reserved stays within it."""
    found = {
        key: doc.figures_of(key)
        for key in (
            "procurement",
            "procurement_goods",
            "procurement_works",
            "procurement_services",
            "procurement_sme",
            "procurement_small",
        )
    }
    whole, sme, small = (
        found[k][:1] for k in ("procurement", "procurement_sme", "procurement_small")
    )
    kinds = [found[f"procurement_{kind}"][:1] for kind in ("goods", "works", "services")]
    if whole and any(kinds):
        terms = side("货物、工程、服务之和", *(_cited(each[0]) for each in kinds if each))
        yield relate(identity, side("政府采购预算", _cited(whole[0])), terms)
    for part, of in ((sme, whole), (small, sme)):
        if part and of:
            left, right = side(f"“{part[0].text}”", _cited(part[0])), side("", _cited(of[0]))
            yield relate(identity, left, right, at_most=True)


def changes(identity: Identity, doc: Document) -> Iterator[Check]:
    """B17: the printed percent is the change divided by last year's figure."""
    figures = doc.figures
    for base, moved, percent in zip(figures, figures[1:], figures[2:], strict=False):
        key = base.key
        if (moved.key, percent.key) != (f"{key}_change", f"{key}_percent"):
            continue
        before = base.amount - moved.amount
        if before <= 0:
            continue
        right = moved.amount / before * _PERCENT
        difference = percent.amount - right
        holds = abs(difference) <= identity.tolerance
        verdict = "相符" if holds else "不符"
        message = (
            f"{identity.title}：“{base.text}{percent.text}”按金额计算为"
            f" {right:.2f}%，印出 {percent.amount}%，{verdict}（{percent.where}）"
        )
        cells = (*_cited(base), *_cited(percent))
        yield Check(
            identity.id, identity.severity, holds, percent.amount, right, difference, cells, message
        )


_EMPTY: Final = re.compile(
    r"空表|无数据|[无没未](?:有)?[^。]{0,24}(?:预算|收入|支出|安排)|不涉及|不存在"
)


def _has_amounts(doc: Document) -> bool:
    cells = (cell for table in doc.tables for row in table.rows for cell in row.amounts.values())
    return any(cell.amount is not None for cell in cells)


def empty_tables(identity: Identity, doc: Document) -> Iterator[Check]:
    """B18: an empty T6 or T7 says so and names the right table; one with amounts does not.

    A table that prints its zeros has said that it is empty (the set of 2020 does).
    """
    if not _has_amounts(doc):
        return  # a template that nobody has filled in
    for table_id, word, other in (
        ("T6", "政府性基金", "国有资本经营"),
        ("T7", "国有资本经营", "政府性基金"),
    ):
        table = doc.table(table_id)
        if table is None:
            continue
        cells = [cited for row in table.rows for cited in cite(table, row, "total")]
        printed = [cited for cited in cells if cited.cell.amount is not None]
        filled = any(cited.amount for cited in printed)
        noted = bool(_EMPTY.search(table.note))
        wrong = noted and other in table.note and word not in table.note
        holds = not wrong and (not noted if filled else noted or bool(printed))
        why = (
            "说明写成了另一张表"
            if wrong
            else "有金额却注明空表"
            if filled
            else "没有金额也没有说明"
        )
        message = f"{identity.title}：{table.title}{'相符' if holds else why}（{table.where}）"
        sign = Decimal(not holds)
        yield Check(
            identity.id, identity.severity, holds, sign, Decimal(0), sign, tuple(cells[:1]), message
        )
