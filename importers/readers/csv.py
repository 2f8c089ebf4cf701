"""CSV to a grid: rectangular rows, a merged cell standing as blanks."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from yusuan.importers.readers.encoding import decode
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes, file: str) -> Grid:
    """Read CSV bytes; each cell knows its line and its column.

    Raises ReadError where quoting is broken or a limit is passed.
    """
    text, encoding = decode(data, file)
    return build(file, data, encoding, _rows(text, file))


def _rows(text: str, file: str) -> Iterator[GridRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            texts = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = f"第 {reader.line_num} 行不是合格的 CSV（{error}），请检查引号和分隔符"
            raise ReadError(file, why) from error
        yield GridRow(
            tuple(
                GridCell(" ".join(text.split()), Where(file=file, line=line, column=column))
                for column, text in enumerate(texts, 1)
            )
        )
        line = reader.line_num + 1
