"""Tables with two sides: T1 and T4, revenue on the left and expenditure on the right."""

from __future__ import annotations

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


#: What stands on the side of expenditure below it and is none.
_BELOW: Final = ("carried", "distribution")


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
    labels = [texts for texts in header if sum(text == "项目" for text in texts) == 2]  # noqa: PLR2004 - two sides
    if not labels:
        return None
    padded = len(labels[0]) == width
    stacks = headers.stacks(header, width) if padded else [[text] for text in labels[0]]
    second = max(index for index, stack in enumerate(stacks) if "项目" in stack)
    revenue = _keys(stacks[:second], allowed)
    expenditure = _keys(stacks[second:], allowed)
    lower = header[header.index(labels[0]) + 1 :]
    if lower and not padded:  # the right side's columns are named in the rows below
        expenditure = _keys(headers.stacks(lower, width), allowed) or expenditure
    spare = width - len(revenue) - len(expenditure) - 2
    if not revenue or not expenditure or spare not in {0, 1, 2}:
        return None
    # One spare column is an ordinal of its own (一、二、三、), mostly on the right.
    ordinals_left = spare == 2 or (spare == 1 and _ordinals_first(data))  # noqa: PLR2004 - one on each side
    left = 2 if ordinals_left else 1
    return Layout(left, revenue, 2 + spare - left, expenditure)


def _keys(stacks: Sequence[list[str]], allowed: Columns) -> tuple[str, ...]:
    roles = headers.roles(stacks, allowed)
    return tuple(role for role in roles if role not in {None, *headers.LABELS} and role)


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
    style: str = ""
    opening: bool = False

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
        label = "".join(words.squeeze(cell.text) for cell in labels)
        name = words.plain_name(label)
        if not name:
            for cell in amounts:
                self._lose(cell)
            return
        read = {
            key: self.reading.amount(cell, self.measure)
            for key, cell in zip(keys, amounts, strict=True)
        }
        where = next(cell.where for cell in cells if cell.text)
        level, key = "类", ""
        if words.is_total(name):
            level, key = "合计", "total"
        elif side == REVENUE:
            key = self.vocabulary.revenue_key(name)
            level = "收入明细" if self._is_part(label, key) else "收入"
            if self.opening and key in FUNDS:
                key = f"opening_{key}"
            elif level == "收入":
                self.opening = key == "opening"
        else:
            key = self.vocabulary.columns.only(_BELOW).key(name) or ""
            level = "其他" if key else level
        self.rows.append(Row(level, "", name, read, where, side, key))

    def _is_part(self, label: str, key: str) -> bool:
        """Say whether a revenue item is part of the item above it (1. under 一、, or 其中)."""
        style = _style(label)
        own = [row for row in self.rows if row.side == REVENUE]
        if not own:
            self.style = style
            return False
        below_fiscal = key in FUNDS and (self.opening or any(row.key == "fiscal" for row in own))
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
