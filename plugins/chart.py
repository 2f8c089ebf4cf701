"""Holds every account and posting to the chart: codes, levels, lines, commodities.

    2020-03-16 * "物业公司" "3月物业管理费"
      line: "2020J01"                        ; a line of 2010301 行政运行
      Expenses:7101-行政支出:201-…:20103-…:2010302-一般行政管理事务:302-…:30209-物业管理费   41500.00 CNY
      Income:6001-财政拨款预算收入:11-一般公共预算   -41500.00 CNY

is refused: the account says 2010302, the line says 2010301.
Source of the rules: 预算法63, 条例40 (支出按科目执行); the chart is a project decision (DESIGN §2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.chart import Charted
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("chart",)


def chart(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report codes (R03), spending off its line (R04), and accounts that break the chart (S04 to S07)."""
    return run(entries, options_map, config, (Charted,))
