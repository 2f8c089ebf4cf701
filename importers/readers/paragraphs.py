"""The text of a PDF page outside its tables: lines, paragraphs, running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from yusuan.importers.readers import printed
from yusuan.importers.readers.printed import Line
from yusuan.importers.readers.printed import Word
from yusuan.importers.readers.ruled import by_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pdfplumber.page import Page

    from yusuan.importers.readers.ruled import RuledRow

#: Running heads and page numbers stand in this share of the page at its top and its bottom.
_MARGIN: Final = 0.1

#: A full line is longer than this share of the width of the page.
_FULL: Final = 0.6

_PAGE_NUMBER: Final = re.compile(
    r"(?:第\s*)?[-—–－\s]*[\dⅰⅴⅹIVXivx]{1,3}[-—–－\s]*(?:页)?(?:\s*[/／,，]?\s*共?\s*\d+\s*页?)?"
)
_NEW_ITEM: Final = re.compile(
    r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.．、](?!\d)|注[:：]"
)
_CONTENTS: Final = re.compile(r"[.…·．]{3,}\s*\d*$")


def lines(page: Page, rows: Sequence[RuledRow]) -> list[Line]:
    """Give the lines of a page that stand in no row of a table."""
    boxes = [row.box for row in rows]
    outside = [
        char
        for char in page.chars
        if char["text"].strip()
        and not any(
            box[0] <= (char["x0"] + char["x1"]) / 2 < box[2]
            and box[1] <= (char["top"] + char["bottom"]) / 2 < box[3]
            for box in boxes
        )
    ]
    return [_line(chars) for _, _, chars in by_lines(outside)]


def _line(chars: list[dict[str, Any]]) -> Line:
    texts = tuple(by_lines(group)[0][1] for group in printed.cells(chars))
    words = tuple(
        Word(by_lines(group)[0][1], group[0]["x0"], printed.ink_end(group[-1]))
        for group in printed.words(chars)
    )
    top, bottom = min(char["top"] for char in chars), max(char["bottom"] for char in chars)
    size = max(char["size"] for char in chars)
    return Line(texts, chars[0]["x0"], chars[-1]["x1"], top, size, (top + bottom) / 2, words)


def running_heads(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> frozenset[str]:
    """Give the texts that stand in the margins of more than half of the pages."""
    seen: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        seen.update({line.text for line in page if _in_margin(line, height)})
    return frozenset(
        text
        for text, count in seen.items()
        if count > 2 and count * 2 > len(pages)  # noqa: PLR2004 - two may be chance
    )


def is_margin(line: Line, height: float, heads: frozenset[str]) -> bool:
    """Say whether a line is a running head or a page number."""
    if not _in_margin(line, height):
        return False
    return line.text in heads or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def _in_margin(line: Line, height: float) -> bool:
    return line.top < height * _MARGIN or line.top > height * (1 - _MARGIN)


def margins(page: Sequence[Line]) -> tuple[float, float]:
    """Give the left and the right end of the running text of a page."""
    return min((line.left for line in page), default=0), max(
        (line.right for line in page), default=0
    )


def goes_on(line: Line, after: Line, margins: tuple[float, float], width: float) -> bool:
    """Say whether a line is full and the next one is its paragraph's next line."""
    left, right = margins
    full = line.right > right - 1.6 * line.size and line.left < left + 3 * line.size
    full = full and line.right - line.left > _FULL * width  # the only line of a page is not full
    return (
        full
        and after.left < left + 0.8 * after.size
        and abs(line.size - after.size) < 1
        and len(line.texts) == len(after.texts) == 1
        and not _NEW_ITEM.match(after.text)
        and not _CONTENTS.search(line.text)
    )
