"""Meaning from account names: `Equity:92-可用指标:…` in, codes out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from functools import lru_cache
from typing import TYPE_CHECKING

from yusuan.ledger.chart.accounts import CarryOver
from yusuan.ledger.chart.accounts import EconomicState
from yusuan.ledger.chart.accounts import Expenditure
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
from yusuan.ledger.chart.names import split

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from yusuan.ledger.chart.accounts import Account
    from yusuan.ledger.chart.accounts import Leaf

    #: Looks at one level's code below its parent's; says what is wrong, or nothing.
    Check = Callable[[str, str], str]

_LINE = re.compile(r"[0-9A-Z][0-9A-Za-z]*")
_FINANCIAL = re.compile(r"[1-5][0-9]{3}")


class ChartError(ValueError):
    """An account name below one of the chart's roots that the chart does not allow."""

    def __init__(self, account: str, why: str) -> None:
        """Say which account and what is wrong with it."""
        super().__init__(f"科目 {account} 不符合账套科目表：{why}")
        self.account = account
        self.why = why


@dataclass(frozen=True, slots=True)
class Family:
    """One family of accounts: its root, its commodity, its levels, and what a leaf means."""

    root: str
    heads: Mapping[str, str]
    commodity: str
    below: tuple[Check, ...]
    leaf: Callable[[tuple[str, ...]], Leaf]

    def wrong(self, codes: tuple[str, ...], code: str) -> str:
        """Say what is wrong with a code below these, or nothing."""
        if len(codes) > len(self.below):
            return f"层级过多，应到第 {len(self.below) + 1} 级为止"
        return self.below[len(codes) - 1](code, codes[-1])

    def read(self, codes: tuple[str, ...]) -> Account:
        """Give the leaf, or the level where the codes stop above it."""
        return self.leaf(codes) if len(codes) == len(self.below) + 1 else Level(codes)


@lru_cache(maxsize=65536)
def parse(account: str) -> Account | None:
    """Tell what an account means; None for an account that is not of this chart.

    Raises ChartError where the first code is the chart's and the rest does not follow it.
    """
    codes, family, why = _placed(account)
    if why:
        raise ChartError(account, why)
    return family.read(codes) if family else None


@lru_cache(maxsize=65536)
def commodity(account: str) -> str | None:
    """Tell the one commodity an account may hold; None for an account not of this chart."""
    codes, family, _ = _placed(account)
    if family is not None:
        return family.commodity
    return FINANCIAL if codes and _FINANCIAL.fullmatch(codes[0]) else None


@lru_cache(maxsize=65536)
def _placed(account: str) -> tuple[tuple[str, ...], Family | None, str]:
    """Give the codes of an account, its family by its root and first code, and what is wrong.

    Many accounts stand below one, so each is looked at from the one above it.
    """
    above, colon, part = account.rpartition(":")
    if not colon:
        return (), None, ""
    codes, family, why = _placed(above)
    code = split(part)[0]
    if not codes:
        family = _heads().get((above, code))
    elif family is not None:
        why = why or family.wrong(codes, code)
    return (*codes, code), family, why


@cache
def _heads() -> dict[tuple[str, str], Family]:
    return {(family.root, head): family for family in _families() for head in family.heads}


@cache
def _families() -> tuple[Family, ...]:
    data = chart_data()
    fund = _one_of(data.funds, "资金性质")
    function = tuple(_digits("功能分类", width) for width in (3, 5, 7))
    economic = tuple(_digits("经济分类", width) for width in (3, 5))
    return (
        Family("Income", data.revenue, MONEY, (fund,), lambda c: Revenue(c[0], c[1])),
        Family(
            "Expenses",
            data.expenditure,
            MONEY,
            (*function, *economic),
            lambda c: Expenditure(c[0], c[3], c[5]),
        ),
        Family(
            "Assets",
            data.means,
            MONEY,
            (_one_of(data.means_details, "资金结存明细"),),
            lambda c: Means(c[0], c[1]),
        ),
        Family(
            "Equity",
            data.carryover,
            MONEY,
            (_one_of(data.carryover_details, "结转结余明细"), fund),
            lambda c: CarryOver(c[0], c[1], c[2]),
        ),
        Family(
            "Equity",
            data.sources,
            AUTHORITY,
            (_one_of(data.source_kinds, "指标来源"), fund),
            lambda c: Source(c[1], c[2]),
        ),
        Family(
            "Equity",
            data.states,
            AUTHORITY,
            (fund, *function, _unlike(data.scopes)),
            lambda c: LineState(c[0], c[1], c[4], c[5]),
        ),
        Family(
            "Equity",
            data.economic,
            ECONOMIC,
            (_one_of(data.economic_states, "额度状态"), _line, *economic),
            lambda c: EconomicState(c[1], c[2], c[4]),
        ),
        Family(
            "Equity",
            data.special,
            SPECIAL,
            (
                _one_of(data.special_states, "额度状态"),
                _one_of(data.special_groups, "专项"),
                _below(_one_of(data.special_items, "专项项目")),
            ),
            lambda c: SpecialState(c[1], c[2], c[3]),
        ),
    )


def _one_of(known: Mapping[str, str], label: str) -> Check:
    def check(code: str, _parent: str) -> str:
        return "" if code in known else f"没有代码为 {code} 的{label}"

    return check


def _below(known: Check) -> Check:
    def check(code: str, parent: str) -> str:
        within = "" if code.startswith(parent) else f"代码 {code} 不在上级 {parent} 之下"
        return known(code, parent) or within

    return check


def _digits(label: str, width: int) -> Check:
    top = 3

    def check(code: str, parent: str) -> str:
        if not (code.isascii() and code.isdigit() and len(code) == width):
            return f"{label}代码 {code} 应为 {width} 位数字"
        if width > top and not code.startswith(parent):
            return f"{label}代码 {code} 不在上级 {parent} 之下"
        return ""

    return check


def _unlike(scopes: Mapping[str, str]) -> Check:
    def check(code: str, parent: str) -> str:
        scope = scopes.get(code)
        twice = f"指标编号 {code} 与经济分类控制的范围“{scope}”重名，请换一个编号"
        return twice if scope else _line(code, parent)

    return check


def _line(code: str, _parent: str) -> str:
    return (
        "" if _LINE.fullmatch(code) else f"指标编号 {code} 只能由数字和字母组成，且不以小写字母开头"
    )
