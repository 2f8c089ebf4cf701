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

    from yusuan.importers.readers.columns import Cells
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

#: A row without numbers may be the first one.
_ITEM: Final = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.．、](?!\d)"
)

#: Words of different lines line up where their ends are so near (points).
_NEAR: Final = 2.0
#: A lone line of numbers is a row of a table where it has so many.
_MANY: Final = 3


class Found(NamedTuple):
    """The rows of the tables of one page, and the lines that they were made of."""

    rows: list[RuledRow]
    lines: set[int]


class _Region(NamedTuple):
    """Lines of a page that may be a table: the header, and the rest from the first row on."""

    first: int
    header: list[Line]
    body: list[Line]


def find(pages: Sequence[Sequence[Line]], rules: Sequence[Sequence[Rule]]) -> list[Found]:
    """Give the tables of each page from lines that stand in no ruled table.

    A table without a header at the top of a page goes on from the page before, or has its header
    at the end of that page.
    """
    found = [Found([], set()) for _ in pages]
    before: list[Column] | None = None
    waiting: list[Line] = []
    for number, (lines, drawn) in enumerate(zip(pages, rules, strict=True)):
        regions = _regions(lines)
        for region in regions:
            carried = waiting if region.first == 0 else []
            header = [*_moved(carried, [*region.header, *region.body][0]), *region.header]
            known = before if region.first == 0 and not header else None
            laid = _columns(header, region.body, known) if region.body else None
            if laid is None:
                continue
            before = laid
            heads = [cells for _, cells in columns.header(header, laid)]
            own = found[number]
            if carried:
                above = found[number - 1]
                above.rows.extend(map(_row, carried, heads))
                above.lines.update(
                    range(len(pages[number - 1]) - len(carried), len(pages[number - 1]))
                )
            own.rows.extend(map(_row, region.header, heads[len(carried) :]))
            groups = _groups(region.body, laid, drawn)
            own.rows.extend(_row(group[0], columns.row(group, laid)) for group in groups)
            taken = len(region.header) + sum(map(len, groups))
            own.lines.update(range(region.first, region.first + taken))
        if len(lines) - 1 not in found[number].lines:
            before = None  # something else ends the page
        last = regions[-1] if regions else None
        waiting = last.header if last and not last.body else []
    return found


def _moved(header: Sequence[Line], below: Line) -> list[Line]:
    """Move the lines of a header up from the end of the page before to above their table."""
    if not header:
        return []
    by = below.middle - 2 * below.size - header[-1].middle
    return [line._replace(middle=line.middle + by) for line in header]


def _regions(lines: Sequence[Line]) -> list[_Region]:
    """Cut a page where something stands that is no part of a table; the last may be a header only."""
    regions = []
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and not is_apart(lines[at]):
            continue
        part = list(lines[start:at])
        rows = [_is_row(line) for line in part]
        data = next((i for i, line in enumerate(part) if rows[i] or _ITEM.match(line.text)), None)
        if data is not None and any(rows):
            data -= wrapped.leading(part, data, rows)
            regions.append(_Region(start, part[:data], part[data:]))
        elif at == len(lines) and any(len(line.words) > 1 for line in part):
            regions.append(_Region(start, part, []))
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


def _columns(
    header: Sequence[Line], body: Sequence[Line], known: list[Column] | None
) -> list[Column] | None:
    """Give the columns of a region; None where it is no table."""
    rows = [line for line in body if _is_row(line)]
    numbers = [[word for word in line.words if is_number(word.text)] for line in rows]
    if not any(_AMOUNT.match(word.text) for line in numbers for word in line):
        return None
    if known is not None:
        return known if columns.fits(body, known) else None
    if not any(len(line.words) > 1 for line in header):
        return None
    if max(map(len, numbers)) < _MANY and not _line_up(numbers):
        return None
    found = columns.of(header, body)
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


def _groups(
    body: Sequence[Line], laid: Sequence[Column], rules: Sequence[Rule]
) -> list[list[Line]]:
    """Give the lines of each row."""
    left = min(line.left for line in body)
    right = max(line.right for line in body)
    across = [
        rule.middle
        for rule in rules
        if min(rule.right, right) - max(rule.left, left) > (right - left) / 2
    ]
    return wrapped.rows(body, [_is_row(line) for line in body], laid, across)


def _row(line: Line, cells: Cells) -> RuledRow:
    return RuledRow(line.top, cells, (line.left, line.top, line.right, line.top + line.size))
