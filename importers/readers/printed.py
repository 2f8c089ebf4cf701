"""A printed line of a PDF page, and the words that stand apart in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

#: Texts with a gap of so many characters between them are cells of their own.
_CELL_GAP: Final = 3.0

#: Words stand so many characters apart; beside a digit or a Latin letter, less is enough.
_WORD_GAP: Final = 0.3
_NARROW_GAP: Final = 0.25


#: Full-width marks that are blank behind their ink: half a character, and hardly any gap beside a number.
_CLOSING: Final = frozenset("）】》」』、，。；：")
_BLANK: Final = 0.4
_CLOSED_GAP: Final = 0.1

_NUMBER: Final = re.compile(r"[-−－+(（]?[¥￥]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?[)）]?")


def is_number(text: str) -> bool:
    """Say whether a word is a number."""
    return bool(_NUMBER.fullmatch(text))


class Word(NamedTuple):
    """A text without a gap in it, and its ends on the page (points)."""

    text: str
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Give the place halfway between its ends."""
        return (self.left + self.right) / 2


class Line(NamedTuple):
    """One printed line: its cells (mostly one), its ends, its top and the size of its type."""

    texts: tuple[str, ...]
    left: float
    right: float
    top: float
    size: float
    middle: float = 0
    words: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """Give the whole line."""
        return " ".join(self.texts)


def cells(chars: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Cut the characters of a line where a wide gap stands between them."""
    return _cut(chars, lambda _before, _after: _CELL_GAP)


def words(chars: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Cut the characters of a line into words."""
    return _cut(chars, _least_gap)


def ink_end(char: dict[str, Any]) -> float:
    """Give where the ink of a character ends, to the right (points)."""
    end: float = char["x1"]
    return end - _BLANK * char["size"] if char["text"] in _CLOSING else end


def _least_gap(before: str, after: str) -> float:
    if before in _CLOSING and after.isdigit():
        return _CLOSED_GAP
    return _NARROW_GAP if before.isascii() or after.isascii() else _WORD_GAP


def _cut(
    chars: Sequence[dict[str, Any]], least: Callable[[str, str], float]
) -> list[list[dict[str, Any]]]:
    groups = [[chars[0]]]
    for char in chars[1:]:
        before = groups[-1][-1]
        gap = least(before["text"], char["text"]) * before["size"]
        if char["x0"] - before["x1"] > gap:
            groups.append([char])
        else:
            groups[-1].append(char)
    return groups
