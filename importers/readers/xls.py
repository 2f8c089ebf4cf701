"""XLS to a grid: the values of every visible sheet, as for xlsx."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import xlrd

from yusuan.importers.readers.archive import DAMAGED
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import build
from yusuan.importers.readers.grid import rectangular
from yusuan.importers.readers.shown import shown
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet

_VISIBLE = 0
_DAMAGED = (*DAMAGED, xlrd.XLRDError, xlrd.compdoc.CompDocError, AssertionError, OverflowError)


def read(data: bytes, file: str) -> Grid:
    """Read XLS bytes; each cell knows its sheet, row and column. Rows of a sheet are of one width.

    A formula counts as what it was last calculated to, an error as its own text (#REF!).
    Raises ReadError where the file is damaged or locked, or a limit is passed.
    """
    try:
        remarks = io.StringIO()
        book = xlrd.open_workbook(file_contents=data, logfile=remarks, ragged_rows=True)
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == _VISIBLE]
        rows = [
            row
            for sheet in sheets
            for row in rectangular(
                _rows(sheet, book.datemode), Where(file=file, sheet=shown(sheet.name))
            )
        ]
    except ReadError:
        raise
    except _DAMAGED as error:
        if "encrypted" in str(error):
            raise ReadError(file, "加了打开密码，请用表格软件去掉密码后重新另存") from None
        raise ReadError(file, "不是完好的 xls 文件，请用表格软件重新另存为 xlsx") from None
    if not sheets:
        raise ReadError(file, "没有可见的工作表，请取消隐藏")
    hidden = [shown(sheet.name) for sheet in book.sheets() if sheet.visibility != _VISIBLE]
    return build(file, data, "xls", rows, hidden)


def _rows(sheet: Sheet, datemode: int) -> Iterator[tuple[int, list[str]]]:
    for number in range(sheet.nrows):
        texts = [_text(cell, datemode) for cell in sheet.row(number)]
        if any(texts):
            yield number + 1, texts


def _text(cell: Cell, datemode: int) -> str:
    value = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(value, "#ERROR!"))
        case xlrd.XL_CELL_BOOLEAN:
            return shown(bool(value))
        case xlrd.XL_CELL_DATE:
            return shown(xlrd.xldate_as_datetime(value, datemode))
        case xlrd.XL_CELL_NUMBER:
            return shown(value)
    return shown(value)
