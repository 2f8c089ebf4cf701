"""What the engine makes of the small unit's book: balances by movements, by money, by fava's legs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

from beancount import loader
from beancount.core.data import Transaction

from yusuan.ledger.budget.availability import available
from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import LIMITED
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.config import Settings
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import meaning
from yusuan.ledger.entries import register
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.means import Solvent

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from tests.year_model import Place

_LINE = {
    "92": "available", "93": "frozen", "94": "committed",
    "95": "spent", "96": "carried", "97": "lapsed",
}  # fmt: skip
_LIMIT = {"02": "available", "03": "spent", "04": "committed", "05": "frozen"}


def in_fen(amount: Decimal) -> int:
    """Give 元 in fen, exactly."""
    return int(amount.scaleb(2).to_integral_exact())


class View:
    """A book's entries as the engine reads them."""

    def __init__(self, entries: list[Any]) -> None:
        self._entries = entries
        self._layers = Layers(register(entries))
        self._events = list(EventReader().events(entries))

    def authority(self, day: date) -> dict[Place, int]:
        """Give every balance of the line and economic layers that is not nothing."""
        found = positions(self._events, self._layers, day)
        held = {
            (*cell, state.value): in_fen(getattr(position, state.value))
            for cell, position in found.cells.items()
            for state in State
        }
        return {place: fen for place, fen in held.items() if fen}

    def means(self) -> dict[Place, int]:
        """Give every fund's share in every part of 8001, as the rule of the means has it in the end."""
        reader = EventReader()
        solvent = Solvent(Ground(self._layers, Settings(), reader))
        for entry in self._entries:
            if type(entry) is Transaction:
                solvent.transaction(entry, reader.event(entry))
        assert not solvent.finish()
        assert not solvent._mixed
        held = {
            (*place.cell, place.state.value): in_fen(amount)
            for place, amount in solvent._days.balances.items()
        }
        shares = {place: fen for place, fen in held.items() if place[2]}
        for part in {place[1] for place in held}:
            whole = sum(fen for place, fen in shares.items() if place[1] == part)
            assert held["means", part, "", "available"] == whole
        return {place: fen for place, fen in shares.items() if fen}

    def available(self, place: Place, day: date) -> int:
        """Give what the engine says may be taken on a day."""
        return in_fen(available(self._events, self._layers, Cell(*place[:3]), day, State(place[3])))


def is_limited(place: Place) -> bool:
    """Tell whether this is a balance of authority that may not fall below zero."""
    return place[0] != "means" and place[3] in {state.value for state in LIMITED}


def shown(folder: Path) -> dict[Place, int]:
    """Load a book as fava does, with derived legs, and sum its accounts of authority."""
    main = str(folder / "main.beancount")
    entries, errors, _ = loader._load([(main, True)], None, None, None)
    assert errors == []
    sums: Counter[Place] = Counter()
    for entry in entries:
        for posting in entry.postings if type(entry) is Transaction else ():
            place = _place(posting.account)
            if place is not None:
                sums[place] += in_fen(posting.units.number)  # type: ignore[union-attr, arg-type]
    return {place: fen for place, fen in sums.items() if fen}


def _place(account: str) -> Place | None:
    match meaning(account):
        case LineState(state, _fund, _function, line):
            return "line", line, "", _LINE[state]
        case EconomicState(state, scope, economic) if state in _LIMIT:
            return "economic", scope, economic, _LIMIT[state]
    return None


def transferred(
    before: dict[Place, int], after: dict[Place, int], funds: dict[str, str]
) -> dict[str, int]:
    """Give by how much the authority of each fund has changed, whatever state it stands in."""
    found: Counter[str] = Counter()
    for sign, held in ((-1, before), (1, after)):
        for place, fen in held.items():
            if place[0] == "line":
                found[funds[place[1]]] += sign * fen
    return {fund: fen for fund, fen in found.items() if fen}
