"""What is left of a payment, part by part, after its refunds, corrections and reversals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import parse
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from decimal import Decimal

    from yusuan.ledger.draft import Draft
    from yusuan.ledger.draft import DraftPosting


class PaidError(RefusedError):
    """A refund or correction that does not fit the payment it names."""

    def __init__(self, id_: str, why: str) -> None:
        """Say which payment and what is wrong."""
        super().__init__(f"支付 {id_}：{why}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a payment: the dimensions that whatever comes after it has to keep."""

    account: str
    line: str
    klass: str = ""
    commitment: str = ""
    procurement: str = ""

    @property
    def spent(self) -> Expenditure:
        """What the account says: function and economic 款. Raises ChartError."""
        found = parse(self.account)
        if not isinstance(found, Expenditure):
            raise PaidError(self.line, f"{self.account} 不是支出科目")
        return found


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of a payment is meant; what is empty fits any."""

    line: str = ""
    economic: str = ""
    klass: str = ""

    def fits(self, part: Part) -> bool:
        """Tell whether a part is meant."""
        return (
            self.line in {"", part.line}
            and self.economic in {"", part.spent.economic}
            and self.klass in {"", part.klass}
        )


def parts(entries: Iterable[Draft]) -> dict[Part, Decimal]:
    """Sum a payment and all that was recorded about it, by part, in 元."""
    found: dict[Part, Decimal] = {}
    for entry in entries:
        for posting in entry.postings:
            if _spends(posting):
                key = Part(
                    posting.account,
                    *(
                        posting.meta.get(name) or entry.meta.get(name, "")
                        for name in ("line", "class", "commitment", "procurement")
                    ),
                )
                found[key] = found.get(key, ZERO) + posting.amount
    return found


def chosen(id_: str, left: dict[Part, Decimal], choice: Choice, amount: Decimal) -> Part:
    """Give the one part that is meant and still holds the amount. Raises PaidError.

    Source: HANDBOOK R26 (0 < refund ≤ paid − refunded, same dimensions).
    """
    fitting = [part for part in left if choice.fits(part)]
    if not fitting:
        raise PaidError(id_, "没有这样的支出；请核对指标和经济分类")
    open_ = [part for part in fitting if left[part] > ZERO]
    if not open_:
        raise PaidError(id_, "已全部退回、更正或红冲，没有未退回的支出；请核对编号")
    if len(open_) > 1:
        listed = "、".join(f"{part.line}:{part.spent.economic}" for part in open_)
        which = "请写明是哪一部分的指标和经济分类（--line、--economic）"
        raise PaidError(id_, f"有几部分支出（{listed}），{which}")
    [part] = open_
    if amount > left[part]:
        raise PaidError(
            id_, f"只余 {plain(left[part])} 元未退回，不能退回或更正 {plain(amount)} 元"
        )
    return part


def gone(correction: Draft, left: Mapping[Part, Decimal]) -> list[Part]:
    """List what a correction made the expenditure to be and is no longer there to be taken back.

    `left` is what is left of the payment, part by part: some of it was refunded or corrected again.
    """
    return [part for part, amount in parts([correction]).items() if left[part] < amount]


def must_be_payment(entry: Draft) -> None:
    """Refuse to refund or correct what only corrects or takes back a payment. Raises PaidError.

    What is left of a payment is counted over all that was recorded about it; counted from the
    middle, the same money could come back twice.
    """
    if entry.meta.get("event", "payment") != "payment":
        raise PaidError(entry.id, "不是支付凭证；请写原支付凭证的编号")


def counter(payment: Draft, part: Part) -> str:
    """Give the account that a part of a payment was paid from. Raises PaidError."""
    others = [p for p in payment.postings if p.commodity == MONEY and not _spends(p)]
    own = [p for p in others if p.meta.get("line") == part.line]
    shared = [p for p in others if "line" not in p.meta]
    accounts = {p.account for p in own or shared or others}
    if len(accounts) != 1:
        raise PaidError(payment.id, "看不出从哪个科目支付的，请手写凭证")
    return accounts.pop()


def _spends(posting: DraftPosting) -> bool:
    return posting.commodity == MONEY and posting.account.startswith("Expenses:")
