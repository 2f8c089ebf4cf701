"""The kinds of event that the page records: who may, what they fill in, and the form it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import Protocol

from yusuan.ledger.desk.making.commitment import CommitmentForm
from yusuan.ledger.desk.making.payment import PaymentForm
from yusuan.ledger.desk.making.refund import RefundForm
from yusuan.ledger.desk.making.supplement import SupplementForm
from yusuan.ledger.desk.making.transfer import TransferForm
from yusuan.ledger.events.paid import Choice
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.desk.desk import Desk
    from yusuan.ledger.desk.desk import Event
    from yusuan.ledger.web.fields import Fields


class Form(Protocol):
    """What is filled in for one event."""

    @property
    def day(self) -> date:
        """The day of the event."""

    def make(self, desk: Desk) -> Event:
        """Make the event. Raises RefusedError."""


class Kind(NamedTuple):
    """One kind of event: its Chinese name, the role it takes, how its fields are read."""

    name: str
    role: Role
    read: Callable[[Fields], Form]


def _payment(given: Fields) -> Form:
    return PaymentForm(
        given.day(),
        given.share("经济分类"),
        given.needed("payee", "收款人"),
        given.needed("text", "摘要"),
        given.text("method") or None,
        given.text("procurement"),
        given.text("id"),
        given.text("commitment"),
    )


def _commitment(given: Fields) -> Form:
    return CommitmentForm(
        given.day(),
        given.shares("shares", "占用的指标"),
        given.needed("text", "摘要"),
        given.text("payee"),
        given.text("doc"),
        given.text("id"),
        given.day("due") if given.text("due") else None,
    )


def _transfer(given: Fields) -> Form:
    return TransferForm(
        given.day(),
        given.shares("outs", "调出的指标"),
        given.shares("ins", "调入的指标"),
        given.needed("doc", "文号"),
        given.needed("text", "摘要"),
        given.text("approver"),
        id=given.text("id"),
    )


def _supplement(given: Fields) -> Form:
    return SupplementForm(
        given.day(),
        given.shares("shares", "追加的指标"),
        given.needed("doc", "文号"),
        given.needed("text", "摘要"),
        approver=given.text("approver"),
        id=given.text("id"),
    )


def _refund(given: Fields) -> Form:
    return RefundForm(
        given.day(),
        given.needed("of", "原支付凭证"),
        given.amount(),
        Choice(given.text("line"), given.text("economic"), given.text("class")),
        given.text("text"),
        given.text("id"),
    )


KINDS: Mapping[str, Kind] = {
    "payment": Kind("支付", Role.RECORD, _payment),
    "refund": Kind("退回", Role.RECORD, _refund),
    "commitment": Kind("占用", Role.RECORD, _commitment),
    "transfer": Kind("调剂", Role.APPROVE, _transfer),
    "supplement": Kind("追加", Role.APPROVE, _supplement),
}
