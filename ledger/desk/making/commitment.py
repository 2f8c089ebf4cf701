"""占用: authority set aside for a contract or a purchase; its id is what payments name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.events.standing import Standing
from yusuan.ledger.events.standing import Step
from yusuan.ledger.events.standing import draft
from yusuan.ledger.events.standing import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yusuan.ledger.desk.share import Share


@dataclass(frozen=True, slots=True)
class CommitmentForm:
    """A commitment as an accountant fills it in; the payee is the other party of the contract."""

    day: date
    shares: Sequence[Share]
    text: str
    payee: str = ""
    doc: str = ""
    id: str = ""
    due: date | None = None

    def make(self, desk: Desk) -> Event:
        """Make the commitment. Raises RefusedError."""
        if self.due and self.due < self.day:
            raise RefusedError(f"到期日 {self.due} 早于占用日期 {self.day}，请核对")
        id_ = desk.id("ht", self.id)
        changes = desk.changes(self.shares)
        event = Standing(
            self.day,
            id_,
            self.text,
            Step.COMMIT,
            changes,
            self.doc,
            self.payee,
            id_,
            due=self.due,
        )
        return Event(draft(event, desk.names), leaves(event), "占用")
