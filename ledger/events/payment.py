"""支付: expenditure of a line against means or revenue, by the way it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names


class Method(StrEnum):
    """How a payment is made (支付方式); HANDBOOK §2.2 E1, E2, E3, E7b."""

    DIRECT = "direct"  # 财政直接支付: Dr 7101 Cr 6001
    AUTHORISED = "authorised"  # 财政授权支付: Dr 7101 Cr 8001 零余额账户用款额度
    UNIFIED = "unified"  # 一体化国库集中支付, from 2022: Dr 7101 Cr 6001
    OWN = "own"  # 单位自有资金: Dr 7101 Cr 8001 货币资金


#: The part of 8001 that a method draws on; the others credit revenue of the line's fund.
MEANS_OF_METHOD = {Method.AUTHORISED: "01", Method.OWN: "02"}
METHOD_NAMES = {
    Method.DIRECT: "财政直接支付",
    Method.AUTHORISED: "财政授权支付",
    Method.UNIFIED: "国库集中支付",
    Method.OWN: "单位资金支付",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a payment: so much of a line for an economic 款, in 元."""

    line: Line
    economic: str
    amount: Decimal
    klass: str = ""
    #: 货物, 工程 or 服务 where it is a government purchase.
    procurement: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment as an accountant asks for it."""

    date: date
    id: str
    parts: tuple[Part, ...]
    payee: str
    text: str
    method: Method
    expenditure: str = "7101"
    commitment: str = ""


def default_method(line: Line) -> Method:
    """Pay fiscal money directly, other money from the unit's own account."""
    return Method.DIRECT if line.fund in FISCAL_FUNDS else Method.OWN


def leaves(payment: Payment) -> list[Leaf]:
    """Give the accounts that a payment posts to."""
    found: list[Leaf] = []
    for part in payment.parts:
        found.append(Expenditure(payment.expenditure, part.line.function, part.economic))
        found.append(_credit(part, payment.method))
    return list(dict.fromkeys(found))


def draft(payment: Payment, names: Names) -> Draft:
    """Write a payment; `line` stands on the entry, or on each posting where lines differ."""
    lines = {part.line.id for part in payment.parts}
    single = len(lines) == 1
    debits: list[DraftPosting] = []
    credited: dict[tuple[Leaf, str], Decimal] = {}
    for part in payment.parts:
        meta = {} if single else {"line": part.line.id}
        if part.klass:
            meta["class"] = part.klass
        if part.procurement:
            meta["procurement"] = part.procurement
        account = account_name(
            Expenditure(payment.expenditure, part.line.function, part.economic), names
        )
        debits.append(DraftPosting(account, part.amount, MONEY, meta))
        # Revenue carries its line (DESIGN §2); means have none, so they are summed.
        credit = _credit(part, payment.method)
        key = (credit, part.line.id if isinstance(credit, Revenue) and not single else "")
        credited[key] = credited[key] - part.amount if key in credited else -part.amount
    credits_ = [
        DraftPosting(account_name(credit, names), amount, MONEY, {"line": line} if line else {})
        for (credit, line), amount in credited.items()
    ]
    meta = {"line": payment.parts[0].line.id} if single else {}
    meta["method"] = payment.method.value
    if payment.commitment:
        meta["commitment"] = payment.commitment
    return Draft(
        payment.date, payment.id, payment.text, (*debits, *credits_), payment.payee, meta=meta
    )


def _credit(part: Part, method: Method) -> Leaf:
    detail = MEANS_OF_METHOD.get(method)
    if detail is not None:
        return Means("8001", detail)
    return Revenue(chart_data().revenue_of_fund[part.line.fund], part.line.fund)
