"""What fava's own filters leave: time, account, text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fava.context import g
from flask import request

from yusuan.ledger.web.standing import standing
from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
    from datetime import date

    from yusuan.ledger.books.view import View
    from yusuan.ledger.web.whereabouts import Place

_FILTERS = ("account", "filter", "time")
#: What fava keeps in its addresses from page to page.
KEPT = (*_FILTERS, "conversion", "interval")


def left_by_filters() -> frozenset[Place] | None:
    """Give the places of the entries that the filters of this request leave; None where none is set."""
    if not any(request.args.get(name) for name in _FILTERS):
        return None
    return frozenset(place_of(entry.meta) for entry in g.filtered.entries)


def day_of(view: View) -> date:
    """Give the last day that fava's time filter leaves, else the day that reports are made for."""
    chosen = g.filtered.date_range
    return standing(view).last_day() if chosen is None else chosen.end_inclusive
