"""Changes of authority (额度变动): what a document grants or moves, in both books at once."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from decimal import Decimal

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names

#: The available state of the line layer (92) and of the economic layer (98).
_LINE_AVAILABLE = "92"
_LIMIT_SOURCE, _LIMIT_AVAILABLE = "01", "02"

#: An economic 款; a 类 has three digits and no limit of its own.
_ITEM_DIGITS = 5


class LimitError(RefusedError):
    """A change that does not say which economic limit it changes, or names one that is none."""

    def __init__(self, line: Line, why: str) -> None:
        """Say for which line and what is wrong."""
        super().__init__(f"指标 {line.id} 的额度变动{why}")


@dataclass(frozen=True, slots=True)
class Change:
    """So much more authority for a line (less, where negative), in 元.

    `economic` and `scope` name the limit that changes with it, empty where none limits the line.
    """

    line: Line
    amount: Decimal
    economic: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A change as a document has it: the 款 and, where a 款 has both, 人员 or 公用."""

    line: Line
    amount: Decimal
    economic: str = ""
    klass: str = ""


def change(request: Request, layers: Layers, year: int) -> Change:
    """Find the economic limit that a change concerns. Raises LimitError.

    Authority that has economic limits moves in both books or not at all. Source: DESIGN §2.
    """
    line, economic = request.line, request.economic
    scopes = layers.scopes(line, year)
    if not scopes:
        if economic:
            raise LimitError(line, f"不应写经济分类 {economic}：该指标没有经济分类额度")
        return Change(line, request.amount)
    if not economic:
        raise LimitError(line, "没有写经济分类款：该指标有经济分类额度，两本账须同时变动")
    if len(economic) != _ITEM_DIGITS:
        raise LimitError(line, f"须写五位的款级编码，例如 30201，不能是“{economic}”")
    if line.economics:
        return Change(
            line, request.amount, economic, line.id
        )  # its own limits, a new 款 among them
    wanted = SCOPE_OF_CLASS.get(request.klass)
    if wanted in scopes:
        return Change(line, request.amount, economic, wanted)
    limits = layers.register.limits
    limited = [scope for scope in scopes if economic_cell(scope, economic) in limits]
    if len(limited) != 1:
        has = "人员经费和公用经费都有额度" if limited else "还没有额度"
        raise LimitError(
            line,
            f"须注明属人员还是公用：经济分类 {economic} {has}；请加 --class 公用（或人员），"
            f"写成份额的用 {line.id}:{economic}:公用=金额",
        )
    return Change(line, request.amount, economic, limited[0])


def reversed_(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give the changes that take these back exactly."""
    return tuple(replace(item, amount=-item.amount) for item in changes)


def postings(
    changes: Iterable[Change], names: Names, source: str | None = None
) -> tuple[DraftPosting, ...]:
    """Write changes as postings: lines against their source (91), limits against theirs (98).

    Without a source nothing is granted, only moved. Limits that come to nothing together have
    no source either; where a transfer takes authority out of the economic layer (from basic
    expenditure to a project) they have. What comes to nothing on an account is left out: a
    transfer between 款 inside a line leaves the line as it is.
    """
    sums: dict[tuple[Leaf, str], Decimal] = {}
    for leaf, amount, commodity in _legs(tuple(changes), source):
        key = (leaf, commodity)
        sums[key] = sums[key] + amount if key in sums else amount
    return tuple(
        DraftPosting(account_name(leaf, names), amount, commodity)
        for (leaf, commodity), amount in sums.items()
        if amount
    )


def leaves(changes: Iterable[Change], source: str | None = None) -> list[Leaf]:
    """Give the accounts that changes post to; a limit in all its states, since it may be new."""
    found: dict[Leaf, None] = {}
    for leaf, _, _ in _legs(tuple(changes), source):
        found[leaf] = None
        if isinstance(leaf, EconomicState):
            for state in chart_data().economic_states:
                found[replace(leaf, state=state)] = None
    return list(found)


def _legs(changes: tuple[Change, ...], source: str | None) -> Iterator[tuple[Leaf, Decimal, str]]:
    for item in changes:
        line = item.line
        yield LineState(_LINE_AVAILABLE, line.fund, line.function, line.id), item.amount, AUTHORITY
    if source is not None:
        for item in changes:
            yield Source(source, item.line.fund), -item.amount, AUTHORITY
    limited = [item for item in changes if item.scope]
    for item in limited:
        yield EconomicState(_LIMIT_AVAILABLE, item.scope, item.economic), item.amount, ECONOMIC
    if sum((item.amount for item in limited), ZERO):
        for item in limited:
            yield EconomicState(_LIMIT_SOURCE, item.scope, item.economic), -item.amount, ECONOMIC
