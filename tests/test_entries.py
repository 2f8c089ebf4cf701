"""Directives read as events: what each is where it does not say so, and by which id it goes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.ledgers import load

from yusuan.ledger.budget.position import Position
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register


def kind(*postings: str) -> str:
    """What an entry of these postings is taken for."""
    short = '\n2020-03-01 * "某事"\n' + "".join(f"  {posting}\n" for posting in postings)
    [event] = EventReader().events(load(short, ()).entries)
    return event.kind.value


@pytest.mark.parametrize(
    ("code", "expected"),
    [("01", "appropriation"), ("02", "advance"), ("03", "supplement"), ("04", "reduction"), ("05", "carry")],
)  # fmt: skip
def test_authority_is_known_by_its_source(code: str, expected: str) -> None:
    assert kind("可用 2020X01    5.00", f"来源 {code} 11   -5.00") == expected


@pytest.mark.parametrize(
    ("out", "into", "expected"),
    [
        ("可用 2020X01", "可用 2020J01", "transfer"),
        ("限额可用 2 30201", "限额可用 2 30209", "transfer"),
        ("可用 2020X01", "冻结 2020X01", "freeze"),
        ("冻结 2020X01", "可用 2020X01", "unfreeze"),
        ("可用 2020X01", "占用 2020X01", "commitment"),
        ("占用 2020X01", "可用 2020X01", "release"),
        ("可用 2020X01", "结转 2020X01", "carry"),
        ("可用 2020X01", "收回 2020X01", "lapse"),
        ("占用 2020X01", "收回 2020X01", "lapse"),
        ("已执行 2020X01", "已执行 2020J01", "other"),
    ],
)
def test_movements_are_known_by_their_states(out: str, into: str, expected: str) -> None:
    assert kind(f"{out}    -5.00", f"{into}    5.00") == expected


def test_expenditure_is_a_payment() -> None:
    assert kind("支出 2010302 30201    5.00", "零余额    -5.00") == "payment"


def test_what_moves_no_authority_is_no_event() -> None:
    found = load('\n2020-03-01 * "划转"\n  零余额    -5.00\n  货币资金    5.00\n')
    assert found.messages == []
    assert list(EventReader().events(found.entries)) == []


def test_lines_and_limits_are_what_the_openings_declare() -> None:
    found = register(load("", ()).entries)
    line = found.lines["2020K01"]
    assert (line.fund, line.function, line.klass, line.origin) == ("11", "2010308", "项目", 2020)
    assert (line.name, line.economics) == ("办案经费", frozenset({"30201", "30213"}))
    assert found.lines["2019J01"].origin == 2019
    assert found.scopes == {"1", "2", "2020K01"}
    assert found.states["95"] == "95-已执行指标"


def test_positions_add_up_figure_by_figure() -> None:
    one = Position(*(Decimal(n) for n in range(1, 9)))
    assert one + one == Position(*(Decimal(2 * n) for n in range(1, 9)))
