"""批复: the approved budget as one entry of authority, one of economic and some of special limits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import openings
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events import special
from yusuan.ledger.events.special import Special
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.plan import Plan
    from yusuan.ledger.budget.plan import PlannedLine
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.chart import Opening

APPROVED = "01"
#: The number, the name and the ground of the entry for each group of special limits.
_SPECIAL_ENTRIES = {
    THREE_PUBLIC: ("003", "三公经费", "“三公”经费预算表"),
    PROCUREMENT: ("004", "政府采购", "预算说明中政府采购预算"),
}


@dataclass(frozen=True, slots=True)
class Approval:
    """When and by which document a budget was approved."""

    date: date
    doc: str = ""


def drafts(plan: Plan, approval: Approval, names: Names) -> list[Draft]:
    """Write a plan as entries: the authority of every line, the limits of every 款, 三公, 采购.

    The source is credited by fund, so that it is the revenue estimate too. Source: DESIGN §2.
    """
    meta = {"event": "appropriation", "source": plan.source, "sha256": plan.sha256}
    if approval.doc:
        meta["doc"] = approval.doc
    lines = [_posting(_line_leaf(line, "92"), line.amount, AUTHORITY, names) for line in plan.lines]
    estimates = [
        _posting(Source(APPROVED, fund), -total, AUTHORITY, names)
        for fund, total in plan.estimates().items()
    ]
    found = [
        Draft(
            approval.date,
            f"pf-{plan.year}-001",
            f"{plan.year}年部门预算",
            (*lines, *estimates),
            "批复",
            meta=meta,
        )
    ]
    limits = tuple(
        _posting(
            EconomicState(state, limit.scope, limit.economic), sign * limit.amount, ECONOMIC, names
        )
        for state, sign in (("02", 1), ("01", -1))
        for limit in plan.limits
    )
    if limits:
        text = f"{plan.year}年基本支出经济分类额度"
        found.append(Draft(approval.date, f"pf-{plan.year}-002", text, limits, "批复", meta=meta))
    return [*found, *_special(plan, approval, meta, names)]


def _special(
    plan: Plan, approval: Approval, meta: Mapping[str, str], names: Names
) -> Iterator[Draft]:
    """Write an entry for each group of special limits; one whose limits are all nothing has none."""
    for group, planned in groupby(plan.specials, lambda each: group_of(each.item)):
        items = list(planned)
        limits = tuple(special.postings([Special(i.item, i.limit) for i in items], names))
        if not limits:
            continue
        number, what, table = _SPECIAL_ENTRIES[group]
        extra = sum((each.tolerance for each in items), ZERO)
        note = f"额度为{table}所列之数，以万元列示的各项另加取整的容差，容差共 {plain(extra)} 元"
        yield Draft(
            approval.date,
            f"pf-{plan.year}-{number}",
            f"{plan.year}年{what}额度",
            limits,
            "批复",
            meta={**meta, "note": note, "tolerance": plain(extra)},
        )


def chart_of(plan: Plan, names: Names, opened: Iterable[str] = ()) -> list[Opening]:
    """List the openings a plan needs: every line in all its states, every limit, every source."""
    return openings(_leaves(plan), names, opened)


def _leaves(plan: Plan) -> Iterator[tuple[Leaf, Mapping[str, str]]]:
    data = chart_data()
    for line in plan.lines:
        for state in data.states:
            yield (
                _line_leaf(line, state),
                _declaration(line, plan.year) if state == "92" else {"line": line.id},
            )
    for limit in plan.limits:
        for state in data.economic_states:
            yield EconomicState(state, limit.scope, limit.economic), {}
    for leaf in special.leaves(Special(each.item, each.limit) for each in plan.specials):
        yield leaf, {}
    for fund in plan.estimates():
        for kind in data.source_kinds:
            yield Source(kind, fund), {}
        yield Revenue(data.revenue_of_fund[fund], fund), {}


def _declaration(line: PlannedLine, year: int) -> dict[str, str]:
    project = {"project": line.project} if line.project else {}
    target = {"target": line.target} if line.target else {}
    return {"line": line.id, "class": line.klass, **project, "origin": str(year), **target}


def _line_leaf(line: PlannedLine, state: str) -> LineState:
    return LineState(state, line.fund, line.function, line.id)


def _posting(leaf: Leaf, amount: Decimal, commodity: str, names: Names) -> DraftPosting:
    return DraftPosting(account_name(leaf, names), amount, commodity)
