"""提前下达: January's authority before the budget is approved, and its withdrawal on that day."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
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

SOURCE = "02"


@dataclass(frozen=True, slots=True)
class Advance:
    """Authority that stands in for the approval until it comes, by line and 款."""

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]
    links: frozenset[str] = frozenset()
    #: The special limits (三公, 采购) that it may draw on until the approval brings its own.
    specials: tuple[Special, ...] = ()


def withdrawal(advance: Advance, day: date, new_id: str, approval: str) -> Advance:
    """Take an advance back on the day of the approval (its id), which has it all. Source: DESIGN §2."""
    return replace(
        advance,
        date=day,
        id=new_id,
        text=f"{advance.text}：批复后冲回",
        changes=authority.reversed_(advance.changes),
        specials=special.reversed_(advance.specials),
        links=frozenset({advance.id, approval}),
    )


def leaves(advance: Advance) -> list[Leaf]:
    """Give the accounts that an advance posts to."""
    return authority.leaves(advance.changes, SOURCE) + special.leaves(advance.specials)


def draft(advance: Advance, names: Names) -> Draft:
    """Write an advance: authority and limits up, 提前下达 as their source."""
    return Draft(
        advance.date,
        advance.id,
        advance.text,
        (
            *authority.postings(advance.changes, names, SOURCE),
            *special.postings(advance.specials, names),
        ),
        "提前下达",
        meta={"event": "advance", "doc": advance.doc},
        links=advance.links,
    )
