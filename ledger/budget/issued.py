"""What lists gave a book before: which rows of another list it has already."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


class Issued(NamedTuple):
    """One row as a book has it (元); `indicator` is the issuer's 指标 id, blank where it gave none."""

    indicator: str
    line: str
    doc: str
    economic: str
    amount: Decimal


class Recorded:
    """Recognises rows: by id, document and 款, else by line, document, 款 and amount.

    Rows of one file that are the same in all of these are all kept; as many of them are
    recognised in another file as were recorded. Source: docs/decisions/0010.
    """

    def __init__(self, issued: Iterable[Issued]) -> None:
        """Start with all rows that the book has from lists."""
        rows = list(issued)
        self._amounts = {(i.indicator, i.doc, i.economic): i.amount for i in rows if i.indicator}
        self._unnamed = Counter(i for i in rows if not i.indicator)
        self._named = Counter(i._replace(indicator="") for i in rows if i.indicator)

    def amount(self, row: Issued) -> Decimal | None:
        """Give the amount under which the book has a row; None where it has it not."""
        if row.indicator and (row.indicator, row.doc, row.economic) in self._amounts:
            return self._amounts[row.indicator, row.doc, row.economic]
        same = row._replace(indicator="")
        for stock in (self._unnamed,) if row.indicator else (self._unnamed, self._named):
            if stock[same]:
                stock[same] -= 1
                return row.amount
        return None
