"""Whose money an entry moves (R17) by example: where it tells, and where it does not."""

from __future__ import annotations

import pytest
from tests.ledgers import load
from tests.ledgers import told

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
