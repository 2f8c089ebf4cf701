"""Tables with two sides: T1 and T4, revenue on the left and expenditure on the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import headers
from yusuan.importers.budget import words
from yusuan.ledger.tables.keys import FUNDS
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE
from yusuan.ledger.tables.model import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.vocabulary import Columns
    from yusuan.importers.budget.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow


#: How the labels of the two sides are headed.
_LABELS: Final = (
    re.compile(
        r"(?:收入|支出)?(?:预算)?(?:项目|科目|(?:支出)?功能(?:分类)?(?:科目)?)(?:名称)?(?:[(（].*[)）])?"
    ),
    re.compile(r"(?:本年)?(?:收入|支出)"),
)
#: What stands above the items that it adds up.
_HEAD: Final = re.compile(r"本年(?:收入|支出)(?:小计)?")
#: What stands on the side of expenditure and is no 类: what is below it, and what kinds it is of.
_OTHER: Final = (
    *("closing", "distribution"),
    *("basic", "project", "personnel", "operating", "remitted", "business", "subsidy"),
)
#: The key of a row that is part of the row above it.
PART: Final = "part"


@dataclass(frozen=True, slots=True)
class Layout:
    """How many label columns each side has, and the amount keys of each side in order."""

    revenue_labels: int
    revenue: tuple[str, ...]
    expenditure_labels: int
    expenditure: tuple[str, ...]

    @property
    def left(self) -> int:
        """Give the number of columns of the revenue side."""
        return self.revenue_labels + len(self.revenue)

    @property
    def right(self) -> int:
        """Give the number of columns of the expenditure side."""
        return self.expenditure_labels + len(self.expenditure)


def layout(
    header: Sequence[Sequence[str]], data: Sequence[GridRow], width: int, allowed: Columns
) -> Layout | None:
    """Read the two 项目 … 预算数 sequences of the header; None where there are not two."""
    labels = next(filter(None, (_labels(header, pattern) for pattern in _LABELS)), None)
    if labels is None:
        return None
    texts, starts = labels
    padded = len(texts) == width
    stacks = headers.stacks(header, width) if padded else [[text] for text in texts]
    revenue = _keys(stacks[: starts[1]], allowed)
    expenditure = _keys(stacks[starts[1] :], allowed)
    lower = header[list(header).index(texts) + 1 :]
    if lower and not padded:  # the right side's columns are named in the rows below
        expenditure = _keys(headers.stacks(lower, width), allowed) or expenditure
    spare = width - len(revenue) - len(expenditure) - 2
    if not revenue or not expenditure or spare not in {0, 1, 2}:
        return None
    # One spare column is an ordinal of its own (一、二、三、), mostly on the right.
    ordinals_left = spare == 2 or (spare == 1 and _ordinals_first(data))  # noqa: PLR2004 - one on each side
    left = 2 if ordinals_left else 1
    return Layout(left, revenue, 2 + spare - left, expenditure)


def columns_of(header: Sequence[list[str]]) -> list[list[str]]:
    """Leave out what stands above the row of labels: 收入 and 支出 name sides, not columns."""
    labels = next(filter(None, (_labels(header, pattern) for pattern in _LABELS)), None)
    return list(header[list(header).index(list(labels[0])) :]) if labels else list(header)


def third(header: Sequence[Sequence[str]], width: int) -> int:
    """Give where the second side ends: a third one says the same by another classification."""
    labels = next(filter(None, (_labels(header, pattern) for pattern in _LABELS)), None)
    starts = labels[1] if labels and len(labels[0]) == width else []
    return starts[2] if len(starts) > 2 else width  # noqa: PLR2004 - the third


def unknown(
    header: Sequence[Sequence[str]], stacks: Sequence[list[str]], allowed: Columns
) -> list[int]:
    """Give the columns of either side that are neither labels nor amounts, as far as can be told."""
    for pattern in _LABELS:
        labels = _labels(header, pattern)
        if labels is None:
            continue
        texts, starts = labels
        if len(texts) < len(stacks) or any(len(each) < len(stacks) for each in header):
            return []
        cuts = ((0, starts[1]), (starts[1], len(stacks)))
        roles = [role for a, b in cuts for role in headers.of_stacks(stacks[a:b], allowed)]
        return [
            at
            for at, role in enumerate(roles)
            if role == headers.UNKNOWN and not pattern.fullmatch(texts[at])
        ]
    return []


def _labels(
    header: Sequence[Sequence[str]], pattern: re.Pattern[str]
) -> tuple[Sequence[str], list[int]] | None:
    """Give the row that has a label for each side, and where these stand."""
    for texts in header:
        found = [index for index, text in enumerate(texts) if pattern.fullmatch(text)]
        starts = [at for at in found if not at or texts[at - 1] != texts[at]]
        if len(starts) > 1:
            return texts, starts
    return None


def _keys(stacks: Sequence[list[str]], allowed: Columns) -> tuple[str, ...]:
    roles = headers.of_stacks(stacks, allowed)
    beside = {None, headers.UNKNOWN, *headers.LABELS}
    return tuple(role for role in roles if role not in beside and role)


def _ordinals_first(data: Sequence[GridRow]) -> bool:
    firsts = [row.cells[0].text for row in data if row.cells[0].text]
    return sum(words.is_ordinal(text) for text in firsts) * 2 > len(firsts)


@dataclass(slots=True)
class Sides:
    """Reads the data rows of one two-sided table, one after the other."""

    reading: Reading
    title: str
    measure: str
    shape: Layout
    vocabulary: Vocabulary
    rows: list[Row] = field(default_factory=list)
    style: str | None = None
    opening: str | None = None

    def add(self, row: GridRow) -> None:
        """Read one row of data: up to one revenue item and one expenditure item."""
        halves = _halves(list(row.cells), self.shape)
        if halves is None:
            for cell in row.filled:
                self._lose(cell)
            return
        left, right = halves
        self._half(left, self.shape.revenue, REVENUE)
        self._half(right, self.shape.expenditure, EXPENDITURE)

    def _half(self, cells: list[GridCell], keys: tuple[str, ...], side: str) -> None:
        labels, amounts = cells[: -len(keys)], cells[-len(keys) :]
        for cell in labels:
            if not words.is_ordinal(cell.text):
                self._lose(cell)  # an amount where a name belongs
        label = "".join(words.squeeze(cell.text) for cell in labels)
        name = words.plain_name(label)
        if not name:
            for cell in amounts:
                self._lose(cell)
            return
        read = {
            key: self.reading.amount(cell, self.measure, key)
            for key, cell in zip(keys, amounts, strict=True)
        }
        where = next(cell.where for cell in cells if cell.text)
        level, key = "类", ""
        if words.is_total(name) or _HEAD.fullmatch(name):
            level, key = "合计", "total"
        elif side == REVENUE:
            level, key = self._revenue(label, self.vocabulary.revenue_key(name))
        elif label.startswith("其中"):
            level, key = "其他", PART
        else:
            key = self.vocabulary.columns.only(_OTHER).key(name) or ""
            if not key and any(row.key == "basic" for row in self.rows):
                key = PART  # 工资福利支出 under 基本支出
            level = "其他" if key else level
        self.rows.append(Row(level, "", name, read, where, side, key))

    def _revenue(self, label: str, key: str) -> tuple[str, str]:
        """Say whether a revenue item is part of the item above it, and what it is."""
        if not self._is_part(label, key):
            self.opening = _style(label) if key == "opening" else None
            return "收入", key
        return "收入明细", f"opening_{key}" if self.opening is not None and key in FUNDS else key

    def _is_part(self, label: str, key: str) -> bool:
        """Say whether a revenue item is 1. under 一、, or 其中, or a fund of 财政拨款 or 上年结转."""
        style = _style(label)
        if self.style is None:
            self.style = style
            return False
        own = [row for row in self.rows if row.side == REVENUE]
        if self.opening is not None and (key in FUNDS or key == "opening"):
            return key in FUNDS or style != self.opening
        below_fiscal = key in FUNDS and any(row.key == "fiscal" for row in own)
        return below_fiscal or (style != self.style and style in {"1", "(", "其中"})

    def _lose(self, cell: GridCell) -> None:
        if words.is_number(cell.text):
            self.reading.unplaced(cell, self.title)


def _style(label: str) -> str:
    """Give the style of numbering of an item: 一、 or 1. or (一) or 其中 or none."""
    mark = words.ordinal(label)
    if label.startswith("其中"):
        return "其中"
    if mark.startswith(("(", "（")):
        return "("
    return "1" if mark[:1].isdecimal() else mark and "一"


def _halves(cells: list[GridCell], shape: Layout) -> tuple[list[GridCell], list[GridCell]] | None:
    """Cut a row into its sides; a narrow row (收入总计 over merged cells) at its second label."""
    width = shape.left + shape.right
    if len(cells) >= width:
        extra = any(words.is_number(cell.text) for cell in cells[width:])
        return None if extra else (cells[: shape.left], cells[shape.left : width])
    labels = [i for i, cell in enumerate(cells) if cell.text and not words.is_number(cell.text)]
    if len(labels) == 2 and labels[0] == 0 and words.is_total(cells[labels[1]].text):  # noqa: PLR2004 - a label a side
        cut = labels[1]
        left, right = cells[:cut], cells[cut:]
        if len(left) - 1 == len(shape.revenue) and len(right) - 1 == len(shape.expenditure):
            return left, right
    label_is_number = any(words.is_number(cell.text) for cell in cells[: shape.revenue_labels])
    return None if label_is_number else _padded(cells, width, shape)


def _padded(
    cells: list[GridCell], width: int, shape: Layout
) -> tuple[list[GridCell], list[GridCell]]:
    """Fill up a row whose blank end was cut off."""
    last = cells[-1]
    blank = type(last)("", last.where)
    full = [*cells, *[blank] * (width - len(cells))]
    return full[: shape.left], full[shape.left :]
