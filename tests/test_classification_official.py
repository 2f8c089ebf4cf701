"""A finance office's own yearly table: read from xlsx or csv, kept in the book, and in force."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from yusuan.importers import codes
from yusuan.importers.codes import COLUMNS_MAX
from yusuan.importers.codes import ROWS_MAX
from yusuan.importers.codes import read_official
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification import Verdict
from yusuan.ledger.classification import code_files
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ON = date(2026, 3, 1)

#: As the ministry prints it: 类, 款, 项 in columns of their own, blanks where merged.
SPLIT: list[list[str | None]] = [
    ["2026年政府收支分类科目"],
    ["科目编码", None, None, "科目名称", "说明"],
    ["类", "款", "项"],
    ["一、一般公共预算"],
    ["201", None, None, "一般公共服务支出", "反映政府提供一般公共服务的支出。"],
    [None, "40", None, "信访事务"],
    [None, None, "01", "　　行政运行"],
    [None, None, "04", "信访业务"],
    ["科目编码", None, None, "科目名称", "说明"],
    ["类", "款", "项"],
    ["224", None, None, "灾害防治及应急管理支出"],
    ["注：本表自2026年1月1日起执行。"],
]

PLAIN: list[list[str | None]] = [
    ["编码", "名称"],
    ["301", "工资福利支出"],
    ["30101", "基本工资"],
    ["30107", "绩效工资（试行）"],
    ["30297", "新增科目"],
    ["302", "商品和服务支出"],
]


def workbook(folder: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    """Write an xlsx of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    file = folder / "科目表.xlsx"
    book.save(file)
    return file


def table_csv(folder: Path, lines: Sequence[Sequence[str | None]], encoding: str = "utf-8") -> Path:
    """Write a csv of these lines."""
    file = folder / "科目表.csv"
    file.write_bytes(
        "\r\n".join(",".join(c or "" for c in line) for line in lines).encode(encoding)
    )
    return file


def keep(book: Path, file: Path, scheme: Scheme, year: int = 2026) -> None:
    """Do what the command does with the proposal: write it into the book."""
    table = read_official(file, scheme, year)
    (book / table.path).parent.mkdir(exist_ok=True)
    (book / table.path).write_text(table.text, encoding="utf-8")


def test_a_printed_table_with_split_columns(tmp_path: Path) -> None:
    table = read_official(workbook(tmp_path, 功能=SPLIT), Scheme.FUNCTIONAL, 2026)
    assert str(table.path) == "codes/functional-2026.csv"
    assert table.text == (
        "code,name,level,parent,valid_from,valid_to,confidence,note\n"
        "201,一般公共服务支出,类,,2026-01-01,2026-12-31,user-certified,\n"
        "20140,信访事务,款,201,2026-01-01,2026-12-31,user-certified,\n"
        "2014001,行政运行,项,20140,2026-01-01,2026-12-31,user-certified,\n"
        "2014004,信访业务,项,20140,2026-01-01,2026-12-31,user-certified,\n"
        "224,灾害防治及应急管理支出,类,,2026-01-01,2026-12-31,user-certified,\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_same_table_as_csv(tmp_path: Path, encoding: str) -> None:
    from_csv = read_official(table_csv(tmp_path, SPLIT, encoding), Scheme.FUNCTIONAL, 2026)
    assert from_csv == read_official(workbook(tmp_path, 功能=SPLIT), Scheme.FUNCTIONAL, 2026)


def test_whole_codes_in_the_level_columns(tmp_path: Path) -> None:
    lines = [
        ["类", "款", "项", "科目名称"],
        ["201", "", "", "一般公共服务支出"],
        ["201", "20140", "", "信访事务"],
        ["201", "20140", "2014001", "行政运行"],
    ]
    table = read_official(table_csv(tmp_path, lines), Scheme.FUNCTIONAL, 2026)
    assert [row.code for row in table.subjects] == ["201", "20140", "2014001"]


def test_whole_numbers_are_codes(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["科目代码", "科目名称"],
        [301, "工资福利支出"],
        [30101, "基本工资"],
    ]
    table = read_official(workbook(tmp_path, 经济=lines), Scheme.ECONOMIC, 2026)
    assert [row.code for row in table.subjects] == ["301", "30101"]


def test_the_sheet_of_the_scheme_is_found(tmp_path: Path) -> None:
    file = workbook(tmp_path, 说明=[["见各表"]], 功能=SPLIT, 经济=PLAIN)
    assert read_official(file, Scheme.ECONOMIC, 2026).subjects[0].code == "301"
    assert read_official(file, Scheme.FUNCTIONAL, 2026, sheet="功能").subjects[0].code == "201"
    with pytest.raises(CodeTableError, match=r"没有工作表“收入”；可选：说明、功能、经济"):
        read_official(file, Scheme.INCOME, 2026, sheet="收入")
    with pytest.raises(CodeTableError, match="有0张工作表含收入分类科目"):
        read_official(file, Scheme.INCOME, 2026)


def test_a_book_without_tables_of_its_own(tmp_path: Path) -> None:
    assert load(tmp_path) is load()


def test_an_imported_year_decides(tmp_path: Path) -> None:
    keep(tmp_path, table_csv(tmp_path, PLAIN), Scheme.ECONOMIC)
    own, supplied = load(tmp_path), load()
    economic = own.economic
    assert economic.verdict("30297", ON) is Verdict.VALID  # new
    assert economic.verdict("30297", date(2025, 3, 1)) is Verdict.UNVERIFIED
    assert economic.verdict("30201", ON) is Verdict.ABSENT  # left out
    assert economic.get("30201", ON) is None
    assert economic.verdict("30201", date(2025, 3, 1)) is Verdict.VALID
    assert economic.verdict("39990", ON) is Verdict.ABSENT
    assert economic.name("30107", ON) == "绩效工资（试行）"
    assert economic.name("30107", date(2027, 1, 1)) == "绩效工资"
    assert own.functional == supplied.functional
    assert [file.name for file in code_files(tmp_path)] == ["economic-2026.csv"]


def test_an_imported_row_keeps_what_it_does_not_say(tmp_path: Path) -> None:
    keep(tmp_path, table_csv(tmp_path, PLAIN), Scheme.ECONOMIC)
    own = load(tmp_path)
    assert own.government_for("30101", ON, "行政") == "50101"
    row = own.economic.get("30101", ON)
    assert row is not None
    assert (row.default_class, row.confidence) == ("人员经费", "user-certified")
    # Under another name the code may mean something else: nothing is carried over.
    assert own.government_for("30107", ON, "事业") is None


def test_importing_verifies_what_was_recalled(tmp_path: Path) -> None:
    uses = [(Scheme.FUNCTIONAL, "2014001", ON), (Scheme.FUNCTIONAL, "2014002", ON)]
    assert [item.code for item in load().unconfirmed(uses)] == ["2014001", "2014002"]
    keep(tmp_path, workbook(tmp_path, 功能=SPLIT), Scheme.FUNCTIONAL)
    own = load(tmp_path)
    assert own.unconfirmed(uses) == []
    assert own.functional.verdict("2014001", ON) is Verdict.VALID
    assert own.functional.verdict("2014002", ON) is Verdict.ABSENT


def test_a_code_added_within_the_year_stands_beside_the_imported_table(tmp_path: Path) -> None:
    keep(tmp_path, workbook(tmp_path, 功能=SPLIT), Scheme.FUNCTIONAL, 2024)
    table = load(tmp_path).functional
    assert table.verdict("22006", date(2024, 3, 28)) is Verdict.ABSENT
    assert table.verdict("22006", date(2024, 3, 29)) is Verdict.VALID
    assert table.verdict("20139", date(2024, 3, 29)) is Verdict.ABSENT  # begins on 1 January


def test_single_rows_leave_the_rest_of_the_year_alone(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "economic.csv").write_text(
        "code,name,valid_from\n30297,新增科目,2026\n", encoding="utf-8"
    )
    economic = load(tmp_path).economic
    assert economic.verdict("30297", ON) is Verdict.VALID
    assert economic.verdict("30201", ON) is Verdict.VALID
    assert economic.verdict("30297", date(2025, 12, 31)) is Verdict.EXPIRED
    (row,) = economic.versions("30297")
    assert (row.level, row.parent, row.confidence) == ("款", "302", "user-certified")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("economy-2026.csv", "code,name\n301,甲\n", "文件名不是科目表的名称"),
        ("economic-2026.csv", "code,name\n", "科目表是空的"),
        ("economic-2026.csv", "", "表头没有code列"),
        ("economic.csv", "编码,名称\n301,甲\n", "表头没有code列"),
        ("economic.csv", "code,name\n301\n", "第2行：有1格，表头有2格"),
        ("economic.csv", 'code,name\n301,"甲\n', "第2行：不是完整的CSV"),
        ("economic.csv", "code,name\n２01,甲\n", "编码“２01”不是以3开头的3或5位数字"),
        ("economic.csv", "code,name\n301,\n", "编码301没有名称"),
        ("economic.csv", "code,name,valid_from\n301,甲,2020年\n", "起止日期“2020年”“”不认识"),
        ("economic.csv", "code,name,valid_from\n301,甲,2020-02-30\n", "不认识"),
        ("economic.csv", "code,name,valid_from,valid_to\n301,甲,2021,2020\n", "晚于终止日期"),
        ("economic.csv", "code,name,confidence\n301,甲,sure\n", "置信度“sure”不认识"),
        ("economic-2026.csv", "code,name,valid_to\n301,甲,2027\n", "起止日期超出2026年"),
    ],
)
def test_a_book_file_that_is_refused(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / name).write_text(text, encoding="utf-8")
    with pytest.raises(CodeTableError) as caught:
        load(tmp_path)
    assert message in str(caught.value)
    assert name in str(caught.value)


def test_a_book_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "economic.csv").write_bytes("code,name\n301,甲\n".encode("gb18030"))
    with pytest.raises(CodeTableError, match="请另存为UTF-8编码的CSV"):
        load(tmp_path)


HEADER = ["科目编码", "科目名称"]
TOP = ["201", "一般公共服务支出"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HEADER, TOP, ["2.01E+04", "政府办公厅"]], "A3：编码“2.01E+04”是小数或科学计数法"),
        ([HEADER, TOP, [20103.5, "政府办公厅"]], "A3：编码“20103.5”是小数或科学计数法"),
        ([HEADER, TOP, ['=A2&"03"', "政府办公厅"]], "A3：编码是公式或日期"),
        ([HEADER, ["201", "=B1"]], "B2：科目名称是公式"),
        ([HEADER, TOP, TOP], "第3行：编码201重复，第2行已有"),
        ([TOP], "没有“科目编码”（或“类、款、项”）和“科目名称”表头"),
        ([HEADER], "表头下面没有科目"),
        ([HEADER, TOP, [None, "政府办公厅"]], "A3：有名称没有编码"),
        ([HEADER, TOP, ["20103", None]], "B3：有编码没有名称"),
        ([HEADER, TOP, ["２０１０３", "政府办公厅"]], "A3：编码“２０１０３”不是支出功能分类科目"),
        ([HEADER, TOP, ["301", "工资福利支出"]], "A3：编码“301”不是支出功能分类科目"),
        ([HEADER, TOP, ["20103O1", "行政运行"]], "A3：编码“20103O1”不是支出功能分类科目"),
        ([HEADER, TOP, ["2010301", "行政运行"]], "第3行：编码2010301的上级科目20103不在表中"),
        ([HEADER, TOP, ["20103", "12345"]], "B3：科目名称“12345”没有汉字"),
        ([HEADER, TOP, ["20103", "甲" * 81]], "超过80个字"),
        ([HEADER, TOP, ["20103", "政\u202e府"]], "控制字符"),
        ([[*HEADER, "政府编码"], TOP], "有2个编码列"),
        ([["类", "款", "名称"], [201, 3, "政府办公厅"]], "B2：款的编码“3”不是2位半角数字"),
        ([["类", "款", "名称"], [None, "03", "政府办公厅"]], "A2：类的编码“”不是3位半角数字"),
        ([["类", "款", "名称"], [None, None, "政府办公厅"]], "A2：有名称没有编码"),
    ],
)
def test_a_table_that_is_refused(tmp_path: Path, lines: list[list[object]], message: str) -> None:
    with pytest.raises(CodeTableError) as caught:
        read_official(workbook(tmp_path, 功能=lines), Scheme.FUNCTIONAL, 2026)
    assert message in str(caught.value)
    assert str(caught.value).startswith("科目表.xlsx“功能”")


@pytest.mark.parametrize("year", [2017, 2100])
def test_a_year_that_is_refused(tmp_path: Path, year: int) -> None:
    with pytest.raises(CodeTableError, match=f"年份{year}不在2018—2099之间"):
        read_official(table_csv(tmp_path, PLAIN), Scheme.ECONOMIC, year)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("表.xls", b"", "不是xlsx或csv文件"),
        ("表.xlsx", b"PK\x03\x04", "不是完好的xlsx文件"),
        ("表.csv", b"\x81\xff\x00", "既不是 UTF-8 也不是 GB18030"),
        ("表.csv", "编码,名称\n301,\0".encode(), "第 2 行有空字符"),
        ("表.csv", '编码,名称\n301,"甲\n'.encode(), "第2行：不是完整的CSV"),
    ],
)
def test_a_file_that_is_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CodeTableError) as caught:
        read_official(tmp_path / name, Scheme.ECONOMIC, 2026)
    assert message in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodeTableError, match="读不出来"):
        read_official(tmp_path / "无.csv", Scheme.ECONOMIC, 2026)


def test_the_dimension_tag_is_not_believed(tmp_path: Path) -> None:
    """A tag that says A1:B2 loses rows without a word in a reader that trusts it."""
    file = workbook(tmp_path, 经济=PLAIN)
    rewritten = tmp_path / "改.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(rewritten, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry.startswith("xl/worksheets/"):
                assert b'ref="A1:B6"' in content
                content = content.replace(b'ref="A1:B6"', b'ref="A1:B2"')
            new.writestr(entry, content)
    assert len(read_official(rewritten, Scheme.ECONOMIC, 2026).subjects) == len(PLAIN) - 1


@pytest.mark.parametrize(("row", "column"), [(ROWS_MAX, 1), (2, COLUMNS_MAX)])
def test_limits(tmp_path: Path, row: int, column: int) -> None:
    """A filled cell at the limit is read; one row or one column further is refused."""
    for further in (0, 1):
        book = Workbook()
        sheet = book.worksheets[0]
        for line in PLAIN:
            sheet.append(line)
        down = row + further if column == 1 else row
        right = column if column == 1 else column + further
        sheet.cell(down, right, value="注：远处的说明")
        file = tmp_path / "远.xlsx"
        book.save(file)
        if further:
            with pytest.raises(CodeTableError, match=f"超过{ROWS_MAX}行、{COLUMNS_MAX}列"):
                read_official(file, Scheme.ECONOMIC, 2026)
        else:
            found = read_official(file, Scheme.ECONOMIC, 2026).subjects
            assert len(found) == len(PLAIN) - 1


@pytest.mark.parametrize("limit", ["FILE_BYTES_MAX", "UNPACKED_BYTES_MAX"])
def test_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(codes, limit, 100)
    with pytest.raises(CodeTableError, match="请只保留科目表"):
        read_official(workbook(tmp_path, 经济=PLAIN), Scheme.ECONOMIC, 2026)


def test_one_cell_at_the_end_of_the_sheet_is_refused_quickly(tmp_path: Path) -> None:
    file = workbook(tmp_path, 经济=PLAIN)
    rewritten = tmp_path / "改.xlsx"
    far = b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData>'
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(rewritten, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry.startswith("xl/worksheets/"):
                content = content.replace(b"</sheetData>", far)
            new.writestr(entry, content)
    with pytest.raises(CodeTableError, match="请只保留科目表"):
        read_official(rewritten, Scheme.ECONOMIC, 2026)


def test_a_csv_too_long(tmp_path: Path) -> None:
    blank: list[list[str | None]] = [[None]] * ROWS_MAX
    lines: list[list[str | None]] = [*PLAIN, *blank, ["399", "其他支出"]]
    with pytest.raises(CodeTableError, match="请只保留科目表"):
        read_official(table_csv(tmp_path, lines), Scheme.ECONOMIC, 2026)


def test_a_sheet_with_two_code_columns_is_chosen_by_name_only(tmp_path: Path) -> None:
    pairs = [["部门科目编码", "政府科目编码", "科目名称"], ["301", "501", "工资福利支出"]]
    file = workbook(tmp_path, 对照=pairs, 经济=PLAIN)
    assert read_official(file, Scheme.ECONOMIC, 2026).subjects[0].name == "工资福利支出"
    with pytest.raises(CodeTableError, match="第1行：有2个编码列"):
        read_official(file, Scheme.ECONOMIC, 2026, sheet="对照")


def test_what_is_no_text_is_no_code(tmp_path: Path) -> None:
    lines: list[list[object]] = [["编码", "名称"], [date(2026, 1, 1), "工资福利支出"]]
    with pytest.raises(CodeTableError, match="A2：编码是公式或日期"):
        read_official(workbook(tmp_path, 经济=lines), Scheme.ECONOMIC, 2026)


def test_hidden_sheets_do_not_count(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["编码", "名称"])
    book.worksheets[0].append(["301", "工资福利支出"])
    hidden = book.create_sheet("旧表")
    hidden.append(["编码", "名称"])
    hidden.append(["302", "商品和服务支出"])
    hidden.sheet_state = "hidden"
    file = tmp_path / "表.xlsx"
    book.save(file)
    (row,) = read_official(file, Scheme.ECONOMIC, 2026).subjects
    assert row.code == "301"
