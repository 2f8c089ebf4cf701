"""What may come back (R26), and last year's money (R12), by example: ledgers let through, and ones not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import load
from tests.ledgers import told

if TYPE_CHECKING:
    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives."""
    return load(request.function.__doc__)


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


def test_r12_warns_of_last_years_money_that_was_not_carried(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      可用 2020J02     1000.00
      来源 01 11      -2000.00

    2020-12-31 * "结转" ^jz-1
      可用 2020J02    -1000.00
      结转 2020J02     1000.00

    2021-01-01 * "转入" ^jz-2
      event: "carry"
      结转 2020J02    -1000.00
      可用 2020J02     1000.00

    2021-02-01 * "支付" ^zf-1
      line: "2020J02"
      支出 2010350 30201     100.00
      收入 11      -100.00

    2021-02-01 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R12") == [("warn", "zf-2")]


def test_r08_warns_of_a_later_approval_without_a_document(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-01-20 * "同日的批复" ^pf-2
      可用 2020J02     1000.00
      来源 01 11      -1000.00

    2020-06-01 * "其实是追加" ^pf-3
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-06-02 * "补充批复" ^pf-4
      doc: "示例预〔2020〕009号"
      可用 2020X01     1000.00
      来源 01 11      -1000.00
    """
    assert told(found, "R08") == [("warn", "pf-3")]
