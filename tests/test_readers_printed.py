"""Where printed words end, and which texts of a head stand above others, whatever the font of a page."""

from __future__ import annotations

from typing import Any

from yusuan.importers.readers import heads
from yusuan.importers.readers import printed
from yusuan.importers.readers.printed import Line
from yusuan.importers.readers.printed import Word

SIZE = 12.0


def chars(text: str, *, after: str, gap: float) -> list[dict[str, Any]]:
    """Print a text, and another one a gap (points) behind it; digits are narrow."""
    found: list[dict[str, Any]] = []
    end = 0.0
    for part, begins in ((text, 0.0), (after, gap)):
        end += begins
        for each in part:
            width = SIZE / 2 if each.isascii() else SIZE
            found.append({"text": each, "x0": end, "x1": end + width, "size": SIZE})
            end += width
    return found


def words(text: str, after: str, gap: float) -> list[str]:
    return [
        "".join(char["text"] for char in group)
        for group in printed.words(chars(text, after=after, gap=gap))
    ]


def test_a_number_close_behind_a_full_width_bracket_is_a_word_of_its_own() -> None:
    """The blank half of the bracket is the gap that one sees: `政府办公厅（室）| 150,100.10`."""
    assert words("政府办公厅（室）", "150,100.10", 1.6) == ["政府办公厅（室）", "150,100.10"]
    assert words("政府办公厅", "150,100.10", 1.6) == ["政府办公厅150,100.10"]


def test_a_number_right_behind_a_bracket_goes_on() -> None:
    assert words("（三）", "2023年", 0.0) == ["（三）2023年"]


def test_the_blank_behind_a_mark_is_no_ink() -> None:
    *_, last = chars("（室）", after="", gap=0)
    assert printed.ink_end(last) < last["x1"]
    *_, last = chars("（室", after="", gap=0)
    assert printed.ink_end(last) == last["x1"]


def test_what_is_above_a_head_does_not_take_what_is_under_it() -> None:
    """Texts on the left of their cells: 项目 above 科目编码, and that above 类, 款, 项."""
    top = line(0, ("项目", 53, 77), ("预算", 766, 790))
    middle = line(21, ("科目编码", 53, 101))
    below = line(42, ("类", 53, 65), ("款", 98.4, 110), ("项", 127, 139))
    found = {group.word.text: group for group in heads.groups([top, middle, below])}
    assert found["科目编码"].first.text == "类"
    assert found["科目编码"].first != found["科目编码"].last


def line(middle: float, *texts: tuple[str, float, float]) -> Line:
    found = tuple(Word(*text) for text in texts)
    ends = (found[0].left, found[-1].right)
    return Line(tuple(w.text for w in found), *ends, middle - SIZE / 2, SIZE, middle, found)
