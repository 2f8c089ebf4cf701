"""The spending plans (用款计划) that a book has, by month."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Custom

from yusuan.ledger.entries import SPENDING_PLAN
from yusuan.ledger.entries import month_plan
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


class Planned(NamedTuple):
    """What a plan is for: a month (`2020-03`), a line, and a 款, empty for the whole line."""

    month: str
    line: str
    economic: str


def planned(entries: Iterable[Any]) -> dict[Planned, Decimal]:
    """Sum the plans of a book, in 元; what is not written as a plan is R02's to complain of."""
    found: dict[Planned, Decimal] = {}
    for entry in entries:
        plan = month_plan(entry) if type(entry) is Custom and entry.type == SPENDING_PLAN else None
        if plan is not None:
            key = Planned(f"{plan.year}-{plan.month:02d}", plan.line, plan.economic)
            found[key] = found.get(key, ZERO) + plan.amount
    return found
