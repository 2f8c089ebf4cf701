"""Looks at payees as an auditor would; nothing of it stops.

    2020-03-30 * "某咨询人员" "讲课劳务费"
      line: "2020X01"
      payee-type: "个人"
      Expenses:7101-行政支出:…:30226-劳务费   12000.00 CNY
      Income:6001-财政拨款预算收入:11-一般公共预算   -12000.00 CNY

Source of the rules: audit methods; HANDBOOK R19, R21, R22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.payees import Paid
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("payees",)


def payees(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report money to the unit itself (R19), much for labour (R21), round sums in parts (R22)."""
    return run(entries, options_map, config, (Paid,))
