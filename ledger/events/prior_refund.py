"""以前年度退回: money of an earlier year's payment that came back; no authority of this year grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import CarryOver
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import account_name
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names

#: 年初余额调整, and the parts of 8001 that money comes back to.
_ADJUSTMENT = "01"
_MONEY, _RETURNABLE = "02", "03"


@dataclass(frozen=True, slots=True)
class PriorRefund:
    """So much of a payment of an earlier year, in 元, on the line that carries its purpose on.

    Source: HANDBOOK §2.2 E8b (财政拨款: 8001 财政应返还额度, 8101 or 8102) and E8c (其他: 货币资金,
    8201 or 8202).
    """

    date: date
    id: str
    text: str
    year: int
    line: Line
    amount: Decimal
    payer: str = ""
    #: What it was paid from is a surplus by now (结余, of no project any more), not carried over (结转).
    surplus: bool = False


def leaves(refund: PriorRefund) -> list[Leaf]:
    """Give the accounts that the refund posts to."""
    fund, at = refund.line.fund, int(refund.surplus)
    if fund in FISCAL_FUNDS:
        return [Means("8001", _RETURNABLE), CarryOver(("8101", "8102")[at], _ADJUSTMENT, fund)]
    return [Means("8001", _MONEY), CarryOver(("8201", "8202")[at], _ADJUSTMENT, fund)]


def draft(refund: PriorRefund, names: Names) -> Draft:
    """Write the refund against last year's balance. Raises RefusedError."""
    if refund.year >= refund.date.year:
        raise RefusedError(f"{refund.year}年不是以前年度；本年支付的退回请用 --of 写明原凭证编号")
    means, adjusted = (account_name(leaf, names) for leaf in leaves(refund))
    return Draft(
        refund.date,
        refund.id,
        refund.text or f"{refund.year}年支付退回",
        (
            DraftPosting(means, refund.amount, MONEY),
            DraftPosting(adjusted, -refund.amount, MONEY, {"line": refund.line.id}),
        ),
        refund.payer,
        meta={"event": "refund", "year": str(refund.year)},
    )
