"""退回: money of a payment of this year that came back; authority comes back with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.paid import PaidError
from yusuan.ledger.events.paid import counter
from yusuan.ledger.events.paid import must_be_payment

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.events.paid import Part

_EARLIER = "是以前年度的支付，退回不增加本年额度；请不写 --of，改用 --year {} 和 --line 记录"


@dataclass(frozen=True, slots=True)
class Refund:
    """So much of one part of a payment, in 元. Source: HANDBOOK R26, §2.2 E8a."""

    date: date
    id: str
    text: str
    payment: Draft
    part: Part
    amount: Decimal


def draft(refund: Refund) -> Draft:
    """Write a refund with the dimensions of the payment, in negative amounts. Raises PaidError."""
    payment, part = refund.payment, refund.part
    must_be_payment(payment)
    if refund.date < payment.date:
        raise PaidError(payment.id, f"退回日期 {refund.date} 早于支付日期 {payment.date}")
    if refund.date.year != payment.date.year:
        raise PaidError(payment.id, _EARLIER.format(payment.date.year))
    named = {"line": part.line, "class": part.klass, "commitment": part.commitment}
    named |= {"procurement": part.procurement, "method": payment.meta.get("method", "")}
    return Draft(
        refund.date,
        refund.id,
        refund.text or f"退回：{payment.narration}",
        (
            DraftPosting(part.account, -refund.amount, MONEY),
            DraftPosting(counter(payment, part), refund.amount, MONEY),
        ),
        payment.payee,
        meta={
            "event": "refund",
            "of": payment.id,
            **{key: value for key, value in named.items() if value},
        },
        links=frozenset({payment.id}),
    )
