"""The grid: rows of cells with evidence, the same whatever file they were read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from yusuan.importers.readers import limits
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.privacy import without_contacts
from yusuan.importers.readers.progress import tell
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

#: How many hidden sheets are named.
_NAMED = 5
#: How often a long sheet says how far it is, in rows.
_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as printed; `span` is how many columns it covers, None where unknown."""

    text: str
    where: Where
    span: int | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; `free` marks a line of running text that stood outside any table."""

    cells: tuple[GridCell, ...]
    free: bool = False

    @property
    def texts(self) -> list[str]:
        """Give the texts of the cells, blanks included."""
        return [cell.text for cell in self.cells]

    @property
    def filled(self) -> list[GridCell]:
        """Give the cells that are not blank."""
        return [cell for cell in self.cells if cell.text]

    @property
    def where(self) -> Where:
        """Give the place of the first cell that is not blank."""
        return (self.filled or self.cells)[0].where


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole document as rows, with the name and the hash of its file."""

    file: str
    sha256: str
    encoding: str
    rows: tuple[GridRow, ...]
    #: The titles of hidden sheets, which are not read.
    hidden: tuple[str, ...] = ()

    @property
    def left_out(self) -> str:
        """Say which sheets were not read, as people say it; empty where all were."""
        if not self.hidden:
            return ""
        named = "、".join(f"“{title}”" for title in self.hidden[:_NAMED])
        more = "等" if len(self.hidden) > _NAMED else ""
        return f"{len(self.hidden)} 张隐藏的工作表没有读取：{named}{more}；需要时请取消隐藏后再读"

    def sheets(self) -> Iterator[list[GridRow]]:
        """Give the rows that have anything, those of each sheet together."""
        filled = (row for row in self.rows if row.filled)
        for _, rows in groupby(filled, key=lambda row: row.where.sheet):
            yield list(rows)


def build(
    file: str, data: bytes, encoding: str, rows: Iterable[GridRow], hidden: Iterable[str] = ()
) -> Grid:
    """Put rows together within the limits; persons and phone numbers are dropped here.

    Raises ReadError beyond the limits of rows, columns or cells.
    """
    kept: list[GridRow] = []
    cells = 0
    for row in rows:
        if not row.cells:
            continue
        cells += len(row.cells)
        kept.append(row)
        if len(kept) > limits.MAX_ROWS:
            raise ReadError(file, f"超过 {limits.MAX_ROWS} 行，请拆分后再读")
        if len(row.cells) > limits.MAX_COLUMNS:
            raise ReadError(file, f"{row.where}超过 {limits.MAX_COLUMNS} 列，请拆分后再读")
        if cells > limits.MAX_CELLS:
            raise ReadError(file, f"超过 {limits.MAX_CELLS} 个单元格，请拆分后再读")
        damaged = next((cell for cell in row.cells if "\0" in cell.text), None)
        if damaged is not None:
            raise ReadError(file, f"{damaged.where}有空字符，文件已损坏，请换用原始文件")
    clean = without_contacts([row.texts for row in kept])
    digest = hashlib.sha256(data).hexdigest()
    redacted = tuple(_with_texts(row, texts) for row, texts in zip(kept, clean, strict=True))
    return Grid(file, digest, encoding, redacted, tuple(hidden))


def rectangular(rows: Iterable[tuple[int, list[str]]], where: Where) -> Iterator[GridRow]:
    """Make the rows of one sheet, given with their numbers, of one width. `where` is the sheet.

    Raises ReadError beyond the limits of rows or cells, before all of them are held.
    """
    kept: list[tuple[int, list[str]]] = []
    cells = width = 0
    for number, texts in rows:
        kept.append((number, texts))
        cells += len(texts)
        width = max(width, len(texts))
        if len(kept) > limits.MAX_ROWS:
            raise ReadError(where.file, f"超过 {limits.MAX_ROWS} 行，请拆分后再读")
        if cells > limits.MAX_CELLS:
            raise ReadError(where.file, f"超过 {limits.MAX_CELLS} 个单元格，请拆分后再读")
        if len(kept) % _TOLD == 0:
            tell("行", len(kept))
    if width * len(kept) > limits.MAX_CELLS:
        raise ReadError(where.file, f"超过 {limits.MAX_CELLS} 个单元格，请拆分后再读")
    file, sheet = where.file, where.sheet
    for number, texts in kept:
        texts.extend([""] * (width - len(texts)))
        yield GridRow(
            tuple(
                GridCell(text, Where(file=file, sheet=sheet, row=number, column=column))
                for column, text in enumerate(texts, 1)
            )
        )


def _with_texts(row: GridRow, texts: list[str]) -> GridRow:
    if texts == row.texts:
        return row
    pairs = zip(row.cells, texts, strict=True)
    return GridRow(tuple(GridCell(text, cell.where, cell.span) for cell, text in pairs), row.free)
