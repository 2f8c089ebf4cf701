"""The control family: no spending without or beyond authority (R01), no unreviewed increase (S03)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.control import Control
from yusuan.ledger.budget.control import Overdraft
from yusuan.ledger.budget.days import ZERO
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.rules.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Batch
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin


class Controlled(Family):
    """Judges every movement of authority. Source: 预算法13, DESIGN §2."""

    RULES: ClassVar[tuple[str, ...]] = ("R01", "R20", "S03")
    STATE: ClassVar[tuple[str, ...]] = ("_control",)

    def __init__(self, ground: Ground) -> None:
        """Start with nothing approved."""
        super().__init__(ground)
        self._labelled: list[str] = parameter(ground.settings, "R20", "codes")
        self._control = Control(ground.layers, ground.reader.event)
        self._wording = Wording(ground.layers)

    def transaction(self, _entry: Transaction, event: Event | None) -> None:
        """Take in what a transaction does to authority."""
        if event is not None:
            self._control.step(event)

    def learn(self, kin: Kin) -> object:
        """They draw on the same places, whatever the amounts; what has no authority is said of each."""
        touched, control = self._ground.layers.of(kin.event), self._control
        if any(found.problem for found in touched):
            return self.anew
        places = [control.pooled(found.available) for found in touched]
        if len(places) == 1:
            above = kin.event.spendings[0].amount > ZERO
            return places[0] if above else self.anew
        parts = list(zip(places, kin.event.places, strict=True))

        def follow_parts(entry: Transaction) -> None:
            postings: list[Any] = entry.postings
            taken = [(places, postings[at].units.number) for places, at in parts]
            control.falls(entry.date, entry, taken)

        return follow_parts

    def follow(self, batch: Batch, known: Sequence[tuple[Place, ...]]) -> None:
        """Draw on what they draw on."""
        places = [known[number] for number in batch.kin]
        self._control.days.put_off(batch.entries, places, batch.amounts)

    def finish(self) -> list[Finding]:
        """End the last day, and put what is wrong into sentences."""
        violations = self._control.finish()
        found = [self._wording.finding(violation) for violation in violations]
        found.extend(
            self._wording.labelled(violation)
            for violation in violations
            if isinstance(violation, Overdraft) and violation.cell.code in self._labelled
        )
        return found
