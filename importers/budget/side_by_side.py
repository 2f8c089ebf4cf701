"""Tables printed in columns side by side: 301 and 303 left, 302 in the middle, 310 right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import headers
from yusuan.importers.budget import words
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow

if TYPE_CHECKING:
    from collections.abc import Sequence

_SUM: Final = re.compile(r".*(?:合计|小计|总计)")


def blocks(roles: Sequence[str | None]) -> list[slice]:
    """Cut the columns where the labels begin again."""
    label = headers.CODE if headers.CODE in roles else headers.NAME
    starts = [
        index
        for index, role in enumerate(roles)
        if role == label and (not index or roles[index - 1] not in {label, None})
    ]
    if len(starts) < 2:  # noqa: PLR2004 - only two stand side by side
        return [slice(0, len(roles))]
    return [slice(a, b) for a, b in zip([0, *starts[1:]], [*starts[1:], len(roles)], strict=True)]


def parts(row: GridRow, cuts: Sequence[slice]) -> list[GridRow]:
    """Cut a row at the blocks; a narrow row of labels and amounts has a pair for each.

    What 公用经费合计 adds up may go on in the blocks to its right: there it stands below all.
    """
    if len(cuts) == 1:
        return [row]
    cut = _pairs(row, cuts) or _slices(row, cuts)
    for at in range(len(cut) - 1):
        if _is_sum(cut[at]) and not _labels(cut[at + 1]):
            cut[at + 1] = _moved(cut[at], cut[at + 1])
            cut[at] = GridRow(())
    return cut


def _slices(row: GridRow, cuts: Sequence[slice]) -> list[GridRow]:
    stops = [*(cut.stop for cut in cuts[:-1]), None]
    return [GridRow(row.cells[cut.start : stop]) for cut, stop in zip(cuts, stops, strict=True)]


def _pairs(row: GridRow, cuts: Sequence[slice]) -> list[GridRow] | None:
    """Give the blocks of a row without blanks: the last pair is that of the last block."""
    pairs = [GridRow(row.cells[at : at + 2]) for at in range(0, len(row.cells), 2)]
    narrow = len(row.cells) < cuts[-1].stop and 1 < len(pairs) <= len(cuts)
    if not narrow or len(row.cells) % 2 or not all(_is_pair(pair) for pair in pairs):
        return None
    return [*pairs[:-1], *[GridRow(())] * (len(cuts) - len(pairs)), pairs[-1]]


def _is_pair(pair: GridRow) -> bool:
    label, amount = pair.texts
    return bool(_SUM.fullmatch(words.squeeze(label))) and (not amount or words.is_number(amount))


def _labels(row: GridRow) -> list[GridCell]:
    return [cell for cell in row.filled if not words.is_number(cell.text)]


def _is_sum(row: GridRow) -> bool:
    labels = _labels(row)
    return len(labels) == 1 and bool(_SUM.fullmatch(words.squeeze(labels[0].text)))


def _moved(row: GridRow, right: GridRow) -> GridRow:
    """Give a sub-total in the block to its right, with the amounts of either."""
    (label,) = _labels(row)
    if any(words.is_number(cell.text) for cell in right.cells):
        return GridRow((label, *right.cells[1:]))
    return row
