"""Holds money to the class and the function that it was given for.

    2020-03-16 * "在职职工" "补发工资"
      line: "2020G01"                        ; a line of 公用
      Expenses:7101-行政支出:…:301-工资福利支出:30101-基本工资   41500.00 CNY
      Income:6001-财政拨款预算收入:11-一般公共预算   -41500.00 CNY

Source of the rules: 预算法13, 63, 条例5; HANDBOOK R05, R06, R24, R30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.purpose import Purposeful
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("purpose",)


def purpose(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report classes that are mixed (R05, R06) and codes that do not go together (R24, R30)."""
    return run(entries, options_map, config, (Purposeful,))
