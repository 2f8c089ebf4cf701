"""Warns of a payment by a method that there is not on its day.

    2023-03-16 * "物业公司" "3月物业管理费"
      line: "2023J01"
      method: "authorised"                   ; the unified system took its place in 2022
      Expenses:7101-行政支出:…:30209-物业管理费   41500.00 CNY
      Assets:8001-资金结存:01-零余额账户用款额度   -41500.00 CNY

Source of the rule: 财会〔2022〕25号 解释第5号, whose days are recalled: `[methods.authorised]` in
`yusuan.toml` sets a book's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.methods import Methodical
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("methods",)


def methods(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report payments by a method that there is not on their day (S10)."""
    return run(entries, options_map, config, (Methodical,))
