"""What all pages of the fava extension have in common: the book they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fava.ext import FavaExtensionBase

from yusuan.ledger.web.residents import resident

if TYPE_CHECKING:
    from yusuan.ledger.books.view import View


class Page(FavaExtensionBase):
    """A page beside fava's own; its template has the name of its class."""

    @property
    def view(self) -> View:
        """The book: the one that fava shows, or under plain fava the same read by ourselves."""
        held: View | None = getattr(self.ledger, "view", None)
        return held or resident(self.ledger.beancount_file_path).view()
