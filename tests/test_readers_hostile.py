"""Hostile and damaged files: one clear sentence each, within ten seconds, and nothing is written."""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
import zipfile
from time import monotonic
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests import rendered

from yusuan.importers.readers import READERS
from yusuan.importers.readers import read
from yusuan.importers.readers.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 10
SHEET = "xl/worksheets/sheet1.xml"
BODY = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELL = '<c r="A1" t="inlineStr"><is><t>1</t></is></c>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = [["单位：元"], ["类", "名称", "合计"], ["201", "一般", "1.00"]]


def part_of(data: bytes, part: str, content: bytes) -> bytes:
    """Put another content in the place of one part of an office file."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for item in before.infolist():
            after.writestr(item.filename, content if item.filename == part else before.read(item))
    return output.getvalue()


def workbook(rows: str, head: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'{head}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    return part_of(rendered.as_xlsx(ROWS), SHEET, xml.encode())


def letter(body: str, head: str = "") -> bytes:
    xml = f"{head}<w:document {W}><w:body>{body}</w:body></w:document>"
    return part_of(rendered.as_docx(ROWS), BODY, xml.encode())


def formula() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["=1+2"])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def bytes_at_random(beginning: bytes) -> bytes:
    return beginning + random.Random(14).randbytes(50_000)  # noqa: S311 -- no secret


ENTITY = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
DEEP = 20_000

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: workbook(" " * 200_000_000), "展开后超过 128MB"),
    "bomb.docx": (lambda: letter(" " * 200_000_000), "展开后超过 128MB"),
    "paragraphs.docx": (lambda: letter("<w:p/>" * 20_000_000), "读取|不是完好"),
    "cells.xlsx": (lambda: workbook(f"<row>{'<c/>' * 1_500_000}</row>"), "超过|读完|内存"),
    "entity.xlsx": (lambda: workbook(CELL, ENTITY), "不是完好的 xlsx"),
    "entity.docx": (lambda: letter("<w:p/>", ENTITY), "不是完好的 docx"),
    "formula.xlsx": (formula, "公式没有计算结果"),
    "deep.docx": (lambda: letter("<w:sdt>" * DEEP + "</w:sdt>" * DEEP), "嵌套|不是完好|损坏"),
    "deep.html": (lambda: b"<div>" * DEEP + b"1.00", "嵌套太深"),
    "wide.html": (lambda: b"<table><tr><td colspan=999999999>1", "超过 16384 列"),
    "area.html": (
        lambda: b"<table>" + b"<tr><td colspan=16384>1" * 200,
        "超过 2000000 个单元格|读完|内存",
    ),
    "wide.docx": (
        lambda: letter(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>'
        ),
        "超过 16384 列",
    ),
    "nul.html": ("<p>一\0二".encode, "空字符"),
    "mixed.html": (
        lambda: "<p>部门预算<p>".encode() + "预算".encode("gbk"),
        "混有 UTF-8 和 GB18030",
    ),
    "declared.html": (
        "<meta charset=gbk><p>预算".encode,
        "自称编码为 gbk，内容却是 UTF-8",
    ),
    "empty.html": (lambda: b"", "不是完好的网页"),
    "quote.csv": ('一,"二\n三,四\n'.encode, "不是合格的 CSV"),
    "nul.txt": (lambda: b"1\0", "空字符"),
    "empty.xls": (lambda: b"", "不是完好的 xls"),
    "random.xlsx": (lambda: bytes_at_random(b"PK\x03\x04"), "不是完好的 xlsx"),
    "random.docx": (lambda: bytes_at_random(b"PK\x03\x04"), "不是完好的 docx"),
    "random.xls": (lambda: bytes_at_random(OLE + "Workbook".encode("utf-16-le")), "损坏|不是完好"),
    "random.doc": (
        lambda: bytes_at_random(OLE + "WordDocument".encode("utf-16-le")),
        "LibreOffice",
    ),
    "random.et": (lambda: bytes_at_random(OLE), "不是完好的 et"),
    "random.wps": (lambda: bytes_at_random(b"\0"), "不是完好的 wps"),
    "cut.docx": (lambda: rendered.as_docx(ROWS)[:-500], "不是完好的 docx"),
    "cut.xlsx": (lambda: rendered.as_xlsx(ROWS)[:-500], "不是完好的 xlsx"),
    "name\nplugin.xlsx": (lambda: b"PK\x03\x04", "不是完好的 xlsx"),
}


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as refused:
        read(path)
    said = str(refused.value)
    assert said.endswith("。")
    assert said.count("。") == 1
    assert said.isprintable()
    return said


@pytest.mark.parametrize("name", list(HOSTILE), ids=lambda name: name.replace("\n", " "))
def test_a_hostile_file_is_refused_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, expected = HOSTILE[name]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / name
    path.write_bytes(make())
    start = monotonic()
    said = refusal(path)
    assert monotonic() - start < SECONDS
    assert any(each in said for each in expected.split("|")), said
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted([name, "scratch"])
    assert list(scratch.iterdir()) == []


GOOD = {
    "xlsx": rendered.as_xlsx(ROWS),
    "docx": rendered.as_docx(ROWS),
    "html": rendered.as_html(ROWS),
}
BEGINNINGS = {
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
    "xls": OLE + "Workbook".encode("utf-16-le"),
    "html": b"<table><tr><td>",
    "csv": b"",
    "txt": b"",
    "et": OLE,
    "doc": OLE,
    "wps": OLE,
}
FEW = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])


def reads_or_refuses(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with contextlib.suppress(ReadError):
        read(path)


def test_every_format_is_tried_with_bytes_at_random() -> None:
    assert {f".{ending}" for ending in BEGINNINGS} | {".htm", ".pdf"} >= set(READERS)


@pytest.mark.parametrize("ending", list(BEGINNINGS))
@FEW
@given(data=st.binary(max_size=2000))
def test_bytes_at_random_are_read_or_refused(ending: str, tmp_path: Path, data: bytes) -> None:
    reads_or_refuses(tmp_path / f"a.{ending}", BEGINNINGS[ending] + data)


@pytest.mark.parametrize("ending", list(GOOD))
@FEW
@given(where=st.floats(0, 1, exclude_max=True), by=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_read_or_refused(
    ending: str, tmp_path: Path, where: float, by: int, *, cut: bool
) -> None:
    data = bytearray(GOOD[ending])
    at = int(where * len(data))
    data[at] ^= by
    reads_or_refuses(tmp_path / f"a.{ending}", bytes(data[:at] if cut else data))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.xls",
            b"<html><table>",
            "内容是 网页（html），与扩展名不符（不少系统这样导出 .xls），请把扩展名改为 .html",
        ),
        (
            "a.xls",
            GOOD["xlsx"],
            "内容是 xlsx，与扩展名不符（不少系统这样导出 .xls），请把扩展名改为 .xlsx",
        ),
        ("a.xls", "甲\t乙\n".encode(), "内容是 纯文本"),
        ("a.xls", b'<?xml version="1.0"?><Workbook>', "内容是 XML 表格"),
        ("a.xlsx", GOOD["docx"], "请把扩展名改为 .docx"),
        ("a.docx", GOOD["xlsx"], "请把扩展名改为 .xlsx"),
        ("a.doc", b"<html>", "请把扩展名改为 .html"),
        ("a.txt", b"{\\rtf1}", "内容是 RTF"),
        ("a.html", b"MIME-Version: 1.0", "内容是 单个文件的网页（mht）"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ],
)
def test_a_file_under_another_name_is_called_by_its_own(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refusal(tmp_path / name)


def test_a_cell_at_the_far_corner_costs_little(tmp_path: Path) -> None:
    far = f'<row r="1048576">{CELL.replace("A1", "XFD1048576")}</row>'
    (tmp_path / "a.xlsx").write_bytes(workbook(far))
    (row,) = read(tmp_path / "a.xlsx").rows
    assert str(row.filled[0].where) == "工作表“Sheet”第 1048576 行第 16384 列"


def test_what_follows_the_rows_of_a_sheet_costs_little(tmp_path: Path) -> None:
    data = workbook(f"<row>{CELL}</row></sheetData><x>{'<y/>' * 20_000_000}</x><sheetData>")
    (tmp_path / "a.xlsx").write_bytes(data)
    begun = monotonic()
    assert len(read(tmp_path / "a.xlsx").rows) == 1
    assert monotonic() - begun < SECONDS


def test_a_document_that_python_docx_writes_is_no_bomb(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("一")
    document.save(str(tmp_path / "a.docx"))
    assert [row.texts for row in read(tmp_path / "a.docx").rows] == [["一"]]
