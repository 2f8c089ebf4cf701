"""What fava's own filters leave: time, account, text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fava.context import g
from flask import request

from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
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
    years = view.book.settings.years
    if chosen is not None:
        return chosen.end_inclusive
    return view.last_day() or date(years[-1] if years else 1970, 1, 1)
