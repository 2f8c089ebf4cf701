"""What fava's own filters leave: time, account, text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fava.context import g
from flask import request

from yusuan.ledger.web.places import place_of

if TYPE_CHECKING:
    from yusuan.ledger.web.places import Place

_FILTERS = ("account", "filter", "time")


def left_by_filters() -> frozenset[Place] | None:
    """Give the places of the entries that the filters of this request leave; None where none is set."""
    if not any(request.args.get(name) for name in _FILTERS):
        return None
    return frozenset(place_of(entry.meta) for entry in g.filtered.entries)
