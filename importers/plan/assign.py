"""Which fund and function pays for which project: only where the figures leave one way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ZERO = Decimal("0.00")
#: Steps of the search after which the figures count as leaving several ways.
MAX_STEPS = 200_000


@dataclass(slots=True)
class _Search:
    amounts: Sequence[Decimal]
    places: Sequence[int | None]
    room: list[Decimal]
    full: bool
    chosen: list[int]
    found: list[tuple[int, ...]]
    steps: int = 0

    def run(self, at: int) -> None:
        self.steps += 1
        if len(self.found) > 1 or self.steps > MAX_STEPS:
            return
        if at == len(self.amounts):
            if not (self.full and any(self.room)):
                self.found.append(tuple(self.chosen))
            return
        fixed = self.places[at]
        for place in range(len(self.room)) if fixed is None else (fixed,):
            if self.amounts[at] <= self.room[place]:
                self.room[place] -= self.amounts[at]
                self.chosen.append(place)
                self.run(at + 1)
                self.chosen.pop()
                self.room[place] += self.amounts[at]


def only_way(
    amounts: Sequence[Decimal], room: Sequence[Decimal], places: Sequence[int | None] = ()
) -> tuple[int, ...] | None:
    """Give the one way to put every amount into a place so that no place overflows, else None.

    Where the amounts add up to all the room there is, every place must be filled exactly.
    `places` fixes some amounts beforehand (an accountant's word); amounts in 元. Ways that
    differ only in which of two equal amounts goes where are different ways.
    """
    wanted = list(places) or [None] * len(amounts)
    order = sorted(range(len(amounts)), key=lambda at: (wanted[at] is None, -amounts[at]))
    full = sum(amounts, ZERO) == sum(room, ZERO)
    search = _Search(
        [amounts[at] for at in order], [wanted[at] for at in order], list(room), full, [], []
    )
    search.run(0)
    if len(search.found) != 1 or search.steps > MAX_STEPS:
        return None
    result = [0] * len(amounts)
    for at, place in zip(order, search.found[0], strict=True):
        result[at] = place
    return tuple(result)
