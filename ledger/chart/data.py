"""The codes and names of a book's chart, read once from the package's data file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).parents[1] / "data" / "chart.toml"


@dataclass(frozen=True, slots=True)
class ChartData:
    """Every code of the chart with its official or project name; see `chart.toml`."""

    commodities: Mapping[str, str]
    funds: Mapping[str, str]
    revenue: Mapping[str, str]
    revenue_of_fund: Mapping[str, str]
    revenue_besides: Mapping[str, str]
    expenditure: Mapping[str, str]
    expenditure_of_fund: Mapping[str, str]
    means: Mapping[str, str]
    means_details: Mapping[str, str]
    carryover: Mapping[str, str]
    carryover_details: Mapping[str, str]
    sources: Mapping[str, str]
    source_kinds: Mapping[str, str]
    states: Mapping[str, str]
    economic: Mapping[str, str]
    economic_states: Mapping[str, str]
    scopes: Mapping[str, str]
    special: Mapping[str, str]
    special_states: Mapping[str, str]
    special_groups: Mapping[str, str]
    special_items: Mapping[str, str]
    special_economic: Mapping[str, str]

    def revenues(self, fund: str) -> tuple[str, ...]:
        """Give the accounts that a fund's money may be revenue of, the usual one first."""
        return self.revenue_of_fund[fund], *self.revenue_besides.get(fund, "").split()


@cache
def chart_data() -> ChartData:
    """Load the chart's data file."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    return ChartData(**{key: MappingProxyType(value) for key, value in data.items()})


#: The commodity of each book; money is 元.
MONEY = "CNY"
AUTHORITY = "CNY-ZB"
ECONOMIC = "CNY-JJ"
SPECIAL = "CNY-ZX"
FINANCIAL = "CNY-CW"
