"""What fava's filters do to a budget table: they leave rows out, and never make a figure partial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from beancount.core import account as accounts
from fava.core.filters import AdvancedFilter
from fava.core.filters import FilterError
from fava.core.filters import Match
from fava.core.filters import TimeFilter
from fava.core.filters import TimeFilterParseError

from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import LineState
from yusuan.ledger.tables.execution import By
from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from fava.core import FavaLedger
    from fava.util.date import DateRange

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.position import Positions
    from yusuan.ledger.web.standing import Standing


@dataclass(frozen=True, slots=True)
class Touched:
    """The lines and the economic 款 that a filter leaves."""

    lines: frozenset[str]
    economics: frozenset[str]

    def codes(self, by: By, standing: Standing) -> frozenset[str]:
        """Give the codes of their rows in a table."""
        if by is By.ECONOMIC:
            return self.economics
        lines = standing.view.layers.register.lines
        found = [lines[each] for each in self.lines if each in lines]
        if by is By.FUNCTION:
            return frozenset(line.function for line in found)
        if by is By.FUND:
            return frozenset(line.fund for line in found)
        return frozenset(line.id for line in found)


def period(ledger: FavaLedger, time: str) -> DateRange | None:
    """Read fava's time filter; None where there is none. Raises FilterError."""
    if not time:
        return None
    try:
        return TimeFilter(ledger.options, ledger.fava_options, time).date_range
    except ValueError:  # fava reads 2020-99, and finds that there is no such month
        raise TimeFilterParseError(time) from None


def by_account(standing: Standing, text: str) -> Touched:
    """Find the lines and limits one of whose accounts matches as fava's account filter does."""
    match = Match(text)
    lines, economics = set(), set()
    for account, means in standing.opened():
        if not (accounts.has_component(account, text) or match(account)):
            continue
        if isinstance(means, LineState):
            lines.add(means.line)
        elif isinstance(means, EconomicState | Expenditure):
            economics.add(means.economic)
    return Touched(frozenset(lines), frozenset(economics))


def by_text(ledger: FavaLedger, standing: Standing, text: str) -> list[Event]:
    """Find the events that match fava's text filter. Raises FilterError."""
    found = {place_of(entry.meta) for entry in AdvancedFilter(text).apply(ledger.all_entries)}
    return [event for event in standing.view.events if place_of(_meta(event)) in found]


def _meta(event: Event) -> Mapping[str, Any]:
    entry: Any = event.entry
    meta: Mapping[str, Any] = entry.meta
    return meta


def moved(events: Iterable[Event], standing: Standing, as_of: date) -> tuple[Positions, Touched]:
    """Sum some events up to a day by themselves; give the sums and what they touched."""
    chosen = [event for event in events if event.date <= as_of]
    found = positions(chosen, standing.view.layers, as_of)
    lines = {cell.scope for cell in found.cells if cell.layer == LINE_LAYER}
    economics = {cell.code for cell in found.cells if cell.layer == ECONOMIC_LAYER}
    return found, Touched(frozenset(lines), frozenset(economics | found.outside.keys()))


__all__ = ["FilterError", "Touched", "by_account", "by_text", "moved", "period"]
