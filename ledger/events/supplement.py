"""追加: authority beyond the approved budget, by a document of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.draft import Draft
from yusuan.ledger.events import authority
from yusuan.ledger.events import special

if TYPE_CHECKING:
    from datetime import date

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.special import Special

SOURCE = "03"


@dataclass(frozen=True, slots=True)
class Supplement:
    """More authority by line and 款; the document number 文号 is what allows it (HANDBOOK R08)."""

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]
    #: The special limits that go up with it.
    specials: tuple[Special, ...] = ()
    #: The office that approved it, where a document is not enough (三公, HANDBOOK R09).
    approver: str = ""


def leaves(supplement: Supplement) -> list[Leaf]:
    """Give the accounts that a supplement posts to."""
    return authority.leaves(supplement.changes, SOURCE) + special.leaves(supplement.specials)


def draft(supplement: Supplement, names: Names) -> Draft:
    """Write a supplement: authority and limits up, 追加 as their source."""
    meta = {"event": "supplement", "doc": supplement.doc}
    if supplement.approver:
        meta["approver"] = supplement.approver
    return Draft(
        supplement.date,
        supplement.id,
        supplement.text,
        (
            *authority.postings(supplement.changes, names, SOURCE),
            *special.postings(supplement.specials, names),
        ),
        "追加",
        meta=meta,
    )
