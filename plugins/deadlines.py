"""Compares the dates that an approval says of itself with the days that the law gives.

    2020-02-20 * "批复2020年部门预算" ^pf-2020-001
      congress: 2020-01-10                   ; 41 days before
      published: 2020-03-01
      …

Source of the rule: 预算法52, 14; HANDBOOK R28.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.deadlines import Timely
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("deadlines",)


def deadlines(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report approvals and publications that came late (R28)."""
    return run(entries, options_map, config, (Timely,))
