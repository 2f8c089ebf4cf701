"""What a row, or several, of an execution file are as an event of the year: written like any command's."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.execution.known import BATCH
from yusuan.importers.execution.known import CERTIFICATE
from yusuan.importers.execution.known import DIVISION
from yusuan.importers.execution.known import ROW
from yusuan.importers.execution.known import SHA256
from yusuan.importers.execution.known import SOURCE
from yusuan.ledger.draft import Note
from yusuan.ledger.events import payment
from yusuan.ledger.events import receipt
from yusuan.ledger.events import reduction
from yusuan.ledger.events import spending_plan
from yusuan.ledger.events import supplement
from yusuan.ledger.events import transfer
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.receipt import Receipt
from yusuan.ledger.events.reduction import Reduction
from yusuan.ledger.events.spending_plan import SpendingPlan
from yusuan.ledger.events.supplement import Supplement
from yusuan.ledger.events.transfer import Transfer

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.execution.groups import Group
    from yusuan.importers.execution.proposals import Proposal
    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Record
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.draft import Draft

Event = Payment | Receipt | SpendingPlan | Supplement | Reduction | Transfer
#: How the ids of each begin, as the commands give them.
_PREFIXES = {
    Payment: "zf", Receipt: "dz", SpendingPlan: "yk", Supplement: "zj", Reduction: "kj", Transfer: "tj",
}  # fmt: skip


class Waiting(NamedTuple):
    """A row that a person must look at: its payment, why, and what is proposed."""

    group: Group
    record: Record
    why: str
    proposal: Proposal


class Booked(NamedTuple):
    """A new event with the rows that it comes from; it has no id yet."""

    group: Group
    event: Event

    @property
    def day(self) -> date:
        """The day it is recorded on."""
        return self.event.date

    @property
    def other(self) -> str:
        """Who is paid, who pays, or what becomes of authority."""
        match self.event:
            case Payment():
                return self.event.payee
            case Receipt():
                return self.event.payer
            case SpendingPlan():
                return f"{self.event.period} 计划"
        return WORDS[type(self.event)]

    @property
    def parts(self) -> list[tuple[str, str, Decimal]]:
        """Its lines with the 款 and the amounts, in 元."""
        match self.event:
            case Payment():
                return [(part.line.id, part.economic, part.amount) for part in self.event.parts]
            case Receipt():
                return [(share.line.id, "", share.amount) for share in self.event.shares]
            case SpendingPlan():
                return [(self.event.line.id, self.event.economic, self.event.amount)]
        return [(each.line.id, each.economic, each.amount) for each in self.event.changes]

    @property
    def prefix(self) -> str:
        """The prefix of its id."""
        return _PREFIXES[type(self.event)]

    @property
    def leaves(self) -> list[Leaf]:
        """The accounts that it posts to."""
        match self.event:
            case Payment():
                return payment.leaves(self.event)
            case Receipt():
                return receipt.leaves(self.event)
            case SpendingPlan():
                return []
            case Supplement():
                return supplement.leaves(self.event)
            case Reduction():
                return reduction.leaves(self.event)
        return transfer.leaves(self.event)


#: What becomes of authority, by the event that does it.
WORDS: dict[type, str] = {Supplement: "追加", Reduction: "追减", Transfer: "调剂"}


@dataclass(slots=True)
class Planned:
    """What a file comes to beside a book."""

    new: list[Booked] = field(default_factory=list)
    known: list[Group] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: What is known, and printed otherwise than it is recorded.
    notes: list[str] = field(default_factory=list)
    batch: str = ""


class UnfitError(ValueError):
    """An event that cannot be made of its rows; the message is the end of a sentence."""


def drafted(
    booked: Booked, id_: str, names: Names, execution: Execution, batch: str
) -> Draft | Note:
    """Write an event with what it is known by: file, hash, voucher number or the key of its row."""
    group, first = booked.group, booked.group.records[0]
    meta = {
        SOURCE: first.get("source") or execution.source,
        SHA256: first.get("sha256") or execution.sha256,
        CERTIFICATE: group.number,
        DIVISION: group.division if group.number else "",
        ROW: "" if group.number else group.key,
        "payee-type": "个人" if first.person else "",
        BATCH: batch,
    }
    said = {key: value for key, value in meta.items() if value}
    written = _written(replace(booked.event, id=id_), names)
    if isinstance(written, Note):  # its metadata may be more than texts
        return replace(written, meta={**written.meta, **said})
    return replace(written, meta={**written.meta, **said})


def _written(event: Event, names: Names) -> Draft | Note:
    match event:
        case Payment():
            return payment.draft(event, names)
        case Receipt():
            return receipt.draft(event, names)
        case SpendingPlan():
            return spending_plan.note(event)
        case Supplement():
            return supplement.draft(event, names)
        case Reduction():
            return reduction.draft(event, names)
    return transfer.draft(event, names)
