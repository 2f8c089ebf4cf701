"""Workbooks with exact amounts: numbers as their digits, text as text, never a formula."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.styles import Border
from openpyxl.styles import Font
from openpyxl.styles import Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from wcwidth import wcswidth

from yusuan.ledger.money import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from yusuan.ledger.tables.execution_text import Value

_MONEY_FORMAT = "#,##0.00"
_PERCENT_FORMAT = "0.00%"
_LINE = Side(style="thin", color="999999")
_WIDEST = 60
#: The row of the headers, below the title and the note.
_HEAD = 3


def workbook(
    title: str,
    note: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[Value]],
    percents: Sequence[int],
) -> bytes:
    """Make one sheet: title, note, headers, rows, the last row in bold as the total.

    Amounts are written as the digits they are, so a program that reads the file as text gets
    them exactly; an amount of more than 15 digits,
    which Excel could not hold, is written as text. `percents` are the columns (from 0) of shares.
    """
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = title[:31]
    for number, row in enumerate([[title], [note], headers, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _put(sheet, number, column, value, percent=column - 1 in percents)
    _dress(sheet, len(headers), len(rows))
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: Value, *, percent: bool) -> None:
    cell = sheet.cell(row, column)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= MAX_DIGITS:
        # Given a number, openpyxl would write it by way of a float.
        cell.value = f"{value:f}"
        cell.data_type = "n"
        cell.number_format = _PERCENT_FORMAT if percent else _MONEY_FORMAT
    elif value is not None:
        cell.value = str(value)
        # A name may begin with “=”; it is text all the same.
        cell.data_type = "s"


def _dress(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=columns)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=columns)
    for column in range(1, columns + 1):
        widest = 8
        for row in range(_HEAD, _HEAD + rows + 1):
            place = sheet.cell(row, column)
            place.border = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
            value = place.value
            number = place.data_type == "n" and value is not None
            shown = f"{Decimal(str(value)):,.2f}" if number else str(value or "")
            widest = max(widest, wcswidth(shown))
            if row in (_HEAD, _HEAD + rows):
                place.font = Font(bold=True)
            if row == _HEAD:
                place.alignment = Alignment(horizontal="center")
        sheet.column_dimensions[get_column_letter(column)].width = min(widest + 2, _WIDEST)
    sheet.freeze_panes = f"C{_HEAD + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
