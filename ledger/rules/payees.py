"""The payees family: who is paid, how much and how often (R19, R21, R22)."""

from __future__ import annotations

from decimal import Decimal
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
    from yusuan.ledger.rules.family import Ground

ZERO = Decimal("0.00")
PERSON = "个人"


class Paid(Family):
    """Looks at payments as an auditor would; nothing of it proves a fault, so nothing stops.

    Whether a payee is a person only the metadata `payee-type: "个人"` can tell.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R19", "R21", "R22")

    def __init__(self, ground: Ground) -> None:
        """Start with the unit's own name and the thresholds."""
        super().__init__(ground)
        self._unit = ground.settings.unit
        self._labour: list[str] = parameter(ground.settings, "R21", "codes")
        self._limit = parse(parameter(ground.settings, "R21", "limit"))
        self._round = parse(parameter(ground.settings, "R22", "round"))
        self._heads = tuple(parameter(ground.settings, "R22", "heads"))
        self._persons = False
        self._months: dict[tuple[str, int, int], list[tuple[Transaction, Decimal]]] = {}
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
        spending = event.spendings[0]
        if spending.economic.startswith(self._heads):
            amount = sum((s.amount for s in event.spendings), ZERO)
            key = (entry.payee, entry.date.year, entry.date.month)
            self._months.setdefault(key, []).append((entry, amount))

    def finish(self) -> list[Finding]:
        """Say which payees were paid a round sum in parts within a month; give all findings."""
        for (payee, year, month), paid in sorted(self._months.items()):
            total = sum((amount for _, amount in paid), ZERO)
            if len(paid) > 1 and total > ZERO and not total % self._round:
                text = f"{year}年{month}月向“{payee}”付款 {len(paid)} 笔，合计 {shown(total)} 元，疑似化整为零；请核对"
                self._findings.append(finding("R22", paid[-1][0], text))
        return self._findings

    def idle(self) -> Collection[str]:
        """A book without the unit's name, or without word of persons, cannot be judged by them."""
        return [
            *(() if self._unit else ("R19",)),
            *(() if self._persons else ("R21",)),
        ]

    def _person(self, entry: Transaction, event: Event) -> None:
        self._persons = True
        paid = sum((s.amount for s in event.spendings if s.economic in self._labour), ZERO)
        if paid > self._limit:
            text = f"向个人支付劳务费 {shown(paid)} 元，超过 {shown(self._limit)} 元；请核对劳务内容和签收"
            self._findings.append(finding("R21", entry, text))
