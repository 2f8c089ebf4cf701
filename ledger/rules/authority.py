"""The authority family: derive the legs of payments (S01), let no spending escape it (S02)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.rules.legs import LegWriter
from yusuan.ledger.rules.session import legs_wanted

if TYPE_CHECKING:
    from collections.abc import Collection

    from beancount.core.data import Open
    from beancount.core.data import Posting
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.config import Settings
    from yusuan.ledger.finding import Finding


class Authority:
    """Gives the derived legs where they are wanted; reports legs that differ from the derivation."""

    RULES: ClassVar[tuple[str, ...]] = ("S01", "S02")

    def __init__(self, layers: Layers, _settings: Settings) -> None:
        """Start."""
        self._writer = LegWriter(layers)
        self._adding = legs_wanted()

    def opening(self, entry: Open) -> None:
        """Pass over an open directive."""

    def transaction(self, _entry: Transaction, event: Event | None) -> list[Posting] | None:
        """Derive the legs of a payment, refund or reversal."""
        return None if event is None else self._writer.missing(event, adding=self._adding)

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._writer.findings

    def idle(self) -> Collection[str]:
        """Every book gives these rules something to judge."""
        return ()
