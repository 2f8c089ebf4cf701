"""The rule of contracts by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives."""
    return documented(request.function.__doc__, tmp_path)


CONTRACTS = """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-02-01 * "甲合同" ^ht-1
      可用 2020X01     -60.00
      占用 2020X01      60.00

    2020-02-01 * "乙合同" ^ht-2
      可用 2020X01     -500.00
      占用 2020X01      500.00
"""


def test_s11_passes_part_payments_a_refund_and_the_release_of_the_rest(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "合同" ^ht-1
      可用 2020X01     -60.00
      占用 2020X01      60.00

    2020-02-02 * "合同追加" ^ht-1 ^ht-1-1
      id: "ht-1-1"
      commitment: "ht-1"
      可用 2020X01     -10.00
      占用 2020X01      10.00

    2020-02-03 * "按合同支付" ^zf-1
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      70.00
      零余额                 -70.00

    2020-02-04 * "退回" ^th-1 ^zf-1
      id: "th-1"
      event: "refund"
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213     -30.00
      零余额                  30.00

    2020-02-05 * "释放余额" ^sf-1
      commitment: "ht-1"
      占用 2020X01     -30.00
      可用 2020X01      30.00
    """
    assert told(found, "S11") == []
    assert found.messages == []


def test_s11_passes_what_is_committed_later_on_the_same_day(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      60.00
      零余额                 -60.00

    2020-02-01 * "合同" ^ht-1
      可用 2020X01     -60.00
      占用 2020X01      60.00
    """
    assert told(found, "S11") == []
    assert found.messages == []


def test_s11_fails_a_payment_out_of_another_contract(tmp_path: Path) -> None:
    """Both contracts together hold enough, so R01 is content."""
    paid = """
    2020-03-02 * "按甲合同支付" ^zf-1
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      60.01
      零余额                 -60.01

    2020-03-03 * "乙合同如数" ^zf-2
      line: "2020X01"
      commitment: "ht-2"
      支出 2010302 30213      400.00
      零余额                 -400.00
    """
    found = documented(CONTRACTS + paid, tmp_path)
    assert found.ids == [("S11", "zf-1")]
    assert found.messages == [
        "[S11] 2020-03-02 占用 ht-1 只余 60.00 元，不能支付 60.01 元（指标 2020X01）；请核对合同编号和金额"
    ]


def test_s11_fails_a_release_beyond_the_contract_and_names_the_first_that_is_short(
    tmp_path: Path,
) -> None:
    """Decreases of a day in the order of their ids, whatever stands first in the file."""
    released = """
    2020-03-02 * "再释放" ^sf-2
      commitment: "ht-1"
      占用 2020X01     -20.00
      可用 2020X01      20.00

    2020-03-02 * "释放" ^sf-1
      commitment: "ht-1"
      占用 2020X01     -50.00
      可用 2020X01      50.00
    """
    found = documented(CONTRACTS + released, tmp_path)
    assert found.ids == [("S11", "sf-2")]
    assert "占用 ht-1 只余 10.00 元，不能释放 20.00 元（指标 2020X01）" in found.messages[0]


def test_s11_fails_another_class_of_the_same_contract(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01          1000.00
      来源 01 11           -1000.00
      限额可用 2 30201       500.00
      限额可用 2 30209       500.00
      限额来源 2 30201      -500.00
      限额来源 2 30209      -500.00

    2020-02-01 * "甲合同" ^ht-1
      可用 2020J01          -100.00
      占用 2020J01           100.00
      限额可用 2 30201       -60.00
      限额占用 2 30201        60.00
      限额可用 2 30209       -40.00
      限额占用 2 30209        40.00

    2020-02-01 * "乙合同" ^ht-2
      可用 2020J01          -300.00
      占用 2020J01           300.00
      限额可用 2 30209      -300.00
      限额占用 2 30209       300.00

    2020-03-02 * "物业费多付" ^zf-1
      line: "2020J01"
      commitment: "ht-1"
      支出 2010301 30209      50.00
      零余额                 -50.00
    """
    assert found.ids == [("S11", "zf-1")]
    assert "占用 ht-1 只余 40.00 元，不能支付 50.00 元（经济分类 30209）" in found.messages[0]


def test_s11_fails_a_payment_before_its_contract(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "别的合同" ^ht-2
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-02-02 * "支付" ^zf-1
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      40.00
      零余额                 -40.00

    2020-02-03 * "合同" ^ht-1
      可用 2020X01     -40.00
      占用 2020X01      40.00
    """
    assert found.ids == [("S11", "zf-1")]
    assert "占用 ht-1 只余 0.00 元，不能支付 40.00 元" in found.messages[0]


def test_s11_fails_a_contract_that_there_is_not(tmp_path: Path) -> None:
    paid = """
    2020-03-02 * "编号写错" ^zf-1
      line: "2020X01"
      支出 2010302 30213      10.00
        commitment: "ht-9"
      零余额                 -10.00

    2020-03-03 * "释放，编号写错" ^sf-1
      commitment: "ht-8"
      占用 2020X01     -10.00
      可用 2020X01      10.00
    """
    found = documented(CONTRACTS + paid, tmp_path)
    assert found.ids == [("S11", "zf-1"), ("S11", "sf-1")]
    assert "没有编号为 ht-9 的占用；请核对合同编号" in found.messages[0]
    assert "没有编号为 ht-8 的占用" in found.messages[1]


def test_s11_fails_what_is_drawn_on_a_contract_that_was_taken_back(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "合同" ^ht-1
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-02-02 * "红冲" ^hc-1 ^ht-1
      id: "hc-1"
      event: "reversal"
      of: "ht-1"
      可用 2020X01      40.00
      占用 2020X01     -40.00

    2020-02-03 * "别的合同" ^ht-2
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-02-04 * "支付" ^zf-1
      line: "2020X01"
      commitment: "ht-1"
      支出 2010302 30213      40.00
      零余额                 -40.00
    """
    assert found.ids == [("S11", "zf-1")]


def test_s11_warns_of_a_release_that_does_not_say_what_of(tmp_path: Path) -> None:
    released = """
    2020-03-02 * "释放" ^sf-1
      占用 2020X01     -50.00
      可用 2020X01      50.00
    """
    found = documented(CONTRACTS + released, tmp_path)
    assert told(found, "S11") == [("warn", "sf-1")]
    assert found.messages == []


def test_what_is_moved_between_lines_without_a_name_is_nobodys(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "合同" ^ht-1
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-02-02 * "改由另一指标执行" ^tj-1
      event: "transfer"
      doc: "示例调〔2020〕001号"
      approver: "财政局"
      占用 2020X01     -40.00
      占用 2020J02      40.00
    """
    assert told(found, "S11") == []
