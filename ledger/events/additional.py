"""批复 by hand: authority approved beyond what was imported, by a document of its own."""

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

SOURCE = "01"


@dataclass(frozen=True, slots=True)
class Additional:
    """More of the approved budget (年初批复) by line and 款; a change of it is a supplement."""

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]
    #: The special limits (三公, 采购) approved with it.
    specials: tuple[Special, ...] = ()


def leaves(additional: Additional) -> list[Leaf]:
    """Give the accounts that it posts to."""
    return authority.leaves(additional.changes, SOURCE) + special.leaves(additional.specials)


def draft(additional: Additional, names: Names) -> Draft:
    """Write it: authority and limits up, 年初批复 as their source."""
    return Draft(
        additional.date,
        additional.id,
        additional.text,
        (
            *authority.postings(additional.changes, names, SOURCE),
            *special.postings(additional.specials, names),
        ),
        "批复",
        meta={"event": "appropriation", "doc": additional.doc},
    )
