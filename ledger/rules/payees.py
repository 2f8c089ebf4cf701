"""The payees family: who is paid, how much and how often (R19, R21, R22)."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import ClassVar

from beancount.core.data import Transaction

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.money import parse
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Follower
    from yusuan.ledger.rules.family import Ground

ZERO = Decimal("0.00")
PERSON = "个人"
#: What each payee was paid in a month, and by which entry.
_Month = defaultdict[str | None, list[tuple[Decimal, Transaction]]]


class Paid(Family):
    """Looks at payments as an auditor would; nothing of it proves a fault, so nothing stops.

    Whether a payee is a person only the metadata `payee-type: "个人"` can tell.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R19", "R21", "R22")
    STATE: ClassVar[tuple[str, ...]] = ("_persons", "_paid", "_amounts", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the unit's own name and the thresholds."""
        super().__init__(ground)
        self._unit = ground.settings.unit
        self._labour: list[str] = parameter(ground.settings, "R21", "codes")
        self._limit = parse(parameter(ground.settings, "R21", "limit"))
        self._round = parse(parameter(ground.settings, "R22", "round"))
        self._heads = tuple(parameter(ground.settings, "R22", "heads"))
        self._persons = False
        #: Payments of the 款 that are looked at, in the order of their days, and their amounts.
        self._paid: list[Transaction] = []
        self._amounts: list[Decimal] = []
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Look at a payment."""
        if event is None or event.kind is not Kind.PAYMENT or not entry.payee:
            return
        if entry.payee == self._unit:
            self._to_itself(entry)
        if entry.meta.get("payee-type") == PERSON:
            self._person(entry, event)
        if event.spendings[0].economic.startswith(self._heads):
            self._paid.append(entry)
            self._amounts.append(sum((s.amount for s in event.spendings), ZERO))

    def follower(self, entry: Transaction, event: Event) -> Follower | None:
        """Put payments aside where the 款 is one of those looked at; know the unit's own name."""
        unit = self._unit
        if len(event.spendings) != 1:
            return self.anew
        looked_at = event.spendings[0].economic.startswith(self._heads)
        (at,) = self._ground.reader.spent_at(entry)
        paid, sums = self._paid, self._amounts

        def follow(entry: Transaction, amounts: Sequence[Decimal]) -> None:
            if entry.payee == unit and unit:
                self._to_itself(entry)
            if looked_at:
                paid.append(entry)
                sums.append(amounts[at])

        return follow

    def finish(self) -> list[Finding]:
        """Say which payees were paid a round sum in parts within a month; give all findings."""
        found: list[Finding] = []
        until, month = date.min, _Month()
        for entry, amount in zip(self._paid, self._amounts, strict=True):
            if entry.date > until:
                found += self._in_parts(month)
                day = entry.date
                until, month = day.replace(day=monthrange(day.year, day.month)[1]), _Month(list)
            month[entry.payee].append((amount, entry))
        return [*self._findings, *found, *self._in_parts(month)]

    def idle(self) -> Collection[str]:
        """A book without the unit's name, or without word of persons, cannot be judged by them."""
        return [
            *(() if self._unit else ("R19",)),
            *(() if self._persons else ("R21",)),
        ]

    def _in_parts(self, month: _Month) -> Iterator[Finding]:
        for payee, paid in sorted(month.items(), key=lambda item: item[0] or ""):
            total = sum(map(itemgetter(0), paid), ZERO)
            if payee and len(paid) > 1 and total > ZERO and not total % self._round:
                day = paid[-1][1].date
                text = (
                    f"{day.year}年{day.month}月向“{payee}”付款 {len(paid)} 笔，合计 {shown(total)} 元，"
                    "疑似化整为零；请核对"
                )
                yield finding("R22", paid[-1][1], text)

    def _to_itself(self, entry: Transaction) -> None:
        if "reason" not in entry.meta:
            text = f"向本单位账户“{self._unit}”转款；确属规定情形的请用 reason 注明"
            self._findings.append(finding("R19", entry, text))

    def _person(self, entry: Transaction, event: Event) -> None:
        self._persons = True
        paid = sum((s.amount for s in event.spendings if s.economic in self._labour), ZERO)
        if paid > self._limit:
            text = f"向个人支付劳务费 {shown(paid)} 元，超过 {shown(self._limit)} 元；请核对劳务内容和签收"
            self._findings.append(finding("R21", entry, text))
