"""Indicators as 一级, 二级 and 三级指标 with 指标值 and mostly 分值: the forms since 2021."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words
from yusuan.ledger.tables.model import Indicator

if TYPE_CHECKING:
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.readers.grid import GridRow

_SIDE_LABEL: Final = re.compile(r"(?:绩效|指标)+")
_POINTS: Final = re.compile(r"(?:分值|权重|分值权重).*?(\d+)?[%分]?[)）]?")


def is_header(texts: list[str]) -> bool:
    """Say whether a row heads such a list."""
    return "二级指标" in texts and "三级指标" in texts


def points(texts: list[str]) -> Decimal | None:
    """Give what the weights add up to, as 分值（90） says."""
    found = (_POINTS.fullmatch(text) for text in texts if text)
    return next((Decimal(each[1]) for each in found if each and each[1]), None)


def indicator(row: GridRow, group: str, level: str, reading: Reading) -> Indicator:
    """Read one row from its right end: a page may have lost the merged cells on its left."""
    cells = row.filled
    while cells and _SIDE_LABEL.fullmatch(words.squeeze(cells[0].text)):
        cells = cells[1:]
    weight = None
    if len(cells) > 2 and words.is_number(cells[-1].text):  # noqa: PLR2004 - what and how much
        weight = reading.number(cells[-1])
        cells = cells[:-1]
    texts = [words.squeeze(cell.text) for cell in cells]
    target = texts.pop() if len(texts) > 1 else ""
    content = texts.pop() if texts else ""
    if len(texts) > 1:
        group, level = texts[0], texts[-1]
    elif texts:
        level = texts[0]
    return Indicator(group, level, content, target, "", weight, None, "", row.where)
