"""到账: quota or money received, as revenue of the lines that it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names


class Into(StrEnum):
    """The part of 8001 that is received into; HANDBOOK §2.2 E2a, E7a."""

    QUOTA = "quota"  # 零余额账户用款额度
    MONEY = "money"  # 货币资金


MEANS_OF_INTO = {Into.QUOTA: "01", Into.MONEY: "02"}
INTO_NAMES = {Into.QUOTA: "零余额账户用款额度", Into.MONEY: "货币资金"}


@dataclass(frozen=True, slots=True)
class Share:
    """One line's share of a receipt, in 元."""

    line: Line
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt as an accountant records it."""

    date: date
    id: str
    shares: tuple[Share, ...]
    payer: str
    text: str
    into: Into
    doc: str = ""
    #: The revenue account, where it is not the usual one of the fund.
    income: str = ""


def leaves(receipt: Receipt) -> list[Leaf]:
    """Give the accounts that a receipt posts to."""
    revenues = (_revenue(receipt, share) for share in receipt.shares)
    return list(dict.fromkeys([_means(receipt), *revenues]))


def draft(receipt: Receipt, names: Names) -> Draft:
    """Write a receipt: Dr 8001, Cr revenue of each line's fund with its `line` (DESIGN §2)."""
    total = sum((share.amount for share in receipt.shares), ZERO)
    credits_ = (
        DraftPosting(
            account_name(_revenue(receipt, share), names),
            -share.amount,
            MONEY,
            {"line": share.line.id},
        )
        for share in receipt.shares
    )
    meta = {"event": "receipt", **({"doc": receipt.doc} if receipt.doc else {})}
    return Draft(
        receipt.date,
        receipt.id,
        receipt.text,
        (DraftPosting(account_name(_means(receipt), names), total, MONEY), *credits_),
        receipt.payer,
        meta=meta,
    )


def _means(receipt: Receipt) -> Means:
    return Means("8001", MEANS_OF_INTO[receipt.into])


def _revenue(receipt: Receipt, share: Share) -> Revenue:
    """Give the revenue account of a share. Raises RefusedError where the fund has no such revenue."""
    fund, income, data = share.line.fund, receipt.income, chart_data()
    known = data.revenues(fund)
    if income and income not in known:
        listed = "、".join(f"{code} {data.revenue[code]}" for code in known)
        raise RefusedError(
            f"指标 {share.line.id} 的资金是{data.funds[fund]}，收入科目可以是 {listed}，"
            f"不能是 {income}；请核对 --income"
        )
    return Revenue(income or known[0], fund)
