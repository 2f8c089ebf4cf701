"""HTML to a grid: tables as a browser lays them out, and the text between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from yusuan.importers.readers import limits
from yusuan.importers.readers.charset import decode
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

#: What no browser shows as text.
_UNSEEN = frozenset(
    {"head", "script", "style", "template", "noscript", "title", "object", "svg", "select"}
)
#: Elements that begin and end a line; any other stands within one.
_BREAKING = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("details", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "summary", "ul"),
    }
)
_CELLS = frozenset({"td", "th"})


def read(data: bytes, file: str) -> Grid:
    """Read HTML bytes; a cell knows its table, row and column, running text its line.

    A merged cell stands in its first place, the others are blank. A row that holds other tables
    only lays them out, and gives way to them. Raises ReadError where the encoding is in doubt,
    nothing is there, or a limit is passed.
    """
    text, encoding = decode(data, file)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.LxmlError:
        root = None
    if root is None:
        raise ReadError(file, "不是完好的网页，请用浏览器打开后另存为网页")
    if any("depth" in each.message for each in parser.error_log):
        raise ReadError(file, "网页的嵌套太深，请复制其中的表格另存为 xlsx")
    return build(file, data, encoding, _Page(file).flow(root))


class _Page:
    """Walks one page; knows how many tables it has come by."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tables = 0

    def flow(self, element: Element) -> Iterator[GridRow]:
        """Give what stands in an element, in its order: lines of text and the rows of tables."""
        line: list[str] = []
        for part in _parts(element):
            if isinstance(part, str):
                line.append(part)
                continue
            yield from self._line(line, part)
            line = []
            if part.tag == "table":
                yield from self._table(part)
        yield from self._line(line, element)

    def _line(self, texts: list[str], near: Element) -> Iterator[GridRow]:
        text = " ".join("".join(texts).split())
        if text:
            where = Where(file=self.file, line=near.sourceline)
            yield GridRow((GridCell(text, where),), free=True)

    def _table(self, table: Element) -> Iterator[GridRow]:
        self.tables += 1
        number = self.tables
        #: Columns that a cell of a row above still covers: for how many rows more.
        covered: dict[int, int] = {}
        for at, row in enumerate(_rows(table), 1):
            cells = [cell for cell in row if cell.tag in _CELLS and not _hidden(cell)]
            if row.tag == "caption" or any(True for cell in cells for _ in cell.iter("table")):
                for cell in [row] if row.tag == "caption" else cells:
                    yield from self.flow(cell)
                continue
            laid = self._lay(cells, covered, Where(file=self.file, table=number, row=at))
            if any(cell.text for cell in laid):
                yield GridRow(tuple(laid))

    def _lay(self, cells: list[Element], covered: dict[int, int], where: Where) -> list[GridCell]:
        """Lay the cells of a row beside what still hangs down from above."""
        texts: dict[int, tuple[str, int]] = {}
        hanging = {column for column, rows in covered.items() if rows}
        column = 1
        for cell in cells:
            while column in hanging:
                column += 1
            span, down = _number(cell, "colspan"), _number(cell, "rowspan", zero=limits.MAX_ROWS)
            if column + span - 1 > limits.MAX_COLUMNS:
                raise ReadError(self.file, f"{where}超过 {limits.MAX_COLUMNS} 列，请拆分后再读")
            texts[column] = (_text(cell), span)
            covered.update(dict.fromkeys(range(column, column + span), down))
            column += span
        width = max([column - 1, *hanging])
        for each in list(covered):
            covered[each] -= 1
            if not covered[each]:
                del covered[each]
        laid = []
        for each in range(1, width + 1):
            text, span = texts.get(each, ("", 1))
            place = Where(file=self.file, table=where.table, row=where.row, column=each)
            laid.append(GridCell(text, place, span))
        return laid


def _parts(element: Element) -> Iterator[str | Element]:
    """Give texts, and the elements between which a line ends; tables are not gone into."""
    if element.text:
        yield element.text
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN or _hidden(child):
            pass
        elif child.tag == "table":
            yield child
        elif child.tag in _BREAKING:
            yield child
            yield from _parts(child)
            yield child
        else:
            yield from _parts(child)
        if child.tail:
            yield child.tail


def _rows(table: Element) -> Iterator[Element]:
    """Give the rows of a table, not of the tables in it; one without `tr` has none."""
    for child in table:
        if _hidden(child):
            continue
        if child.tag in {"tr", "caption"}:
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _text(cell: Element) -> str:
    texts = (part if isinstance(part, str) else " " for part in _parts(cell))
    return " ".join("".join(texts).split())


def _hidden(element: Element) -> bool:
    style = "".join((element.get("style") or "").lower().split())
    return element.get("hidden") is not None or "display:none" in style


def _number(cell: Element, name: str, zero: int = 1) -> int:
    """Give a span; 0 is the rest of the table, and what is no number is one."""
    text = (cell.get(name) or "1").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text[:9]), limits.MAX_ROWS) or zero
