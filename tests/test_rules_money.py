"""Rules of money, records and payees by example: a ledger that each lets through, and one not.

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


def test_r23_warns_of_a_document_that_was_recorded_before(found: Found) -> None:
    """
    2020-02-01 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-03 * "又记一次" ^zj-2
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-03 * "另一笔" ^zj-3
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.01
      来源 03 11      -100.01

    2020-02-04 * "追加" ^zj-4
      doc: "示例预〔2020〕010号"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-05 * "日期有误，红冲" ^hc-1
      event: "reversal"
      of: "zj-4"
      可用 2020X01    -100.00
      来源 03 11       100.00

    2020-02-06 * "重新登记" ^zj-5
      doc: "示例预〔2020〕010号"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert told(found, "R23") == [("warn", "zj-2")]
    assert found.messages == []


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
