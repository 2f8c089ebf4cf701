"""Rules of the structure of the books by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger.
"""

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


def test_s01_passes_legs_as_they_are_derived(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00
      可用 2020X01          -60.00
      已执行 2020X01         60.00
    """
    assert found.messages == []


def test_s01_fails_legs_that_differ(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00
      可用 2020X01          -50.00
      已执行 2020X01         50.00
    """
    assert told(found, "S01") == [("stop", "zf-1")]


def test_s02_passes_spending_that_is_called_a_refund(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      id: "zf-1"
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00

    2020-03-20 * "退回" ^th-1 ^zf-1
      id: "th-1"
      event: "refund"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30213    -60.00
      零余额                 60.00
    """
    assert found.messages == []


def test_s02_fails_spending_by_another_name(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "称作到账的支出" ^zf-1
      event: "receipt"
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00
    """
    assert told(found, "S02") == [("stop", "zf-1")]


def test_s03_passes_an_unreviewed_payment(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 ! "待复核的支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00
    """
    assert found.messages == []


def test_s03_fails_an_unreviewed_approval(found: Found) -> None:
    """
    2020-01-20 ! "待复核的批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00
    """
    assert told(found, "S03") == [("stop", "pf-1")]


def test_s03_fails_an_unreviewed_supplement_that_is_frozen_first(found: Found) -> None:
    """
    2020-01-21 ! "追加，先冻结" ^zj-1
      event: "supplement"
      doc: "示例预〔2020〕009号"
      冻结 2020X01     100.00
      来源 03 11      -100.00

    2020-01-22 * "解冻" ^jd-1
      冻结 2020X01    -100.00
      可用 2020X01     100.00
    """
    assert told(found, "S03") == [("stop", "zj-1")]


def test_s03_passes_what_is_only_set_aside(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-01-21 ! "合同" ^ht-1
      可用 2020X01    -100.00
      占用 2020X01     100.00
    """
    assert told(found, "S03") == []


def test_s04_passes_the_commodity_of_the_book(found: Found) -> None:
    """
    2020-01-01 open Assets:1601-固定资产 CNY-CW
    """
    assert found.messages == []


def test_s04_fails_another_commodity(found: Found) -> None:
    """
    2020-01-01 open Assets:1601-固定资产 CNY
    """
    assert found.rules == ["S04"]


def test_s05_passes_the_last_level(found: Found) -> None:
    """
    2020-03-16 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert found.messages == []


def test_s05_fails_a_level_above(found: Found) -> None:
    """
    2020-03-16 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      Equity:92-可用指标:11-一般公共预算     100.00 CNY-ZB
      来源 03 11      -100.00
    """
    assert told(found, "S05") == [("stop", "zj-1")]


def test_s06_passes_a_path_of_the_chart(found: Found) -> None:
    """
    2020-01-01 open Assets:8001-资金结存:03-财政应返还额度 CNY
    """
    assert found.messages == []


def test_s06_fails_a_path_that_is_not_in_it(found: Found) -> None:
    """
    2020-01-01 open Assets:8001-资金结存:09-没有的明细 CNY
    """
    assert found.rules == ["S06"]


def test_s07_passes_a_line_that_is_what_it_says(found: Found) -> None:
    """
    2020-01-01 open Equity:92-可用指标:11-一般公共预算:201:20103:2010302:2020X09 CNY-ZB
      line: "2020X09"
      class: "项目"
    """
    assert found.messages == []


def test_s07_fails_a_line_of_another_name(found: Found) -> None:
    """
    2020-01-01 open Equity:92-可用指标:11-一般公共预算:201:20103:2010302:2020X09 CNY-ZB
      line: "2020X08"
      class: "项目"
    """
    assert found.rules == ["S07"]


def test_s12_passes_words_that_rules_know(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      event: "appropriation"
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 custom "fava-option" "language" "zh"

    2020-03-16 ! "待复核的支付" ^zf-1
      line: "2020X01"
      procurement: "货物"
      memo: "单位自己的元数据"
      支出 2010302 30213     60.00
      零余额                -60.00
    """
    assert found.messages == []
    assert told(found, "S12") == []


def test_s12_fails_an_event_that_is_none(found: Found) -> None:
    """
    2020-01-20 * "大小写不对" ^dz-1
      event: "Receipt"
      零余额                 60.00
      收入 11               -60.00

    2020-01-20 * "多了空格" ^dz-2
      event: "receipt "
      零余额                 60.00
      收入 11               -60.00
    """
    assert told(found, "S12") == [("stop", "dz-1"), ("stop", "dz-2")]
