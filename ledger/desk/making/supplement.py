"""追加: more authority for lines, and for the limits of their 款 where they have them, by a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.supplement import Supplement
from yusuan.ledger.events.supplement import draft
from yusuan.ledger.events.supplement import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.special import Special


@dataclass(frozen=True, slots=True)
class SupplementForm:
    """A supplement as it is filled in."""

    day: date
    shares: Sequence[Share]
    doc: str
    text: str
    specials: tuple[Special, ...] = ()
    approver: str = ""
    id: str = ""

    def make(self, desk: Desk) -> Event:
        """Make the supplement. Raises RefusedError."""
        changes = desk.changes(self.shares)
        id_ = desk.id("zj", self.id)
        event = Supplement(
            self.day, id_, self.doc, self.text, changes, self.specials, self.approver
        )
        return Event(draft(event, desk.names), leaves(event), "追加")
