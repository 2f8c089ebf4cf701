"""What a preview says of the money (8001) that an event moves: each fund's share of a part, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction

from yusuan.ledger.chart import chart_data
from yusuan.ledger.money import ZERO
from yusuan.ledger.rules.money import FlowReader
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.movement import Place


def moved(found: View, added: Iterable[Any], on: date) -> Iterator[str]:
    """Say what each share holds from that day on, as R17 judges it; money that is nobody's is left out."""
    reader = FlowReader(found.layers.register.lines)
    moves: dict[Place, Decimal] = {}
    for entry in added:
        if type(entry) is Transaction:
            for place, change in reader.flow(entry).changes().items():
                if place.cell.code and change:
                    moves[place] = moves.get(place, ZERO) + change
    for place, change in moves.items():
        held = _least(reader, found.book.entries, place, on)
        part = chart_data().means_details[place.cell.scope]
        fund = chart_data().funds[place.cell.code]
        yield f"资金　{part}（{fund}）：此前余 {money(held)} 元，此后余 {money(held + change)} 元"


def _least(reader: FlowReader, entries: Iterable[Any], place: Place, on: date) -> Decimal:
    """Give the least that a share holds at the end of that day or of any later one, in 元."""
    held, by_day = ZERO, dict[Any, Any]()
    for entry in entries:
        if type(entry) is not Transaction:
            continue
        change = reader.flow(entry).changes().get(place, ZERO)
        if entry.flag == "!" and change > ZERO:
            continue
        if entry.date <= on:
            held += change
        else:
            by_day[entry.date] = by_day.get(entry.date, ZERO) + change
    least = held
    for day in sorted(by_day):
        held += by_day[day]
        least = min(least, held)
    return least
