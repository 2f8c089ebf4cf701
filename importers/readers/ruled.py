"""The ruled tables of a PDF page: rows of cells by the lines drawn around them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page
    from pdfplumber.table import Table

#: Characters of one page: far more than can be read on one.
MOST_CHARS: Final = 50_000

#: A whole amount as printed: where two stand in one cell, the line between the rows is missing.
_AMOUNT: Final = re.compile(r"[-−－]?\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?|[-−－]?\d+(?:\.\d{1,2})?")

#: Ideographs that some programs write as radicals or as compatibility forms: they look the same.
_FORMS: Final = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")

#: Radicals of simplified forms, which Unicode does not call the same as their ideographs.
_RADICALS: Final = str.maketrans(
    "\u2e9f\u2ea0\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb"
    "\u2edc\u2edd\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)

_NARROW: Final = 3.0


class RuledRow(NamedTuple):
    """One row: its top on the page, and each cell's text and the columns it covers (0: covered)."""

    top: float
    cells: tuple[tuple[str, int], ...]
    box: tuple[float, float, float, float]


class _Line(NamedTuple):
    middle: float
    text: str


def plain(text: str) -> str:
    """Write look-alike forms of ideographs as the ideographs that they are."""
    return _FORMS.sub(
        lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(_RADICALS)
    )


def unshaded(page: Page) -> Page:
    """Give a page without the areas of colour on it: shaded rows have no lines around their cells."""
    if not any(_is_shade(rect) for rect in page.rects):
        return page
    return page.filter(lambda each: each["object_type"] != "rect" or not _is_shade(each))


def _is_shade(rect: dict[str, Any]) -> bool:
    thick = min(rect["width"], rect["height"]) > _NARROW
    return thick and not rect["stroke"]


def rows(page: Page) -> list[RuledRow]:
    """Give the rows of all tables of a page, from its top."""
    found: list[RuledRow] = []
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    for table in tables:
        if not any(_inside(table, other) for other in tables if other is not table):
            found += _table(page, _closed(page, table))
    return sorted(found, key=lambda row: row.top)


def _inside(table: Table, other: Table) -> bool:
    """Say whether a table is but some lines within a cell of another one."""
    left, top, right, bottom = table.bbox
    return bool(
        other.bbox[0] - 1 <= left
        and other.bbox[1] - 1 <= top
        and right <= other.bbox[2] + 1
        and bottom <= other.bbox[3] + 1
        and other.bbox != table.bbox
    )


def _closed(page: Page, table: Table) -> Table:
    """Close a table whose outer vertical lines are not drawn, where text stands outside them."""
    left, top, right, bottom = table.bbox
    edges = [
        edge
        for edge in page.edges
        if edge["orientation"] == "h" and top - 1 <= edge["top"] <= bottom + 1
    ]
    ends = [
        (min(left, edge["x0"]), max(right, edge["x1"]))
        for edge in edges
        if edge["x0"] < right and edge["x1"] > left
    ]
    far_left = min((end[0] for end in ends), default=left)
    far_right = max((end[1] for end in ends), default=right)
    if left - far_left < _NARROW and far_right - right < _NARROW:
        return table
    box = (far_left - 1, max(0, top - 1), far_right + 1, min(bottom + 1, page.height))
    box = (max(0, box[0]), box[1], min(box[2], page.width), box[3])
    inside = page.crop(box)
    settings: dict[str, Any] = {"explicit_vertical_lines": [far_left, far_right]}
    again = inside.find_tables(settings)
    return again[0] if len(again) == 1 else table


def _table(page: Page, table: Table) -> list[RuledRow]:
    starts = sorted({cell[0] for cell in table.cells})
    found = []
    for row in table.rows:
        boxes = row.cells
        left, top, right, bottom = row.bbox
        chars = [
            char
            for char in page.chars
            if left <= (char["x0"] + char["x1"]) / 2 < right
            and top <= (char["top"] + char["bottom"]) / 2
        ]
        texts = [_lines(chars, box) if box else [] for box in boxes]
        spans = [
            0 if box is None else max(1, sum(box[0] <= start < box[2] - 1 for start in starts))
            for box in boxes
        ]
        for at, cells in _split(top, texts):
            joined = tuple((_join(cell), span) for cell, span in zip(cells, spans, strict=True))
            found.append(RuledRow(at, joined, (left, top, right, bottom)))
    return found


def _lines(chars: Sequence[dict[str, Any]], box: tuple[float, float, float, float]) -> list[_Line]:
    """Give the lines of text whose characters have their middle in a cell."""
    left, top, right, bottom = box
    inside = [
        char
        for char in chars
        if left <= (char["x0"] + char["x1"]) / 2 < right
        and top <= (char["top"] + char["bottom"]) / 2 < bottom
        and char["text"].strip()
    ]
    return [_Line(middle, text) for middle, text, _ in by_lines(inside)]


def by_lines(
    chars: Sequence[dict[str, Any]],
) -> list[tuple[float, str, list[dict[str, Any]]]]:
    """Group characters into lines by their middle; in a line they stand from left to right."""
    groups: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if groups and middle - _middle(groups[-1]) < max(char["size"], groups[-1][0]["size"]) / 2:
            groups[-1].append(char)
        else:
            groups.append([char])
    ordered = [sorted(group, key=lambda char: char["x0"]) for group in groups]
    return [(_middle(group), _text(group), group) for group in ordered]


def _middle(group: list[dict[str, Any]]) -> float:
    middles: list[float] = [(char["top"] + char["bottom"]) / 2 for char in group]
    return sum(middles) / len(middles)


def _text(group: list[dict[str, Any]]) -> str:
    """Write a line; a gap between words of Latin letters or digits is a space."""
    text = ""
    before: dict[str, Any] | None = None
    for char in group:
        if before is not None and char["x0"] - before["x1"] > before["size"] * 0.25:
            text += " "
        text += plain(char["text"])
        before = char
    return text


def _split(top: float, texts: list[list[_Line]]) -> list[tuple[float, list[list[_Line]]]]:
    """Split a row in which a cell holds several whole amounts, one below the other."""
    amounts = [cell for cell in texts if len(cell) > 1 and all(_is_amount(line) for line in cell)]
    if not amounts:
        return [(top, texts)]
    middles = [line.middle for line in max(amounts, key=len)]
    bands: list[list[list[_Line]]] = [[[] for _ in texts] for _ in middles]
    for column, cell in enumerate(texts):
        for line in cell:
            nearest = min(range(len(middles)), key=lambda i: abs(middles[i] - line.middle))
            bands[nearest][column].append(line)
    return [(top + index / 100, band) for index, band in enumerate(bands)]


def _is_amount(line: _Line) -> bool:
    return bool(_AMOUNT.fullmatch(line.text))


def _join(lines: list[_Line]) -> str:
    """Join a wrapped text; only words of Latin letters keep a space between them."""
    text = ""
    for line in lines:
        words = text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii()
        text += (" " if words and line.text[:1].isalpha() else "") + line.text
    return text
