"""Holds 三公 and procurement to the limits that were given for them (CNY-ZX).

    2020-06-01 * "调剂" "提高公务接待费额度" ^tj-1
      event: "transfer"
      doc: "示例调〔2020〕002号"             ; and no approval by the finance department
      Equity:99-专项控制:02-可用:01-三公:0102-公务接待费    5000.00 CNY-ZX
      Equity:99-专项控制:01-来源:01-三公:0102-公务接待费   -5000.00 CNY-ZX

Overdrafts of these limits are found by `yusuan.plugins.control`. Source of the rules:
机关事务管理条例12; HANDBOOK R09 to R11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.run import run
from yusuan.ledger.rules.special import Capped

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("special",)


def special(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report diversion into 三公 (R09), growth (R10), procurement that does not add up (R11)."""
    return run(entries, options_map, config, (Capped,))
