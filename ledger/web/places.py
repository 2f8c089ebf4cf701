"""Addresses of our other pages, as seen from one of them; "" where a book has not got the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from fava.core import FavaLedger


def page(ledger: FavaLedger, name: str, **query: str) -> str:
    """Give the address of a page by the name of its class."""
    if ledger.extensions.get_extension(name) is None:
        return ""
    return f"../{name}/{'?' if query else ''}{urlencode(query)}"


def line_card(ledger: FavaLedger, line: str) -> str:
    """Give the address of the card of a budget line."""
    return page(ledger, "LineCards", line=line)
