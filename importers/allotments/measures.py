"""In what a file prints its amounts: as it says beside a heading or above it, never as a title sounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yusuan.importers.budget.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What is read; anything else must be converted first.
READ = ("元", "万元")
_NAME = r"(?P<measure>[亿万千百十]*元|角|分)"
_SAID = (
    re.compile(rf"(?:单位|计量)[:：]?(?:人民币)?{_NAME}(?=[)）,，。;；\s]|$)"),
    re.compile(rf"[(（](?:人民币)?{_NAME}[)）]"),
    re.compile(rf"以{_NAME}为单位"),
    re.compile(rf"^{_NAME}$"),
)


def said(text: str) -> str:
    """Give the measure that a text names, "" where it names none: a title may speak of 50万元."""
    found = (pattern.search(each) for pattern in _SAID for each in (text.strip(), squeeze(text)))
    return next((match["measure"] for match in found if match), "")


def measure(own: str, above: Iterable[str]) -> str:
    """Give the measure of a column: its own heading says it, else a line above the headings."""
    return next((each for each in map(said, (own, *above)) if each), "元")


def unknown(name: str) -> str:
    """Say that a measure is not read; the message is the end of a sentence."""
    return f"金额的计量单位是“{name}”，只能读取{'和'.join(READ)}，请换算后再导入"
