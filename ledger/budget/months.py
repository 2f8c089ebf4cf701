"""Positions on any day, found from those at the end of the month before: nobody sums a large book twice."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING

from yusuan.ledger.budget.position import Positions
from yusuan.ledger.budget.position import Sums

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event


class Months:
    """The events of a book by month, with the positions at the end of each."""

    def __init__(self, events: Iterable[Event], layers: Layers) -> None:
        """Go through the events once."""
        self._layers = layers
        self._months: list[tuple[int, int]] = []
        self._events: list[list[Event]] = []
        self._ends: list[Positions] = []
        held = Positions()
        for month, found in groupby(sorted(events, key=_day), key=_month):
            kept = list(found)
            held = self._sum(kept).onto(held.copy())
            self._months.append(month)
            self._events.append(kept)
            self._ends.append(held)

    def at(self, as_of: date) -> Positions:
        """Give the positions at the end of a day, as `positions` does; the caller may change them."""
        at = bisect_left(self._months, (as_of.year, as_of.month))
        before = self._ends[at - 1].copy() if at else Positions()
        if at == len(self._months) or self._months[at] != (as_of.year, as_of.month):
            return before
        month = self._events[at]
        if month[-1].date <= as_of:
            return self._ends[at].copy()
        return self._sum(event for event in month if event.date <= as_of).onto(before)

    def _sum(self, events: Iterable[Event]) -> Sums:
        sums = Sums()
        for event in events:
            sums.add(event, self._layers)
        return sums


def _day(event: Event) -> date:
    return event.date


def _month(event: Event) -> tuple[int, int]:
    return event.date.year, event.date.month
