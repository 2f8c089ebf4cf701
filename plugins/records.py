"""Refuses what was recorded twice, what came back without having been paid, another year, and unknown words.

    2020-05-08 * "物业公司" "退回多收的物业管理费" ^th-1 ^zf-1
      id: "th-1"
      event: "refund"
      line: "2020J01"
      Expenses:7101-行政支出:…:30209-物业管理费   -500.00 CNY        ; zf-1 paid 400.00
      Income:6001-财政拨款预算收入:11-一般公共预算   500.00 CNY

Source of the rules: project decision (DESIGN §2: a unique id); HANDBOOK R23, R26, R27;
project decision (S12, S14).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.records import Recorded
from yusuan.ledger.rules.refunds import Refunded
from yusuan.ledger.rules.reversals import Undone
from yusuan.ledger.rules.run import run
from yusuan.ledger.rules.words import Worded

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("records",)


def records(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report duplicates (R23), what comes back wrongly (R26, S14), dates outside the book (R27), words (S12)."""
    return run(entries, options_map, config, (Recorded, Refunded, Undone, Worded))
