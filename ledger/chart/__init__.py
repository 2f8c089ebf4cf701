"""Codes ⇄ account names, and the openings of a chart of accounts (账套科目表)."""

from __future__ import annotations

from yusuan.ledger.chart.accounts import Account
from yusuan.ledger.chart.accounts import CarryOver
from yusuan.ledger.chart.accounts import EconomicState
from yusuan.ledger.chart.accounts import Expenditure
from yusuan.ledger.chart.accounts import Leaf
from yusuan.ledger.chart.accounts import Level
from yusuan.ledger.chart.accounts import LineState
from yusuan.ledger.chart.accounts import Means
from yusuan.ledger.chart.accounts import Revenue
from yusuan.ledger.chart.accounts import Source
from yusuan.ledger.chart.accounts import SpecialState
from yusuan.ledger.chart.data import AUTHORITY
from yusuan.ledger.chart.data import ECONOMIC
from yusuan.ledger.chart.data import FINANCIAL
from yusuan.ledger.chart.data import MONEY
from yusuan.ledger.chart.data import SPECIAL
from yusuan.ledger.chart.data import chart_data
from yusuan.ledger.chart.format import Names
from yusuan.ledger.chart.format import account_name
from yusuan.ledger.chart.opens import Opening
from yusuan.ledger.chart.opens import openings
from yusuan.ledger.chart.parse import ChartError
from yusuan.ledger.chart.parse import commodity
from yusuan.ledger.chart.parse import parse

__all__ = [
    "AUTHORITY",
    "ECONOMIC",
    "FINANCIAL",
    "MONEY",
    "SPECIAL",
    "Account",
    "CarryOver",
    "ChartError",
    "EconomicState",
    "Expenditure",
    "Leaf",
    "Level",
    "LineState",
    "Means",
    "Names",
    "Opening",
    "Revenue",
    "Source",
    "SpecialState",
    "account_name",
    "chart_data",
    "commodity",
    "openings",
    "parse",
]
