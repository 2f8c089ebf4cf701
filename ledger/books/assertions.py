"""Month-end balances as assertions: what the means and the authority came to, for beancount to prove."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from beancount.core.data import Transaction

from yusuan.ledger.books import text
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import SPECIAL
from yusuan.ledger.chart import Means
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View


def balances(found: View, day: date) -> str:
    """Write what each part of 8001, and all that is available (92, 98, 99), hold when a day ends.

    beancount proves a balance as its day begins, so the assertions bear the next day's date.
    """
    held = [(account, amount, MONEY) for account, amount in _means(found, day).items()]
    cells = positions(found.events, found.layers, day).cells
    register = found.layers.register
    tops = [(LINE_LAYER, register.states["92"], AUTHORITY)]
    if register.limits:
        state = register.economic_states["02"]
        tops.append((ECONOMIC_LAYER, f"{register.economic_root}:{state}", ECONOMIC))
    if register.specials:
        state = register.special_states["02"]
        tops.append((SPECIAL_LAYER, f"{register.special_root}:{state}", SPECIAL))
    for layer, top, book in tops:
        total = sum((each.available for cell, each in cells.items() if cell.layer == layer), ZERO)
        held.append((f"Equity:{top}", total, book))
    return "".join(text.balance(*item, day + timedelta(days=1)) for item in held)


def _means(found: View, day: date) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for entry in found.book.entries:
        if type(entry) is Transaction and entry.date <= day:
            for posting in entry.postings:
                amount = posting.units.number if posting.units else None
                if amount is not None and isinstance(meaning(posting.account), Means):
                    sums[posting.account] = sums.get(posting.account, ZERO) + amount
    return dict(sorted(sums.items()))
