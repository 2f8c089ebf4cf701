"""Compares spending with the calendar, at the months that `yusuan.toml` names.

    [rules.R16]
    months = [6, 9]        # 6月、9月末的支出进度
    points = 10            # 低于序时进度 10 个百分点的提示

Source of the rules: 预算法54, 条例57; HANDBOOK R15, R16, R18.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.pace import Paced
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("pace",)


def pace(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report spending before the approval (R15), behind the calendar (R16), or at the last moment (R18)."""
    return run(entries, options_map, config, (Paced,))
