"""Refuses spending without authority, or beyond it by a single fen, on any day, in any layer.

    2020-12-30 * "物业公司" "12月物业管理费"
      line: "2020J01"
      Expenses:7101-行政支出:…:30209-物业管理费   41500.01 CNY     ; 41500.00 are left
      Income:6001-财政拨款预算收入:11-一般公共预算   -41500.01 CNY

Judged day by day over whole entries, the increases of a day before its decreases, decreases in
the order of their ids; computed from the movements, never from the derived legs, so that neither
the order of plugins nor that of files matters.
Source of the rule: 预算法13, 预算法实施条例57; the order of a day is a project decision (DESIGN §2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules import PLUGINS
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("control",)


def control(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report overdrafts and spending without a line (R01), and unreviewed increases (S03)."""
    return run(entries, options_map, config, PLUGINS["yusuan.plugins.control"])
