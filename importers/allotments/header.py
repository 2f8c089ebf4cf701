"""The header row of a 指标 list: where it stands, and what keeps it from being read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.importers.allotments.columns import BARE
from yusuan.importers.allotments.columns import CODE
from yusuan.importers.allotments.columns import ENDINGS
from yusuan.importers.allotments.columns import NAME
from yusuan.importers.allotments.columns import Column
from yusuan.importers.allotments.columns import Header
from yusuan.importers.allotments.columns import columns
from yusuan.importers.allotments.split import whole
from yusuan.importers.allotments.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow

#: Titles and notes may stand above the header, but not more rows than this.
_ABOVE = 50
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


def find(rows: Sequence[GridRow], words: Words) -> Header | None:
    """Find the header of a list among the first rows of a sheet; None where there is none."""
    for first in range(min(_ABOVE, len(rows))):
        row, at = whole(rows, first, words)
        named = {column.role for column in columns(row, words) if column}
        if named >= _TELLING and named & _TELLING_TOO:
            split = tuple(each.texts for each in rows[first : at + 1] if at > first)
            return replace(_header(row, rows, at, words), split=split)
    return None


def _header(row: GridRow, rows: Sequence[GridRow], at: int, words: Words) -> Header:
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
    parts = [cell for cell in below.filled if plain(cell.text) in {*ENDINGS, "类", "款", "项"}]
    if not parts:
        return []
    why = f"“{parts[0].text}”上面的表头是合并的单元格，请取消合并，每列只用一行写列名"
    return [(parts[0], why)]
