"""The other side of a voucher's expenditure: what it was paid from, or that it is no payment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.budget.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.importers.allotments.cells import Cells

#: What is paid from: revenue of the year, or a part of 8001 资金结存 by its code in our chart.
REVENUE, RETURNABLE = "6", "03"
_MEANS = {"零余额": "01", "货币资金": "02", "应返还": "03"}
#: The methods that draw on an account of their own.
METHODS = {"01": "authorised", "02": "own"}
_DIGITS = re.compile(r"[0-9][0-9.\-_]*")
_MEANS_DIGITS = 6


class Subject(NamedTuple):
    """An account of another system: its digits, without what stands between them, and its name."""

    digits: str
    name: str

    @property
    def spends(self) -> bool:
        """Tell an account of budget expenditure."""
        return self.digits.startswith("7")

    @property
    def of_budget(self) -> bool:
        """Tell an account of budget revenue or means and surplus."""
        return self.digits.startswith(("6", "8"))

    @property
    def pays(self) -> str:
        """Give what is paid from, "" where this is nothing to pay from."""
        if self.digits.startswith("6"):
            return REVENUE
        if not self.digits.startswith("8001"):
            return ""
        by_name = next((code for word, code in _MEANS.items() if word in self.name), "")
        by_digits = self.digits[4:_MEANS_DIGITS]
        return by_name or (by_digits if by_digits in _MEANS.values() else "")


def subject(cells: Cells) -> Subject:
    """Read the account of a row: 7101.01, 7101-行政支出, or the code alone with its name beside."""
    read = cells.coded("subject")
    text = squeeze(read.code or cells.cell("subject").text)
    found = _DIGITS.match(text)
    digits = "".join(ch for ch in found.group() if ch.isdecimal()) if found else ""
    return Subject(digits, f"{cells.cell('subject').text} {cells.name('subject')}")


def paid_from(others: Iterable[Subject]) -> tuple[str, str]:
    """Give what the accounts of a voucher say its expenditure was paid from; else why that is not known."""
    budget = [each for each in others if each.of_budget]
    if not budget:
        return "", "凭证里没有预算收入或资金结存，不是支付；更正请用 yusuan correct 登记"
    strange = next((each for each in budget if not each.pays), None)
    if strange:
        return "", f"凭证的另一方是 {strange.digits}，不是支付；结转由结账登记"
    ways = {each.pays for each in budget}
    if len(ways) > 1:
        return "", "凭证的另一方有几种，分不出由哪一方支付；请写明支付方式"
    return ways.pop(), ""
