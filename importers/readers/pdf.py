"""PDF with a text layer to a grid: ruled tables cell by cell, all other text as running lines."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING
from typing import Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from yusuan.importers.readers import paragraphs
from yusuan.importers.readers import ruled
from yusuan.importers.readers import turned
from yusuan.importers.readers import unruled
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.importers.readers.printed import Line
from yusuan.importers.readers.progress import tell
from yusuan.importers.readers.wrapped import Rule
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfplumber.page import Page

    from yusuan.importers.readers.ruled import RuledRow

#: Pages of a document; a published budget has some dozens.
_MAX_PAGES: Final = 500

#: A page with fewer characters than this and a picture over half of it is a scan.
_FEW: Final = 20

#: Beyond this share of characters without a meaning, the text layer is worth nothing.
_MOST_UNKNOWN: Final = 0.02

_DAMAGED = "不是完好的 PDF 文件，请重新下载，或用阅读器打开后另存"

logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on fonts help nobody here


def read(data: bytes, file: str) -> Grid:
    """Read PDF bytes; each cell knows its page, its row on the page and its column.

    Raises ReadError where the file is encrypted, damaged, or a scan without text.
    """
    try:
        pages = _pages(data, file)
    except ReadError:
        raise
    except PdfminerException as error:
        if any(isinstance(each, PDFPasswordIncorrect) for each in error.args):
            raise ReadError(file, "PDF 有密码保护，请解除密码后再读") from None
        raise ReadError(file, _DAMAGED) from None
    except Exception:  # noqa: BLE001 - pdfminer lets whatever a damaged file causes come through
        raise ReadError(file, _DAMAGED) from None
    if not pages:
        raise ReadError(file, _DAMAGED)
    _refuse_scan(pages, file)
    heads = paragraphs.running_heads(
        [page.lines for page in pages], [page.height for page in pages]
    )
    return build(file, data, "pdf", _rows(pages, heads, file))


def _pages(data: bytes, file: str) -> list[_Page]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > _MAX_PAGES:
            raise ReadError(file, f"超过 {_MAX_PAGES} 页，请拆分后再读")
        pages = []
        for page in document.pages:
            pages.append(_Page(turned.upright(page), file))
            tell("页", len(pages))
        return pages


class _Page:
    """What is kept of one page; pdfplumber's own page is let go, for it is large."""

    def __init__(self, page: Page, file: str) -> None:
        clean = ruled.unshaded(
            page
        ).dedupe_chars()  # bold is often the same character printed twice
        chars = clean.chars
        self.number = page.page_number
        self.height: float = page.height
        self.width: float = page.width
        self.scan = len(chars) < _FEW and _pictured(page)
        self.unknown = sum(char["text"].startswith("(cid:") for char in chars)
        self.size = len(chars)
        if self.size > ruled.MOST_CHARS:
            raise ReadError(file, f"第 {self.number} 页的文字过多，请拆分后再读")
        self.rows: list[RuledRow] = ruled.rows(clean)
        self.lines: list[Line] = paragraphs.lines(clean, self.rows)
        self.rules = [
            Rule((edge["top"] + edge["bottom"]) / 2, edge["x0"], edge["x1"])
            for edge in clean.edges
            if edge["orientation"] == "h"
        ]
        page.close()


def _pictured(page: Page) -> bool:
    covered = sum((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images)
    return bool(covered > page.width * page.height / 2)


def _refuse_scan(pages: list[_Page], file: str) -> None:
    scans = [page.number for page in pages if page.scan]
    if not any(page.size for page in pages) or len(scans) * 2 > len(pages):
        why = "是扫描件或图片，没有文字层，请索取电子版，或先做文字识别（OCR）并人工核对后再读"
        raise ReadError(file, why)
    if scans:
        named = "、".join(str(number) for number in scans)
        raise ReadError(file, f"第 {named} 页是扫描的图片，没有文字层，请换用电子版，或删去这些页")
    unknown = sum(page.unknown for page in pages)
    if unknown > _MOST_UNKNOWN * sum(page.size for page in pages):
        raise ReadError(file, "文字层是乱码（字体没有编码对照），请向发布单位索取其他格式")


def _rows(pages: list[_Page], heads: frozenset[str], file: str) -> Iterator[GridRow]:
    """Give table rows and paragraphs from the top of each page to its end."""
    waiting: list[tuple[Line, Where]] = []  # the lines of a paragraph that may go on
    texts = [
        [line for line in page.lines if not paragraphs.is_margin(line, page.height, heads)]
        for page in pages
    ]
    found = unruled.find(texts, [page.rules for page in pages])
    for page, lines, tables in zip(pages, texts, found, strict=True):
        kept = [line for at, line in enumerate(lines) if at not in tables.lines]
        margins = paragraphs.margins(kept)
        parts: list[tuple[float, Line | RuledRow]] = [(line.top, line) for line in kept]
        parts += [(row.top, row) for row in [*page.rows, *tables.rows]]
        for number, (_, part) in enumerate(sorted(parts, key=lambda pair: pair[0]), 1):
            where = Where(file=file, page=page.number, row=number)
            if isinstance(part, Line):
                if waiting and not paragraphs.goes_on(waiting[-1][0], part, margins, page.width):
                    yield _free(waiting)
                    waiting = []
                waiting.append((part, where))
            else:
                if waiting:
                    yield _free(waiting)
                    waiting = []
                yield _ruled(part, where)
    if waiting:
        yield _free(waiting)


def _free(parts: list[tuple[Line, Where]]) -> GridRow:
    """Join the lines of a paragraph; a line of texts far apart keeps them as cells."""
    (first, where), *rest = parts
    texts = ["".join(line.text for line, _ in parts)] if rest else list(first.texts)
    return GridRow(tuple(GridCell(text, where) for text in texts), free=True)


def _ruled(row: RuledRow, where: Where) -> GridRow:
    return GridRow(
        tuple(
            GridCell(
                text, Where(file=where.file, page=where.page, row=where.row, column=column), span
            )
            for column, (text, span) in enumerate(row.cells, 1)
        )
    )
