"""A grid as plain JSON, the only thing that a process which read a foreign file hands back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.ledger.tables.model import Where

#: A place without its file, whose name the process is not told.
_PLACE = tuple(field.name for field in fields(Where) if field.name != "file")
_WIDTH = 2 + len(_PLACE)
#: What each part of a cell is: its text, its span, its place.
_TYPES = (str, int, *(str if name == "sheet" else int for name in _PLACE))


class NotAGridError(ValueError):
    """An answer that `dump` would not have given."""

    def __init__(self) -> None:
        super().__init__("not a grid")


def dump(grid: Grid) -> bytes:
    """Give the encoding and the rows of a grid; what is None at the end of a cell is left out."""
    rows = [[row.free, [_shape(cell) for cell in row.cells]] for row in grid.rows]
    return json.dumps([grid.encoding, rows], separators=(",", ":")).encode()


def load(answer: bytes, file: str, sha256: str) -> Grid:
    """Give the grid again; raises NotAGridError for whatever `dump` would not have written."""
    try:
        shape = json.loads(answer)
    except (ValueError, RecursionError):
        raise NotAGridError from None
    match shape:
        case [str(encoding), list(rows)]:
            return Grid(file, sha256, encoding, tuple(_row(row, file) for row in rows))
    raise NotAGridError


def _shape(cell: GridCell) -> list[Any]:
    shape = [cell.text, cell.span, *(getattr(cell.where, name) for name in _PLACE)]
    while shape[-1] is None:
        shape.pop()
    return shape


def _row(shape: object, file: str) -> GridRow:
    match shape:
        case [bool(free), list(cells)] if cells:
            return GridRow(tuple(_cell(cell, file) for cell in cells), free)
    raise NotAGridError


def _cell(shape: object, file: str) -> GridCell:
    if not isinstance(shape, list) or not 1 <= len(shape) <= _WIDTH:
        raise NotAGridError
    kinds = [type(value) for value in shape]
    if kinds[0] is not str or any(
        kind not in {expected, type(None)} for kind, expected in zip(kinds, _TYPES, strict=False)
    ):
        raise NotAGridError
    place = dict(zip(_PLACE, shape[2:], strict=False))
    return GridCell(shape[0], Where(file, **place), shape[1] if len(shape) > 1 else None)
