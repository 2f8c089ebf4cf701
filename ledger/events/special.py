"""专项额度: limits that cut across lines (三公, 采购), granted and taken back in a book of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.budget.line import group_of
from yusuan.ledger.chart import SPECIAL
from yusuan.ledger.chart import SpecialState
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import DraftPosting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from decimal import Decimal

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names

_SOURCE, _AVAILABLE = "01", "02"


class Special(NamedTuple):
    """So much more for a 三公 or 采购 item (less, where negative), in 元."""

    item: str
    amount: Decimal


def reversed_(limits: Iterable[Special]) -> tuple[Special, ...]:
    """Give what takes these back exactly."""
    return tuple(each._replace(amount=-each.amount) for each in limits)


def leaves(limits: Iterable[Special]) -> list[Leaf]:
    """Give the accounts of limits, each in all its states, since it may be new."""
    states = chart_data().special_states
    return [
        SpecialState(state, group_of(each.item), each.item) for each in limits for state in states
    ]


def postings(limits: Iterable[Special], names: Names) -> Iterator[DraftPosting]:
    """Write limits: what is available against where it comes from; what is nothing is left out.

    A special limit is no part of its lines' authority: it moves only where a document says so.
    Source: project decision (docs/decisions/0011).
    """
    moved = [each for each in limits if each.amount]
    for state, sign in ((_AVAILABLE, 1), (_SOURCE, -1)):
        for each in moved:
            leaf = SpecialState(state, group_of(each.item), each.item)
            yield DraftPosting(account_name(leaf, names), sign * each.amount, SPECIAL)
