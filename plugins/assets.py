"""Compares the financial and the budget book of a payment: an asset is capital expenditure.

    2020-06-01 * "设备公司" "购置办公设备"
      line: "2020X01"
      Expenses:7101-行政支出:…:302-商品和服务支出:30201-办公费   8000.00 CNY
      Income:6001-财政拨款预算收入:11-一般公共预算   -8000.00 CNY
      Assets:1601-固定资产   8000.00 CNY-CW      ; and 310 nowhere
      Income:4001-财政拨款收入   -8000.00 CNY-CW

Source of the rule: 政府会计制度 (平行记账); HANDBOOK R25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.assets import Capitalised
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("assets",)


def assets(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report assets and capital expenditure that do not go together (R25)."""
    return run(entries, options_map, config, (Capitalised,))
