"""The authority family: derive the legs of payments (S01), let no spending escape it (S02)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.legs import LegWriter
from yusuan.ledger.rules.session import legs_wanted

if TYPE_CHECKING:
    from beancount.core.data import Open
    from beancount.core.data import Posting
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin


class Authority(Family):
    """Gives the derived legs where they are wanted; reports legs that differ from the derivation."""

    RULES: ClassVar[tuple[str, ...]] = ("S01", "S02")
    STATE: ClassVar[tuple[str, ...]] = ("_writer",)

    def __init__(self, ground: Ground) -> None:
        """Start."""
        super().__init__(ground)
        self._writer = LegWriter(ground.layers)
        self._adding = legs_wanted()

    def opening(self, entry: Open) -> None:
        """Remember what legs can be posted to."""
        self._writer.opened.add(entry.account)

    def transaction(self, _entry: Transaction, event: Event | None) -> list[Posting] | None:
        """Derive the legs of a payment, refund or reversal."""
        return None if event is None else self._writer.missing(event, adding=self._adding)

    def learn(self, kin: Kin) -> object:
        """Each further payment has the same legs, by its own amount, if any are wanted."""
        event = kin.event
        if event.shifts or event.origins:
            return self.anew
        if not self._adding:
            return None
        if len(event.spendings) != 1 or not event.spendings[0].amount:
            return self.anew
        return self._writer.repeated(event, kin.event.places[0])

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._writer.findings
