"""Free ids for many events at once: those that a book has are looked through once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator


class FreeIds:
    """Gives ids of a kind and a year one after another, for example zf-2020-0032."""

    def __init__(self, taken: Collection[str]) -> None:
        """Take all ids that there are."""
        self._taken = taken
        self._heads: dict[str, Iterator[str]] = {}

    def next(self, prefix: str, year: int) -> str:
        """Give the next one."""
        head = f"{prefix}-{year}-"
        if head not in self._heads:
            self._heads[head] = self._count(head)
        return next(self._heads[head])

    def _count(self, head: str) -> Iterator[str]:
        numbers = (each[len(head) :] for each in self._taken if each.startswith(head))
        after = max((int(number) for number in numbers if number.isdecimal()), default=0)
        while True:
            after += 1
            yield f"{head}{after:04d}"
