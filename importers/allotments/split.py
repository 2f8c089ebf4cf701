"""Headings that stand over two or three rows (收款人 above 全称 and 账号), made one row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.importers.allotments.columns import cell
from yusuan.importers.allotments.columns import column_of
from yusuan.importers.budget.words import is_number
from yusuan.importers.readers.grid import GridRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import GridCell

#: So many rows may go on with the one above them.
_MOST = 2


def whole(rows: Sequence[GridRow], at: int, words: Words) -> tuple[GridRow, int]:
    """Give the heading row that begins at a row together with those that go on with it, and the last."""
    row = rows[at]
    for end in range(at + 1, min(at + 1 + _MOST, len(rows))):
        joined = _joined(row, rows[end], words)
        if joined is None:
            return row, end - 1
        row = joined
    return row, min(at + _MOST, len(rows) - 1)


def _joined(upper: GridRow, lower: GridRow, words: Words) -> GridRow | None:
    """Put what a row says below what stands over it; None where it is no row of headings.

    It is one where it has no number, and most of what it has is a heading alone or joined.
    """
    if not lower.filled or any(is_number(each.text) for each in lower.filled):
        return None
    title = len(upper.filled) == 1
    cells: list[GridCell] = []
    known, group = 0, ""
    for place in range(max(len(upper.cells), len(lower.cells))):
        over, under = cell(upper, place), cell(lower, place)
        group = over.text or (group if under.text else "")
        if not under.text:
            cells.append(over)
            continue
        alone = column_of(under.text, words) is not None
        both = group + under.text
        fits = column_of(both, words) is not None
        known += alone or fits
        cells.append(replace(under, text=both if fits or not (alone or title) else under.text))
    return GridRow(tuple(cells)) if known and 2 * known >= len(lower.filled) else None
