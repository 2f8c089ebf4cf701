"""Overrides by example: a stop passes under a recorded authorisation that covers it, and under no other.

The docstring of a test is its ledger, where it has one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.authorised import GIVEN
from tests.authorised import PASSED
from tests.authorised import paid
from tests.ledgers import documented
from tests.ledgers import load
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found

    from yusuan.ledger.finding import Finding


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives."""
    return documented(request.function.__doc__, tmp_path)


def waived(found: Found) -> list[tuple[str, Decimal]]:
    """Which authorisation let each warning pass, and how much of its cap the entry took."""
    return [each.waiver for each in found.advice if each.waiver is not None]


def used(found: Found) -> list[tuple[str, str]]:
    """The same with the entry."""
    entries: list[tuple[Any, Finding]] = [(each.entry, each) for each in found.advice]
    return sorted(
        (min(entry.links), f"{each.waiver.amount:f}") for entry, each in entries if each.waiver
    )


def refused(found: Found) -> str:
    """Why the one stop that there is was not let through."""
    [error] = found.errors
    assert error.rule == "R01"
    return str(error.message).partition("；例外授权 sq-1 不能放行：")[2]


# --- what an authorisation lets pass --------------------------------------------


def test_an_authorised_overdraft_warns_and_says_by_whom(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-05-06 custom "authorisation" "R01" "2020X01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     150.00
      收入 11               -150.00
    """
    assert found.messages == []
    assert told(found, "R01") == [("warn", "zf-1")]
    [warning] = [each for each in found.advice if each.rule == "R01"]
    assert "可用 100.00 元，申请 150.00 元，缺口 50.00 元" in warning.message
    assert warning.message.endswith(PASSED)
    assert warning.waiver == ("sq-1", Decimal("50.00"))


def test_without_one_or_without_naming_it_the_stop_remains(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-05-06 custom "authorisation" "R01" "2020X01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      支出 2010302 30201     150.00
      收入 11               -150.00
    """
    assert told(found, "R01") == [("stop", "zf-1")]
    assert "授权" not in found.messages[0]


@pytest.mark.parametrize("line", ["2020X01", ""])
def test_any_line_is_covered_by_one_that_names_none(line: str) -> None:
    given = GIVEN.replace('"R01" "2020X01"', f'"R01" "{line}"')
    assert load(given + paid("zf-1", "2020-05-06", "150.00")).errors == []


@pytest.mark.parametrize("day", ["2020-05-06", "2020-06-30"])
def test_the_first_and_the_last_day_count(day: str) -> None:
    assert load(GIVEN + paid("zf-1", day, "150.00")).errors == []


def test_all_layers_of_an_entry_pass_under_one_and_the_most_counts_once(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01            100.00
      来源 01 11             -100.00
      限额可用 2 30201        130.00
      限额来源 2 30201       -130.00

    2020-05-06 custom "authorisation" "R01" "2020J01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020J01"
      authorisation: "sq-1"
      支出 2010301 30201     150.00
      收入 11               -150.00
    """
    assert told(found, "R01") == [("warn", "zf-1")] * 2
    assert waived(found) == [("sq-1", Decimal("50.00"))] * 2
    assert found.messages == []


def test_what_several_lines_are_short_of_adds_up(found: Found) -> None:
    """
    2020-05-06 custom "authorisation" "R01" ""
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      authorisation: "sq-1"
      支出 2010302 30201     30.00
        line: "2020X01"
      支出 2010350 30201     20.01
        line: "2019J01"
      收入 11               -50.01
    """
    assert told(found, "R01") == [("stop", "zf-1")] * 2
    assert "本次 50.01 元，超过限额 0.01 元" in found.messages[0]


def test_an_economic_class_without_a_limit_passes_with_what_is_spent(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01            100.00
      来源 01 11             -100.00

    2020-05-06 custom "authorisation" "R01" "2020J01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "差旅" ^zf-1
      line: "2020J01"
      authorisation: "sq-1"
      支出 2010301 30211     50.00
      收入 11               -50.00
    """
    assert told(found, "R01") == [("warn", "zf-1")]
    assert used(found) == [("zf-1", "50.00")]


# --- what it does not -----------------------------------------------------------


@pytest.mark.parametrize(
    ("payment", "why"),
    [
        (paid("zf-1", "2020-05-05", "150.00"), "2020-05-06 起才有效"),
        (paid("zf-1", "2020-07-01", "150.00"), "已于 2020-06-30 到期"),
        (
            paid("zf-1", "2020-05-06", "150.01"),
            "限额 50.00 元，已用 0.00 元，本次 50.01 元，超过限额 0.01 元",
        ),
        (
            paid("zf-1", "2020-05-06", "1.00", line="2019J01", function="2010301"),
            "只限指标 2020X01，凭证涉及 2019J01",
        ),
        (paid("zf-1", "2020-05-06", "1.00", line=""), "只限指标 2020X01，凭证没有注明指标"),
    ],
    ids=["too early", "too late", "too much", "another line", "no line"],
)
def test_the_stop_remains_and_says_why(payment: str, why: str) -> None:
    found = load(GIVEN + payment)
    assert refused(found) == why
    assert waived(found) == []


def test_another_rule_remains(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-05-06 custom "authorisation" "R17" ""
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     150.00
      收入 11               -150.00
    """
    assert refused(found) == "只针对规则 R17"


def test_an_id_that_nobody_recorded(found: Found) -> None:
    """
    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      authorisation: "sq-9"
      支出 2010302 30201     150.00
      收入 11               -150.00
    """
    assert told(found, "R01") == [("stop", "zf-1")]
    assert found.messages[0].endswith("；例外授权 sq-9 不能放行：账上没有，或要素不全")


def test_the_structure_of_the_books_is_never_let_through(found: Found) -> None:
    """
    2020-05-06 custom "authorisation" "R01" ""
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 ! "未复核" ^zj-1
      doc: "文"
      authorisation: "sq-1"
      可用 2020X01     10.00
      来源 03 11      -10.00
    """
    assert told(found, "S03") == [("stop", "zj-1")]
    assert "例外授权" not in found.messages[0]


# --- the cap, and what comes after ----------------------------------------------


def test_who_comes_first_by_day_and_id_uses_the_cap() -> None:
    """Whatever their order in the file; a smaller one that still fits is let through."""
    spent = [
        paid("zf-0", "2020-05-05", "100.00", ""),
        paid("zf-3", "2020-05-08", "10.00"),
        paid("zf-2", "2020-05-07", "31.00"),
        paid("zf-1", "2020-05-07", "20.00"),
    ]
    for order in (spent, spent[::-1]):
        found = load(GIVEN + "".join(order))
        assert used(found) == [("zf-1", "20.00"), ("zf-3", "10.00")]
        assert refused(found) == "限额 50.00 元，已用 20.00 元，本次 31.00 元，超过限额 1.00 元"


def test_a_cell_that_an_authorised_payment_left_below_zero(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-05-06 custom "authorisation" "R01" "2020X01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     130.00
      收入 11               -130.00

    2020-05-07 * "再付，没有授权" ^zf-2
      line: "2020X01"
      支出 2010302 30201     1.00
      收入 11               -1.00

    2020-05-08 * "退回，不再恶化" ^th-1 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -5.00
      收入 11                 5.00

    2020-05-09 * "再付，在授权之内，只算恶化的部分" ^zf-3
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     20.00
      收入 11               -20.00

    2020-05-10 * "追加补足" ^zj-1
      doc: "文"
      可用 2020X01     50.00
      来源 03 11      -50.00

    2020-05-11 * "补足之后" ^zf-4
      line: "2020X01"
      支出 2010302 30201     4.00
      收入 11               -4.00
    """
    assert told(found, "R01") == [("stop", "zf-2"), ("warn", "zf-1"), ("warn", "zf-3")]
    assert used(found) == [("zf-1", "30.00"), ("zf-3", "20.00")]


@pytest.mark.parametrize(("cap", "stops"), [("150.00", 0), ("149.99", 1)])
def test_where_a_rule_does_not_say_by_how_much_all_that_moves_counts(cap: str, stops: int) -> None:
    """R04: 150 元 spent on a line of another function."""
    given = GIVEN.replace('"R01" "2020X01"', '"R04" "2020X01"').replace("cap: 50.00", f"cap: {cap}")
    supplement = (
        '\n2020-02-01 * "追加" ^zj-1\n  doc: "文"\n  可用 2020X01   50.00\n  来源 03 11   -50.00\n'
    )
    spent = paid("zf-1", "2020-05-06", "150.00", function="2010308")
    found = load(given + supplement + spent)
    assert len(found.errors) == stops
    assert told(found, "R04") == [("stop" if stops else "warn", "zf-1")]


def test_an_entry_may_name_one_for_each_rule_that_stops_it(tmp_path: Path) -> None:
    """Over the line and without money: R01 and R17."""
    other = GIVEN.rpartition("\n2020-05-06")[2]
    means = "\n2020-05-06" + other.replace('"R01"', '"R17"').replace("sq-1", "sq-2")
    short = paid("zf-1", "2020-05-06", "150.00", "sq-1 sq-2").replace("收入 11 ", "零余额 ")
    whole = GIVEN + means.replace("50.00 CNY", "150.00 CNY")
    found = documented(whole + short, tmp_path, bare=True)
    assert found.messages == []
    assert waived(found) == [("sq-1", Decimal("50.00")), ("sq-2", Decimal("150.00"))]
    alone = documented(whole + short.replace(" sq-2", ""), tmp_path, bare=True)
    assert alone.rules == ["R17"]


def test_what_the_book_has_decided_comes_first(found: Found) -> None:
    """
    [rules.R01]
    severity = "warn"
    ---
    2020-05-06 custom "authorisation" "R01" "2020X01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-05-06 * "应急" ^zf-1
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     150.00
      收入 11               -150.00
    """
    assert told(found, "R01") == [("warn", "zf-1")]
    assert waived(found) == []
