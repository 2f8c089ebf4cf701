"""The line layer: what a line may spend, from when, and what the refusal says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import load

if TYPE_CHECKING:
    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives, under the strict plugin."""
    return load(request.function.__doc__)


def test_exactly_what_is_available_passes(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     50000.00
      来源 01 11      -50000.00

    2020-03-16 * "接访系统维护" ^zf-1
      line: "2020X01"
      支出 2010302 30213     50000.00
      零余额                -50000.00
    """
    assert found.messages == []


def test_one_fen_more_fails(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     50000.00
      来源 01 11      -50000.00

    2020-03-16 * "接访系统维护" ^zf-1
      line: "2020X01"
      支出 2010302 30213     50000.01
      零余额                -50000.01
    """
    assert found.messages == [
        (
            "[R01] 2020-03-16 超预算：功能科目 2010302 一般行政管理事务，指标 2020X01 信访专项，"
            "经济科目 30213 维修护费，按指标额度可用 50000.00 元，申请 50000.01 元，缺口 0.01 元"
        )
    ]
    assert found.ids == [("R01", "zf-1")]


def test_a_third_decimal_does_not_silence_the_rules(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     50000.00
      来源 01 11      -50000.00

    2020-03-16 * "接访系统维护" ^zf-1
      line: "2020X01"
      支出 2010302 30213     50000.005
      零余额                -50000.005
    """
    assert found.ids == [("R01", "zf-1")]
    assert found.messages[0].endswith("申请 50000.005 元，缺口 0.005 元")


def test_the_message_stands_on_the_right_day(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "二月" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00

    2020-03-01 * "三月" ^zf-2
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00

    2020-04-01 * "四月" ^zf-3
      line: "2020X01"
      支出 2010302 30213      0.01
      零余额                 -0.01
    """
    assert found.ids == [("R01", "zf-2"), ("R01", "zf-3")]
    assert "2020-03-01 超预算" in found.messages[0]
    assert found.messages[0].endswith("可用 40.00 元，申请 60.00 元，缺口 20.00 元")
    assert "2020-04-01 超预算" in found.messages[1]
    assert found.messages[1].endswith("可用 -20.00 元，申请 0.01 元，缺口 20.01 元")


def test_before_the_appropriation_there_is_nothing(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-01-19 * "早了一天" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00
    """
    assert found.ids == [("R01", "zf-1")]
    assert "2020-01-19 超预算" in found.messages[0]
    assert "可用 0.00 元，申请 60.00 元，缺口 60.00 元" in found.messages[0]


def test_no_line_no_spending(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "没有指标" ^zf-1
      支出 2010302 30213     60.00
      零余额                -60.00

    2020-02-02 * "没有这个指标" ^zf-2
      line: "2020X99"
      支出 2010302 30213     60.00
      零余额                -60.00
    """
    assert found.messages == [
        (
            "[R01] 2020-02-01 无预算支出：功能科目 2010302 一般行政管理事务，指标 （未注明），"
            "经济科目 30213 维修护费，申请 60.00 元：没有注明指标（line），无指标不得支出"
        ),
        (
            "[R01] 2020-02-02 无预算支出：功能科目 2010302 一般行政管理事务，指标 2020X99，"
            "经济科目 30213 维修护费，申请 60.00 元：没有编号为 2020X99 的指标，无指标不得支出"
        ),
    ]


def test_spending_on_a_line_of_another_function(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "列在行政运行" ^zf-1
      line: "2020X01"
      支出 2010301 30213     60.00
      零余额                -60.00

    2020-02-02 * "指标写在分录上" ^zf-2
      支出 2010302 30213     10.00
        line: "2020X01"
      支出 2010350 30213     10.00
        line: "2020X01"
      零余额                -20.00
    """
    assert found.messages == [
        "[R04] 2020-02-01 支出科目与指标不一致：支出列 2010301，指标 2020X01 属 2010302",
        "[R04] 2020-02-02 支出科目与指标不一致：支出列 2010350，指标 2020X01 属 2010302",
    ]


def test_one_payment_on_several_lines(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01      30.00
      可用 2020Q01      20.00
      来源 01 11       -30.00
      来源 01 39       -20.00

    2020-02-01 * "两个指标，各半" ^zf-1
      line: "2020X01"
      支出 2010302 30213     30.00
      支出 2010301 30213     20.00
        line: "2020Q01"
      零余额                -30.00
      货币资金              -20.00

    2020-02-02 * "两个指标，其一已用完" ^zf-2
      支出 2010302 30213      5.00
        line: "2020X01"
      支出 2010301 30213     -5.00
        line: "2020Q01"
      零余额                 -5.00
      货币资金                5.00
    """
    assert found.ids == [("R01", "zf-2")]
    assert "指标 2020X01 信访专项" in found.messages[0]


def test_a_payment_is_judged_as_a_whole(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10.00
      来源 01 11      -10.00

    2020-02-01 * "总额不超" ^zf-1
      line: "2020X01"
      支出 2010302 30213     25.00
      支出 2010302 30201    -15.00
      零余额                -10.00
    """
    assert found.messages == []


def test_refunds_and_reversals_restore_what_is_available(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00

    2020-02-02 * "退回" ^th-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30213     -40.00
      零余额                  40.00

    2020-02-03 * "红冲" ^hc-1 ^zf-1
      id: "hc-1"
      event: "reversal"
      line: "2020X01"
      支出 2010302 30213     -60.00
      零余额                  60.00

    2020-02-04 * "没有写明是退回的负数支付" ^zf-2
      line: "2020X01"
      支出 2010302 30213     100.00
      支出 2010302 30201     -10.00
      零余额                 -90.00

    2020-02-05 * "再用余额" ^zf-3
      line: "2020X01"
      支出 2010302 30213     10.01
      零余额                -10.01
    """
    assert found.ids == [("R01", "zf-3")]
    assert found.messages[0].endswith("可用 10.00 元，申请 10.01 元，缺口 0.01 元")


def test_what_is_reversed_need_not_be_a_payment(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "收回" ^sh-1
      event: "lapse"
      可用 2020X01     -60.00
      收回 2020X01      60.00

    2020-02-02 * "收回有误，红冲" ^hc-1
      event: "reversal"
      可用 2020X01      60.00
      收回 2020X01     -60.00

    2020-02-03 * "用完" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00
    """
    assert found.messages == []


def test_calling_a_withdrawal_a_payment_does_not_hide_it(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "收回，误写为支付" ^sh-1
      event: "payment"
      可用 2020X01     -60.00
      收回 2020X01      60.00

    2020-02-03 * "再支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213      40.01
      零余额                 -40.01
    """
    assert found.ids == [("R01", "zf-1")]


def test_a_commitment_sets_authority_aside(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "合同" ^ht-1
      可用 2020X01     -60.00
      占用 2020X01      60.00

    2020-02-02 * "合同外支付，只余40" ^zf-1
      line: "2020X01"
      支出 2010302 30213      40.01
      零余额                 -40.01

    2020-02-03 * "按合同支付" ^zf-2
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      50.00
      零余额                 -50.00

    2020-02-04 * "超过合同余额" ^zf-3
      line: "2020X01"
      支出 2010302 30213      10.01
        commitment: "ht-1"
      零余额                 -10.01

    2020-02-05 * "合同款退回，又可按合同支付" ^th-1
      event: "refund"
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213     -30.00
      零余额                  30.00

    2020-02-06 * "释放余额" ^sf-1
      占用 2020X01     -29.99
      可用 2020X01      29.99
    """
    assert found.ids == [("R01", "zf-1"), ("R01", "zf-3"), ("S11", "zf-3")]
    assert found.messages[1].endswith("按指标额度占用 10.00 元，申请 10.01 元，缺口 0.01 元")


def test_no_state_may_be_moved_out_of_beyond_what_it_holds(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "冻结" ^dj-1
      可用 2020X01     -70.00
      冻结 2020X01      70.00

    2020-02-02 * "解冻过多" ^jd-1
      冻结 2020X01     -70.01
      可用 2020X01      70.01

    2020-02-03 * "释放没有占用的" ^sf-1
      占用 2020X01      -1.00
      可用 2020X01       1.00

    2020-02-04 * "调出过多" ^tj-1
      doc: "示例预〔2020〕001号"
      可用 2020X01    -101.02
      可用 2019J01     101.02

    2020-02-05 * "收回过多" ^sh-1
      可用 2019J01    -101.03
      收回 2019J01     101.03

    2020-02-06 * "追减没有的" ^zj-1
      doc: "示例预〔2020〕001号"
      可用 2020Q01      -5.00
      来源 04 39         5.00
    """
    assert found.ids == [("R01", f"{id_}-1") for id_ in ("jd", "sf", "tj", "sh", "zj")]
    assert [message.partition("，按")[2] for message in found.messages] == [
        "指标额度冻结 70.00 元，申请 70.01 元，缺口 0.01 元",
        "指标额度占用 0.00 元，申请 1.00 元，缺口 1.00 元",
        "指标额度可用 101.01 元，申请 101.02 元，缺口 0.01 元",
        "指标额度可用 101.02 元，申请 101.03 元，缺口 0.01 元",
        "指标额度可用 0.00 元，申请 5.00 元，缺口 5.00 元",
    ]
    assert "功能科目 2010302，指标 2020X01 信访专项" in found.messages[0]
