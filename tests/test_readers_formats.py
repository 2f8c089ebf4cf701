"""One budget, every format: whatever file it comes in, its tables are the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import openpyxl
import pytest
from tests import pdfs
from tests import rendered

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from playwright.sync_api import Browser

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row


@pytest.fixture(scope="module")
def source(root: Path) -> Path:
    return root / "examples" / "songjiang-xinfang-2020" / "source" / "部门预算2020.csv"


@pytest.fixture(scope="module")
def files(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in every format that we can write ourselves."""
    folder = tmp_path_factory.mktemp("formats")
    yuan = [row.texts for row in read(source).rows]
    for measure, rows in (("元", yuan), ("万元", rendered.in_wan(yuan))):
        for ending, written in rendered.WRITERS.items():
            (folder / f"{measure}.{ending}").write_bytes(written(rows))
    return folder


def figures(row: Row) -> list[tuple[str, Decimal | None]]:
    return [(key, cell.amount) for key, cell in row.amounts.items()]


def contents(document: Document) -> list[Any]:
    """Everything of the tables and projects but where it stands and how it is printed."""
    rows = [
        (
            table.id,
            table.title,
            [(row.side, row.code, row.name, row.level, figures(row)) for row in table.rows],
        )
        for table in document.tables
    ]
    projects = [
        (each.name, each.total and each.total.amount, [part.name for part in each.components])
        for each in document.projects
    ]
    return [document.unit, document.year, document.kind, rows, projects]


def same(path: Path, source: Path, measure: str) -> None:
    document = recognise(read(path))
    assert contents(document) == contents(recognise(read(source)))
    assert document.findings == ()
    assert {table.measure for table in document.tables if table.id != "T9"} == {measure}


@pytest.mark.parametrize("measure", ["元", "万元"])
@pytest.mark.parametrize("ending", list(rendered.WRITERS))
def test_the_example_is_the_same_in_every_format(
    files: Path, source: Path, ending: str, measure: str
) -> None:
    same(files / f"{measure}.{ending}", source, measure)


@pytest.mark.parametrize("measure", ["元", "万元"])
@pytest.mark.parametrize(
    ("ending", "also"), [("xls", "et"), ("doc", "wps")], ids=["xls and et", "doc and wps"]
)
def test_the_example_is_the_same_in_the_formats_that_libreoffice_writes(
    files: Path, source: Path, ending: str, also: str, measure: str
) -> None:
    made = rendered.convert(files, measure, ending)
    same(made, source, measure)
    if measure == "元":  # LibreOffice takes its time: once is enough
        same(made.rename(made.with_suffix(f".{also}")), source, measure)


@pytest.mark.parametrize("measure", ["元", "万元"])
@pytest.mark.parametrize("lines", list(rendered.LINES))
def test_the_example_is_the_same_when_it_is_printed(
    browser: Browser, tmp_path: Path, source: Path, lines: str, measure: str
) -> None:
    """All tables and all project forms, whatever lines are drawn around their cells."""
    yuan = [row.texts for row in read(source).rows]
    rows = yuan if measure == "元" else rendered.in_wan(yuan)
    made = tmp_path / "a.pdf"
    made.write_bytes(pdfs.render(browser, rendered.as_print(rows, lines), "部门预算公开"))
    same(made, source, measure)


def test_a_cell_knows_its_table(files: Path) -> None:
    grid = read(files / "元.docx")
    row = next(row for row in grid.rows if row.texts[0] == "收入总计")
    assert str(row.where) == "第 1 个表格第 10 行第 1 列"
    assert (grid.file, grid.encoding, len(grid.sha256)) == ("元.docx", "docx", 64)


def test_an_xls_reads_as_the_xlsx_that_it_was_made_of(tmp_path: Path) -> None:
    """Numbers, dates, words of truth, errors, formulas and hidden sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([1234567.8, 2010301, "000123", True, date(2020, 6, 5), None, " 一般\n公共 "])
    sheet.append(["=A1+0.05", "=1/0", "=TRUE()", '="甲"'])
    book.create_sheet("隐藏").append(["9.99"])
    book["隐藏"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    grid = read(rendered.convert(tmp_path, "a", "xls"))
    assert [row.texts for row in grid.rows] == [
        ["1234567.8", "2010301", "000123", "是", "2020-06-05", "", "一般 公共"],
        ["1234567.85", "#DIV/0!", "是", "甲", "", "", ""],
    ]
    assert str(grid.rows[1].cells[0].where) == "工作表“Sheet”第 2 行第 1 列"
    assert grid.hidden == ("隐藏",)
