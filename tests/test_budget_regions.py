"""The whole sets of other regions and of final accounts, in every format: all of it is read right.

Each set is laid out in `tests/documents/regions`; beside it stands what must be read of it.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests import laid

from yusuan.importers.budget import recognise
from yusuan.importers.readers import docx
from yusuan.importers.readers import html
from yusuan.importers.readers import txt
from yusuan.importers.readers import xlsx
from yusuan.ledger.tables import json
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from yusuan.ledger.tables.model import Document

FOLDER = Path(__file__).parent / "documents" / "regions"
SETS = sorted(path.stem for path in FOLDER.glob("*.lay"))
READ = {"html": html.read, "xlsx": xlsx.read, "docx": docx.read, "txt": txt.read}


@pytest.mark.parametrize("ending", READ)
@pytest.mark.parametrize("name", SETS)
def test_a_whole_set_is_read(name: str, ending: str) -> None:
    text = (FOLDER / f"{name}.lay").read_text(encoding="utf-8")
    document = recognise(READ[ending](laid.WRITERS[ending](text), f"a.{ending}"))
    assert laid.said(document) == (FOLDER / f"{name}.read").read_text(encoding="utf-8")
    assert verify(document).failed == ()


def settled(prose: str = "", *changes: tuple[str, str]) -> Document:
    """The national form of final accounts, with sentences below its tables."""
    text = (FOLDER / "final.lay").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return recognise(html.read(laid.as_html(f"{text}\n{prose}"), "a.html"))


def test_final_accounts_have_ids_of_their_own() -> None:
    """DESIGN §4: F1–F9 as in HANDBOOK §5.5, in JSON and in messages."""
    shape = json.document(settled())
    tables = shape["tables"]
    assert isinstance(tables, list)
    assert [table["id"] for table in tables if isinstance(table, dict)] == [
        f"F{number}" for number in range(1, 10)
    ]
    wrong = settled("", ("|一、一般公共服务支出|32|850.00|", "|一、一般公共服务支出|32|851.00|"))
    messages = [check.message for check in verify(wrong).failed]
    assert any("F1 一般公共服务支出" in message for message in messages)
    assert not any("T1" in message for message in messages)


SPOKEN = """示例年度“三公”经费财政拨款支出预算为15.00万元，支出决算为9.50万元。其中：公务接待费预算为5.00万元。
2023年度一般公共预算财政拨款支出990.00万元，比2022年度一般公共预算财政拨款支出980.00万元多。
2023年度支出预算900.00万元。"""


def test_what_was_budgeted_and_what_was_of_another_year_is_no_fault() -> None:
    document = settled(SPOKEN)
    assert {figure.key for figure in document.figures} >= {
        *("three_public", "reception", "general_expenditure", "prior_general_expenditure"),
    }
    assert verify(document).failed == ()
    wrong = settled(SPOKEN.replace("为15.00", "为16.00").replace("支出990.00", "支出991.00"))
    assert [check.id for check in verify(wrong).failed] == ["B14", "B14"]


def test_an_amount_where_a_name_belongs_is_not_lost() -> None:
    """A row with one cell too many: what stands under a label is said, and read as no name."""
    document = settled(
        "",
        ("|三、国有资本经营预算财政拨款收入|3|0.00|", "|三、国有资本经营预算财政拨款收入|3||7.00|"),
    )
    assert any("7.00" in finding.message for finding in document.findings)


def test_a_table_that_could_not_be_read_is_compared_with_nothing() -> None:
    document = settled("", ("|项目|行次|金额|项目|行次|金额|", "|甲|乙|丙|丁|戊|己|"))
    assert [finding.rule for finding in document.findings] == ["D03"]
    assert verify(document).failed == ()


def test_a_percent_of_a_workbook_is_read_as_it_shows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(laid.as_xlsx((FOLDER / "odd.lay").read_text("utf-8"))))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == 12.5:
                cell.value, cell.number_format = 0.12504, "0.00%"
    saved = io.BytesIO()
    book.save(saved)
    table = recognise(xlsx.read(saved.getvalue(), "a.xlsx")).table("T5")
    assert table is not None
    assert {str(row.amount("percent")) for row in table.rows} == {"12.50"}
