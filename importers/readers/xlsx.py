"""XLSX to a grid: the values of every visible sheet, a number as the exact text that it shows."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from yusuan.importers.readers import limits
from yusuan.importers.readers import workbook
from yusuan.importers.readers.archive import DAMAGED
from yusuan.importers.readers.archive import refuse_bomb
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.importers.readers.grid import rectangular
from yusuan.importers.readers.sheetdata import rows
from yusuan.importers.readers.shown import shown
from yusuan.ledger.collector import paused
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.importers.readers.workbook import Workbook


def read(data: bytes, file: str) -> Grid:
    """Read XLSX bytes; each cell knows its sheet, row and column. Rows of a sheet are of one width.

    Raises ReadError where the file is damaged, a limit is passed, or a formula has no value:
    what nobody calculated would be taken for blank.
    """
    try:
        refuse_bomb(data, limits.MAX_UNPACKED_BYTES)
        with zipfile.ZipFile(io.BytesIO(data)) as archive, paused(settled=True):
            book = workbook.opened(archive)
            hidden = map(shown, book.hidden)
            return build(file, data, "xlsx", _sheets(archive, book, file), hidden)
    except OverflowError:
        most = limits.MAX_UNPACKED_BYTES >> 20
        raise ReadError(file, f"展开后超过 {most}MB，请拆分后再读") from None
    except ReadError:
        raise
    except DAMAGED:
        raise ReadError(file, "不是完好的 xlsx 文件，请用表格软件重新另存") from None


def _sheets(archive: zipfile.ZipFile, book: Workbook, file: str) -> Iterator[GridRow]:
    if not book.sheets:
        raise ReadError(file, "没有可见的工作表，请取消隐藏")
    for title, part in book.sheets:
        where = Where(file=file, sheet=shown(title))
        with archive.open(part) as stream:
            yield from rectangular(rows(stream, book, where), where)
