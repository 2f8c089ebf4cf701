"""Lets nothing draw on a contract beyond what is left of it, nor on a contract that there is not.

    2020-03-02 * "物业公司" "物业合同" ^ht-1
      Equity:92-可用指标:…:2020J01-基本支出   -60.00 CNY-ZB
      Equity:94-占用指标:…:2020J01-基本支出    60.00 CNY-ZB

    2020-04-16 * "物业公司" "4月物业管理费"
      line: "2020J01"
      commitment: "ht-1"
      Expenses:7101-行政支出:…:30209-物业管理费   60.01 CNY         ; though ht-2 has more to spare
      Income:6001-财政拨款预算收入:11-一般公共预算   -60.01 CNY

Source of the rule: project decision (DESIGN §2: a payment against a commitment draws from 94).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.contracts import Contracted
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("contracts",)


def contracts(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report what asks for more than is left of a commitment, or names none that there is (S11)."""
    return run(entries, options_map, config, (Contracted,))
