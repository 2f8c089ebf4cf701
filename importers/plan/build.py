"""Builds the plan: numbers the lines, names the projects, sets the limits, proves the totals."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.importers.plan.assign import only_way
from yusuan.importers.plan.buckets import buckets
from yusuan.importers.plan.special import specials
from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.plan import Plan
from yusuan.ledger.budget.plan import PlannedLimit
from yusuan.ledger.budget.plan import PlannedLine
from yusuan.ledger.chart import chart_data
from yusuan.ledger.money import grouped
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from yusuan.importers.plan.buckets import Bucket
    from yusuan.ledger.config import Assignment
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Project
    from yusuan.ledger.tables.model import Row

ZERO = Decimal("0.00")
_NAMES = {BASIC: "基本支出", PROJECT: "项目支出"}
_LIMIT_COLUMNS = {"1": "personnel", "2": "operating"}
_CLASS_DIGITS = 5
_ITEM_DIGITS = 7
#: The indicator of a project's form that says how much of its budget is to be spent.
_EXECUTION_RATE = "预算执行率"
_PERCENT = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,4})?|100)%")
_NO_SPECIALS: Mapping[str, Decimal] = {}
_SEVERAL_WAYS = (
    "项目与功能科目、资金性质有多种对应，项目额度暂记在各功能科目的项目支出上；"
    "请在 yusuan.toml 用 [[assign]] 指定"
)


class PlanError(ValueError):
    """A document that cannot become a budget; the message says what is missing."""


def build_plan(
    document: Document,
    assignments: Sequence[Assignment] = (),
    tolerances: Mapping[str, Decimal] = _NO_SPECIALS,
) -> Plan:
    """Make the plan of a budget document whose identities hold. Raises PlanError.

    `assignments` are the accountant's word on where a project's money comes from; they
    overrule what the figures say. `tolerances` (元) are for the groups of special limits that
    are wanted, by group. Source: DESIGN §2.
    """
    if document.year is None:
        raise PlanError(f"{document.source}：没有找到预算年度，不能导入；请检查标题中的年份")
    if document.kind == "final":
        raise PlanError(f"{document.source}：这是决算，不是预算，不能导入；请换用部门预算")
    found = buckets(document)
    if not found:
        raise PlanError(f"{document.source}：没有到“项”的支出预算（表三或表五），不能导入")
    notes: list[str] = []
    lines = [
        *_basic(document.year, found),
        *_projects(document, document.year, found, assignments, notes),
    ]
    special = tuple(specials(document, tolerances, notes))
    plan = Plan(
        unit=document.unit,
        year=document.year,
        source=document.source,
        sha256=document.sha256,
        lines=tuple(lines),
        limits=tuple(_limits(document)),
        names=_names(document),
        notes=tuple(notes),
        specials=special,
    )
    _prove(document, plan)
    return plan


def _basic(year: int, found: list[Bucket]) -> Iterator[PlannedLine]:
    own = [bucket for bucket in found if bucket.klass != PROJECT]
    for number, bucket in enumerate(own, start=1):
        name = _NAMES.get(bucket.klass, "基本和项目支出")
        yield PlannedLine(
            f"{year}J{number:02d}", bucket.fund, bucket.function, bucket.klass, name, bucket.amount
        )


def _projects(
    document: Document,
    year: int,
    found: list[Bucket],
    assignments: Sequence[Assignment],
    notes: list[str],
) -> Iterator[PlannedLine]:
    places = [bucket for bucket in found if bucket.klass == PROJECT]
    projects = [project for project in document.projects if project.total and project.total.amount]
    amounts = [_total(project) for project in projects]
    fixed = [_fixed(project, places, assignments) for project in projects]
    way = only_way(amounts, [place.amount for place in places], fixed) if projects else ()
    if way is None:
        notes.append(_SEVERAL_WAYS)
        way, projects = (), []
    left = [place.amount for place in places]
    titles = _titles(projects)
    number = 0
    for project, title, at, word in zip(projects, titles, way, fixed, strict=False):
        number += 1
        place = places[at]
        left[at] -= _total(project)
        ground = "按 yusuan.toml 指定" if word is not None else "由金额唯一确定"
        fund = chart_data().funds[place.fund]
        notes.append(
            f"项目“{title}”{grouped(_total(project))} 元归入 {place.function}、{fund}（{ground}）"
        )
        line = f"{year}X{number:02d}"
        total = _total(project)
        yield PlannedLine(
            line, place.fund, place.function, PROJECT, title, total, line, _target(project)
        )
    for place, rest in zip(places, left, strict=True):
        if rest:
            number += 1
            yield PlannedLine(
                f"{year}X{number:02d}", place.fund, place.function, PROJECT, _NAMES[PROJECT], rest
            )


def _fixed(project: Project, places: list[Bucket], assignments: Sequence[Assignment]) -> int | None:
    components = {component.name for component in project.components}
    for word in assignments:
        if word.project != project.name or (word.component and word.component not in components):
            continue
        for at, place in enumerate(places):
            if (place.function, place.fund) == (word.function, word.fund):
                return at
        where = f"{word.function}、资金 {word.fund}"
        raise PlanError(
            f"yusuan.toml 把项目“{word.project}”指定到 {where}，而预算表中那里没有项目支出；请改正"
        )
    return None


def _titles(projects: Sequence[Project]) -> list[str]:
    """Tell projects of the same name apart by their first component (HANDBOOK §7 S3)."""
    count = Counter(project.name for project in projects)
    return [
        f"{project.name}（{project.components[0].name}）"
        if count[project.name] > 1 and project.components
        else project.name
        for project in projects
    ]


def _total(project: Project) -> Decimal:
    return (project.total.amount if project.total else None) or ZERO


def _target(project: Project) -> str:
    """Give the rate of execution that a form aims at, where it states just one, in percent (R29)."""
    said = [each.target for each in project.indicators if each.content == _EXECUTION_RATE]
    found = _PERCENT.fullmatch(said[0]) if len(said) == 1 else None
    return found[1] if found else ""


def _limits(document: Document) -> Iterator[PlannedLimit]:
    table = document.table("T8")
    rows = [row for row in table.coded() if len(row.code) == _CLASS_DIGITS] if table else []
    for scope, key in _LIMIT_COLUMNS.items():
        for row in rows:
            amount = row.amount(key)
            if amount:
                yield PlannedLimit(scope, row.code, amount)


def _names(document: Document) -> dict[str, str]:
    return {row.code: row.name for table in document.tables for row in table.coded() if row.name}


def _prove(document: Document, plan: Plan) -> None:
    """Check that the plan is the tables again: each 项 of T3 (or T5), and the total of T8."""
    table = document.table("T3") or document.table("T5")
    for row in table.coded() if table else ():
        if len(row.code) == _ITEM_DIGITS:
            below = sum((line.amount for line in plan.lines if line.function == row.code), ZERO)
            _same(document, f"{row.code} {row.name} 的额度", below, row)
    limits = document.table("T8")
    total = limits.total() if limits else None
    if total is not None:
        _same(document, "经济分类额度", sum((limit.amount for limit in plan.limits), ZERO), total)


def _same(document: Document, what: str, given: Decimal, row: Row) -> None:
    printed = row.amount("total") or ZERO
    if given != printed:
        amounts = f"合计 {plain(given)} 元与表中 {plain(printed)} 元（{row.where}）不符"
        raise PlanError(f"{document.source}：{what}{amounts}，不能导入；请核对原文件")
