"""Headings nobody knows: what they might mean, by words that are alike and by what stands below."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.allotments.columns import columns
from yusuan.importers.allotments.split import whole
from yusuan.importers.allotments.words import plain
from yusuan.importers.budget.words import is_number
from yusuan.importers.budget.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.execution.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import Grid
    from yusuan.importers.readers.grid import GridRow

#: The heading row is among the first; so many rows below it are looked at.
_ABOVE, _BELOW = 50, 30
#: Words less alike than this are not alike; a decision of this project.
_LEAST = 0.6
_MOST_OF = 0.8
_DAY = re.compile(r"20[0-9]{2}[-/.年]?[0-9]{1,2}[-/.月]?[0-9]{1,2}日?")
_MONEY = re.compile(r"-?[0-9][0-9,]*\.[0-9]{2}")
#: What the values of a column look like, and what it then is.
_LOOKS = (
    ("function", re.compile(r"2[0-9]{6}(?:\D.*)?"), "下面都是7位功能分类编码"),
    ("economic", re.compile(r"3[01][0-9]{3}(?:\D.*)?"), "下面都是5位经济分类编码"),
    ("identity", re.compile(r"[0-9]{17}[0-9Xx]"), "下面都像身份证号"),
    ("account", re.compile(r"[0-9]{15,22}"), "下面都像账号"),
    ("day", _DAY, "下面都是日期"),
    ("amount", _MONEY, "下面都是金额"),
)

#: What is told by its values more surely than by its heading.
_TELLING = frozenset({"function", "economic", "identity", "account"})


class Guess(NamedTuple):
    """A heading of a file: the role it is known for, else the one proposed, and why."""

    heading: str
    role: str
    known: bool
    reason: str


def propose(grid: Grid, vocabulary: Vocabulary) -> list[Guess]:
    """Say of each heading of a file what it is, or what it might be; "" where nothing tells."""
    row, at = _heading_row(grid.rows[: _ABOVE + _BELOW], vocabulary)
    below = grid.rows[at + 1 : at + 1 + _BELOW]
    found = columns(row, vocabulary.words)
    taken = {column.role for column in found if column}
    guesses = []
    for place, (cell, column) in enumerate(zip(row.cells, found, strict=True)):
        if not cell.text:
            continue
        if column:
            guesses.append(Guess(cell.text, column.role, known=True, reason=""))
            continue
        seen, shown = _looks(place, below)
        role, reason = _alike(cell.text, vocabulary)
        if not role or seen in _TELLING:
            role, reason = seen or role, shown or reason
        if role and role in taken:
            role, reason = "", f"像是 {role}（{reason}），但另有一列已经是"
        guesses.append(Guess(cell.text, role, known=False, reason=reason))
    return guesses


def toml_of(guesses: Sequence[Guess]) -> str:
    """Write proposals as the `headings.toml` of a book; what nothing tells is left as a comment."""
    lines = ["[headings]"]
    proposed: dict[str, list[Guess]] = {}
    for guess in guesses:
        if guess.role and not guess.known:
            proposed.setdefault(guess.role, []).append(guess)
    for role, each in proposed.items():
        lines += [f"# {_comment(guess.heading)}：{_comment(guess.reason)}" for guess in each]
        lines.append(f"{role} = [{', '.join(_quoted(guess.heading) for guess in each)}]")
    for guess in guesses:
        if not guess.role:
            why = f"（{_comment(guess.reason)}）" if guess.reason else ""
            lines.append(f"# ？ = [{_quoted(guess.heading)}]{why}")
    return "\n".join(lines) + "\n"


def _heading_row(rows: Sequence[GridRow], vocabulary: Vocabulary) -> tuple[GridRow, int]:
    """Find the row that most looks like headings: known ones count double, numbers do not count."""

    def score(found: tuple[GridRow, int]) -> tuple[int, int]:
        row, at = found
        known = sum(column is not None for column in columns(row, vocabulary.words))
        words = sum(not is_number(cell.text) for cell in row.filled)
        numbers = len(row.filled) - words
        return 2 * known + words - 2 * numbers, -at

    first = range(min(_ABOVE, len(rows)))
    return max((whole(rows, at, vocabulary.words) for at in first), key=score)


def _alike(heading: str, vocabulary: Vocabulary) -> tuple[str, str]:
    bare = plain(heading)
    best, role, word = 0.0, "", ""
    for each, words in vocabulary.known.items():
        for known in words:
            ratio = SequenceMatcher(None, bare, plain(known), autojunk=False).ratio()
            if ratio > best:
                best, role, word = ratio, each, known
    return (role, f"与“{word}”相近（{best:.2f}）") if best >= _LEAST else ("", "")


def _looks(place: int, below: Sequence[GridRow]) -> tuple[str, str]:
    values = [squeeze(row.cells[place].text) for row in below if place < len(row.cells)]
    values = [value for value in values if value]
    for role, pattern, why in _LOOKS:
        fitting = sum(bool(pattern.fullmatch(value)) for value in values)
        if values and fitting >= _MOST_OF * len(values):
            return role, why
    return "", ""


def _quoted(text: str) -> str:
    """Quote a TOML string."""
    escaped = "".join(
        f"\\u{ord(ch):04x}" if ord(ch) < ord(" ") or ch == "\x7f" else ch
        for ch in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{escaped}"'


def _comment(text: str) -> str:
    return "".join(ch for ch in text if ch.isprintable())
