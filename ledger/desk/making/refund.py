"""退回: money of a payment of this year that came back; it is there to be spent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.books.history import family
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.paid import Choice
from yusuan.ledger.events.paid import chosen
from yusuan.ledger.events.paid import must_be_payment
from yusuan.ledger.events.paid import parts
from yusuan.ledger.events.refund import Refund
from yusuan.ledger.events.refund import draft

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RefundForm:
    """A refund as it is filled in: of which payment, and which part of it where it has several."""

    day: date
    of: str
    amount: Decimal
    part: Choice = Choice()  # noqa: RUF009 -- it does not change
    text: str = ""
    id: str = ""

    def make(self, desk: Desk) -> Event:
        """Make the refund, never of more than was paid and not yet refunded. Raises RefusedError."""
        entries = family(desk.found.book, self.of)
        must_be_payment(entries[0])
        part = chosen(self.of, parts(entries), self.part, self.amount)
        id_ = desk.id("th", self.id)
        event = Refund(self.day, id_, self.text, entries[0], part, self.amount)
        return Event(draft(event), (), "退回")
