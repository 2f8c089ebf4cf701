"""The tables of a PDF page whose columns no lines are drawn between: rows of words that line up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from yusuan.importers.readers import columns
from yusuan.importers.readers import wrapped
from yusuan.importers.readers.printed import is_number
from yusuan.importers.readers.ruled import RuledRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.readers.columns import Column
    from yusuan.importers.readers.printed import Line
    from yusuan.importers.readers.printed import Word
    from yusuan.importers.readers.wrapped import Rule

_AMOUNT: Final = re.compile(r".*(?:\d[,，]\d{3}|[.．]\d)")

#: What stands above or below a table, or between two of them.
_APART: Final = re.compile(
    r"[^\d]{0,40}单位[:：]|.*[(（]?单位[:：](?:人民币)?(?:亿|万|千)?元|编制(?:部门|单位)|续表|注\d?[:：]"
    r"|备注[:：]|说明[:：]|(?:20\d{2}年(?:度)?)|第.{1,2}部分|.*。|.{41}|.*\S表(?:[(（].{1,20}[)）])?$"
)

#: Prose has amounts within its sentences.
_PROSE: Final = re.compile(r".*(?:[^\d\s][，；,;][^\d\s]|\d(?:亿|万)元)")

#: Words of different lines line up where their ends are so near (points).
_NEAR: Final = 2.0
#: A lone line of numbers is a row of a table where it has so many.
_MANY: Final = 3


class Found(NamedTuple):
    """The rows of the tables of one page, and the lines that they were made of."""

    rows: list[RuledRow]
    lines: frozenset[int]


class _Region(NamedTuple):
    """Lines of a page that may be a table: the header, and the rest from the first number on."""

    first: int
    header: list[Line]
    body: list[Line]


def find(pages: Sequence[Sequence[Line]], rules: Sequence[Sequence[Rule]]) -> list[Found]:
    """Give the tables of each page from lines that stand in no ruled table.

    A table without a header at the top of a page goes on from the page before.
    """
    found = []
    before: list[Column] | None = None
    for lines, drawn in zip(pages, rules, strict=True):
        rows: list[RuledRow] = []
        used: set[int] = set()
        for region in _regions(lines):
            known = before if region.first == 0 and not region.header else None
            laid = _columns(region, known)
            if laid is None:
                continue
            before = laid
            made, count = _rows(region, laid, drawn)
            rows += made
            used |= set(range(region.first, region.first + count))
        if len(lines) not in {at + 1 for at in used}:
            before = None  # something else ends the page
        found.append(Found(rows, frozenset(used)))
    return found


def _regions(lines: Sequence[Line]) -> list[_Region]:
    """Cut a page where something stands that is no part of a table."""
    regions = []
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and not is_apart(lines[at]):
            continue
        part = list(lines[start:at])
        data = next((i for i, line in enumerate(part) if _is_row(line)), None)
        if data is not None:
            data -= wrapped.leading(part, data, [_is_row(line) for line in part])
            regions.append(_Region(start, part[:data], part[data:]))
        start = at + 1
    return regions


def is_apart(line: Line) -> bool:
    """Say whether a line is a title, a measure, a note or prose."""
    text = "".join("".join(line.texts).split())
    numbers = sum(is_number(word.text) for word in line.words)
    return bool(_PROSE.match(text)) or (not numbers and bool(_APART.match(text)))


def _is_row(line: Line) -> bool:
    return any(is_number(word.text) for word in line.words) and (
        len(line.words) > 1 or bool(_AMOUNT.match(line.text))
    )


def _columns(region: _Region, known: list[Column] | None) -> list[Column] | None:
    """Give the columns of a region; None where it is no table."""
    rows = [line for line in region.body if _is_row(line)]
    numbers = [[word for word in line.words if is_number(word.text)] for line in rows]
    if not any(_AMOUNT.match(word.text) for line in numbers for word in line):
        return None
    if known is not None:
        return known if columns.fits(region.body, known) else None
    if not any(len(line.words) > 1 for line in region.header):
        return None
    if max(map(len, numbers)) < _MANY and not _line_up(numbers):
        return None
    found = columns.of(region.header, region.body)
    return found if len(found) > 1 else None


def _line_up(numbers: list[list[Word]]) -> bool:
    """Say whether numbers of different lines stand one below the other."""
    return any(
        min(abs(one.right - two.right), abs(one.left - two.left), abs(one.middle - two.middle))
        < _NEAR
        for at, line in enumerate(numbers)
        for below in numbers[at + 1 : at + 3]
        for one in line
        for two in below
    )


def _rows(region: _Region, laid: list[Column], rules: Sequence[Rule]) -> tuple[list[RuledRow], int]:
    """Give the rows of a region, and how many of its lines they took."""
    made = [
        RuledRow(line.top, cells, _box(line)) for line, cells in columns.header(region.header, laid)
    ]
    left = min(line.left for line in region.body)
    right = max(line.right for line in region.body)
    across = [
        rule.middle
        for rule in rules
        if min(rule.right, right) - max(rule.left, left) > (right - left) / 2
    ]
    groups = wrapped.rows(region.body, [_is_row(line) for line in region.body], laid, across)
    taken = len(region.header)
    for group in groups:
        made.append(RuledRow(group[0].top, columns.row(group, laid), _box(group[0])))
        taken += len(group)
    return made, taken


def _box(line: Line) -> tuple[float, float, float, float]:
    return (line.left, line.top, line.right, line.top + line.size)
