"""The header row of a 指标 list: where it stands, and what each column is."""

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

#: Titles and notes may stand above the header, but not more rows than this.
_ABOVE = 50
CODE, NAME, BARE = "code", "name", ""
_ENDINGS = {"编码": CODE, "代码": CODE, "code": CODE, "名称": NAME, "name": NAME}
#: What every list must have, with the words for it.
REQUIRED = {
    "fund": "资金性质",
    "function": "支出功能分类",
    "economic": "部门支出经济分类",
    "class": "项目类别",
    "amount": "金额",
}
#: A row with these headers is that of a list; no published table has them together.
_TELLING = {"function", "economic", "amount"}
_TELLING_TOO = {"fund", "doc", "indicator"}


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


def find(rows: Sequence[GridRow], words: Words) -> Header | None:
    """Find the header of a list among the first rows of a sheet; None where there is none."""
    for at, row in enumerate(rows[:_ABOVE]):
        named = {column.role for column in columns(row, words) if column}
        if named >= _TELLING and named & _TELLING_TOO:
            return _header(rows, at, words)
    return None


def columns(row: GridRow, words: Words) -> list[Column | None]:
    """Say of each cell of a row which column it heads, if any."""
    return [_column(text, words) for text in row.texts]


def again(row: GridRow, heads: Sequence[Column | None], words: Words) -> bool:
    """Tell whether headings stand again, as at the top of a page; mostly the first cell tells not."""
    return len(row.cells) == len(heads) and all(
        _column(each.text, words) == head for each, head in zip(row.cells, heads, strict=True)
    )


def cell(row: GridRow, column: int) -> GridCell:
    """Give a cell of a row, blank where the row ends before it."""
    if column < len(row.cells):
        return row.cells[column]
    return GridCell("", replace(row.where, column=column + 1))


def _column(text: str, words: Words) -> Column | None:
    header = plain(text)
    if header in words.headers:
        return Column(words.headers[header], BARE)
    for ending, half in _ENDINGS.items():
        stem = header.removesuffix(ending)
        if stem != header and stem in words.headers:
            return Column(words.headers[stem], half)
    return None


def _header(rows: Sequence[GridRow], at: int, words: Words) -> Header:
    row = rows[at]
    found: dict[Column, int] = {}
    problems: list[tuple[GridCell, str]] = []
    for place, column in enumerate(columns(row, words)):
        if column is None:
            continue
        first = found.setdefault(column, place)
        if first != place:
            problems.append(
                (row.cells[place], f"“{row.cells[first].text}”一列出现了两次，请只留一列")
            )
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for (role, half), place in found.items():
        # A bare 支出功能分类 has the codes, unless 支出功能分类编码 stands beside it.
        named = half == NAME or (half == BARE and Column(role, CODE) in found)
        (names if named else codes)[role] = place
    for role, place in names.items():
        codes.setdefault(role, place)
    absent = [word for role, word in REQUIRED.items() if role not in codes]
    if absent:
        problems.append((row.filled[0], f"表头没有{'、'.join(absent)}一列，不能导入；请补上"))
    problems += _merged(rows, at)
    return Header(row, at, codes, names, tuple(problems))


def _merged(rows: Sequence[GridRow], at: int) -> list[tuple[GridCell, str]]:
    """Find header cells that go on in the row below, as merged ones do."""
    if at + 1 >= len(rows):
        return []
    below = rows[at + 1]
    parts = [cell for cell in below.filled if plain(cell.text) in {*_ENDINGS, "类", "款", "项"}]
    if not parts:
        return []
    why = f"“{parts[0].text}”上面的表头是合并的单元格，请取消合并，每列只用一行写列名"
    return [(parts[0], why)]
