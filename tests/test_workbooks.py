"""Workbooks: the very digits of every amount, and never a formula."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from tests.books import approved
from tests.books import pay
from tests.books import received
from tests.books import run

from yusuan.ledger.tables.xlsx import workbook

if TYPE_CHECKING:
    from pathlib import Path

BYS = ("function", "economic", "project", "fund", "line")
AMOUNTS = ("approved", "adjusted", "available", "frozen", "committed", "spent")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


@pytest.fixture
def paid(book: Path) -> Path:
    """A book with three payments: within the economic layer, outside it, and of other money."""
    assert pay(received(book)).exit_code == 0
    assert (
        pay(book, date="2020-04-01", line="2020X01", economic="30227", amount="1000").exit_code == 0
    )
    assert (
        pay(book, date="2020-05-06", line="2020X03", economic="30201", amount="0.01").exit_code == 0
    )
    return book


def data(*arguments: str | Path) -> Any:
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path: Path) -> list[tuple[str, str | None, str]]:
    """Give every filled cell as the file has it: its place, its type, its text."""
    with zipfile.ZipFile(path) as archive:
        sheet = ET.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 -- our own file
    found = []
    for cell in sheet.iter(f"{SHEET}c"):
        value = cell.find(f"{SHEET}v")
        assert cell.find(f"{SHEET}f") is None
        if value is not None and value.text is not None:
            found.append((cell.attrib["r"], cell.get("t"), value.text))
    return found


@pytest.mark.parametrize("by", BYS)
def test_a_workbook_has_the_very_digits(paid: Path, tmp_path: Path, by: str) -> None:
    path = tmp_path / "表.xlsx"
    done = run("execution", paid, "--by", by, "--xlsx", path)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, f"已写入 {path}")
    shape = data("execution", paid, "--by", by)
    amounts = [
        row[key]
        for row in [*shape["rows"], shape["total"]]
        for key in (*AMOUNTS, "rate", "spent_outside")
        if row.get(key) is not None
    ]
    numbers = [text for _, kind, text in cells(path) if kind in (None, "n")]
    assert sorted(numbers) == sorted(amounts)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["B4"].value.strip() == shape["rows"][0]["name"]


def test_a_workbook_has_no_formula_and_no_rounded_number(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    rows: list[list[str | Decimal | None]] = [
        ["=1+1", '=HYPERLINK("x")', Decimal("0.10")],
        ["+1", "@甲", Decimal("9999999999999.99")],
        ["-1", "\t=1", Decimal("-12345678901234567.89")],
        ["", "合计", None],
    ]
    path.write_bytes(workbook("=标题", "=注", ["=列", "名称", "金额"], rows, []))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    found = {place: (kind, text) for place, kind, text in cells(path)}
    assert found["C4"] == ("n", "0.10")
    assert found["C5"] == ("n", "9999999999999.99")
    assert "C6" not in found  # more digits than a spreadsheet keeps: text
    assert sheet["C6"].value == "-12345678901234567.89"
