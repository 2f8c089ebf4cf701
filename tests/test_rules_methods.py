"""The rule of payment methods by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

from yusuan.ledger.rules.session import not_applicable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives."""
    return documented(request.function.__doc__, tmp_path)


def said(found: Found, rule: str) -> list[str]:
    """What a rule says, stopping or not."""
    each = [*found.errors, *found.advice]
    return [one.message for one in each if getattr(one, "rule", "") == rule]


def test_s10_passes_a_method_of_its_day(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2021-12-31 * "最后一天" ^zf-1
      line: "2020X01"
      method: "direct"
      支出 2010302 30201     10.00
      收入 11               -10.00

    2022-01-01 * "第一天" ^zf-2
      line: "2020X01"
      method: "unified"
      支出 2010302 30201     10.00
      收入 11               -10.00

    2022-03-16 * "其他资金一直由单位支付" ^zf-3
      line: "2020X01"
      method: "own"
      支出 2010302 30201     10.00
      货币资金              -10.00
    """
    assert told(found, "S10") == []
    assert found.messages == []


def test_s10_passes_what_takes_a_payment_of_an_earlier_day_back(found: Found) -> None:
    """
    [methods.authorised]
    until = 2020-06-30
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-06-30 * "支付" ^zf-1
      line: "2020X01"
      method: "authorised"
      支出 2010302 30201     10.00
      零余额                -10.00

    2020-07-01 * "退回原处" ^th-1 ^zf-1
      id: "th-1"
      event: "refund"
      line: "2020X01"
      method: "authorised"
      支出 2010302 30201     -4.00
      零余额                  4.00
    """
    assert told(found, "S10") == []
    assert found.messages == []


def test_s10_fails_each_payment_by_a_method_that_is_no_more(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2022-03-16 * "支付" ^zf-1
      line: "2020X01"
      method: "authorised"
      支出 2010302 30201     10.00
      零余额                -10.00

    2022-03-17 * "同样的支付" ^zf-2
      line: "2020X01"
      method: "authorised"
      支出 2010302 30201     10.00
      零余额                -10.00
    """
    assert told(found, "S10") == [("warn", "zf-1"), ("warn", "zf-2")]
    assert said(found, "S10")[0] == (
        "[S10] 2022-03-16 不能用财政授权支付（authorised），该支付方式至 2021-12-31 止；"
        "当日可用的有 unified（国库集中支付）、own（单位资金支付），"
        "起止日期与此不同的，在 yusuan.toml 的 [methods.authorised] 中设置"
    )


def test_s10_fails_from_the_day_after_the_last(found: Found) -> None:
    """
    [methods.direct]
    until = 2020-03-16
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "最后一天" ^zf-1
      line: "2020X01"
      method: "direct"
      支出 2010302 30201     10.00
      收入 11               -10.00

    2020-03-17 * "同样的支付，晚一天" ^zf-2
      line: "2020X01"
      method: "direct"
      支出 2010302 30201     10.00
      收入 11               -10.00
    """
    assert told(found, "S10") == [("warn", "zf-2")]


def test_s10_fails_a_method_that_nobody_knows(found: Found) -> None:
    """
    2020-03-16 * "到账" ^dz-1
      event: "receipt"
      method: "现金"
      货币资金     10.00
      收入 39     -10.00
    """
    assert told(found, "S10") == [("warn", "dz-1")]
    assert "没有支付方式“现金”；当日可用的有 direct（财政直接支付）" in said(found, "S10")[0]


def test_without_contracts_and_methods_there_is_nothing_to_judge(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00
    """
    assert {"S10", "S11"} <= set(not_applicable(found.options))
