"""The rate of execution that a project's form aims at goes with its line into the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from yusuan.importers.budget import recognise
from yusuan.importers.plan import build_plan
from yusuan.importers.plan.build import _target
from yusuan.importers.readers import read
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.plan import Plan
from yusuan.ledger.budget.plan import PlannedLine
from yusuan.ledger.classification import load
from yusuan.ledger.events.appropriation import chart_of
from yusuan.ledger.events.names import BookNames
from yusuan.ledger.tables.model import Indicator
from yusuan.ledger.tables.model import Project
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from pathlib import Path


def form(*indicators: tuple[str, str]) -> Project:
    """A form with indicators: what each is about, and its target as printed."""
    where = Where()
    said = tuple(
        Indicator("投入和管理", "投入管理", content, target, "", None, None, "", where)
        for content, target in indicators
    )
    return Project("专项", "", "", None, None, None, "", "", (), said, (), {}, where)


@pytest.mark.parametrize(
    ("indicators", "target"),
    [
        ([("预算执行率", "98%"), ("预算资金及时到位率", "100%")], "98"),
        ([("预算执行率", "99.5%")], "99.5"),
        ([("预算执行率", "100%")], "100"),
        ([("预算执行率", "较高")], ""),
        ([("预算执行率", "98")], ""),
        ([("预算执行率", "980%")], ""),
        ([("预算执行率", "98%"), ("预算执行率", "90%")], ""),
        ([("上年预算执行率", "57%")], ""),
        ([], ""),
    ],
)
def test_only_what_is_said_beyond_doubt_is_a_target(
    indicators: list[tuple[str, str]], target: str
) -> None:
    assert _target(form(*indicators)) == target


def test_the_line_declares_its_target() -> None:
    lines = tuple(
        PlannedLine(f"2020X0{n}", "11", "2010302", PROJECT, f"专项{n}", Decimal(1), "", target)
        for n, target in ((1, "98"), (2, ""))
    )
    plan = Plan("某局", 2020, "某局.txt", "", lines, ())
    names = BookNames(load(), date(2020, 1, 1), {line.id: line.name for line in lines})
    declared = {
        item.meta["line"]: item.meta.get("target")
        for item in chart_of(plan, names)
        if "class" in item.meta
    }
    assert declared == {"2020X01": "98", "2020X02": None}


def test_the_published_forms_aim_high(documents: Path) -> None:
    path = documents / "松江区信访办2020部门预算.txt"
    if not path.is_file():
        pytest.skip("the sample document is not on this machine")
    plan = build_plan(recognise(read(path)))
    targets = {line.id: line.target for line in plan.lines if line.klass == PROJECT}
    assert targets == {"2020X01": "98", "2020X02": "98", "2020X03": "100"}
