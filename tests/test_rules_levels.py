"""Plans and graded control by example: a ledger that each lets through, and one not.

The docstring is the ledger, with the settings it needs above a line `---`; what the rules say of
it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found

#: A year of 1200.00 on a project line.
APPROVED = """
2020-01-01 * "批复" ^pf-1
  可用 2020X01     1200.00
  来源 01 11      -1200.00
"""


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives, after an approval of 1200.00."""
    settings, _, ledger = (request.function.__doc__ or "").rpartition("    ---\n")
    indented = "\n".join(f"    {line}" for line in APPROVED.splitlines())
    return documented(f"{settings}    ---\n{indented}\n{ledger}", tmp_path)


def says(found: Found, words: str) -> list[tuple[str, str]]:
    """Give severity and entry of what says these words."""
    return sorted(
        (each.severity.value, min(each.entry.links))
        for each in [*found.errors, *found.advice]
        if words in each.message
    )


def test_r02_passes_what_was_planned_for_the_months_so_far(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
    2020-02-25 custom "spending-plan" "2020-04" "2020X01" 50.00 CNY

    2020-02-10 * "甲公司" "计划以前的月份" ^zf-1
      line: "2020X01"
      支出 2010302 30201     70.00
      收入 11               -70.00

    2020-03-31 * "甲公司" "一部分" ^zf-2
      line: "2020X01"
      支出 2010302 30201     90.00
      收入 11               -90.00

    2020-04-01 * "甲公司" "上月余下的也可支付" ^zf-3
      line: "2020X01"
      支出 2010302 30201     60.00
      收入 11               -60.00

    2020-04-02 * "甲公司" "没有计划的指标" ^zf-4
      line: "2020Q02"
      支出 2010350 30201      0.01
      货币资金               -0.01

    2020-01-01 * "批复" ^pf-2
      可用 2020Q02      0.01
      来源 01 39       -0.01
    """
    assert told(found, "R02") == []
    assert found.messages == []


def test_r02_fails_a_payment_a_fen_beyond_the_plan(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
    2020-02-25 custom "spending-plan" "2020-04" "2020X01" 50.00 CNY

    2020-03-31 * "甲公司" "三月" ^zf-1
      line: "2020X01"
      支出 2010302 30201    100.01
      收入 11              -100.01

    2020-04-30 * "甲公司" "四月补上" ^zf-2
      line: "2020X01"
      支出 2010302 30201     49.99
      收入 11               -49.99
    """
    assert told(found, "R02") == [("stop", "zf-1")]
    assert "按计划还可支付 100.00 元，支付 100.01 元，超出 0.01 元" in found.messages[0]


def test_r02_an_authorisation_covers_what_is_beyond_the_plan(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
    2020-02-26 custom "authorisation" "R02" "2020X01"
      id: "sq-1"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 50.00 CNY
      expiry: 2020-06-30

    2020-03-30 * "甲公司" "超过计划30元" ^zf-1
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201    130.00
      收入 11              -130.00

    2020-03-31 * "甲公司" "再超21元，只余20元" ^zf-2
      line: "2020X01"
      authorisation: "sq-1"
      支出 2010302 30201     21.00
      收入 11               -21.00
    """
    assert told(found, "R02") == [("stop", "zf-2"), ("warn", "zf-1")]
    assert "限额 50.00 元，已用 30.00 元，本次 21.00 元" in found.messages[0]


def test_r02_fails_a_plan_that_could_hold_nothing(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
      economic: "302"
    2020-02-26 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY-ZB
    """
    assert len(found.messages) == 2
    assert "“302”应为五位款级编码" in found.messages[0]
    assert '应写作 custom "spending-plan" "年-月" "指标" 金额 CNY' in found.messages[1]


def test_r02_gives_a_refund_back_to_the_plan(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY

    2020-03-02 * "甲公司" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201    100.00
      收入 11              -100.00

    2020-03-03 * "甲公司" "退回" ^zf-1 ^th-1
      id: "th-1"
      event: "refund"
      line: "2020X01"
      支出 2010302 30201    -40.00
      收入 11                40.00

    2020-03-04 * "甲公司" "再支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     40.00
      收入 11               -40.00
    """
    assert found.messages == []


def test_a_plan_for_one_class_holds_that_alone(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
      economic: "30209"

    2020-03-02 * "甲公司" "其他款没有计划" ^zf-1
      line: "2020X01"
      支出 2010302 30201    500.00
      收入 11              -500.00

    2020-03-03 * "物业公司" "超出本款计划" ^zf-2
      line: "2020X01"
      支出 2010302 30209    100.01
      收入 11              -100.01
    """
    assert told(found, "R02") == [("stop", "zf-2")]
    assert "指标 2020X01 的经济分类 30209 按计划还可支付 100.00 元" in found.messages[0]


def test_a_plan_of_single_months_carries_nothing_over(found: Found) -> None:
    """
    [rules.R02]
    period = "month"
    ---
    2020-02-25 custom "spending-plan" "2020-03" "2020X01" 100.00 CNY
    2020-02-25 custom "spending-plan" "2020-04" "2020X01" 50.00 CNY

    2020-04-30 * "甲公司" "三月没有支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     50.01
      收入 11               -50.01
    """
    assert told(found, "R02") == [("stop", "zf-1")]


def test_a_plan_that_says_nothing_is_refused(found: Found) -> None:
    """
    2020-02-25 custom "spending-plan" "2020-13" "2020X01" 100.00 CNY
    2020-02-25 custom "spending-plan" "2020-03" "2020X77" 100.00 CNY
    """
    assert [message for message in found.messages if "[R02]" in message] == found.messages
    assert len(found.messages) == 2


def test_a_book_without_levels_hears_of_none(found: Found) -> None:
    """
    2020-03-02 * "甲公司" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201    1200.00
      收入 11              -1200.00
    """
    assert found.messages == []
    assert told(found, "R01") == []


def test_r01_informs_and_warns_once_at_the_shares_the_book_has_chosen(found: Found) -> None:
    """
    [rules.R01]
    inform = 70
    warn = 85
    ---
    2020-03-02 * "甲公司" "到 70%" ^zf-1
      line: "2020X01"
      支出 2010302 30201     840.00
      收入 11               -840.00

    2020-03-03 * "甲公司" "超过 70% 一分" ^zf-2
      line: "2020X01"
      支出 2010302 30201       0.01
      收入 11                 -0.01

    2020-03-04 * "甲公司" "再支付" ^zf-3
      line: "2020X01"
      支出 2010302 30201     179.99
      收入 11               -179.99

    2020-03-05 * "合同" ^ht-1
      event: "commitment"
      可用 2020X01        -10.00
      占用 2020X01         10.00
    """
    assert found.messages == []
    assert told(found, "R01") == [("info", "zf-2"), ("warn", "ht-1")]
    assert says(found, "超过全年额度的 85%（1020.00 元），本次 10.00 元，超出 10.00 元") == [
        ("warn", "ht-1")
    ]


def test_r01_stops_before_the_whole_where_the_book_says_so(found: Found) -> None:
    """
    [rules.R01]
    stop = 90
    ---
    2020-03-02 * "甲公司" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201    1080.01
      收入 11              -1080.01
    """
    assert told(found, "R01") == [("stop", "zf-1")]


def test_r01_counts_the_twelfths_of_the_months_begun(found: Found) -> None:
    """
    [rules.R01]
    period = "cumulative"
    ---
    2020-02-02 * "甲公司" "两个月" ^zf-1
      line: "2020X01"
      支出 2010302 30201     200.00
      收入 11               -200.00

    2020-02-28 * "甲公司" "多一分" ^zf-2
      line: "2020X01"
      支出 2010302 30201       0.01
      收入 11                 -0.01

    2020-05-01 * "甲公司" "余下的三个月" ^zf-3
      line: "2020X01"
      支出 2010302 30201     299.99
      收入 11               -299.99

    2020-05-02 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01     120.00
      来源 03 11      -120.00

    2020-05-03 * "甲公司" "追加的十二分之五" ^zf-4
      line: "2020X01"
      支出 2010302 30201      50.00
      收入 11                -50.00
    """
    assert told(found, "R01") == [("stop", "zf-2")]


def test_r01_counts_single_months(found: Found) -> None:
    """
    [rules.R01]
    period = "month"
    ---
    2020-05-01 * "甲公司" "一个月" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11               -100.00

    2020-06-01 * "甲公司" "多一分" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.01
      收入 11               -100.01

    2020-07-01 * "甲公司" "又一个月" ^zf-3
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11               -100.00
    """
    assert told(found, "R01") == [("stop", "zf-2")]


#: Two 款 of one 类, and one that always stands alone.
LIMITS = """
    2020-01-01 * "批复" ^pf-2
      可用 2020J01     300.00
      来源 01 11      -300.00

    2020-01-01 * "批复" ^pf-3
      限额可用 2 30201     100.00
      限额可用 2 30209     100.00
      限额可用 2 30217     100.00
      限额来源 2 30201    -100.00
      限额来源 2 30209    -100.00
      限额来源 2 30217    -100.00

    2020-03-02 * "甲公司" "超出本款" ^zf-1
      line: "2020J01"
      支出 2010301 30201     150.00
      收入 11               -150.00

    2020-03-03 * "甲公司" "用完本类" ^zf-2
      line: "2020J01"
      支出 2010301 30209      50.00
      收入 11                -50.00
"""
BEYOND = """
    2020-03-04 * "甲公司" "超出本类一分" ^zf-3
      line: "2020J01"
      支出 2010301 30209       0.01
      收入 11                 -0.01

    2020-03-05 * "甲公司" "单独控制的款" ^zf-4
      line: "2020J01"
      支出 2010301 30217      99.99
      收入 11                -99.99
"""
HEADS = '    [rules.R01]\n    economic = "类"\n    ---\n'


def test_an_economic_limit_is_its_own_by_default(tmp_path: Path) -> None:
    assert told(documented(LIMITS, tmp_path), "R01") == [("stop", "zf-1")]


def test_limits_of_one_head_are_shared_where_the_book_says_so(tmp_path: Path) -> None:
    assert documented(HEADS + LIMITS, tmp_path).messages == []


def test_a_head_is_a_limit_to_the_fen_and_some_stand_alone(tmp_path: Path) -> None:
    found = documented(HEADS + LIMITS + BEYOND, tmp_path)
    assert told(found, "R01") == [("stop", "zf-3")]
    assert "公用经费经济分类额度可用 0.00 元，申请 0.01 元" in found.messages[0]


@pytest.mark.parametrize(
    "settings",
    ['economic = "项"', 'period = "week"', "warn = 101", "inform = -1", 'stop = "100"'],
)
def test_levels_that_there_are_not_are_refused(settings: str, tmp_path: Path) -> None:
    found = documented(f"[rules.R01]\n{settings}\n---\n", tmp_path)
    assert found.rules
    assert set(found.rules) == {"L08"}
