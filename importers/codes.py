"""Read a finance office's yearly code table (xlsx or csv) and say what a book is to keep of it."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from typing import NamedTuple

import openpyxl

from yusuan.importers.readers.archive import DAMAGED
from yusuan.importers.readers.archive import refuse_bomb
from yusuan.importers.readers.encoding import decode
from yusuan.importers.readers.errors import ReadError
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.classification import official
from yusuan.ledger.classification import rows
from yusuan.ledger.classification import tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from yusuan.ledger.classification import Scheme
    from yusuan.ledger.classification import Subject

#: A yearly table has some 1,500 codes in four columns; anything far beyond is no code table.
ROWS_MAX = 20_000
COLUMNS_MAX = 1_024
FILE_BYTES_MAX = 16 * 1024 * 1024
UNPACKED_BYTES_MAX = 128 * 1024 * 1024


class OfficialTable(NamedTuple):
    """What is to be written into the book: where, the CSV text, and the rows it holds."""

    path: PurePosixPath
    text: str
    subjects: tuple[Subject, ...]


def read_official(
    file: Path, scheme: Scheme, year: int, *, sheet: str | None = None
) -> OfficialTable:
    """Read the whole table of one scheme and year; the caller writes it into the book.

    `sheet` chooses a sheet of a workbook; without it the only one that holds codes of the
    scheme is taken. Raises CodeTableError: one Chinese sentence with file and cell.
    """
    found = official.subjects(_choose(file, scheme, sheet), scheme, year)
    return OfficialTable(
        path=PurePosixPath(tables.book_file_name(scheme, year)),
        text=rows.dump(found),
        subjects=tuple(found),
    )


def _choose(file: Path, scheme: Scheme, wanted: str | None) -> official.Sheet:
    sheets = _sheets(file)
    if wanted is not None:
        for title, sheet in sheets.items():
            if title == wanted:
                return sheet
        raise CodeTableError(file.name, f"没有工作表“{wanted}”", f"可选：{'、'.join(sheets)}")
    if len(sheets) == 1:
        return next(iter(sheets.values()))
    fitting = {title: sheet for title, sheet in sheets.items() if official.holds(sheet, scheme)}
    if len(fitting) != 1:
        fault = f"有{len(fitting)}张工作表含{scheme.chinese}科目"
        raise CodeTableError(file.name, fault, f"请指定工作表，现有：{'、'.join(sheets)}")
    return next(iter(fitting.values()))


def _sheets(file: Path) -> dict[str, official.Sheet]:
    try:
        content = file.read_bytes()
    except OSError as error:
        fault = f"读不出来（{error.strerror}）"
        raise CodeTableError(file.name, fault, "请检查文件") from None
    if len(content) > FILE_BYTES_MAX:
        fault = f"文件超过{FILE_BYTES_MAX >> 20}MB"
        raise CodeTableError(file.name, fault, "请只保留科目表")
    suffix = file.suffix.lower()
    if suffix == ".csv":
        return {"": _csv_sheet(content, file.name)}
    if suffix == ".xlsx":
        return _xlsx_sheets(content, file.name)
    raise CodeTableError(file.name, "不是xlsx或csv文件", "请另存为xlsx或csv")


def _csv_sheet(content: bytes, name: str) -> official.Sheet:
    try:
        text, _ = decode(content, name)
    except ReadError as error:
        raise CodeTableError(name, error.why, "请另存为UTF-8编码的CSV") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return official.Sheet(name, _limited(list(row) for row in reader))
    except csv.Error as error:
        where = f"{name} 第{reader.line_num}行"
        raise CodeTableError(where, f"不是完整的CSV（{error}）", "请检查引号") from None
    except OverflowError:
        raise _too_large(name) from None


def _xlsx_sheets(content: bytes, name: str) -> dict[str, official.Sheet]:
    """Stream every visible sheet: a sheet's own dimension tag and merged ranges are not trusted."""
    try:
        refuse_bomb(content, UNPACKED_BYTES_MAX)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        sheets: dict[str, official.Sheet] = {}
        for worksheet in book.worksheets:
            if worksheet.sheet_state != "visible":
                continue
            worksheet.reset_dimensions()
            cells = _limited([_text(value) for value in row] for row in worksheet.values)
            sheets[worksheet.title] = official.Sheet(f"{name}“{worksheet.title}”", cells)
    except OverflowError:
        raise _too_large(name) from None
    except DAMAGED:
        raise CodeTableError(name, "不是完好的xlsx文件", "请用表格软件重新另存") from None
    if not sheets:
        raise CodeTableError(name, "没有可见的工作表", "请取消隐藏科目表所在的工作表")
    return sheets


def _limited(lines: Iterable[list[str]]) -> list[list[str]]:
    """Take the rows up to the limits; OverflowError where a filled cell lies beyond them."""
    taken: list[list[str]] = []
    for number, line in enumerate(lines):
        filled = any(line)
        if filled and (number >= ROWS_MAX or any(line[COLUMNS_MAX:])):
            raise OverflowError
        if number < ROWS_MAX:
            taken.append(line[:COLUMNS_MAX] if filled else [])
    return taken


def _text(value: object) -> str:
    """Give a cell as text; what is no text stays recognisable as such, for the core to refuse."""
    if value is None:
        return ""
    if isinstance(value, str | int | float):
        return str(value)
    return f"={type(value).__name__}"


def _too_large(where: str) -> CodeTableError:
    fault = f"超过{ROWS_MAX}行、{COLUMNS_MAX}列或{UNPACKED_BYTES_MAX >> 20}MB"
    return CodeTableError(where, fault, "请只保留科目表")
