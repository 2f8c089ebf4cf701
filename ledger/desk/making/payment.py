"""支付: one 款 of one line, from what is available or from what a contract has committed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.desk import contracts
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.payment import METHOD_NAMES
from yusuan.ledger.events.payment import Part
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.payment import chosen_method
from yusuan.ledger.events.payment import draft
from yusuan.ledger.events.payment import leaves

if TYPE_CHECKING:
    from datetime import date

    from yusuan.ledger.desk.share import Share


@dataclass(frozen=True, slots=True)
class PaymentForm:
    """A payment as an accountant fills it in; the method is the line's usual one where none is given."""

    day: date
    share: Share
    payee: str
    text: str
    method: str | None = None
    procurement: str = ""
    id: str = ""
    commitment: str = ""

    def make(self, desk: Desk) -> Event:
        """Make the payment. Raises RefusedError."""
        share = self.share
        line = desk.line(share.line)
        part = Part(line, share.economic, share.amount, share.klass, self.procurement)
        payment = Payment(
            date=self.day,
            id=desk.id("zf", self.id),
            parts=(part,),
            payee=self.payee,
            text=self.text,
            method=chosen_method(self.method, line, self.day, desk.methods),
            expenditure=desk.found.book.settings.expenditure,
            commitment=self.commitment,
        )
        note = contracts.drawn(desk, self.commitment, part) if self.commitment else ""
        return Event(
            draft(payment, desk.names),
            leaves(payment),
            "支付",
            METHOD_NAMES[payment.method],
            notes=[note] if note else [],
        )
