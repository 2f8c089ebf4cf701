"""The entries of a book with the derived legs of authority, for whoever shows or queries postings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.authority import Authority
from yusuan.ledger.rules.run import judge
from yusuan.ledger.rules.session import legs_for

if TYPE_CHECKING:
    from yusuan.ledger.books.load import Book


def with_legs(book: Book) -> list[Any]:
    """Derive the legs that the plugin would have derived; what was found is in the book already."""
    with legs_for(asserted=True):
        return judge(book.entries, book.settings, (Authority,)).entries
