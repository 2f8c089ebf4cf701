"""Every kind of execution file as a workbook, old and new, and as a web page: read as from CSV."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import openpyxl
import pytest
from tests import rendered
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.executions import FOLDER
from tests.executions import HEAD
from tests.executions import heard
from tests.executions import row
from tests.executions import rows_of
from tests.executions import shape

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.record import Execution

FILES = sorted(FOLDER.glob("*.csv"))
ENDINGS = ("xlsx", "xls", "html")
Rows = list[list[str]]
#: Columns of numbers that are names: no digit of them may be lost.
NUMBERS = (
    "支付凭证号", "收款人账号", "付款账号", "预算指标", "指标ID", "合同号", "财政区划编码", "项目编码",
    "支付申请编号",
)  # fmt: skip
#: As a spreadsheet would hold it, a number of twenty digits.
ACCOUNT = 31001590000000000001


def cell(text: str) -> Any:
    """Give a text as people have it in a workbook: days, amounts and short codes are numbers."""
    bare = text.replace(",", "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if re.fullmatch(r"-?\d+\.\d\d", bare):
        return Decimal(bare)
    return int(text) if re.fullmatch(r"[1-9]\d{4,6}", text) else text or None


def workbook(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for each in rows:
        sheet.append(each)
    book.save(path)
    return path


def page(path: Path, rows: Rows) -> Path:
    lines = ("".join(f"<td>{html.escape(text)}</td>" for text in each) for each in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    path.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every golden file as a workbook and as a web page."""
    made = tmp_path_factory.mktemp("files")
    for path in FILES:
        rows = rows_of(path)
        workbook(made / f"{path.stem}.xlsx", [[cell(text) for text in each] for each in rows])
        page(made / f"{path.stem}.html", rows)
    return made


@pytest.fixture(scope="module")
def old(folder: Path) -> dict[str, Path]:
    """The workbooks as spreadsheets saved them twenty years ago."""
    return rendered.convert_all(folder, [path.stem for path in FILES], "xls")


def said(found: Execution) -> dict[str, Any]:
    """Give what a file says, without the places."""
    records = [{k: v for k, v in each.items() if k != "where"} for each in shape(found)["records"]]
    return {"kind": found.kind, "records": records, "controls": len(found.controls)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_kind_reads_the_same_in_every_format(
    path: Path, ending: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    if ending == "xls":
        request.getfixturevalue("old")
    found, findings = heard(folder / f"{path.stem}.{ending}")
    assert findings == []
    assert said(found) == said(heard(path)[0])


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_one_format_recorded_is_known_in_another(
    ending: str, folder: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if ending == "xls":
        request.getfixturevalue("old")
    book = approved(tmp_path / "账套")
    assert run("import", FOLDER / "支付凭证.csv", "--book", book, "--yes").exit_code == 0
    before = snapshot(book)
    again = run("import", folder / f"支付凭证.{ending}", "--book", book, "--yes")
    assert (again.exit_code, snapshot(book)) == (0, before), again.output
    assert "账套没有变化" in again.stdout


@pytest.mark.parametrize(
    ("heading", "ending"),
    [*((each, ending) for each in NUMBERS for ending in ("xlsx", "html")), ("收款人账号", "xls")],
)
def test_a_number_that_a_spreadsheet_has_rounded_is_refused(
    heading: str, ending: str, tmp_path: Path
) -> None:
    at = HEAD.index(heading) if heading in HEAD else len(HEAD)
    head, values = [*HEAD[:at], heading, *HEAD[at + 1 :]], [*row()]
    rounded: list[Any] = [*values[:at], ACCOUNT, *values[at + 1 :]]
    if ending == "html":
        texts = [f"{each:.2E}" if each is ACCOUNT else each for each in rounded]
        file = page(tmp_path / "a.html", [head, texts])
    else:
        # A second account column, in order, beside the one that is not.
        file = workbook(tmp_path / "a.xlsx", [[*head, "卡号"], [*rounded, "6222"]])
    if ending == "xls":
        file = rendered.convert(tmp_path, "a", "xls")
    _, findings = heard(file)
    assert len(findings) == 1
    assert "已被表格软件改成科学计数法，请把该列设为文本后重新导出" in findings[0].message
