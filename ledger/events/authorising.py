"""例外授权: an office lets a stop of one rule pass, up to a cap, for a time; it moves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.authorisation import KIND
from yusuan.ledger.chart import MONEY
from yusuan.ledger.draft import Note

if TYPE_CHECKING:
    from yusuan.ledger.budget.authorisation import Authorisation
    from yusuan.ledger.draft import Said


def note(given: Authorisation) -> Note:
    """Write an authorisation: the rule, the line it is for, and what makes it whole (S09)."""
    meta: dict[str, Said] = {
        "office": given.office,
        "doc": given.doc,
        "reason": given.reason,
        "cap": given.cap,
        "expiry": given.expiry,
    }
    return Note(given.day, given.id, KIND, (given.rule, given.line), None, MONEY, meta)
