"""The methods family: a payment method is used while there is it (S10)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.methods import unavailable
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: What goes the way that the payment it is about went, whatever has changed since.
_LATER = frozenset({Kind.REFUND, Kind.REVERSAL, Kind.CORRECTION})


class Methodical(Family):
    """Holds the metadata `method` to the days that the book has the method. Source: 解释第5号."""

    RULES: ClassVar[tuple[str, ...]] = ("S10",)
    STATE: ClassVar[tuple[str, ...]] = ("_findings", "_ran")

    def __init__(self, ground: Ground) -> None:
        """Start with the book's methods."""
        super().__init__(ground)
        self._known = ground.settings.methods
        self._findings: list[Finding] = []
        self._ran = False

    def transaction(self, entry: Transaction, event: Event | None = None) -> None:
        """Look at an entry that says how it was paid; the event says nothing more of it."""
        del event
        method = entry.meta.get("method")
        if method is None or entry.meta.get("event") in _LATER:
            return
        self._ran = True
        why = unavailable(str(method), entry.date, self._known)
        if why:
            self._findings.append(finding("S10", entry, why))

    def learn(self, kin: Kin) -> object:
        """Let payments by a method that there is all year pass: they are alike in year and method."""
        term = self._known.get(str(kin.entry.meta.get("method")))
        settled = "method" not in kin.entry.meta or (term and term.covers_year(kin.entry.date.year))
        return None if settled else self.anew

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._findings

    def idle(self) -> Collection[str]:
        """A book that says of no payment how it was made has nothing to judge."""
        return () if self._ran else self.RULES
