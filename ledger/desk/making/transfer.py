"""调剂: authority moved between 款, lines and projects in one document; no fund's total changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.transfer import Transfer
from yusuan.ledger.events.transfer import draft
from yusuan.ledger.events.transfer import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.special import Special


@dataclass(frozen=True, slots=True)
class TransferForm:
    """A transfer as it is filled in: what goes out, what comes in, and by which document."""

    day: date
    outs: Sequence[Share]
    ins: Sequence[Share]
    doc: str
    text: str
    approver: str = ""
    specials: tuple[Special, ...] = ()
    id: str = ""

    def make(self, desk: Desk) -> Event:
        """Make the transfer. Raises RefusedError."""
        changes = (*desk.changes(self.outs, -1), *desk.changes(self.ins))
        id_ = desk.id("tj", self.id)
        event = Transfer(self.day, id_, self.doc, self.text, changes, self.approver, self.specials)
        return Event(draft(event, desk.names), leaves(event), "调剂")
