"""Texts in the head of a table that stand above several others, and which those are."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.importers.readers.printed import Line
    from yusuan.importers.readers.printed import Word

#: A line is below another one, not beside it, from so many sizes of type on.
_BELOW: Final = 0.9

#: A text stands in the middle of what it is above, to such a part of a column.
_CENTRED: Final = 0.35


#: What two texts may overlap without one being above the other (points).
_SLACK: Final = 3.0


class Group(NamedTuple):
    """A text, and the first and the last of the texts that belong under it."""

    word: Word
    first: Word
    last: Word


def groups(header: Sequence[Line]) -> list[Group]:
    """Give the texts of a header that stand above several others, line by line."""
    found: list[Group] = []
    for at, line in enumerate(header):
        by_run: dict[tuple[Word, ...], list[Word]] = {}
        for word in line.words:
            run = _children(word, at, header)
            if run:
                by_run.setdefault(run, []).append(word)
        for run, words in by_run.items():
            found += _share(words, run)
    return found


def _children(word: Word, at: int, header: Sequence[Line]) -> tuple[Word, ...]:
    """Give the words, on one line below, among which those under a word are."""
    over = {each for line in header[:at] for each in line.words if _over(each, word)}
    for line in _lines_below(at, header):
        above = [other for each in header if each.middle < line.middle - 1 for other in each.words]
        free = [
            each
            for each in line.words
            # What is above the word itself does not take away what is under it.
            if not any(_over(other, each) for other in above if other not in {word, *over})
        ]
        under = [each for each in line.words if _over(word, each)]
        if len(under) > 1 and all(each in free for each in under):
            return _run(line, free, under[0])
        if len(under) == 1:
            run = _run(line, free, under[0])
            return run if len(run) > 1 else ()
        if any(_over(word, each) for below in _lines_below(at, header) for each in below.words):
            continue
        left = [each for each in free if each.right <= word.left]
        right = [each for each in free if each.left >= word.right]
        if left and right and line.words.index(right[0]) == line.words.index(left[-1]) + 1:
            return _run(line, free, left[-1])
    return ()


def _run(line: Line, free: Sequence[Word], one: Word) -> tuple[Word, ...]:
    """Give the free words of a line that stand beside one of them without another between."""
    run: list[Word] = []
    for word in line.words:
        if word in free:
            run.append(word)
        elif one in run:
            break
        else:
            run = []
    return tuple(run) if one in run else ()


def _lines_below(at: int, header: Sequence[Line]) -> Iterator[Line]:
    here = header[at]
    for line in header[at + 1 :]:
        if line.middle - here.middle > _BELOW * here.size:
            yield line


def _over(above: Word, below: Word) -> bool:
    return min(above.right, below.right) - max(above.left, below.left) > _SLACK


def _share(words: Sequence[Word], run: Sequence[Word]) -> Iterator[Group]:
    """Share the texts of a line out among those above, each in the middle of its own."""
    if len(words) == 1:
        first, last = _around(words[0], run)
        if first < last:
            yield Group(words[0], run[first], run[last])
        return
    cuts = min(
        combinations(range(1, len(run)), len(words) - 1),
        key=lambda cut: sum(
            abs(word.middle - _middle(run[a:b]))
            for word, a, b in zip(words, (0, *cut), (*cut, len(run)), strict=True)
        ),
        default=None,
    )
    if cuts is not None:
        for word, a, b in zip(words, (0, *cuts), (*cuts, len(run)), strict=True):
            yield Group(word, run[a], run[b - 1])


def _around(word: Word, run: Sequence[Word]) -> tuple[int, int]:
    """Give the most texts in whose middle a word stands."""
    step = (run[-1].middle - run[0].middle) / max(1, len(run) - 1)
    choices = [
        (a, b)
        for a in range(len(run))
        for b in range(a, len(run))
        if abs(_middle(run[a : b + 1]) - word.middle) <= _CENTRED * step
    ]
    return max(choices, key=lambda ends: ends[1] - ends[0], default=(0, 0))


def _middle(run: Sequence[Word]) -> float:
    return (run[0].middle + run[-1].middle) / 2
