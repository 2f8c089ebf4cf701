"""A grid as lines of plain JSON, the only thing that a process which read a foreign file hands back.

The first line says the encoding, how many rows follow, each on a line of its own, and which sheets
are hidden: a big grid is never a big text. Most rows are told by one place and their texts.
"""

from __future__ import annotations

import json
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING
from typing import Any

from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

#: A place without its file, whose name the process is not told; and without its column.
_PLACE = tuple(field.name for field in fields(Where) if field.name != "file")
_ROW = tuple(name for name in _PLACE if name != "column")
_place, _row_place = attrgetter(*_PLACE), attrgetter(*_ROW)


def _types(names: Iterable[str]) -> tuple[type, ...]:
    return tuple(str if name == "sheet" else int for name in names)


#: What each part of a cell is: its text, its span, its place; and each part of a row's place.
_CELL_TYPES, _ROW_TYPES = (str, int, *_types(_PLACE)), _types(_ROW)


class NotAGridError(ValueError):
    """An answer that `dump` would not have given."""

    def __init__(self) -> None:
        super().__init__("not a grid")


def dump(grid: Grid) -> Iterator[bytes]:
    """Give the lines of a grid."""
    yield _line([grid.encoding, len(grid.rows), *grid.hidden])
    for row in grid.rows:
        yield _line(_shape(row))


def load(answer: Iterable[bytes], file: str, sha256: str) -> Grid:
    """Give the grid again; raises NotAGridError for whatever `dump` would not have written."""
    lines = iter(answer)
    match _parsed(next(lines, b"")):
        case [str(encoding), int(count), *hidden] if all(type(each) is str for each in hidden):
            loader = _Loader(file)
            rows = tuple(loader.row(_parsed(line)) for line in lines)
            if len(rows) == count:
                return Grid(file, sha256, encoding, rows, tuple(hidden))
    raise NotAGridError


def _line(shape: Any) -> bytes:  # noqa: ANN401 -- anything that JSON has
    return json.dumps(shape, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> Any:  # noqa: ANN401 -- anything that JSON has
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise NotAGridError from None


def _shape(row: GridRow) -> list[Any]:
    """Give a row by its place where its cells stand one after another, else cell by cell."""
    place = _row_place(row.cells[0].where)
    if all(
        cell.span is None and cell.where.column == column and _row_place(cell.where) == place
        for column, cell in enumerate(row.cells, 1)
    ):
        return [row.free, place, row.texts]
    return [row.free, [_cell_shape(cell) for cell in row.cells]]


def _cell_shape(cell: GridCell) -> list[Any]:
    """Give a cell; what is None at its end is left out."""
    shape = [cell.text, cell.span, *_place(cell.where)]
    while shape[-1] is None:
        shape.pop()
    return shape


class _Loader:
    """Makes rows again; a text that stands in many cells is kept once."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._texts: dict[str, str] = {}

    def row(self, shape: object) -> GridRow:
        match shape:
            case [bool(free), list(place), list(texts)] if texts:
                return GridRow(tuple(self._regular(place, texts)), free)
            case [bool(free), list(cells)] if cells:
                return GridRow(tuple(self._cell(cell) for cell in cells), free)
        raise NotAGridError

    def _regular(self, place: list[Any], texts: list[Any]) -> Iterator[GridCell]:
        _check(place, _ROW_TYPES)
        if len(place) != len(_ROW) or not all(type(text) is str for text in texts):
            raise NotAGridError
        line, page, sheet, row, table = place
        sheet = sheet and self._text(sheet)
        for column, text in enumerate(texts, 1):
            where = Where(self._file, line, page, sheet, row, column, table)
            yield GridCell(self._text(text), where)

    def _cell(self, shape: object) -> GridCell:
        if not isinstance(shape, list) or not shape or type(shape[0]) is not str:
            raise NotAGridError
        _check(shape, _CELL_TYPES)
        place = dict(zip(_PLACE, shape[2:], strict=False))
        span = shape[1] if len(shape) > 1 else None
        return GridCell(self._text(shape[0]), Where(self._file, **place), span)

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def _check(values: list[Any], types: tuple[type, ...]) -> None:
    """Refuse more parts than there can be, or other ones; any may be None."""
    if len(values) > len(types) or any(
        value is not None and type(value) is not expected
        for value, expected in zip(values, types, strict=False)
    ):
        raise NotAGridError
