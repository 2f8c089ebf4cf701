"""The payees family: who is paid, how much and how often (R19, R21, R22)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.money import parse
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Follower
    from yusuan.ledger.rules.family import Ground

ZERO = Decimal("0.00")
PERSON = "个人"


class Paid(Family):
    """Looks at payments as an auditor would; nothing of it proves a fault, so nothing stops.

    Whether a payee is a person only the metadata `payee-type: "个人"` can tell.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R19", "R21", "R22")
    STATE: ClassVar[tuple[str, ...]] = ("_persons", "_until", "_paid", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the unit's own name and the thresholds."""
        super().__init__(ground)
        self._unit = ground.settings.unit
        self._labour: list[str] = parameter(ground.settings, "R21", "codes")
        self._limit = parse(parameter(ground.settings, "R21", "limit"))
        self._round = parse(parameter(ground.settings, "R22", "round"))
        self._heads = tuple(parameter(ground.settings, "R22", "heads"))
        self._persons = False
        #: The last day of the month that is being added up.
        self._until = date.min
        #: What each payee was paid this month, and by which entry.
        self._paid: dict[str, list[tuple[Decimal, Transaction]]] = {}
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Look at a payment."""
        if event is None or event.kind is not Kind.PAYMENT or not entry.payee:
            return
        if entry.payee == self._unit and "reason" not in entry.meta:
            text = f"向本单位账户“{self._unit}”转款；确属规定情形的请用 reason 注明"
            self._findings.append(finding("R19", entry, text))
        if entry.meta.get("payee-type") == PERSON:
            self._person(entry, event)
        if event.spendings[0].economic.startswith(self._heads):
            self._pay(entry.payee, entry, sum((s.amount for s in event.spendings), ZERO))

    def follower(self, entry: Transaction, event: Event) -> Follower | None:
        """Add up by payee, where the 款 is one of those looked at; know the unit's own name."""
        unit = self._unit
        if len(event.spendings) != 1:
            return self.anew
        if not event.spendings[0].economic.startswith(self._heads):
            return lambda entry, amounts: self.anew(entry, amounts) if entry.payee == unit else None
        (at,) = self._ground.reader.spent_at(entry)

        def follow(entry: Transaction, amounts: list[Decimal]) -> None:
            payee = entry.payee
            if payee == unit:
                self.anew(entry, amounts)
            elif payee:
                self._pay(payee, entry, amounts[at])

        return follow

    def finish(self) -> list[Finding]:
        """End the last month; give all findings."""
        self._end_month()
        return self._findings

    def idle(self) -> Collection[str]:
        """A book without the unit's name, or without word of persons, cannot be judged by them."""
        return [
            *(() if self._unit else ("R19",)),
            *(() if self._persons else ("R21",)),
        ]

    def _pay(self, payee: str, entry: Transaction, amount: Decimal) -> None:
        day = entry.date
        if day > self._until:
            self._end_month()
            self._until = day.replace(day=monthrange(day.year, day.month)[1])
        paid = self._paid.get(payee)
        if paid is None:
            paid = self._paid[payee] = []
        paid.append((amount, entry))

    def _end_month(self) -> None:
        """Say which payees were paid a round sum in parts within the month."""
        month = f"{self._until.year}年{self._until.month}月"
        for payee, paid in sorted(self._paid.items()):
            total = sum(map(itemgetter(0), paid), ZERO)
            if len(paid) > 1 and total > ZERO and not total % self._round:
                text = f"{month}向“{payee}”付款 {len(paid)} 笔，合计 {shown(total)} 元，疑似化整为零；请核对"
                self._findings.append(finding("R22", paid[-1][1], text))
        self._paid.clear()

    def _person(self, entry: Transaction, event: Event) -> None:
        self._persons = True
        paid = sum((s.amount for s in event.spendings if s.economic in self._labour), ZERO)
        if paid > self._limit:
            text = f"向个人支付劳务费 {shown(paid)} 元，超过 {shown(self._limit)} 元；请核对劳务内容和签收"
            self._findings.append(finding("R21", entry, text))
