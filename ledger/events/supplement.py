"""追加: authority beyond the approved budget, by a document of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.draft import Draft
from yusuan.ledger.events import authority

if TYPE_CHECKING:
    from datetime import date

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.authority import Change

SOURCE = "03"


@dataclass(frozen=True, slots=True)
class Supplement:
    """More authority by line and 款; the document number 文号 is what allows it (HANDBOOK R08)."""

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]


def leaves(supplement: Supplement) -> list[Leaf]:
    """Give the accounts that a supplement posts to."""
    return authority.leaves(supplement.changes, SOURCE)


def draft(supplement: Supplement, names: Names) -> Draft:
    """Write a supplement: authority and limits up, 追加 as their source."""
    return Draft(
        supplement.date,
        supplement.id,
        supplement.text,
        authority.postings(supplement.changes, names, SOURCE),
        "追加",
        meta={"event": "supplement", "doc": supplement.doc},
    )
