"""PDF files with a text layer read to the same tables as the text they were printed from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import pdfs

from yusuan.importers.budget import recognise
from yusuan.importers.readers import pdf
from yusuan.importers.readers import read
from yusuan.importers.readers.errors import ReadError

if TYPE_CHECKING:
    from decimal import Decimal

    from playwright.sync_api import Browser

    from yusuan.ledger.tables.model import Document

#: What is drawn instead of lines around each cell, and how the texts stand in the cells.
UNRULED = {
    "nothing": "td { border: 0 }",
    "lines between rows": "td { border-left: 0; border-right: 0 }",
    "three lines": "td { border: 0 } table { border-top: 2px solid; border-bottom: 2px solid }"
    " td[rowspan] { border-bottom: 1px solid }",
    "shaded rows": "td { border: 0 } tr:nth-child(even) { background: #ddd }",
    "shaded cells": "td { border: 0 } tr:nth-child(odd) td { background: #ddd }",
    "centred": "td { border: 0; text-align: center }",
    "numbers to the right": "td { border: 0; padding: 2px 6px } td + td { text-align: right }"
    ".narrow { text-align: left !important }",
    "from the top": "td { border: 0; vertical-align: top }",
}
EXAMPLE = Path(__file__).parent / "documents" / "rows.txt"


def figures(doc: Document) -> dict[tuple[str, str, str, str, str], Decimal | None]:
    """Every amount of the coded tables by table, level, code or name, and key."""
    return {
        (each.id, row.level, row.code, row.name, key): cell.amount
        for each in doc.tables
        if each.id in pdfs.HEADS
        for row in each.rows
        for key, cell in row.amounts.items()
    }


def printed(browser: Browser, html: str) -> Document:
    return recognise(pdf.read(pdfs.render(browser, html, "示例区财政公开"), "a.pdf"))


@pytest.mark.parametrize("measure", ["元", "万元"])
@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("merged", [True, False])
def test_the_example_reads_the_same_from_a_pdf(
    browser: Browser, measure: str, *, heads: bool, merged: bool
) -> None:
    text = recognise(read(EXAMPLE))
    doc = printed(browser, pdfs.example(text, measure, heads=heads, merged=merged))
    assert figures(doc) == figures(text)
    assert doc.findings == ()
    assert (doc.unit, doc.year) == (text.unit, text.year)
    assert {each.measure for each in doc.tables} == {measure}
    notes = {each.id: each.note for each in text.tables if each.id in pdfs.HEADS}
    assert {each.id: each.note for each in doc.tables} == notes


@pytest.mark.parametrize("style", UNRULED)
@pytest.mark.parametrize(("heads", "merged"), [(True, False), (False, True)])
def test_a_table_is_read_without_lines_between_its_columns(
    browser: Browser, style: str, *, heads: bool, merged: bool
) -> None:
    """An empty table has no row then: nothing shows that its 合计 is one."""
    text = recognise(read(EXAMPLE))
    html = pdfs.example(text, "元", heads=heads, merged=merged)
    doc = printed(browser, f"{html}<style>{UNRULED[style]}</style>")
    assert figures(doc) == {key: value for key, value in figures(text).items() if key[0] != "T7"}
    assert doc.findings == ()


def test_a_cell_knows_its_page_row_and_column(browser: Browser) -> None:
    html = "<p>甲<table border=1><tr><td>乙<td>丙</table><p style='break-before:page'>丁"
    rows = pdf.read(pdfs.render(browser, html), "a.pdf").rows
    places = [(row.free, [(cell.text, str(cell.where)) for cell in row.cells]) for row in rows]
    assert places == [
        (True, [("甲", "第 1 页第 1 行")]),
        (False, [("乙", "第 1 页第 2 行第 1 列"), ("丙", "第 1 页第 2 行第 2 列")]),
        (True, [("丁", "第 2 页第 1 行")]),
    ]


def test_a_merged_cell_covers_its_columns(browser: Browser) -> None:
    html = "<table border=1><tr><td colspan=2>甲<td rowspan=2>乙<tr><td>丙<td>丁</table>"
    rows = pdf.read(pdfs.render(browser, html), "a.pdf").rows
    assert [[(cell.text, cell.span) for cell in row.cells] for row in rows] == [
        [("甲", 2), ("", 0), ("乙", 1)],
        [("丙", 1), ("丁", 1), ("", 0)],
    ]


def test_rows_without_a_line_between_them_are_rows(browser: Browser) -> None:
    html = "<table border=1><tr><td>201<br>202<td>甲<br>乙<td>1,000.00<br>2,000.00</table>"
    rows = pdf.read(pdfs.render(browser, html), "a.pdf").rows
    assert [row.texts for row in rows] == [
        ["201", "甲", "1,000.00"],
        ["202", "乙", "2,000.00"],
    ]


def test_a_wrapped_amount_is_one_amount(browser: Browser) -> None:
    html = "<table border=1><tr><td>甲<td>164,978,<br>640.00</table>"
    rows = pdf.read(pdfs.render(browser, html), "a.pdf").rows
    assert [row.texts for row in rows] == [["甲", "164,978,640.00"]]


def test_a_paragraph_is_one_row_and_page_numbers_are_none(browser: Browser) -> None:
    sentence = "本部门的预算按照规定编制，各项支出都有依据。" * 8
    rows = pdf.read(pdfs.render(browser, f"<p>{sentence}</p>" * 12), "a.pdf").rows
    assert [row.texts for row in rows] == [[sentence]] * 12


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdfs.scan(), "扫描件或图片，没有文字层"),
        (pdfs.encrypted(), "PDF 有密码保护"),
        (pdfs.scan()[:300], "不是完好的 PDF 文件"),
        (b"%PDF-1.7", "不是完好的 PDF 文件"),
        (b"", "不是完好的 PDF 文件"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        pdf.read(data, "a.pdf")
