"""追减: authority taken back by a document, and the quota that was received for it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events import authority
from yusuan.ledger.events import special
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.special import Special

SOURCE = "04"
_QUOTA = Means("8001", "01")


@dataclass(frozen=True, slots=True)
class Reduction:
    """Less authority by line and 款; the changes are negative.

    `quota` is how much of each line's (by its id) had been received as quota, which goes back
    too. Source: HANDBOOK R08, §2.2 E2c.
    """

    date: date
    id: str
    doc: str
    text: str
    changes: tuple[Change, ...]
    quota: Mapping[str, Decimal] = field(default_factory=dict)
    #: The special limits that go down with it, negative as well.
    specials: tuple[Special, ...] = ()


def leaves(reduction: Reduction) -> list[Leaf]:
    """Give the accounts that a reduction posts to."""
    found = authority.leaves(reduction.changes, SOURCE) + special.leaves(reduction.specials)
    if reduction.quota:
        found += [_QUOTA, *(_revenue(reduction, line) for line in reduction.quota)]
    return list(dict.fromkeys(found))


def draft(reduction: Reduction, names: Names) -> Draft:
    """Write a reduction: authority and limits down, 追减 as where they go."""
    return Draft(
        reduction.date,
        reduction.id,
        reduction.text,
        (
            *authority.postings(reduction.changes, names, SOURCE),
            *special.postings(reduction.specials, names),
            *_returned(reduction, names),
        ),
        "追减",
        meta={"event": "reduction", "doc": reduction.doc},
    )


def _returned(reduction: Reduction, names: Names) -> Iterator[DraftPosting]:
    for line, amount in reduction.quota.items():
        revenue = account_name(_revenue(reduction, line), names)
        yield DraftPosting(revenue, amount, MONEY, {"line": line})
    if reduction.quota:
        total = sum(reduction.quota.values(), ZERO)
        yield DraftPosting(account_name(_QUOTA, names), -total, MONEY)


def _revenue(reduction: Reduction, line: str) -> Revenue:
    fund = next(change.line.fund for change in reduction.changes if change.line.id == line)
    return Revenue(chart_data().revenue_of_fund[fund], fund)
