"""Plain text to a grid: a cell a line after a tab, or a row a line with tabs between cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.readers.encoding import decode
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

#: In a document whose rows begin and end with an empty cell, so many of them do.
_MARGIN_SHARE = 0.9


def read(data: bytes, file: str) -> Grid:
    """Read text bytes; which of the two layouts it is shows in where its tabs stand."""
    text, encoding = decode(data, file)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = list(_by_cells(lines, file) if _cell_a_line(lines) else _by_rows(lines, file))
    return build(file, data, encoding, _without_margins(rows))


def _cell_a_line(lines: list[str]) -> bool:
    """Tell the layouts apart: lines that only begin with a tab against lines tabbed inside."""
    leading = sum(line.startswith("\t") and "\t" not in line[1:].rstrip("\t") for line in lines)
    inside = sum("\t" in line[1:].rstrip("\t") for line in lines)
    return leading > inside


def _by_cells(lines: list[str], file: str) -> Iterator[GridRow]:
    """Group the lines that begin with a tab; a blank line or running text ends a row."""
    cells: list[GridCell] = []
    for number, line in enumerate(lines, 1):
        where = Where(file=file, line=number)
        if line.startswith("\t"):
            cells.extend(GridCell(_squeeze(text), where) for text in line[1:].split("\t"))
        elif line.strip() and cells and cells[-1].text and _row_goes_on(lines, number):
            last = cells.pop()  # the cell's text was broken over two lines
            cells.append(GridCell(last.text + _squeeze(line), last.where))
        else:
            yield GridRow(tuple(cells))
            cells = []
            if line.strip():
                yield GridRow((GridCell(_squeeze(line), where),), free=True)
    yield GridRow(tuple(cells))


def _row_goes_on(lines: list[str], number: int) -> bool:
    """Say whether the line after this one (counted from 1) is another cell of the row."""
    return number < len(lines) and lines[number].startswith("\t")


def _by_rows(lines: list[str], file: str) -> Iterator[GridRow]:
    for number, line in enumerate(lines, 1):
        where = Where(file=file, line=number)
        cells = tuple(GridCell(_squeeze(text), where) for text in line.split("\t"))
        if any(cell.text for cell in cells):
            yield GridRow(cells, free="\t" not in line)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _without_margins(rows: list[GridRow]) -> Iterator[GridRow]:
    """Take off the empty first and last cell where all rows of a document are framed so."""
    tabbed = [row for row in rows if not row.free and len(row.cells) > 1]
    framed = [row for row in tabbed if _framed(row)]
    if tabbed and len(framed) >= _MARGIN_SHARE * len(tabbed):
        rows = [GridRow(row.cells[1:-1], row.free) if _framed(row) else row for row in rows]
    return (row for row in rows if row.filled)


def _framed(row: GridRow) -> bool:
    return len(row.cells) > 1 and not row.cells[0].text and not row.cells[-1].text
