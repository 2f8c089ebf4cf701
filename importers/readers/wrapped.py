"""Which printed lines are one row of a table without lines: names go on over several of them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from yusuan.importers.readers.printed import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.readers.columns import Column
    from yusuan.importers.readers.printed import Line

#: Lines nearer than this part of the least distance of two rows are one row.
_NEARER: Final = 0.85

_ITEM: Final = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?!\d)|其中[:：]"
    r"|.*[合总小]\s*计$"
)


class Rule(NamedTuple):
    """A horizontal line drawn on the page: how far down it is, and its ends (points)."""

    middle: float
    left: float
    right: float


def rows(
    lines: Sequence[Line], data: Sequence[bool], columns: Sequence[Column], rules: Sequence[float]
) -> list[list[Line]]:
    """Put the lines of a table together to rows; `data`: the line has numbers of its own.

    What follows after the last row and does not belong to it is left out.
    """
    ends = [*pairwise(lines)]
    drawn = [any(above.middle < rule < below.middle for rule in rules) for above, below in ends]
    ruled = sum(drawn) * 2 > sum(data)
    near = _NEARER * _least(lines, data)
    gaps = sorted(
        (below.middle - above.middle, at)
        for at, (above, below) in enumerate(ends)
        if not drawn[at]
        and (
            ruled
            or (
                not _ITEM.match(below.text)
                and (below.middle - above.middle < near or _is_full(above, below, columns))
            )
        )
    )
    starts = list(range(len(lines)))  # each line's row, by its first line
    full = list(data)
    for _, at in gaps:  # the nearest first: no row has the numbers of two
        one, two = starts[at], starts[at + 1]
        if not (full[one] and full[two]):
            starts = [one if start == two else start for start in starts]
            full[one] = full[one] or full[two]
    groups = [
        [line for line, start in zip(lines, starts, strict=True) if start == first]
        for first in dict.fromkeys(starts)
    ]
    while groups and not any(is_number(word.text) for line in groups[-1] for word in line.words):
        if _ITEM.match(groups[-1][0].text):
            break
        groups.pop()
    return groups


def leading(lines: Sequence[Line], first: int, data: Sequence[bool]) -> int:
    """Count the lines above the first row with numbers in which its own name begins."""
    near = _NEARER * _least(lines[first:], data[first:])
    count = 0
    while count < first:
        at = first - count - 1
        gap = lines[at + 1].middle - lines[at].middle
        above = lines[at].middle - lines[at - 1].middle if at else gap + 1
        if len(lines[at].words) > 1 or gap >= min(near, above):
            break
        count += 1
    return count


def _least(lines: Sequence[Line], data: Sequence[bool]) -> float:
    """Give the least distance between two rows of one line each that follow each other."""
    pairs = zip(lines, lines[1:], data, data[1:], strict=False)
    gaps = [below.middle - above.middle for above, below, one, two in pairs if one and two]
    return min(gaps, default=2 * lines[0].size)


def _is_full(above: Line, line: Line, columns: Sequence[Column]) -> bool:
    """Say whether a line goes on where the text above it had reached the end of its column."""
    if len(line.words) != 1:
        return False
    word = line.words[0]
    column = next((each for each in columns if each.holds(word)), None)
    if column is None:
        return False
    before = [each for each in above.words if column.holds(each)]
    return bool(before) and before[-1].right > column.right - 1.2 * above.size
