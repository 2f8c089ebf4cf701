"""Documents laid out in text as offices lay them out, and made into files of every kind.

A line of cells is `|a|b|`; `<` is merged with the cell to its left, `^` with the one above.
"""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING

import docx
import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable

    from yusuan.ledger.tables.model import Document

#: A line of running text, or the rows of a table.
Block = str | list[list[str]]
#: A cell that is printed: its text, and how many rows and columns it covers.
Spans = dict[tuple[int, int], tuple[str, int, int]]

PAGE = """<style>@page { size: 297mm 210mm; margin: 12mm } body { font: 11px sans-serif }
table { border-collapse: collapse; width: 100% } tr { break-inside: avoid } td { padding: 2px }
td { border: 1px solid black }</style>"""


def blocks(text: str) -> list[Block]:
    """Cut a layout into lines and tables."""
    made: list[Block] = []
    table: list[list[str]] | None = None
    for line in text.splitlines():
        if line.startswith("|"):
            if table is None:
                table = []
                made.append(table)
            table.append([cell.strip(" ") for cell in line[1:].removesuffix("|").split("|")])
        else:
            table = None
            made += [line] if line.strip() else []
    return made


def spans(table: list[list[str]]) -> tuple[Spans, int, int]:
    """Give the cells of a table that are printed, and its size."""
    width = max(map(len, table))
    grid = [[*row, *[""] * width][:width] for row in table]
    found: Spans = {}
    for at, row in enumerate(grid):
        for column, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            right, down = column + 1, at + 1
            while right < width and row[right] == "<":
                right += 1
            while down < len(grid) and grid[down][column] == "^":
                down += 1
            found[at, column] = (text, down - at, right - column)
    return found, len(grid), width


def as_html(text: str) -> bytes:
    parts = [f"<!DOCTYPE html><html><head><meta charset=utf-8>{PAGE}</head><body>"]
    for block in blocks(text):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        found, height, _ = spans(block)
        parts.append("<table>")
        for at in range(height):
            parts.append("<tr>")
            parts += [
                f"<td rowspan={down} colspan={right}>{html.escape(cell)}</td>"
                for (row, _), (cell, down, right) in found.items()
                if row == at
            ]
        parts.append("</table>")
    return "".join(parts).encode()


def as_xlsx(text: str) -> bytes:
    """One sheet; numbers are numbers, and a whole one has lost its decimals."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    top = 1
    for block in blocks(text):
        if isinstance(block, str):
            sheet.cell(top, 1, block)
            top += 1
            continue
        found, height, _ = spans(block)
        for (row, column), (cell, down, right) in found.items():
            number = re.fullmatch(r"-?[\d,]+\.\d+", cell)
            value = float(cell.replace(",", "")) if number else cell or None
            sheet.cell(top + row, 1 + column, value)
            if (down, right) != (1, 1):
                sheet.merge_cells(
                    start_row=top + row,
                    end_row=top + row + down - 1,
                    start_column=1 + column,
                    end_column=column + right,
                )
        top += height
    return _saved(book.save)


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        found, height, width = spans(block)
        table = document.add_table(height, width)
        grid = [row.cells for row in table.rows]
        for (row, column), (cell, down, right) in found.items():
            corner = grid[row][column]
            if (down, right) != (1, 1):
                corner = corner.merge(grid[row + down - 1][column + right - 1])
            corner.text = cell
        document.add_paragraph("")
    return _saved(document.save)


def as_txt(text: str) -> bytes:
    lines: list[str] = []
    for block in blocks(text):
        if isinstance(block, str):
            lines.append(block)
            continue
        lines += ["\t".join("" if cell in {"<", "^"} else cell for cell in row) for row in block]
        lines.append("")
    return "\n".join(lines).encode()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    output = io.BytesIO()
    save(output)
    return output.getvalue()


def said(doc: Document) -> str:
    """Give all that was read, a line a row, without where it stands."""
    lines = [f"{doc.unit} {doc.year} {doc.kind}"]
    for table in doc.tables:
        lines.append(f"{table.id} {table.title} {table.measure}")
        for row in table.rows:
            amounts = "".join(
                f" {key}={'' if cell.amount is None else f'{cell.amount:.2f}'}"
                for key, cell in row.amounts.items()
            )
            labels = (row.side or "", row.level, row.code, row.name, row.key)
            lines.append(f"  {'/'.join(labels)}{amounts}")
    lines += [f"{each.rule} {each.severity.value} {each.message}" for each in doc.findings]
    return "\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[str], bytes]] = {
    "html": as_html,
    "xlsx": as_xlsx,
    "docx": as_docx,
    "txt": as_txt,
}
