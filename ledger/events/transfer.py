"""调剂: authority moved between 款 or between lines; the total stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.draft import Draft
from yusuan.ledger.events import authority
from yusuan.ledger.events import special
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.special import Special


class UnevenError(RefusedError):
    """A transfer that does not come to nothing."""

    def __init__(self, id_: str, over: Decimal) -> None:
        """Say which transfer, and by how much."""
        super().__init__(
            f"调剂 {id_} 的调入与调出相差 {plain(over)} 元；调剂不改变总额，改变总额请用追加或追减"
        )


class NothingMovedError(RefusedError):
    """A transfer that leaves everything as it is."""

    def __init__(self, id_: str) -> None:
        """Say which transfer."""
        super().__init__(
            f"调剂 {id_} 的调入与调出是同一指标、同一款，什么也没有变动；请核对指标和款"
        )


class FundError(RefusedError):
    """A transfer from one fund to another."""

    def __init__(self, id_: str) -> None:
        """Say which transfer."""
        super().__init__(
            f"调剂 {id_} 跨资金性质：各资金性质内的调入与调出须相等；跨资金性质请用追减和追加"
        )


@dataclass(frozen=True, slots=True)
class Transfer:
    """What goes out (negative) and what comes in, in one document. Source: HANDBOOK R07, R08."""

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]
    #: The office that approved it, where the transfer needs more than a document.
    approver: str = ""
    #: The special limits that change with it, up or down; they need not come to nothing.
    specials: tuple[Special, ...] = ()


def leaves(transfer: Transfer) -> list[Leaf]:
    """Give the accounts that a transfer posts to."""
    return authority.leaves(transfer.changes) + special.leaves(transfer.specials)


def draft(transfer: Transfer, names: Names) -> Draft:
    """Write a transfer; between 款 inside a line it moves limits alone.

    Raises UnevenError, FundError, NothingMovedError.
    """
    over = sum((item.amount for item in transfer.changes), ZERO)
    if over:
        raise UnevenError(transfer.id, over)
    for fund in {item.line.fund for item in transfer.changes}:
        if sum((item.amount for item in transfer.changes if item.line.fund == fund), ZERO):
            raise FundError(transfer.id)
    moved = authority.postings(transfer.changes, names)
    if not moved:
        raise NothingMovedError(transfer.id)
    lines = {item.line.id for item in transfer.changes}
    meta = {"event": "transfer", "doc": transfer.doc}
    if len(lines) == 1:
        meta["line"] = transfer.changes[0].line.id
    if transfer.approver:
        meta["approver"] = transfer.approver
    return Draft(
        transfer.date,
        transfer.id,
        transfer.text,
        (
            *moved,
            *special.postings(transfer.specials, names),
        ),
        "调剂",
        meta=meta,
    )
