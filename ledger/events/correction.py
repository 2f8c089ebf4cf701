"""更正: a payment booked to the wrong code or line, put right in one entry without moving money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import parse
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.paid import PaidError
from yusuan.ledger.events.paid import counter
from yusuan.ledger.events.paid import must_be_payment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.paid import Part


@dataclass(frozen=True, slots=True)
class Correction:
    """So much of one part of a payment that belongs elsewhere, in 元; the fund stays the same."""

    date: date
    id: str
    text: str
    payment: Draft
    part: Part
    amount: Decimal
    old: Line
    line: Line
    economic: str
    klass: str = ""


def leaves(correction: Correction) -> list[Leaf]:
    """Give the account that a correction posts to, besides those of the payment."""
    return [_right(correction)]


def draft(correction: Correction, names: Names) -> Draft:
    """Write a correction: minus the old code, plus the new one. Raises PaidError."""
    payment, part, line = correction.payment, correction.part, correction.line
    must_be_payment(payment)
    if correction.date < payment.date or correction.date.year != payment.date.year:
        raise PaidError(payment.id, f"更正日期 {correction.date} 须在支付当年、支付日期之后")
    if correction.old.fund != line.fund:
        raise PaidError(payment.id, "更正不改变资金性质；请红冲后重新支付")
    if _of_two_years(correction):
        raise PaidError(payment.id, "本年的指标和以前年度的指标不由同一处支付；请红冲后重新支付")
    account = account_name(_right(correction), names)
    klass = correction.klass
    if (account, line.id, klass) == (part.account, part.line, part.klass):
        raise PaidError(payment.id, "更正前后完全一样")
    return Draft(
        correction.date,
        correction.id,
        correction.text or f"更正：{payment.narration}",
        (
            DraftPosting(
                part.account,
                -correction.amount,
                MONEY,
                _meta(part.line, part.klass, part.procurement, part.commitment),
            ),
            DraftPosting(
                account, correction.amount, MONEY, _meta(line.id, klass, part.procurement)
            ),
            *_revenue(correction),
        ),
        payment.payee,
        meta={"event": "correction", "of": payment.id},
        links=frozenset({payment.id}),
    )


def _meta(line: str, klass: str, procurement: str, commitment: str = "") -> dict[str, str]:
    """Give each side its line and class; a contract gets back what was not for it."""
    found = {"line": line, "class": klass, "procurement": procurement, "commitment": commitment}
    return {key: value for key, value in found.items() if value}


def _revenue(correction: Correction) -> Iterator[DraftPosting]:
    """Move the revenue of the old line to the new one; means have no line. Source: DESIGN §2."""
    part, line, amount = correction.part, correction.line, correction.amount
    account = counter(correction.payment, part)
    if part.line != line.id and account.startswith("Income:"):
        yield DraftPosting(account, amount, MONEY, {"line": part.line})
        yield DraftPosting(account, -amount, MONEY, {"line": line.id})


def _of_two_years(correction: Correction) -> bool:
    """Tell whether the money would have come from elsewhere: this year's revenue, or 财政应返还额度."""
    year = correction.date.year
    carried = {line.origin < year for line in (correction.old, correction.line)}
    paid_from = parse(counter(correction.payment, correction.part))
    return len(carried) > 1 and paid_from not in {Means("8001", "01"), Means("8001", "02")}


def _right(correction: Correction) -> Expenditure:
    code = correction.part.spent.account
    return Expenditure(code, correction.line.function, correction.economic)
