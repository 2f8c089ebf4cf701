"""Writes the authority legs of every payment: 95 against 92, and the economic limit likewise.

An accountant writes only the money:

    2020-03-16 * "物业公司" "3月物业管理费"
      line: "2020J01"
      Expenses:7101-行政支出:201-…:20103-…:2010301-行政运行:302-…:30209-物业管理费   41500.00 CNY
      Assets:8001-资金结存:01-零余额账户用款额度   -41500.00 CNY

and the plugin adds, on load:

      Equity:92-可用指标:…:2020J01-基本支出   -41500.00 CNY-ZB
      Equity:95-已执行指标:…:2020J01-基本支出   41500.00 CNY-ZB
      Equity:98-经济分类控制:02-可用:2-公用经费:302-…:30209-物业管理费   -41500.00 CNY-JJ
      Equity:98-经济分类控制:03-已执行:2-公用经费:302-…:30209-物业管理费   41500.00 CNY-JJ

Where the legs stand already (fava's entry form copies what it shows) they must be just these.
Source of the rule: project decision (DESIGN §2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.authority import Authority
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("authority",)


def authority(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Add the derived legs; report legs that differ (S01) and spending that escapes derivation (S02)."""
    return run(entries, options_map, config, (Authority,))
