"""The tables of a year's budget, from a loaded book and from what stands beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yusuan.ledger.books.create import particulars_file
from yusuan.ledger.budget.position import positions
from yusuan.ledger.tables.particulars import printed_public
from yusuan.ledger.tables.published.budget import Published
from yusuan.ledger.tables.published.budget import Unit
from yusuan.ledger.tables.published.budget import published
from yusuan.ledger.tables.published.holdings import holdings

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.position import Positions
    from yusuan.ledger.tables.published.holdings import Stage


def published_of(found: View, year: int, stage: Stage, held: Positions | None = None) -> Published:
    """Make T1–T9 of a year as the book holds them.

    `held` are the positions at the end of a year that the book begins with, where they are known.
    """
    settings, last = found.book.settings, date(year, 12, 31)
    if held is None:
        of_year = (event for event in found.events if event.date.year == year)
        held = positions(of_year, found.layers, last)
    return published(
        holdings(held, found.layers, year, stage),
        Unit(settings.unit, settings.kind, settings.consolidated),
        found.names(last),
        _printed(particulars_file(found.book.folder, year)),
    )


def _printed(path: Path) -> dict[str, Decimal]:
    """Read what T9 printed; what is not there, or cannot be read, is not known."""
    try:
        return printed_public(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
