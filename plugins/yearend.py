"""Looks at what a year leaves behind: nothing of a project for a third year, basic as it was.

    2021-12-31 * "年末结转" ^jz-1
      event: "carry"                         ; 2020X01 was approved in 2020 and carried once already
      Equity:96-结转下年:…:2020X01-信访专项     500.00 CNY-ZB
      Equity:92-可用指标:…:2020X01-信访专项    -500.00 CNY-ZB

Source of the rules: 预算法42, 条例50; 财预〔2016〕18号; HANDBOOK R13, R14, R29.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.carried import Carried
from yusuan.ledger.rules.run import run
from yusuan.ledger.rules.yearend import Closed

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("yearend",)


def yearend(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report projects held beyond two years (R13), classes changed (R14), targets missed (R29)."""
    return run(entries, options_map, config, (Closed, Carried))
