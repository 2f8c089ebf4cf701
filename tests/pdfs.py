"""PDF files for the tests: our own example printed by the browser, and files that are refused."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from decimal import Decimal

    from playwright.sync_api import Browser

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table

STYLE = """
@page { size: 297mm 105mm; margin: 15mm }
body { font: 12px sans-serif } h3 { text-align: center; font-size: 16px }
table { border-collapse: collapse; width: 100% }
td { border: 1px solid black; padding: 2px } tr { break-inside: avoid }
.maker { display: flex; justify-content: space-between }
.cell { break-before: page } .narrow { max-width: 6em }
"""
HEADS = {
    "T2": "合计 财政拨款收入 事业收入 上级补助收入 附属单位上缴收入 其他收入",
    "T3": "合计 基本支出 项目支出",
    "T5": "合计 基本支出 项目支出",
    "T6": "合计 基本支出 项目支出",
    "T7": "合计 基本支出 项目支出",
    "T8": "合计 人员经费 公用经费",
}
#: The digits of each part of a code: in a column of its own, or in one for all.
PARTS = {"T8": (3, 2)}


def example(doc: Document, measure: str, *, heads: bool, merged: bool) -> str:
    """Print the coded tables; `heads`: on every page again, `merged`: one column for the code."""
    tables = [each for each in doc.tables if each.id in HEADS]
    texts = [_table(each, measure, doc.unit, heads=heads, merged=merged) for each in tables]
    return f"<style>{STYLE}</style><p>{escape(doc.unit)}</p>{''.join(texts)}"


def _table(table: Table, measure: str, unit: str, *, heads: bool, merged: bool) -> str:
    parts = (7,) if merged else PARTS.get(table.id, (3, 2, 2))
    names = HEADS[table.id].split()
    codes = "".join(f"<td>{part}" for part in "类款项"[: len(parts)])
    tall = "" if merged else " rowspan=2"
    top = (
        f"<tr><td colspan={len(parts) + 1}>项目<td colspan={len(names)}>预算"
        f"<tr><td colspan={len(parts)}>科目编码<td{tall}>科目名称"
        + "".join(f"<td{tall}>{name}" for name in names)
        + ("" if merged else f"<tr>{codes}")
    )
    body = "".join(_row(row, table.columns, parts, measure) for row in table.rows)
    tag = "thead" if heads else "tbody"
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return (
        f"<h3 class=cell>{escape(table.title)}</h3>"
        f"<div class=maker><span>编制部门：{escape(unit)}</span><span>单位：{measure}</span></div>"
        f"<table><{tag}>{top}</{tag}><tbody>{body}</tbody></table>{note}"
    )


def _row(row: Row, columns: tuple[str, ...], parts: tuple[int, ...], measure: str) -> str:
    amounts = "".join(f"<td>{_money(row.amount(key), measure)}" for key in columns)
    if row.level == "合计":
        return f"<tr><td colspan={len(parts) + 1}>合 计{amounts}"
    cells, at = "", 0
    for digits in parts:
        cells += f"<td>{row.code[at : at + digits]}"
        at += digits
    return f"<tr>{cells}<td class=narrow>{escape(row.name)}{amounts}"


def _money(amount: Decimal | None, measure: str) -> str:
    if amount is None:
        return ""
    return f"{amount / 10_000:,f}" if measure == "万元" else f"{amount:,.2f}"


def render(browser: Browser, html: str, head: str = "") -> bytes:
    """Print a page with page numbers below and a running head above."""
    page = browser.new_page()
    try:
        page.set_content("<style>@page { size: A4; margin: 20mm }</style>" + html)
        return page.pdf(
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template=f"<span style='font-size:8px'>{head}</span>",
            footer_template="<span style='font-size:8px' class=pageNumber></span>",
        )
    finally:
        page.close()


def scan() -> bytes:
    """A page that is nothing but a picture."""
    file = io.BytesIO()
    Image.new("RGB", (595, 842), "white").save(file, "PDF")
    return file.getvalue()


def encrypted() -> bytes:
    """The least that a reader takes for an encrypted PDF whose password it does not know."""
    key = "00" * 32
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [] /Count 0 >>",
        f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -1 >>",
    ]
    text, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = "<< /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] /Size 4 >>"
    end = (
        f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(text)}\n%%EOF"
    )
    return (text + end).encode("ascii")
