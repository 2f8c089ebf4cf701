"""DOCX to a grid: paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from typing import Final

import docx
from docx.opc.exceptions import OpcError

from yusuan.importers.readers import limits
from yusuan.importers.readers.archive import DAMAGED
from yusuan.importers.readers.archive import refuse_bomb
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.grid import Grid
from yusuan.importers.readers.grid import GridCell
from yusuan.importers.readers.grid import GridRow
from yusuan.importers.readers.grid import build
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX: Final = f"{_W}txbxContent"
#: What was deleted under track changes, moved away, or is a second copy of a drawing.
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_SPACES: Final = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})
_DEEPEST: Final = 200


def read(data: bytes, file: str) -> Grid:
    """Read DOCX bytes; a cell knows its table, row and column, a paragraph its number as a line.

    A merged cell stands in its first place, the others are blank. A row that holds other tables
    gives way to them. Raises ReadError where the file is damaged or a limit is passed.
    """
    try:
        refuse_bomb(data, limits.MAX_UNPACKED_BYTES)
        body = docx.Document(io.BytesIO(data)).element.body
    except OverflowError:
        most = limits.MAX_UNPACKED_BYTES >> 20
        raise ReadError(file, f"展开后超过 {most}MB，请拆分后再读") from None
    except (*DAMAGED, OpcError):
        raise ReadError(file, "不是完好的 docx 文件，请用文字处理软件重新另存") from None
    return build(file, data, "docx", _Pages(file).flow(body))


class _Pages:
    """Walks one document; knows how many tables and paragraphs it has come by."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.tables = 0
        self.paragraphs = 0

    def flow(self, element: Element, depth: int = 0) -> Iterator[GridRow]:
        """Give what stands in an element, in its order: paragraphs and the rows of tables."""
        if depth > _DEEPEST:
            raise ReadError(self.file, "文档的嵌套太深，请把其中的表格另存为 xlsx")
        for child in element:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
                for box in _boxes(child):
                    yield from self.flow(box, depth + 1)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child, depth)
            elif child.tag not in _GONE:
                yield from self.flow(child, depth + 1)  # content controls and the like

    def _paragraph(self, paragraph: Element) -> Iterator[GridRow]:
        self.paragraphs += 1
        text = _text(paragraph)
        if text:
            where = Where(file=self.file, line=self.paragraphs)
            yield GridRow((GridCell(text, where),), free=True)

    def _table(self, table: Element, depth: int) -> Iterator[GridRow]:
        self.tables += 1
        number = self.tables
        for at, row in enumerate(_children(table, f"{_W}tr"), 1):
            cells = list(_children(row, f"{_W}tc"))
            if any(next(cell.iter(f"{_W}tbl"), None) is not None for cell in cells):
                for cell in cells:
                    yield from self.flow(cell, depth + 1)
                continue
            laid: list[GridCell] = []
            self._lay("", _edge(row, "gridBefore"), laid, number, at)
            for cell in cells:
                text = "" if _goes_on(cell) else _text(cell)
                self._lay(text, _width(cell), laid, number, at)
            self._lay("", _edge(row, "gridAfter"), laid, number, at)
            if any(cell.text for cell in laid):
                yield GridRow(tuple(laid))

    def _lay(self, text: str, width: int, laid: list[GridCell], table: int, row: int) -> None:
        """Put a cell over so many columns; only the first shows its text."""
        if len(laid) + width > limits.MAX_COLUMNS:
            why = f"第 {table} 个表格第 {row} 行超过 {limits.MAX_COLUMNS} 列，请拆分后再读"
            raise ReadError(self.file, why)
        for covered in range(width):
            where = Where(file=self.file, table=table, row=row, column=len(laid) + 1)
            laid.append(GridCell("" if covered else text, where, 1 if covered else width))


def _children(element: Element, tag: str) -> Iterator[Element]:
    """Give the children of a kind, through content controls but not through tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag != f"{_W}tbl":
            yield from _children(child, tag)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Give the text boxes that hang on a paragraph."""
    for child in paragraph:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _GONE:
            yield from _boxes(child)


def _text(element: Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    """Give the text under an element; a text box has lines of its own."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag not in _GONE and child.tag != _BOX:
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield " "


def _number(element: Element | None) -> int:
    text = (element.get(f"{_W}val") or "1") if element is not None else "1"
    return int(text[:9]) if text.isascii() and text.isdigit() else 1


def _width(cell: Element) -> int:
    return max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan")))


def _edge(row: Element, name: str) -> int:
    """Give the columns that a row leaves out at one of its ends."""
    found = row.find(f"{_W}trPr/{_W}{name}")
    return _number(found) if found is not None else 0


def _goes_on(cell: Element) -> bool:
    """Say whether a cell only goes on with the one above it."""
    merged = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merged is not None and merged.get(f"{_W}val") != "restart"
