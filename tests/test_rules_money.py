"""Rules of money, records and payees by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import load
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives; one about means begins without money."""
    bare = request.function.__name__.startswith("test_r17")
    return documented(request.function.__doc__, tmp_path, bare=bare)


def test_r17_passes_what_was_received(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-01-05 * "到账" ^dz-1
      event: "receipt"
      零余额     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      零余额      -100.00
    """
    assert told(found, "R17") == []
    assert found.messages == []


def test_r17_fails_quota_not_received(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-01-05 * "到账" ^dz-1
      event: "receipt"
      零余额     99.99
      收入 11      -99.99

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      零余额      -100.00
    """
    assert told(found, "R17") == [("stop", "zf-1")]


def test_r17_fails_another_funds_money(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-01-05 * "到账" ^dz-1
      event: "receipt"
      货币资金     500.00
      收入 39      -500.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      货币资金      -100.00

    2020-03-16 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 39      -100.00
    """
    assert told(found, "R17") == [("stop", "zf-1"), ("stop", "zf-2")]


RECEIVED = """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      可用 2020Q01      500.00
      来源 01 11      -1000.00
      来源 01 39       -500.00

    2020-01-21 * "到账" ^dz-1
      event: "receipt"
      零余额     300.00
      货币资金    300.00
      收入 11   -600.00

    2020-03-16 * "支付" ^zf-2
      line: "2020Q01"
      支出 2010301 30201     100.00
      货币资金   -100.00
"""


def test_r17_fails_another_funds_money_after_two_parts_of_one_fund() -> None:
    assert told(load(RECEIVED, bare=True), "R17") == [("stop", "zf-2")]


def test_r17_fails_another_funds_money_that_was_moved_between_accounts() -> None:
    moved = """
    2020-02-03 * "零余额账户转入基本户" ^zz-1
      line: "2020X01"
      零余额    -300.00
      货币资金   300.00
"""
    assert told(load(RECEIVED + moved, bare=True), "R17") == [("stop", "zf-2")]


@pytest.mark.parametrize(
    "untold",
    [
        """
    2020-02-03 * "零余额账户转入基本户" ^zz-1
      零余额    -300.00
      货币资金   300.00
""",
        """
    2020-02-03 * "到账" ^zz-1
      event: "receipt"
      零余额     50.00
      货币资金    50.00
      收入 11   -40.00
      收入 39   -60.00
""",
    ],
)
def test_r17_warns_where_funds_can_no_longer_be_told_apart(untold: str) -> None:
    found = load(RECEIVED + untold, bare=True)
    assert ("warn", "zz-1") in told(found, "R17")
    assert found.messages == []


def test_r17_is_silent_where_all_money_is_of_one_fund() -> None:
    ours, _, _ = RECEIVED.partition("    2020-03-16")
    moved = """
    2020-02-03 * "零余额账户转入基本户" ^zz-1
      零余额    -300.00
      货币资金   300.00
"""
    assert told(load(ours + moved, bare=True), "R17") == []


def test_r17_fails_own_money_that_was_never_received() -> None:
    paid = RECEIVED.replace("货币资金   -100.00", "收入 39    -100.00")
    found = load(paid, bare=True)
    assert told(found, "R17") == [("stop", "zf-2")]
    assert "没有经过资金结存" in found.messages[0]


def test_r19_passes_with_a_reason(found: Found) -> None:
    """
    [unit]
    name = "示例单位"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "示例单位" "支付" ^zf-1
      reason: "按规定划转工会经费"
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "物业公司" "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R19") == []
    assert found.messages == []


def test_r19_fails_to_the_unit_itself(found: Found) -> None:
    """
    [unit]
    name = "示例单位"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "示例单位" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R19") == [("warn", "zf-1")]


def test_r21_passes_up_to_the_limit(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "某讲课人" "支付" ^zf-1
      payee-type: "个人"
      line: "2020X01"
      支出 2010302 30226     10000.00
      收入 11      -10000.00
    """
    assert told(found, "R21") == []
    assert found.messages == []


def test_r21_fails_beyond_it(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "某讲课人" "支付" ^zf-1
      payee-type: "个人"
      line: "2020X01"
      支出 2010302 30226     10000.01
      收入 11      -10000.01
    """
    assert told(found, "R21") == [("warn", "zf-1")]


def test_r22_passes_a_sum_that_is_not_round(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "某公司" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     4000.00
      收入 11      -4000.00

    2020-03-16 * "某公司" "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     6000.50
      收入 11      -6000.50
    """
    assert told(found, "R22") == []
    assert found.messages == []


def test_r22_fails_a_round_sum_in_two_parts(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "某公司" "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     4000.00
      收入 11      -4000.00

    2020-03-16 * "某公司" "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     6000.00
      收入 11      -6000.00
    """
    assert told(found, "R22") == [("info", "zf-2")]


def test_r23_passes_two_ids(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R23") == []
    assert found.messages == []


def test_r23_fails_the_same_id_twice(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-04-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R23") == [("stop", "zf-1"), ("stop", "zf-1")]


def test_r23_fails_the_same_certificate_twice(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      pay_cert_no: "0001"
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-2
      pay_cert_no: "0001"
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R23") == [("stop", "zf-1"), ("stop", "zf-2")]


def test_r26_passes_up_to_what_was_paid(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-05-06 * "退回" ^th-1 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -60.00
      收入 11      60.00

    2020-05-06 * "退回" ^th-2 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -40.00
      收入 11      40.00
    """
    assert told(found, "R26") == []
    assert found.messages == []


def test_r26_fails_more_than_was_paid(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     500.00
      收入 11      -500.00

    2020-05-06 * "退回" ^th-1 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -60.00
      收入 11      60.00

    2020-05-06 * "退回" ^th-2 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -40.01
      收入 11      40.01
    """
    assert told(found, "R26") == [("stop", "th-2")]


PAID_AND_BACK = """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      可用 2020J01     1000.00
      来源 01 11      -2000.00

    2020-01-20 * "批复" ^pf-2
      限额可用 1 30399     500.00
      限额可用 2 30399     500.00
      限额来源 1 30399    -500.00
      限额来源 2 30399    -500.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-17 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     500.00
      收入 11      -500.00

    2020-03-18 * "支付" ^zf-3
      line: "2020J01"
      class: "公用"
      支出 2010301 30399     100.00
      收入 11      -100.00
"""


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (
            """
    2020-05-06 * "退回，只写了 of" ^th-1
      event: "refund"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30201     -100.01
      收入 11      100.01
""",
            "支付 zf-1 的指标 2020X01、经济分类 30201还可退回 100.00 元，退回 100.01 元",
        ),
        (
            """
    2020-05-06 * "退回，另链接一笔" ^th-1 ^zf-1 ^zf-2
      event: "refund"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30201     -100.01
      收入 11      100.01
""",
            "支付 zf-1 的指标 2020X01、经济分类 30201还可退回 100.00 元，退回 100.01 元",
        ),
        (
            """
    2020-05-06 * "退回" ^th-1
      event: "refund"
      of: "zf-9"
      line: "2020X01"
      支出 2010302 30201     -10.00
      收入 11      10.00
""",
            "所退回的支付 zf-9 不在账上",
        ),
        (
            """
    2020-03-16 * "退回" ^th-1
      event: "refund"
      of: "zf-2"
      line: "2020X01"
      支出 2010302 30201     -10.00
      收入 11      10.00
""",
            "退回早于所退回的支付 zf-2（2020-03-17）",
        ),
        (
            """
    2020-03-15 * "退回，没有写明是哪一笔" ^th-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -10.00
      收入 11      10.00
""",
            "本年退回比支付多 10.00 元",
        ),
        (
            """
    2020-05-06 * "退回到人员经费" ^th-1 ^zf-3
      event: "refund"
      line: "2020J01"
      class: "人员"
      支出 2010301 30399     -10.00
      收入 11      10.00
""",
            "支付 zf-3 的指标 2020J01、经济分类 30399没有支出，不能退回",
        ),
    ],
)
def test_r26_fails_what_is_not_of_its_payment(back: str, words: str) -> None:
    assert load(PAID_AND_BACK).messages == []
    messages = load(PAID_AND_BACK + back).messages
    assert all("[R26]" in message for message in messages)
    assert words in messages[0]


def test_r26_fails_what_was_paid_last_year(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2021-02-01 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2021-03-01 * "退回" ^th-1 ^zf-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30201     -60.00
      收入 11      60.00
    """
    assert told(found, "R26") == [("stop", "th-1")]


def test_r26_fails_a_reversal_of_what_was_paid_last_year(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2021-03-01 * "红冲" ^hc-1 ^zf-1
      event: "reversal"
      line: "2020X01"
      支出 2010302 30201     -100.00
      收入 11      100.00
    """
    assert told(found, "R26") == [("stop", "hc-1")]


def test_r27_passes_a_day_of_the_year(found: Found) -> None:
    """
    [unit]
    years = [2020]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-12-31 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R27") == []
    assert found.messages == []


def test_r27_fails_a_day_of_the_next(found: Found) -> None:
    """
    [unit]
    years = [2020]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2021-01-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R27") == [("stop", "zf-1")]
