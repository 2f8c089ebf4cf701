"""The value of a spreadsheet's cell as the exact text that it shows."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from decimal import Decimal

#: A spreadsheet keeps no more digits of a number than this.
_DIGITS = 15


def shown(value: object) -> str:
    """Give a value as text; a number that a spreadsheet cannot hold exactly keeps its exponent."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    if value == value.to_integral_value():
        return f"{value:.0f}" if value.adjusted() < _DIGITS else f"{value:E}"
    return f"{value:f}"
