"""Account names from their meaning: codes in, `Equity:92-可用指标:…` out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Protocol

from yusuan.ledger.chart.accounts import CarryOver
from yusuan.ledger.chart.accounts import EconomicState
from yusuan.ledger.chart.accounts import Expenditure
from yusuan.ledger.chart.accounts import LineState
from yusuan.ledger.chart.accounts import Means
from yusuan.ledger.chart.accounts import Revenue
from yusuan.ledger.chart.accounts import Source
from yusuan.ledger.chart.accounts import SpecialState
from yusuan.ledger.chart.data import chart_data
from yusuan.ledger.chart.names import component
from yusuan.ledger.classification import path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yusuan.ledger.chart.accounts import Leaf


class Names(Protocol):
    """Where the official names come from; each gives "" for a code it does not know."""

    def function(self, code: str) -> str:
        """Name a functional 类, 款 or 项."""
        ...

    def economic(self, code: str) -> str:
        """Name an economic 类 or 款 of the department classification."""
        ...

    def line(self, line: str) -> str:
        """Name a budget line."""
        ...


#: One level of an account: its code and its official name.
Step = tuple[str, str]


def steps(account: Leaf, names: Names) -> tuple[str, tuple[Step, ...]]:
    """Give the root type and the levels below it, each as code and official name."""
    data = chart_data()
    match account:
        case Revenue(code, fund):
            return "Income", ((code, data.revenue[code]), _fund(fund))
        case Expenditure(code, function, economic):
            head = (code, data.expenditure[code])
            return "Expenses", (head, *_function(function, names), *_economic(economic, names))
        case Means(code, detail):
            return "Assets", ((code, data.means[code]), (detail, data.means_details[detail]))
        case CarryOver(code, detail, fund):
            head = (code, data.carryover[code])
            return "Equity", (head, (detail, data.carryover_details[detail]), _fund(fund))
        case Source(kind, fund):
            return "Equity", (_only(data.sources), (kind, data.source_kinds[kind]), _fund(fund))
        case LineState(state, fund, function, line):
            tail = (line, names.line(line))
            return "Equity", (
                (state, data.states[state]),
                _fund(fund),
                *_function(function, names),
                tail,
            )
        case EconomicState(state, scope, economic):
            heads = (
                _only(data.economic),
                (state, data.economic_states[state]),
                _scope(scope, names),
            )
            return "Equity", (*heads, *_economic(economic, names))
        case SpecialState(state, group, item):
            return "Equity", (
                _only(data.special),
                (state, data.special_states[state]),
                (group, data.special_groups[group]),
                (item, data.special_items[item]),
            )


def account_name(account: Leaf, names: Names) -> str:
    """Write the account's full beancount name. Source: DESIGN §2."""
    root, levels = steps(account, names)
    return ":".join([root, *(component(code, name) for code, name in levels)])


def _only(table: Mapping[str, str]) -> Step:
    [(code, name)] = table.items()
    return code, name


def _fund(fund: str) -> Step:
    return fund, chart_data().funds[fund]


def _scope(scope: str, names: Names) -> Step:
    return scope, chart_data().scopes.get(scope) or names.line(scope)


def _function(code: str, names: Names) -> tuple[Step, ...]:
    return tuple((part, names.function(part)) for part in path(code))


def _economic(code: str, names: Names) -> tuple[Step, ...]:
    return tuple((part, names.economic(part)) for part in path(code))
