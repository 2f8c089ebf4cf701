"""What other offices print, in every format: the same figures are read, and nothing is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests import offices
from tests import pdfs
from tests import rendered

from yusuan.importers.budget import recognise
from yusuan.importers.readers import docx
from yusuan.importers.readers import html
from yusuan.importers.readers import pdf
from yusuan.importers.readers import txt
from yusuan.importers.readers import xlsx
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.offices import Office

    from yusuan.importers.readers.grid import Grid
    from yusuan.ledger.tables.model import Document

READ = {"txt": txt.read, "html": html.read, "xlsx": xlsx.read, "docx": docx.read}
KEYS = ("total", "basic", "project")


def right(grid: Grid, units: int = 1) -> Document:
    """Recognise a grid and compare all of its one table with what was printed."""
    document = recognise(grid)
    assert document.findings == ()
    (table,) = document.tables
    assert table.id == "T3"
    rows = [(row.code, row.name, tuple(map(row.amount, KEYS))) for row in table.coded()]
    assert rows == offices.EXPECTED * units
    total = table.total()
    assert total is not None
    assert tuple(map(total.amount, KEYS)) == tuple(each * units for each in offices.TOTAL)
    assert verify(document).failed == ()
    return document


@pytest.mark.parametrize("name", offices.OFFICES)
def test_every_way_of_printing_is_read(name: str) -> None:
    rows = offices.OFFICES[name].rows()
    for ending, reader in READ.items():
        right(reader(rendered.WRITERS[ending](rows), f"a.{ending}"))


@settings(max_examples=40)
@given(
    st.builds(
        offices.Office,
        title=st.sampled_from(offices.TITLES),
        number=st.sampled_from(["", *offices.NUMBERS]),
        measure=st.sampled_from(offices.MEASURES),
        codes=st.sampled_from(offices.CODES),
        parts=st.booleans(),
        names=st.sampled_from(offices.NAMES),
        total=st.sampled_from(offices.TOTALS),
        total_first=st.booleans(),
        indent=st.sampled_from(["", "  ", "　"]),
        blank=st.sampled_from(["", "-", "—"]),
        minus=st.sampled_from(["-{}", "（{}）"]),
        numbered=st.booleans(),
    ),
    st.sampled_from(list(READ)),
)
def test_ways_of_printing_go_together(office: Office, ending: str) -> None:
    right(READ[ending](rendered.WRITERS[ending](office.rows()), f"a.{ending}"))


@pytest.mark.parametrize("lines", list(rendered.LINES))
@pytest.mark.parametrize("name", ["column numbers, codes in three columns", "indent 2", "blank —"])
def test_ways_of_printing_are_read_from_print(browser: Browser, name: str, lines: str) -> None:
    page = rendered.as_print(offices.OFFICES[name].rows(), lines)
    right(pdf.read(pdfs.render(browser, page, "示例"), "a.pdf"))


#: Turned by a quarter on an upright page.
TURNED = """<style>@page { size: 210mm 297mm; margin: 10mm }
body { transform: rotate(90deg); transform-origin: top left; position: absolute; left: 190mm;
width: 250mm }</style>"""


@pytest.mark.parametrize("lines", list(rendered.LINES))
def test_a_turned_page_is_read_as_one_holds_it(browser: Browser, lines: str) -> None:
    page = rendered.as_print(offices.Office(parts=True).rows(), lines)
    right(pdf.read(pdfs.render(browser, page + TURNED), "a.pdf"))


@pytest.mark.parametrize("lines", list(rendered.LINES))
def test_a_continued_table_with_all_its_headings_goes_on(browser: Browser, lines: str) -> None:
    rows = offices.Office(parts=True).rows()
    first, rest = rows[:8], [*rows[3:5], *rows[8:]]
    whole = [*first, [""], ["续表"], *rows[:3], *rest]
    page = rendered.as_print(whole, lines)
    right(pdf.read(pdfs.render(browser, page), "a.pdf"))


TWO = offices.Office(units=("示例局本级", "示例局服务中心"))


def test_two_units_in_columns_of_their_own_are_told_apart() -> None:
    document = right(html.read(rendered.as_html(TWO.rows()), "a.html"), units=2)
    (table,) = document.tables
    assert [(row.code, row.name) for row in table.units] == [
        ("101001", "示例局本级"),
        ("102001", "示例局服务中心"),
    ]


def test_each_code_of_each_unit_is_compared_between_tables() -> None:
    """The same sums in all: only the units show that 500 yuan are in the wrong place."""
    income = replace(
        TWO, title="2024年部门收入预算总表", columns=("合计", "财政拨款收入", "其他收入")
    )
    rows = [*income.rows(), [""], *TWO.rows()]
    document = recognise(html.read(rendered.as_html(rows), "a.html"))
    assert [len(table.units) for table in document.tables] == [2, 2]
    assert verify(document).failed == ()
    moved = {("101001", "2010301"): "900.00", ("101001", "2010302"): "600.00"}
    wrong = [
        [*row[:4], amount, amount, "" if row[3] == "行政运行" else row[6]]
        if (amount := moved.get((row[0], "".join(row[2:3])))) and at < len(income.rows())
        else row
        for at, row in enumerate(rows)
    ]
    failed = verify(recognise(html.read(rendered.as_html(wrong), "a.html"))).failed
    assert "B02" in {check.id for check in failed}
