"""The columns of a table without lines: the gaps that all its rows have, and the texts of its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.readers import heads
from yusuan.importers.readers.printed import Word
from yusuan.importers.readers.printed import is_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.readers.printed import Line

#: A gap between columns, and what two texts may overlap without standing in one (points).
_RIVER: Final = 1.5
_SLACK: Final = 3.0

#: The label of a total stands across the columns of codes and names.
_TOTAL: Final = re.compile(r"\D*[合总小]计")

#: The cells of one row: text, and how many columns it covers (0: covered).
Cells = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Column:
    """From where to where the texts of a column reach on the page (points)."""

    left: float
    right: float
    data: bool = True
    head: bool = False

    def holds(self, word: Word) -> bool:
        """Say whether a word stands at least partly in the column."""
        return min(self.right, word.right) - max(self.left, word.left) > _SLACK


def of(header: Sequence[Line], body: Sequence[Line]) -> list[Column]:
    """Give the columns of the rows, and those that only the header shows to be there."""
    found: list[Column] = []
    spans = sorted((word.left, word.right) for line in body for word in _narrow(line))
    for left, right in spans:
        if found and left - found[-1].right < _RIVER:
            found[-1].right = max(found[-1].right, right)
        else:
            found.append(Column(left, right))
    groups = {group.word for group in heads.groups(header)}
    for line in reversed(header):
        for word in line.words:
            if word not in groups:
                _put_head(found, word)
    return _paired(sorted(found, key=lambda column: column.left))


def _narrow(line: Line) -> list[Word]:
    """Give the words of a row that stand in one column each: the label of a total need not."""
    total = _is_total(labels := [word for word in line.words if not is_number(word.text)])
    return [word for word in line.words if not (total and word in labels)]


def _is_total(labels: Sequence[Word]) -> bool:
    return bool(_TOTAL.fullmatch("".join(word.text for word in labels)))


def _put_head(found: list[Column], word: Word) -> None:
    under = [column for column in found if column.holds(word)]
    for column in under:
        column.head = True
    if not under:
        found.append(Column(word.left, word.right, data=False, head=True))
    elif len(under) == 1:
        (own,) = under
        others = [column for column in found if column is not own]
        if not any(column.holds(word) for column in others):
            own.left, own.right = min(own.left, word.left), max(own.right, word.right)


def _paired(found: list[Column]) -> list[Column]:
    """Put a centred header and the numbers that stand beside it, not under it, into one column."""
    while True:
        pairs = [
            (right.left - left.right, at)
            for at, (left, right) in enumerate(pairwise(found))
            if (left.data and not left.head and right.head and not right.data)
            or (right.data and not right.head and left.head and not left.data)
        ]
        if not pairs:
            return found
        _, at = min(pairs)
        left, right = found[at], found[at + 1]
        found[at : at + 2] = [Column(left.left, right.right, head=True)]


def fits(body: Sequence[Line], known: Sequence[Column]) -> bool:
    """Say whether rows without a header stand in the columns of the table before."""
    return all(
        sum(column.holds(word) for column in known) <= 1 for line in body for word in _narrow(line)
    )


def _nearest(columns: Sequence[Column], word: Word) -> int:
    def away(at: int) -> tuple[float, float]:
        column = columns[at]
        outside = max(column.left - word.middle, word.middle - column.right, 0.0)
        return (outside, abs((column.left + column.right) / 2 - word.middle))

    return min(range(len(columns)), key=away)


def header(lines: Sequence[Line], columns: Sequence[Column]) -> list[tuple[Line, Cells]]:
    """Give the rows of a header, each merged text over the columns that belong under it."""
    groups = {group.word: group for group in heads.groups(lines)}
    rows = []
    for line in lines:
        texts = [""] * len(columns)
        spans = [1] * len(columns)
        for word in line.words:
            group = groups.get(word)
            ends = (group.first, group.last) if group else (word, word)
            held = [at for at, column in enumerate(columns) if column.holds(word)]
            first = min([_nearest(columns, ends[0]), *(held[:1] if not group else [])])
            last = max([_nearest(columns, ends[1]), *(held[-1:] if not group else [])])
            texts[first] += word.text
            spans[first] = max(spans[first], last - first + 1)
        rows.append((line, _covering(texts, spans)))
    return rows


def _covering(texts: list[str], spans: list[int]) -> Cells:
    """Let a text cover the columns after it as far as they are blank."""
    cells: list[tuple[str, int]] = []
    left = 0
    for at, (text, span) in enumerate(zip(texts, spans, strict=True)):
        if left and not text:
            left -= 1
            cells.append(("", 0))
            continue
        reach = 1
        while reach < span and at + reach < len(texts) and not texts[at + reach]:
            reach += 1
        left = reach - 1
        cells.append((text, reach))
    return tuple(cells)


def row(lines: Sequence[Line], columns: Sequence[Column]) -> Cells:
    """Give the cells of one row; a name over several lines is joined."""
    texts = [""] * len(columns)
    for line in lines:
        run: list[Word] = []
        for word in [*line.words, None]:
            if word is not None and not is_number(word.text):
                run.append(word)
                continue
            if _is_total(run):
                texts[_nearest(columns, run[0])] += "".join(each.text for each in run)
                run = []
            for each in [*run, *([word] if word else [])]:
                _append(texts, _nearest(columns, each), each.text)
            run = []
    return tuple((text, 1) for text in texts)


def _append(texts: list[str], at: int, text: str) -> None:
    """Join a text; only words of Latin letters keep a space between them."""
    latin = texts[at][-1:].isascii() and texts[at][-1:].isalpha() and text[:1].isascii()
    texts[at] += (" " if latin and text[:1].isalpha() else "") + text
