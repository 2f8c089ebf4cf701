"""The rows of one sheet of an xlsx file, streamed: each value as the exact text that it shows."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import ROUND_HALF_UP
from decimal import Decimal
from functools import cache
from typing import IO
from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import from_excel

from yusuan.importers.readers import limits
from yusuan.importers.readers import xml
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.shown import shown
from yusuan.importers.readers.workbook import text_of
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from yusuan.importers.readers.workbook import Workbook

#: No spreadsheet has more.
_LAST_ROW = 1_048_576
_RESAVE = "文件不完好，请用表格软件打开后重新另存"


def rows(stream: IO[bytes], book: Workbook, where: Where) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that have anything, with their numbers; what a sheet says of its size is not trusted.

    `where` is the sheet. Raises ReadError where a formula was never calculated, or where rows or
    cells come again or out of their order: readers that go by the numbers lose one of them.
    """
    sheet = _Sheet(book, where)
    for row in xml.elements(stream, "row", "sheetData"):
        texts = sheet.texts(row)
        if texts:
            yield sheet.number, texts


class _Sheet:
    """Goes down a sheet, and knows at which row it is."""

    def __init__(self, book: Workbook, where: Where) -> None:
        self._book = book
        self._where = where
        self.number = 0

    def texts(self, row: Element) -> list[str]:
        """Give the texts of the next row, as far as anything stands in it."""
        number = _natural(row.get("r") or str(self.number + 1))
        if number > _LAST_ROW:
            raise self._refusal(_LAST_ROW, None, f"之后还有行，表格软件没有这么多行；{_RESAVE}")
        if number <= self.number:
            raise self._refusal(number, None, f"的行号重复或倒退，{_RESAVE}")
        self.number = number
        texts: list[str] = []
        last = 0
        for cell in row:
            if xml.local(cell) != "c":
                continue
            column = self._column(cell.get("r"), last)
            last = column
            text = self._text(cell, column)
            if text:
                texts += [""] * (column - 1 - len(texts))
                texts.append(text)
        return texts

    def _column(self, reference: str | None, last: int) -> int:
        if reference is None:
            column = last + 1
        else:
            letters = reference.rstrip("0123456789")
            column = column_of(letters)
            if column <= last or reference[len(letters) :] != str(self.number):
                raise self._refusal(self.number, column, f"的位置重复或颠倒，{_RESAVE}")
        if column > limits.MAX_COLUMNS:
            raise self._refusal(self.number, None, f"超过 {limits.MAX_COLUMNS} 列，请拆分后再读")
        return column

    def _text(self, cell: Element, column: int) -> str:
        """Give what a cell shows, "" for a blank one."""
        kind = cell.get("t", "n")
        value = ""
        formula = calculated = False
        for part in cell:
            match xml.local(part):
                case "v":
                    value = part.text or ""
                    # A text may be calculated to nothing; a number may not.
                    calculated = bool(value) or kind == "str"
                case "f":
                    formula = True
                case "is":
                    value = text_of(part)
        if formula and not calculated:
            raise self._refusal(
                self.number, column, "的公式没有计算结果，请用表格软件打开后重新保存，或改为数值"
            )
        return self._shown(kind, value, cell.get("s", "0")) if value else ""

    def _shown(self, kind: str, value: str, style: str) -> str:
        match kind:
            case "s":
                return self._book.strings[_natural(value)]
            case "n":
                return self._number(value, style)
            case "b":
                return shown(bool(int(value)))
            case "d":
                return shown(datetime.fromisoformat(value))
        return shown(value)

    def _number(self, value: str, style: str) -> str:
        number = json.loads(value)  # numbers stand in XML as in JSON
        if type(number) not in {int, float}:
            raise ValueError(value)
        if style in self._book.percents:
            places = Decimal(1).scaleb(-self._book.percents[style])
            return f"{(Decimal(value) * 100).quantize(places, ROUND_HALF_UP):f}%"
        if style not in self._book.dates:
            return shown(number)
        try:
            return shown(from_excel(number, self._book.epoch, timedelta=style in self._book.spans))
        except (OverflowError, ValueError):
            return "#VALUE!"  # as spreadsheets show a day that there is not

    def _refusal(self, row: int, column: int | None, why: str) -> ReadError:
        where = Where(self._where.file, sheet=self._where.sheet, row=row, column=column)
        return ReadError(self._where.file, f"{where}{why}")


def _natural(text: str) -> int:
    """Read a number that counts something. Raises ValueError."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


@cache
def column_of(letters: str) -> int:
    """Give the number of a column from its letters. Raises ValueError."""
    return column_index_from_string(letters)
