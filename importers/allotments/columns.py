"""What the headings of a row say: which column each names, its codes or its names."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.allotments.words import plain
from yusuan.importers.readers.grid import GridCell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import GridRow

CODE, NAME, BARE = "code", "name", ""
ENDINGS = {"编码": CODE, "代码": CODE, "code": CODE, "名称": NAME, "name": NAME}


class Column(NamedTuple):
    """What a header says: the column it names, and whether its codes or its names."""

    role: str
    half: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of one sheet: the places of each column's codes and names.

    `problems` are what keeps the list from being read, each with its cell.
    """

    row: GridRow
    at: int
    codes: Mapping[str, int]
    names: Mapping[str, int]
    problems: tuple[tuple[GridCell, str], ...]
    #: The rows that the headings stand over, where they are several: printed again on another page.
    split: tuple[list[str], ...] = ()


def columns(row: GridRow, words: Words) -> list[Column | None]:
    """Say of each cell of a row which column it heads, if any."""
    return [column_of(text, words) for text in row.texts]


def again(row: GridRow, heads: Sequence[Column | None], words: Words) -> bool:
    """Tell whether headings stand again, as at the top of a page; mostly the first cell tells not."""
    return len(row.cells) == len(heads) and all(
        column_of(each.text, words) == head for each, head in zip(row.cells, heads, strict=True)
    )


def cell(row: GridRow, column: int) -> GridCell:
    """Give a cell of a row, blank where the row ends before it."""
    if column < len(row.cells):
        return row.cells[column]
    return GridCell("", replace(row.where, column=column + 1))


def column_of(text: str, words: Words) -> Column | None:
    """Say which column a text heads, if any."""
    header = plain(text)
    if header in words.headers:
        return Column(words.headers[header], BARE)
    for ending, half in ENDINGS.items():
        stem = header.removesuffix(ending)
        if stem != header and stem in words.headers:
            return Column(words.headers[stem], half)
    return None
