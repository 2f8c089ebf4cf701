"""Our own example budget rendered in every format, in 元 and in 万元; nothing of it is kept."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

Rows = list[list[str]]

AMOUNT = re.compile(r"[\d,]+\.\d\d")
#: What LibreOffice makes of what we can write ourselves: the ending, its filter, and from what.
CONVERTED = {"xls": ("MS Excel 97", "xlsx"), "doc": ("MS Word 97", "docx")}


def in_wan(rows: Rows) -> Rows:
    """Print the tables in 元 in 万元, exactly; a project form names its measure in its labels."""
    changed, measure = [], ""
    for row in rows:
        line = "".join(row)
        if "单位：" in line:
            measure = line[-2:]
        elif "申报表" in line:
            measure = ""
        changed.append([_wan(text) for text in row] if measure == "：元" else row)
    return changed


def _wan(text: str) -> str:
    if text == "单位：元":
        return "单位：万元"
    if not AMOUNT.fullmatch(text):
        return text
    return f"{Decimal(text.replace(',', '')) / 10_000:,.6f}"


def blocks(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """Cut at blank rows into titles and the tables under them, as wide as their widest row."""
    table: Rows = []
    for row in [*rows, [""]]:
        if sum(map(bool, row)) > 1 or (table and any(row)):
            table.append(row)
        elif any(row):
            yield next(filter(None, row)), []
        elif table:
            width = max(at for each in table for at, text in enumerate(each, 1) if text)
            yield "", [[*each, *[""] * width][:width] for each in table]
            table = []


def spans(row: Sequence[str]) -> list[tuple[str, int]]:
    """Merge the blanks after a header's text into it, as offices print them."""
    if any(any(map(str.isdigit, text)) for text in row):
        return [(text, 1) for text in row]
    merged: list[tuple[str, int]] = []
    for text in row:
        if merged and merged[-1][0] and not text:
            merged[-1] = (merged[-1][0], merged[-1][1] + 1)
        else:
            merged.append((text, 1))
    return merged


def as_txt(rows: Rows) -> bytes:
    return "\n".join("\t".join(row).rstrip() for row in rows).encode("gb18030")


def as_html(rows: Rows) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='gbk'><title>预算</title></head><body>"]
    for title, table in blocks(rows):
        parts.append(f"<p><b>{html.escape(title)}</b></p>" if title else "<div><table border=1>")
        for row in table:
            cells = (
                f"<td colspan={span}><font>{html.escape(text)}</font>&nbsp;"
                for text, span in spans(row)
            )
            parts.append(f"<tr>{''.join(cells)}")
        parts.append("" if title else "</table></div>")
    return "\n".join(parts).encode("gbk", "xmlcharrefreplace")


#: How a page is printed, and which lines are drawn around the cells of its tables.
PAGE = """@page { size: 297mm 210mm; margin: 15mm } body { font: 12px sans-serif }
table { border-collapse: collapse; width: 100% } td { padding: 3px } tr { break-inside: avoid }"""
LINES = {
    "ruled": "td { border: 1px solid black }",
    "rows": "table, td { border: 0 } td { border-top: 1px solid; border-bottom: 1px solid }",
    "open": "table, td { border: 0 !important }",
}


def as_print(rows: Rows, lines: str) -> str:
    """The page of `as_html` as a browser prints it, with the lines of that name."""
    page = as_html(rows).decode("gbk").replace("gbk", "utf-8")
    return f"{page}<style>{PAGE} {LINES[lines]}</style>"


def as_xlsx(rows: Rows) -> bytes:
    """A sheet with numbers as numbers, codes as text, and merged headers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(rows, 1):
        start = 1
        for text, span in spans(row):
            number = re.fullmatch(r"[\d,]+\.\d+", text)
            sheet.cell(at, start, Decimal(text.replace(",", "")) if number else text or None)
            if span > 1:
                sheet.merge_cells(
                    start_row=at, end_row=at, start_column=start, end_column=start + span - 1
                )
            start += span
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def as_docx(rows: Rows) -> bytes:
    document = docx.Document()
    for title, table in blocks(rows):
        if title:
            document.add_paragraph(title)
            continue
        made = document.add_table(len(table), len(table[0]))
        for at, row in enumerate(table):
            cells, start = made.rows[at].cells, 0
            for text, span in spans(row):
                cell = cells[start].merge(cells[start + span - 1]) if span > 1 else cells[start]
                cell.text = text
                start += span
    document.add_paragraph("末")
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "txt": as_txt,
    "html": as_html,
    "xlsx": as_xlsx,
    "docx": as_docx,
}


def convert(folder: Path, name: str, ending: str) -> Path:
    """Convert a file that stands in a folder by LibreOffice; skip where there is none."""
    return convert_all(folder, [name], ending)[name]


def convert_all(folder: Path, names: Sequence[str], ending: str) -> dict[str, Path]:
    """Convert files that stand in a folder, which takes LibreOffice hardly longer than one."""
    program = shutil.which("soffice")
    if program is None:
        _absent("LibreOffice is not on this machine")
    filter_name, source = CONVERTED[ending]
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", f"{ending}:{filter_name}"),
        *("--outdir", str(folder), *(str(folder / f"{name}.{source}") for name in names)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = {name: folder / f"{name}.{ending}" for name in names}
    if not all(path.is_file() for path in made.values()):
        _absent(f"this LibreOffice cannot write {ending}")
    return made


def _absent(why: str) -> None:
    if "CI" in os.environ:
        pytest.fail(why)
    pytest.skip(why)
