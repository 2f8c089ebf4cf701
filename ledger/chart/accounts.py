"""What an account of a book means: one small value type for each family of accounts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revenue:
    """Budget revenue (预算收入) by source and fund, for example 6001 of fund 11."""

    account: str
    fund: str


@dataclass(frozen=True, slots=True)
class Expenditure:
    """Budget expenditure (预算支出) by functional 项 and economic 款."""

    account: str
    function: str
    economic: str


@dataclass(frozen=True, slots=True)
class Means:
    """A part of 8001 资金结存."""

    account: str
    detail: str


@dataclass(frozen=True, slots=True)
class CarryOver:
    """Carry-over and surplus (结转结余) by detail and fund."""

    account: str
    detail: str
    fund: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where authority came from (91), by kind and fund."""

    kind: str
    fund: str


@dataclass(frozen=True, slots=True)
class LineState:
    """A budget line in one of its states (92 to 97)."""

    state: str
    fund: str
    function: str
    line: str


@dataclass(frozen=True, slots=True)
class EconomicState:
    """An economic-class limit (98) in one of its states; scope is 1, 2 or a line's id."""

    state: str
    scope: str
    economic: str


@dataclass(frozen=True, slots=True)
class SpecialState:
    """A limit that cuts across lines (99): 三公 or 采购, by item."""

    state: str
    group: str
    item: str


@dataclass(frozen=True, slots=True)
class Level:
    """An inner level of the chart: opened so that balances can be asserted, never posted to."""

    codes: tuple[str, ...]


Leaf = Revenue | Expenditure | Means | CarryOver | Source | LineState | EconomicState | SpecialState
Account = Leaf | Level
