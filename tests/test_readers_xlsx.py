"""XLSX to a grid: the exact digits, every visible sheet, and one sentence for what cannot be read."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.importers.budget import recognise
from yusuan.importers.readers import limits
from yusuan.importers.readers import read
from yusuan.importers.readers import xlsx
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.shown import shown
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import yuan

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.readers.grid import Grid


def saved(*sheets: list[list[Any]], hidden: tuple[int, ...] = ()) -> bytes:
    """Save rows as the sheets of a workbook."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if not number else book.create_sheet()
        assert sheet is not None
        sheet.title = f"表{number + 1}"
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if number in hidden else "visible"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change one part of a workbook behind openpyxl's back."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(output, "w") as after:
        for item in before.infolist():
            content = before.read(item)
            if item.filename == part:
                content, count = re.subn(old, new, content)
                assert count == 1
            after.writestr(item, content)
    return output.getvalue()


def texts(data: bytes) -> list[list[str]]:
    return [row.texts for row in xlsx.read(data, "a.xlsx").rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2010301, "2010301"),
        (2010301.0, "2010301"),
        (1234567.8, "1234567.8"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-5.5, "-5.5"),
        (0, "0"),
        (10**15 - 1, "999999999999999"),
        (310000200000000000001, "3.10000200000000000001E+20"),
        (True, "是"),
        (date(2020, 6, 5), "2020-06-05"),
        (datetime(2020, 6, 5, 12, 30), "2020-06-05"),  # noqa: DTZ001 -- a cell has no zone
        (" 一般\n公共 ", "一般 公共"),
    ],
)
def test_a_value_is_the_text_that_it_shows(value: object, text: str) -> None:
    assert shown(value) == text


def test_what_was_saved_is_what_is_read() -> None:
    row = [2010301, 1234567.8, "000123", True, date(2020, 6, 5), None, "一般 公共"]
    expected = ["2010301", "1234567.8", "000123", "是", "2020-06-05", "", "一般 公共"]
    assert texts(saved([row])) == [expected]


@given(st.integers(-(10**13), 10**13))
def test_an_amount_kept_as_a_number_is_exact(fen: int) -> None:
    amount = yuan(f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}")
    assert yuan(shown(fen / 100)) == amount


def test_cells_know_sheet_row_and_column_and_rows_are_rectangular() -> None:
    grid = xlsx.read(saved([["甲"], [], [None, "乙", "丙"]]), "a.xlsx")
    assert [row.texts for row in grid.rows] == [["甲", "", ""], ["", "乙", "丙"]]
    assert str(grid.rows[1].cells[2].where) == "工作表“表1”第 3 行第 3 列"


def test_contacts_are_dropped_from_sheets_as_from_text() -> None:
    assert texts(saved([["单位", "联系人", "金额"], ["甲", "某某", 1]]))[1] == ["甲", "", "1"]


def test_every_visible_sheet_is_read_and_no_hidden_one() -> None:
    data = saved([["甲"]], [["乙"]], [["丙"]], hidden=(1,))
    assert texts(data) == [["甲"], ["丙"]]
    (said,) = (each for each in recognise(xlsx.read(data, "a.xlsx")).findings if each.rule == "D10")
    assert said.message == "1 张隐藏的工作表没有读取：“表2”；需要时请取消隐藏后再读"
    assert said.severity is Severity.INFO


def test_a_formula_counts_as_what_it_was_calculated_to() -> None:
    data = saved([["甲", "=1+2"]])
    with pytest.raises(ReadError, match="工作表“表1”第 1 行第 2 列的公式没有计算结果"):
        xlsx.read(data, "a.xlsx")
    sheet = "xl/worksheets/sheet1.xml"
    calculated = rewritten(data, sheet, rb"<v ?/>|<v></v>", b"<v>3</v>")
    assert texts(calculated) == [["甲", "3"]]


def test_rows_beyond_what_a_sheet_says_of_its_size_are_read() -> None:
    data = saved([["甲"], ["乙"]])
    smaller = rewritten(data, "xl/worksheets/sheet1.xml", b'ref="A1:A2"', b'ref="A1:A1"')
    assert texts(smaller) == [["甲"], ["乙"]]


def test_a_cell_at_the_far_corner_costs_little() -> None:
    data = rewritten(saved([["甲"], ["乙"]]), "xl/worksheets/sheet1.xml", b'r="A2"', b'r="XFD2"')
    grid = xlsx.read(data, "a.xlsx")
    assert str(grid.rows[1].filled[0].where) == "工作表“表1”第 2 行第 16384 列"


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_ROWS", 1, "超过 1 行"),
        ("MAX_COLUMNS", 1, "超过 1 列"),
        ("MAX_CELLS", 3, "超过 3 个单元格"),
        ("MAX_UNPACKED_BYTES", 100, "展开后超过 0MB"),
    ],
)
def test_the_limits_hold(
    limit: str, value: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved([["甲", "乙"], ["丙", "丁"]])
    monkeypatch.setattr(limits, limit, value)
    with pytest.raises(ReadError, match=said):
        xlsx.read(data, "a.xlsx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完好的 xlsx 文件"),
        (saved([["甲"]])[:300], "不是完好的 xlsx 文件"),
        (b"\xd0\xcf\x11\xe0", "内容是 xls 或 doc"),
    ],
)
def test_a_damaged_workbook_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, said: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=said):
        read(path)


def test_a_workbook_is_read_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "A.XLSX"
    path.write_bytes(saved([["甲"]]))
    grid: Grid = read(path)
    assert (grid.file, grid.encoding, len(grid.sha256)) == ("A.XLSX", "xlsx", 64)


def test_a_workbook_with_a_document_type_is_refused() -> None:
    entity = b'<!DOCTYPE w [<!ENTITY a "1">]><worksheet'
    data = rewritten(saved([["甲"]]), "xl/worksheets/sheet1.xml", b"<worksheet", entity)
    with pytest.raises(ReadError, match="不是完好的 xlsx 文件"):
        xlsx.read(data, "a.xlsx")


SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"


def sheet_of(rows: str, strings: str = "") -> bytes:
    """Make a workbook of hand-written rows, with shared strings as spreadsheets keep them."""
    data = saved([["甲", date(2020, 1, 2)]])
    body = f"<sheetData>{rows}</sheetData>".encode()
    data = rewritten(data, SHEET, rb"(?s)<sheetData>.*</sheetData>", body)
    relation = b'<Relationship Id="rId99" Type="x/sharedStrings" Target="strings.xml"/></R'
    data = rewritten(data, "xl/_rels/workbook.xml.rels", rb"</R", relation)
    output = io.BytesIO(data)
    with zipfile.ZipFile(output, "a") as archive:
        archive.writestr("xl/strings.xml", f"<sst>{strings}</sst>")
    return output.getvalue()


def cell(reference: str, value: str = "1") -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f'<row r="1">{cell("A1")}</row><row r="1">{cell("A1")}</row>', "第 1 行的行号重复或倒退"),
        (f'<row r="2">{cell("A2")}</row><row r="1">{cell("A1")}</row>', "第 1 行的行号重复或倒退"),
        (f'<row r="1">{cell("A1")}{cell("A1")}</row>', "第 1 行第 1 列的位置重复或颠倒"),
        (f'<row r="1">{cell("B1")}{cell("A1")}</row>', "第 1 行第 1 列的位置重复或颠倒"),
        (f'<row r="1">{cell("A2")}</row>', "第 1 行第 1 列的位置重复或颠倒"),
    ],
    ids=[
        "a row twice",
        "rows backwards",
        "a cell twice",
        "cells backwards",
        "a cell of another row",
    ],
)
def test_rows_and_cells_that_readers_would_lose_are_refused(rows: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        xlsx.read(sheet_of(rows), "a.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>-1</v></c></row>',
        '<row r="1"><c><v>true</v></c></row>',
        '<row r="1"><c><v>{"a": 1}</v></c></row>',
        '<row r="1"><c><v>1</v></c></rw>',
    ],
    ids=["a row below one", "a text below zero", "a word", "a thing", "tags that do not match"],
)
def test_what_no_spreadsheet_writes_is_damage(rows: str) -> None:
    with pytest.raises(ReadError, match="不是完好的 xlsx 文件"):
        xlsx.read(sheet_of(rows, "<si><t>甲</t></si>"), "a.xlsx")


def test_no_row_stands_beyond_the_last_that_spreadsheets_have() -> None:
    rows = '<row r="1048576"><c><v>1</v></c></row>'
    assert texts(sheet_of(rows)) == [["1"]]
    with pytest.raises(ReadError, match="第 1048576 行之后还有行"):
        xlsx.read(sheet_of(f"{rows}<row><c><v>2</v></c></row>"), "a.xlsx")


def test_rows_and_cells_without_numbers_follow_one_another() -> None:
    rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="3"><c r="C3"><v>3</v></c></row><row><c><v>4</v></c></row>'
    found = xlsx.read(sheet_of(rows), "a.xlsx").rows
    places = [(c.where.row, c.where.column, c.text) for row in found for c in row.filled]
    assert places == [(1, 1, "1"), (1, 2, "2"), (3, 3, "3"), (4, 1, "4")]


def test_a_formula_may_be_calculated_to_no_text() -> None:
    blank = '<row r="1"><c r="A1" t="str"><f>IF(1,"")</f><v></v></c><c r="B1"><v>2</v></c></row>'
    assert texts(sheet_of(blank)) == [["", "2"]]


def test_runs_and_escapes_of_a_shared_text_are_read_and_its_pronunciation_is_not() -> None:
    strings = (
        '<si><r><t>一般</t></r><r><t>公共_x000D_预算</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></si>'
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert texts(sheet_of(rows, strings)) == [["一般公共 预算"]]


@pytest.mark.parametrize("format_id", ["14", "31", "57"])
def test_days_in_the_formats_of_chinese_spreadsheets_are_days(format_id: str) -> None:
    # 31 is yyyy"年"m"月"d"日": files name it and do not define it.
    data = sheet_of('<row r="1"><c r="A1" s="1"><v>43906</v></c></row>')
    named = f'<xf numFmtId="{format_id}"'.encode()
    shown_so = rewritten(data, STYLES, rb'<xf numFmtId="164"', named)
    assert texts(shown_so) == [["2020-03-16"]]


def test_an_error_of_a_formula_is_its_own_text() -> None:
    rows = '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert texts(sheet_of(rows)) == [["#DIV/0!"]]


def test_a_document_type_in_another_encoding_is_refused() -> None:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "1">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'
    data = rewritten(saved([["甲"]]), SHEET, rb"(?s)^.*$", xml.encode("utf-16"))
    with pytest.raises(ReadError, match="不是完好的 xlsx 文件"):
        xlsx.read(data, "a.xlsx")


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**14), 10**14),
                st.decimals("-9999999999.99", "9999999999.99", places=2).map(float),
                st.dates(date(1901, 1, 1), date(2199, 1, 1)),
                st.booleans(),
                st.text("甲乙<&_x41 ", max_size=8),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_sheet_reads_as_what_was_saved(rows: list[list[Any]]) -> None:
    read_ = [row for row in texts(saved(rows)) if any(row)]
    width = max((len(row) for row in read_), default=0)
    said = [[shown(value) for value in row] for row in rows]
    wanted = [[*row, *[""] * width][:width] for row in said if any(row)]
    assert read_ == wanted
