"""A finance office's own yearly code table: rows of text cells in, dated subjects out."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.classification.codes import SHAPE_TEXT
from yusuan.ledger.classification.codes import Scheme
from yusuan.ledger.classification.codes import level
from yusuan.ledger.classification.codes import path
from yusuan.ledger.classification.codes import well_formed
from yusuan.ledger.classification.errors import CodeTableError
from yusuan.ledger.classification.subject import USER_CERTIFIED
from yusuan.ledger.classification.subject import Subject
from yusuan.ledger.classification.subject import folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

#: A title, a unit of measure and a two-line header stand above the rows; no table has more.
HEADER_SEARCH_ROWS = 20
NAME_LENGTH_MAX = 80
FIRST_YEAR, LAST_YEAR = 2018, 2099

_CODE_HEADER = re.compile(r".*(?:编码|代码)")
_NAME_HEADER = re.compile(r".*名称")
_LEVELS = ("类", "款", "项", "目")
_PART_WIDTHS = (3, 2, 2, 2)
_NOTE = re.compile(r"(?:注|说明|备注)\s*[:：].*", re.DOTALL)
_NUMBER_LOST = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]+|[0-9]+\.[0-9]*")


class Sheet(NamedTuple):
    """One sheet or CSV file as text cells; a cell that is no text (a formula, a date) begins with "="."""

    name: str
    rows: Sequence[Sequence[str]]

    def cell(self, row: int, column: int) -> str:
        """Give the stripped text of a cell, counted from zero; empty beyond the row's end."""
        cells = self.rows[row]
        return cells[column].strip() if column < len(cells) else ""

    def where(self, row: int, column: int | None = None) -> str:
        """Name a place as a spreadsheet does: 第5行, B5."""
        if column is None:
            return f"{self.name} 第{row + 1}行"
        letters = ""
        column += 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return f"{self.name} {letters}{row + 1}"


class Header(NamedTuple):
    """Where the columns are: one code column, or one for each of 类, 款, 项."""

    rows: range
    name: int
    codes: tuple[int, ...]


def find_header(sheet: Sheet) -> Header | None:
    """Find the columns by their Chinese header words; None where the sheet has none.

    Codes: 科目编码, 编码, 代码, or 类, 款, 项 (the latter possibly in the row below a merged
    科目编码). Names: 科目名称, 名称. Raises CodeTableError where there are two of a kind.
    """
    for row in range(min(HEADER_SEARCH_ROWS, len(sheet.rows))):
        names = _columns(sheet, row, _NAME_HEADER)
        if not names:
            continue
        for last in (row, row + 1):
            parts = _level_columns(sheet, last)
            if parts:
                return Header(range(row, last + 1), _only(sheet, row, names, "名称"), parts)
        codes = _columns(sheet, row, _CODE_HEADER)
        if codes:
            code = _only(sheet, row, codes, "编码")
            return Header(range(row, row + 1), _only(sheet, row, names, "名称"), (code,))
    return None


def subjects(sheet: Sheet, scheme: Scheme, year: int) -> list[Subject]:
    """Read a year's whole code table, each row certified by the user for that calendar year.

    Raises CodeTableError, naming the cell: no header, a code that is not text of the scheme's
    shape (a number that a spreadsheet has rounded or a formula cannot be trusted), a code
    without a name, a code listed twice, a code whose parent is missing, an empty table.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        fault = f"年份{year}不在{FIRST_YEAR}—{LAST_YEAR}之间"
        raise CodeTableError(sheet.name, fault, "请填写科目表所属的预算年度")
    header = find_header(sheet)
    if header is None:
        fault = f"前{HEADER_SEARCH_ROWS}行没有“科目编码”（或“类、款、项”）和“科目名称”表头"
        raise CodeTableError(sheet.name, fault, "请补上表头后再导入")
    found: dict[str, tuple[int, str]] = {}
    for row, code, name in _lines(sheet, header):
        _refuse_code(sheet, header, row, code, scheme)
        _refuse_name(sheet, header, row, name)
        if code in found:
            fault = f"编码{code}重复，第{found[code][0] + 1}行已有"
            raise CodeTableError(sheet.where(row), fault, "请删去多余的一行")
        found[code] = (row, name)
    if not found:
        raise CodeTableError(sheet.name, "表头下面没有科目", "请确认文件和工作表")
    return [
        Subject(
            scheme=scheme,
            code=code,
            name=name,
            level=level(code),
            parent=_parent(sheet, row, code, found),
            valid_from=date(year, 1, 1),
            valid_to=date(year, 12, 31),
            confidence=USER_CERTIFIED,
        )
        for code, (row, name) in found.items()
    ]


def holds(sheet: Sheet, scheme: Scheme) -> bool:
    """Tell whether a sheet has a header and below it a code of the scheme."""
    try:
        header = find_header(sheet)
    except CodeTableError:
        return False  # chosen by name, the sheet says what is wrong with it
    if header is None:
        return False
    below = range(header.rows.stop, len(sheet.rows))
    return any(well_formed(scheme, sheet.cell(row, header.codes[0])) for row in below)


def _columns(sheet: Sheet, row: int, pattern: re.Pattern[str]) -> list[int]:
    width = len(sheet.rows[row])
    return [c for c in range(width) if pattern.fullmatch(folded(sheet.cell(row, c)))]


def _level_columns(sheet: Sheet, row: int) -> tuple[int, ...]:
    """Give the columns headed 类, 款, … of a row, as far as they go; none without 类 and 款."""
    if row >= len(sheet.rows):
        return ()
    texts = [folded(cell) for cell in sheet.rows[row]]
    found: list[int] = []
    for word in _LEVELS:
        if texts.count(word) != 1:
            break
        found.append(texts.index(word))
    return tuple(found) if len(found) > 1 else ()


def _only(sheet: Sheet, row: int, columns: list[int], kind: str) -> int:
    if len(columns) > 1:
        fault = f"有{len(columns)}个{kind}列"
        raise CodeTableError(sheet.where(row), fault, "请每张表只保留一套编码和名称")
    return columns[0]


def _lines(sheet: Sheet, header: Header) -> Iterator[tuple[int, str, str]]:
    """Give row, code and name of every line below the header.

    Passed over: blank rows, notes, headers repeated at a page break, and headings, that is
    one text that stands outside the name column and has no digit.
    """
    repeated = {tuple(_texts(sheet, row)) for row in header.rows}
    above: tuple[str, ...] = ()
    for row in range(header.rows.stop, len(sheet.rows)):
        texts = _texts(sheet, row)
        filled = [text for text in texts if text]
        # Official names have no spaces; indentation and line breaks come from the layout.
        name = "".join(sheet.cell(row, header.name).split())
        if not filled or tuple(texts) in repeated or _NOTE.fullmatch(filled[0]):
            continue
        if len(filled) == 1 and not name and not re.search(r"\d", filled[0]):
            continue
        if len(header.codes) == 1:
            yield row, sheet.cell(row, header.codes[0]), name
            continue
        above = _parts(sheet, header, row, above)
        yield row, "".join(above), name


def _texts(sheet: Sheet, row: int) -> list[str]:
    """Give a row's cells without the blank ones at its end."""
    texts = [cell.strip() for cell in sheet.rows[row]]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _parts(sheet: Sheet, header: Header, row: int, above: tuple[str, ...]) -> tuple[str, ...]:
    """Put a code together from its 类, 款, 项 columns.

    The last filled column says the level; blanks before it, as merged cells leave them, take
    the value of the row above. A column may also hold the whole code up to its level.
    """
    cells = [sheet.cell(row, column) for column in header.codes]
    depth = max((place for place, text in enumerate(cells) if text), default=-1)
    parts: tuple[str, ...] = ()
    for place in range(depth + 1):
        text = cells[place] or (above[place] if place < len(above) else "")
        text = text.removeprefix("".join(parts)) if len(text) > _PART_WIDTHS[place] else text
        if re.fullmatch(rf"[0-9]{{{_PART_WIDTHS[place]}}}", text) is None:
            where = sheet.where(row, header.codes[place])
            fault = f"{_LEVELS[place]}的编码“{text}”不是{_PART_WIDTHS[place]}位半角数字"
            raise CodeTableError(where, fault, "请把编码列设为文本格式并补全前面的0")
        parts = (*parts, text)
    return parts


def _refuse_code(sheet: Sheet, header: Header, row: int, code: str, scheme: Scheme) -> None:
    where = sheet.where(row, header.codes[0])
    if code.startswith("="):
        raise CodeTableError(where, "编码是公式或日期", "请改为文本格式的编码")
    if _NUMBER_LOST.fullmatch(code):
        fault = f"编码“{code}”是小数或科学计数法，位数可能已丢失"
        raise CodeTableError(where, fault, "请把编码列设为文本格式，重新填写编码")
    if not code:
        raise CodeTableError(where, "有名称没有编码", "请补上编码，或删去该行")
    if not well_formed(scheme, code):
        fault = f"编码“{code}”不是{scheme.chinese}科目（应为{SHAPE_TEXT[scheme]}）"
        raise CodeTableError(where, fault, "请更正编码，或换用对应的科目表")


def _refuse_name(sheet: Sheet, header: Header, row: int, name: str) -> None:
    where = sheet.where(row, header.name)
    if not name:
        raise CodeTableError(where, "有编码没有名称", "请补上科目名称")
    if name[0] in "=+-@" or not name.isprintable() or len(name) > NAME_LENGTH_MAX:
        fault = f"科目名称是公式、含有控制字符，或超过{NAME_LENGTH_MAX}个字"
        raise CodeTableError(where, fault, "请改为普通文字")
    if not any("\N{CJK UNIFIED IDEOGRAPH-4E00}" <= char <= "\u9fff" for char in name):
        raise CodeTableError(where, f"科目名称“{name}”没有汉字", "请核对名称列")


def _parent(sheet: Sheet, row: int, code: str, found: dict[str, tuple[int, str]]) -> str | None:
    """Name the code above; one that is missing means that a row of the table was lost."""
    if not code.isdecimal() or len(code) == _PART_WIDTHS[0]:
        return None
    parent = path(code)[-2]
    if parent not in found:
        fault = f"编码{code}的上级科目{parent}不在表中"
        raise CodeTableError(sheet.where(row), fault, "请补上该行后再导入")
    return parent
