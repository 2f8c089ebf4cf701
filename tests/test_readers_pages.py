"""HTML, XLS and DOCX to grids: merged cells, tables that lay out tables, and text between them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml import parse_xml

from yusuan.importers.readers import docx as docx_reader
from yusuan.importers.readers import html
from yusuan.importers.readers.charset import decode
from yusuan.importers.readers.errors import ReadError

if TYPE_CHECKING:
    from docx.document import Document

    from yusuan.importers.readers.grid import Grid

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def page(text: str) -> list[tuple[bool, list[str]]]:
    return rows(html.read(text.encode(), "a.html"))


def rows(grid: Grid) -> list[tuple[bool, list[str]]]:
    return [(row.free, row.texts) for row in grid.rows]


def letter(document: Document) -> Grid:
    output = io.BytesIO()
    document.save(output)
    return docx_reader.read(output.getvalue(), "a.docx")


def test_text_between_tables_is_free_and_entities_are_characters() -> None:
    text = (
        "<h1>部门<b>预算</b></h1>单位：元<br>一&amp;二<table><tr><th>甲&nbsp;<td>&#49;.00</table>末"
    )
    assert page(text) == [
        (True, ["部门预算"]),
        (True, ["单位：元"]),
        (True, ["一&二"]),
        (False, ["甲", "1.00"]),
        (True, ["末"]),
    ]


def test_a_merged_cell_stands_in_its_first_place() -> None:
    text = """<table><tr><td rowspan=2>名称<td colspan=2>支出<tr><td>基本<td>项目
        <tr><td>行政<td>1.00<td>2.00</table>"""
    assert page(text) == [
        (False, ["名称", "支出", ""]),
        (False, ["", "基本", "项目"]),
        (False, ["行政", "1.00", "2.00"]),
    ]
    grid = html.read(text.encode(), "a.html")
    assert [cell.span for cell in grid.rows[0].cells] == [1, 2, 1]
    assert str(grid.rows[1].cells[2].where) == "第 1 个表格第 2 行第 3 列"


def test_a_rowspan_of_zero_goes_on_to_the_end_and_nonsense_is_one() -> None:
    text = "<table><tr><td rowspan=0>甲<td colspan=x>1<tr><td>2<tr><td>3</table>"
    assert [texts for _, texts in page(text)] == [["甲", "1"], ["", "2"], ["", "3"]]


def test_a_table_that_lays_out_others_gives_way_to_them() -> None:
    text = """<table><tr><td>菜单<td><p>标题</p><table><tr><td>甲<td>1.00</table>
        <tr><td>一<td>二</table>"""
    assert page(text) == [
        (True, ["菜单"]),
        (True, ["标题"]),
        (False, ["甲", "1.00"]),
        (False, ["一", "二"]),
    ]


def test_what_nobody_sees_is_not_read() -> None:
    text = """<title>题</title><script>1.00</script><!-- 2.00 --><p style="display: none">3.00</p>
        <table><tr hidden><td>4.00<tr><td>甲<td>5.00</table>"""
    assert page(text) == [(False, ["甲", "5.00"])]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("<p>预算".encode(), "utf-8"),
        ("<p>预算".encode("gb18030"), "gb18030"),
        ("<meta charset='utf-8'><p>预算".encode(), "utf-8"),
        ("<meta content='text/html; charset=GB2312'><p>预算".encode("gbk"), "gb18030"),
        ("<meta charset=gbk><p>预算".encode("utf-16"), "utf-16"),
        (b"<meta charset=big5><p>1.00", "utf-8"),
    ],
)
def test_a_page_is_in_the_encoding_that_it_declares(data: bytes, found: str) -> None:
    assert decode(data, "a.html")[1] == found


def test_a_page_that_declares_another_encoding_is_refused() -> None:
    with pytest.raises(ReadError, match="自称编码为 utf-8，内容却是 GB18030"):
        decode("<meta charset=utf-8><p>部门预算".encode("gbk"), "a.html")


def test_paragraphs_and_tables_stand_in_the_order_of_the_document() -> None:
    document = docx.Document()
    document.add_paragraph("一")
    table = document.add_table(3, 3)
    for row, texts in zip(
        table.rows, ("名称 支出 x", "x 基本 项目", "行政 1.00 2.00"), strict=True
    ):
        for cell, text in zip(row.cells, texts.split(), strict=True):
            cell.text = text.replace("x", "")
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("二")
    grid = letter(document)
    assert rows(grid) == [
        (True, ["一"]),
        (False, ["名称", "支出", ""]),
        (False, ["", "基本", "项目"]),
        (False, ["行政", "1.00", "2.00"]),
        (True, ["二"]),
    ]
    assert str(grid.rows[2].cells[2].where) == "第 1 个表格第 2 行第 3 列"
    assert [cell.span for cell in grid.rows[1].cells] == [1, 2, 1]


def test_what_was_deleted_is_gone_and_what_was_inserted_is_there() -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W}><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>新</w:t><w:tab/><w:t>1.00</w:t></w:r></w:ins></w:p>"
        ),
    )
    assert rows(letter(document)) == [(True, ["新 1.00"])]


def test_a_table_in_a_cell_and_in_a_content_control_is_read() -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "左"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "1.00"
    control = parse_xml(
        f"<w:sdt {W}><w:sdtContent><w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        "<w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:sdtContent></w:sdt>"
    )
    document.element.body.insert(1, control)
    assert rows(letter(document)) == [(True, ["左"]), (False, ["甲", "1.00"]), (False, ["", "乙"])]
