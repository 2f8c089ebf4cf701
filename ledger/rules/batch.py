"""Payments like others judged before, many at once."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from beancount.core.data import Transaction

#: How many transactions are shown at once: as many as the processor remembers.
MANY = 64


class Batch(NamedTuple):
    """Payments of one month that are like others, in their order, by columns.

    What families ask of them is fetched once, when they are looked at, and stands side by side.
    """

    entries: tuple[Transaction, ...]
    #: The place of each in the pass, and the number of its kin.
    at: tuple[int, ...]
    kin: tuple[int, ...]
    #: What each spends, in 元; of one that spends in parts, the first.
    amounts: tuple[Decimal, ...]
    payees: tuple[str | None, ...]
    ids: tuple[Any, ...]

    def part(self, start: int, end: int | None = None) -> Batch:
        """Give some of them."""
        columns: Any = (column[start:end] for column in self)
        return Batch(*columns)


def months(entries: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Give the places of the first entry of each month and of the first after it; they are in order of days."""
    start = 0
    while start < len(entries):
        end = bisect_right(entries, _month(entries[start]), start, key=_month)
        yield start, end
        start = end


def _month(entry: Any) -> tuple[int, int]:  # noqa: ANN401 -- any directive
    return entry.date.year, entry.date.month


#: A payment of a batch, one value of each column.
Row = tuple["Transaction", int, int, "Decimal", "str | None", Any]
