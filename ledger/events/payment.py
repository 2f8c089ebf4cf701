"""支付: expenditure of a line against means or revenue, by the way it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import TREASURY_FUNDS
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.methods import terms
from yusuan.ledger.methods import unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.methods import Term


class Method(StrEnum):
    """How a payment is made (支付方式); HANDBOOK §2.2 E1, E2, E3, E7b.

    When there is each, `methods` says. A line of an earlier year is paid from what was set aside
    for it at that year's end, by the treasury's two methods that have no account of their own:
    its revenue was booked then.
    """

    DIRECT = "direct"  # 财政直接支付: Dr 7101 Cr 6001, of an earlier year 8001 财政应返还额度
    AUTHORISED = "authorised"  # 财政授权支付: Dr 7101 Cr 8001 零余额账户用款额度
    UNIFIED = (
        "unified"  # 一体化国库集中支付: Dr 7101 Cr 6001, of an earlier year 8001 财政应返还额度
    )
    OWN = "own"  # 单位自有资金: Dr 7101 Cr 8001 货币资金


#: The part of 8001 that a method draws on; the others credit revenue of the line's fund.
MEANS_OF_METHOD = {Method.AUTHORISED: "01", Method.OWN: "02"}
#: What lines of an earlier year are paid from by the others: 财政应返还额度 was set aside for them.
_RETURNABLE = "03"
METHOD_NAMES = {method: terms()[method].name for method in Method}
#: Fiscal money is paid by the first of these that there is on the day.
_TREASURY = (Method.DIRECT, Method.UNIFIED, Method.AUTHORISED)


class MethodError(RefusedError):
    """A payment by a method that there is not on its day, or not for its money."""


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


def chosen_method(asked: str | None, line: Line, day: date, known: Mapping[str, Term]) -> Method:
    """Give the method asked for, or the usual one for the line's money on a day. Raises MethodError."""
    if asked is None:
        asked = usual_method(line, day, known)
    why = unavailable(asked, day, known)
    if why:
        raise MethodError(f"{day} {why}")
    method = Method(asked)
    if method is not Method.OWN and line.fund not in TREASURY_FUNDS:
        fund = chart_data().funds[line.fund]
        raise MethodError(
            f"指标 {line.id} 的资金是{fund}，在单位账户上，不能用{METHOD_NAMES[method]}（{asked}）；"
            "请用 --method own，钱还没有到账的先用 receive 登记"
        )
    return method


def usual_method(line: Line, day: date, known: Mapping[str, Term]) -> Method:
    """Pay as the line's 指标 says; other money from the unit's own account, fiscal money directly.

    From the day on which there is no direct payment any more, it goes through the unified system,
    also where a 指标 still says 直接支付 or 授权支付.
    """
    if line.method and (known[line.method].covers(day) or line.fund not in FISCAL_FUNDS):
        return Method(line.method)
    if line.fund not in FISCAL_FUNDS:
        return Method.OWN
    return _first(_TREASURY, day, known)


def without_account(day: date, known: Mapping[str, Term]) -> Method:
    """Give the treasury's method of a day that draws on no account of the unit."""
    return _first((Method.DIRECT, Method.UNIFIED), day, known)


def _first(methods: Iterable[Method], day: date, known: Mapping[str, Term]) -> Method:
    return next((method for method in methods if known[method].covers(day)), Method.UNIFIED)


def leaves(payment: Payment) -> list[Leaf]:
    """Give the accounts that a payment posts to."""
    found: list[Leaf] = []
    for part in payment.parts:
        found.append(_spent_on(payment, part))
        found.append(paid_from(part.line, payment.method, payment.date.year))
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
        account = account_name(_spent_on(payment, part), names)
        debits.append(DraftPosting(account, part.amount, MONEY, meta))
        # Revenue carries its line (DESIGN §2); means have none, so they are summed.
        credit = paid_from(part.line, payment.method, payment.date.year)
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


def _spent_on(payment: Payment, part: Part) -> Expenditure:
    """Give what a part is spent on: 经营支出 for 经营收入, else the unit's own account."""
    account = chart_data().expenditure_of_fund.get(part.line.fund, payment.expenditure)
    return Expenditure(account, part.line.function, part.economic)


def paid_from(line: Line, method: Method, year: int) -> Leaf:
    """Give what a payment of a line in a year is made from. Source: HANDBOOK §2.2 E1 to E3, E7b."""
    detail = MEANS_OF_METHOD.get(method)
    if detail is None and line.fund in FISCAL_FUNDS and line.origin < year:
        detail = _RETURNABLE
    if detail is not None:
        return Means("8001", detail)
    return Revenue(chart_data().revenue_of_fund[line.fund], line.fund)
