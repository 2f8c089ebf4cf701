"""A form while it is being filled in: what it asks of lines so far, whatever else it still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.desk.room import Room
from yusuan.ledger.desk.room import Wish
from yusuan.ledger.desk.room import refund
from yusuan.ledger.desk.room import room
from yusuan.ledger.events.paid import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View

#: The rows of shares that a form may have, and whether there is more to spend after them.
_ROWS = {"commitment": {"shares": False}, "supplement": {"shares": True}}
_ROWS["transfer"] = {"outs": False, "ins": True}
_PAID = ("procurement", "commitment")


def room_for(found: View, on: date, kind: str, form: Mapping[str, object]) -> Room:
    """Give what there is room for, for a form of a kind as far as it is filled in."""
    if kind == "refund":
        choice = Choice(*(_text(form, name) for name in ("line", "economic", "class")))
        return refund(found, on, _text(form, "of"), choice, _amount(form))
    if kind == "payment":
        procurement, commitment = (_text(form, name) for name in _PAID)
        wish = _wish(form, paid=True, procurement=procurement, commitment=commitment)
        return room(found, on, (wish,))
    return room(found, on, tuple(_shares(form, kind)))


def _shares(form: Mapping[str, object], kind: str) -> Iterator[Wish]:
    for name, grows in _ROWS.get(kind, {}).items():
        rows = form.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                yield _wish(row, grows=grows)


def _wish(
    row: Mapping[str, object],
    *,
    grows: bool = False,
    paid: bool = False,
    procurement: str = "",
    commitment: str = "",
) -> Wish:
    line, economic, klass = (_text(row, name) for name in ("line", "economic", "class"))
    return Wish(line, economic, klass, _amount(row), grows, paid, procurement, commitment)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _amount(row: Mapping[str, object]) -> Decimal | None:
    """Read an amount; None while it is none yet."""
    try:
        found = money.yuan(_text(row, "amount"))
    except money.MoneyError:
        return None
    return found if found > 0 else None
