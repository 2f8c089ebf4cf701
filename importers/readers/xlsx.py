"""XLSX to a grid: the values of every visible sheet, a number as the exact text that it shows."""

from __future__ import annotations

import io
import warnings
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import NamedTuple

import openpyxl

from yusuan.importers.readers import limits
from yusuan.importers.readers.archive import DAMAGED
from yusuan.importers.readers.archive import refuse_bomb
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.importers.readers.shown import shown as text_of
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import Any


class _Sheet(NamedTuple):
    title: str
    #: The rows that have anything, with their numbers as a spreadsheet shows them.
    rows: list[tuple[int, list[str]]]


def read(data: bytes, file: str) -> Grid:
    """Read XLSX bytes; each cell knows its sheet, row and column. Rows of a sheet are of one width.

    Raises ReadError where the file is damaged, a limit is passed, or a formula has no value:
    what nobody calculated would be taken for blank.
    """
    try:
        refuse_bomb(data, limits.MAX_UNPACKED_BYTES)
        sheets = list(_sheets(data, file))
    except OverflowError:
        most = limits.MAX_UNPACKED_BYTES >> 20
        raise ReadError(file, f"展开后超过 {most}MB，请拆分后再读") from None
    except ReadError:
        raise
    except DAMAGED:
        raise ReadError(file, "不是完好的 xlsx 文件，请用表格软件重新另存") from None
    if not sheets:
        raise ReadError(file, "没有可见的工作表，请取消隐藏")
    return build(file, data, "xlsx", (row for sheet in sheets for row in _rows(sheet, file)))


def _sheets(data: bytes, file: str) -> Iterator[_Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles that nobody reads here
        written = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for formulas, values in zip(written.worksheets, shown.worksheets, strict=True):
            if formulas.sheet_state == "visible":
                yield _Sheet(text_of(formulas.title), list(_filled(formulas, values, file)))


def _filled(formulas: Any, values: Any, file: str) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 -- openpyxl's sheet when streaming has no type of its own
    """Stream the rows that have anything; a sheet's own word on its size is not trusted."""
    formulas.reset_dimensions()
    values.reset_dimensions()
    cells = 0
    pairs = zip_longest(formulas.iter_rows(), values.iter_rows(), fillvalue=())
    for number, (written, shown) in enumerate(pairs, 1):
        uncalculated = _uncalculated(written, shown)
        if uncalculated is not None:
            where = Where(file=file, sheet=formulas.title, row=number, column=uncalculated)
            why = f"{where}的公式没有计算结果，请用表格软件打开后重新保存，或改为数值"
            raise ReadError(file, why)
        texts = [text_of(cell.value) for cell in shown]
        cells += len(texts)
        if cells > limits.MAX_CELLS:
            raise ReadError(file, f"超过 {limits.MAX_CELLS} 个单元格，请拆分后再读")
        if any(texts):
            yield number, texts


def _uncalculated(written: Sequence[Any], shown: Sequence[Any]) -> int | None:
    """Give the column of a formula without a value."""
    for column, (formula, value) in enumerate(zip_longest(written, shown), 1):
        if getattr(formula, "data_type", "") == "f" and getattr(value, "value", None) is None:
            return column
    return None


def _rows(sheet: _Sheet, file: str) -> Iterator[GridRow]:
    width = max((len(texts) for _, texts in sheet.rows), default=0)
    for number, texts in sheet.rows:
        yield GridRow(
            tuple(
                GridCell(text, Where(file=file, sheet=sheet.title, row=number, column=column))
                for column, text in enumerate([*texts, *[""] * (width - len(texts))], 1)
            )
        )
