"""The tables of a year's budget, from a loaded book and from what stands beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from yusuan.ledger.books.create import particulars_file
from yusuan.ledger.tables.particulars import printed_public
from yusuan.ledger.tables.published.budget import Published
from yusuan.ledger.tables.published.budget import Unit
from yusuan.ledger.tables.published.budget import published
from yusuan.ledger.tables.published.holdings import holdings

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.books.view import View
    from yusuan.ledger.tables.published.holdings import Stage


def published_of(found: View, year: int, stage: Stage) -> Published:
    """Make T1–T9 of a year as the book holds them."""
    settings = found.book.settings
    return published(
        holdings(found.events, found.layers, year, stage),
        Unit(settings.unit, settings.kind, settings.consolidated),
        found.names(date(year, 12, 31)),
        _printed(particulars_file(found.book.folder, year)),
    )


def _printed(path: Path) -> dict[str, Decimal]:
    """Read what T9 printed; what is not there, or cannot be read, is not known."""
    try:
        return printed_public(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
