"""What a family of rules is: a reducer over the entries of a ledger.

It starts on the ground of a book, is shown every entry once, in the order of the days, and gives
its findings at the end. What it has learned up to an entry can be kept (`checkpoint`) and taken up
again (`restore`), so that a change late in a year need not be judged from its first day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import NamedTuple

from beancount.core.data import Transaction

from yusuan.ledger.budget.checkpoint import Checkpointed

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from beancount.core.data import Custom
    from beancount.core.data import Open
    from beancount.core.data import Posting

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.config import Settings
    from yusuan.ledger.entries import EventReader
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Batch

#: Judges one more payment that is like one judged before, and gives postings to add to it.
Follower = Callable[[Transaction], "list[Posting] | None"]


class Kin(NamedTuple):
    """A payment just judged, for all those like it that come after it.

    They have the same accounts, line, method and year, are reviewed and spend; they differ in
    day, amounts, id, payee and text. Kin are numbered from 0 in the order in which they are found.
    """

    number: int
    entry: Transaction
    event: Event


@dataclass(frozen=True, slots=True)
class Ground:
    """What all families of one pass stand on: what the book declares, decides, and how it is read."""

    layers: Layers
    settings: Settings
    reader: EventReader
    #: All custom directives, whatever their day: a plan is known before its month.
    customs: tuple[Custom, ...] = ()
    #: All payments that were judged as others like them, unread, in their order; it grows.
    alike: list[Transaction] = field(default_factory=list)


class Family(Checkpointed):
    """A family that judges nothing; what a real one leaves out is done as here."""

    #: The rules it gives receipts for.
    RULES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, ground: Ground) -> None:
        """Start."""
        self._ground = ground

    def opening(self, entry: Open) -> None:
        """Look at an open directive."""

    def custom(self, entry: Custom) -> None:
        """Look at a custom directive: a spending plan, a note."""

    def transaction(self, entry: Transaction, event: Event | None) -> list[Posting] | None:
        """Look at a transaction and the event it is, if any; give postings to add to it."""

    def learn(self, kin: Kin) -> Any:  # noqa: ANN401 -- a thing of the family's own
        """Say what it takes to judge more payments like this one; None: there is no need to.

        It is a `Follower`, who is shown them one by one; or something else, with which `follow`
        judges many. By default each is read and judged anew.
        """
        del kin
        looks = type(self).transaction is not Family.transaction
        return self.anew if looks else None

    def follow(self, batch: Batch, known: Sequence[Any]) -> None:
        """Judge many payments, by what is `known` of the kin of each number; None: not this one.

        Most payments of a year come by here, so this is where the time goes: where memory has to
        be looked for, more than where something is done.
        """

    def anew(self, entry: Transaction) -> list[Posting] | None:
        """Read an entry and judge it as if there had been none like it."""
        return self.transaction(entry, self._ground.reader.event(entry))

    def finish(self) -> list[Finding]:
        """End, and give all findings."""
        return []

    def idle(self) -> Collection[str]:
        """Name the rules that had nothing to judge by, once ended: they are 不适用, not failed."""
        return ()
