"""Lets no part of 8001 fall below zero, and no fund pay for another.

    2020-03-16 * "物业公司" "3月物业管理费"
      line: "2020J01"
      Expenses:7101-行政支出:…:30209-物业管理费   41500.00 CNY
      Assets:8001-资金结存:01-零余额账户用款额度   -41500.00 CNY     ; 40000.00 of quota were received

Source of the rules: DESIGN §1 (means as a control layer); HANDBOOK R17.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.means import Solvent
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("means",)


def means(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report parts of 8001 below zero and money of one fund paying for another (R17)."""
    return run(entries, options_map, config, (Solvent,))
