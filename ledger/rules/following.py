"""How transactions are shown to families: many at once, one family after the other.

One transaction after the other, all families each, the processor would forget of each family what
it needs for the next transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from yusuan.ledger.rules.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from beancount.core.data import Posting
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.rules.family import Family
    from yusuan.ledger.rules.family import Follower
    from yusuan.ledger.rules.family import Kin


class New(NamedTuple):
    """A transaction that there was none like, its place in the pass, and the kin that it is the first of."""

    at: int
    entry: Transaction
    event: Event | None
    kin: Kin | None


#: What a family adds to which transactions, by their places in the pass.
Added = tuple[int, "list[Posting]"]


class Following:
    """One family, and what it has learned of each kin of payments."""

    def __init__(self, family: Family) -> None:
        """Start knowing no kin."""
        self._family = family
        self._known: list[Any] = []
        self._followers: dict[int, Follower] = {}
        #: Whether there are payments like others that it has to be shown.
        self.active = False

    def through(self, parts: Sequence[New | Batch]) -> Iterator[Added]:
        """Show the family transactions, in their order; give what it adds to them."""
        judge = self._family.transaction
        for part in parts:
            if isinstance(part, Batch):
                if self.active:
                    yield from self._follow(part)
                continue
            added = judge(part.entry, part.event)
            if added:
                yield part.at, added
            if part.kin is not None:
                self._learn(part.kin)

    def forget(self) -> None:
        """Know no kin any more."""
        self._known.clear()
        self._followers.clear()
        self.active = False

    def _learn(self, kin: Kin) -> None:
        """Let the family learn of a payment that it has just judged; kin come in the order of their numbers."""
        known = self._family.learn(kin)
        if callable(known):
            self._followers[kin.number] = known
            known = None
            self.active = True
        elif known is not None:
            self.active = True
        self._known.append(known)

    def _follow(self, batch: Batch) -> Iterator[Added]:
        start = 0
        if not self._followers.keys().isdisjoint(batch.kin):
            for place, number in enumerate(batch.kin):
                follow = self._followers.get(number)
                if follow is None:
                    continue
                if start < place:
                    self._family.follow(batch.part(start, place), self._known)
                start = place + 1
                added = follow(batch.entries[place])
                if added:
                    yield batch.at[place], added
        if start == 0:
            self._family.follow(batch, self._known)
        elif start < len(batch.kin):
            self._family.follow(batch.part(start), self._known)
