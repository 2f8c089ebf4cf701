"""Exact amounts: 元 as Decimal with two places, and 万元 only at the edges."""

from __future__ import annotations

import re
from decimal import Context
from decimal import Decimal
from decimal import Inexact
from decimal import InvalidOperation

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
WAN = Decimal(10_000)

#: More digits than this is not an amount of money but a damaged cell (10^15 fen).
MAX_DIGITS = 15

#: Sums are exact or they are an error; the default context would round at 28 digits silently.
EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])

_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fraction>[0-9]+))?"
)
_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９．，－＋（）￥\N{MINUS SIGN}", "0123456789.,-+()¥-"
)


class MoneyError(ValueError):
    """A text that is not an amount."""

    def __init__(self, text: str, why: str) -> None:
        """Say which text was refused, and why."""
        super().__init__(f"“{text}”不是金额：{why}")
        self.text = text


def parse(text: str) -> Decimal:
    """Read one printed amount, in the unit it is printed in, without changing its value.

    Accepts thousands separators in correct groups, full-width digits, a leading ¥ and
    accounting brackets for negatives. Refuses empty text, exponents, NaN, more than
    15 digits. Raises MoneyError. Source: project decision (TRAPS row 24).
    """
    cleaned = text.translate(_FULL_WIDTH).strip().removeprefix("¥").strip()
    if not cleaned:
        raise MoneyError(text, "空白不等于零")
    bracketed = cleaned.startswith("(") and cleaned.endswith(")")
    if bracketed:
        cleaned = cleaned[1:-1].strip()
    match = _NUMBER.fullmatch(cleaned)
    if match is None:
        raise MoneyError(text, "只能有数字、正确的千分位逗号和一个小数点")
    if bracketed and match["sign"]:
        raise MoneyError(text, "括号和正负号不能同时使用")
    whole = match["whole"].replace(",", "")
    fraction = match["fraction"] or ""
    if len(whole.lstrip("0")) + len(fraction) > MAX_DIGITS:
        raise MoneyError(text, f"超过 {MAX_DIGITS} 位数字")
    sign = "-" if bracketed or match["sign"] == "-" else ""
    return Decimal(f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}")


def yuan(text: str) -> Decimal:
    """Read an amount in 元 and give it two decimals; more than two decimals is an error."""
    value = parse(text)
    try:
        return quantized(value)
    except Inexact:
        raise MoneyError(text, "金额以元计，最多两位小数") from None


def quantized(amount: Decimal) -> Decimal:
    """Give an exact amount two decimals and zero no sign; raises decimal.Inexact where it has more."""
    return EXACT.plus(amount.quantize(CENT, context=EXACT))


def from_wan(amount: Decimal) -> Decimal:
    """Convert 万元 as printed into 元, exactly."""
    return quantized(EXACT.multiply(amount, WAN))


def to_wan(amount: Decimal) -> Decimal:
    """Convert 元 into 万元, exactly, with as many decimals as it needs."""
    return EXACT.divide(amount, WAN)


def plain(amount: Decimal) -> str:
    """Write 元 as ledger text, messages and JSON have it: two decimals, no separators."""
    return f"{quantized(amount):f}"


def grouped(amount: Decimal) -> str:
    """Write 元 as tables have it: two decimals, thousands separators."""
    return f"{quantized(amount):,f}"


def shown(amount: Decimal) -> str:
    """Write 元 as messages have it: two decimals, or more where the amount is wrong and has more."""
    places = amount.as_tuple().exponent
    return f"{amount:.{max(2, -places) if isinstance(places, int) else 2}f}"
