"""The payees family: who is paid, how much and how often (R19, R21, R22)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from itertools import compress
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
    from yusuan.ledger.rules.batch import Batch
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
PERSON = "个人"
#: What somebody was paid, in how many payments, and the last of them.
_Sum = tuple[Decimal, int, Transaction | None]
_NOTHING: _Sum = ZERO, 0, None


class Paid(Family):
    """Looks at payments as an auditor would; nothing of it proves a fault, so nothing stops.

    Whether a payee is a person only the metadata `payee-type: "个人"` can tell.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R19", "R21", "R22")
    STATE: ClassVar[tuple[str, ...]] = ("_persons", "_until", "_month", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the unit's own name and the thresholds."""
        super().__init__(ground)
        self._unit = ground.settings.unit
        self._labour: list[str] = parameter(ground.settings, "R21", "codes")
        self._limit = parse(parameter(ground.settings, "R21", "limit"))
        self._round = parse(parameter(ground.settings, "R22", "round"))
        self._heads = tuple(parameter(ground.settings, "R22", "heads"))
        self._persons = False
        #: The last day of the month, and what each payee was paid in it of the 款 that are looked at.
        self._until = date.min
        self._month: dict[str, _Sum] = {}
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Look at a payment."""
        if event is None or event.kind is not Kind.PAYMENT or not event.spendings:
            return
        if not entry.payee:
            return
        if entry.payee == self._unit:
            self._to_itself(entry)
        if entry.meta.get("payee-type") == PERSON:
            self._person(entry, event)
        if event.spendings[0].economic.startswith(self._heads):
            self._turn(entry.date)
            self._add(entry.payee, sum((s.amount for s in event.spendings), ZERO), entry)

    def learn(self, kin: Kin) -> object:
        """Add up what is paid of a 款 that is looked at; what is paid to the unit itself is like no other."""
        if len(kin.event.spendings) != 1:
            return self.anew
        if not kin.event.spendings[0].economic.startswith(self._heads):
            return None
        return True

    def follow(self, batch: Batch, known: Sequence[bool | None]) -> None:
        """Add them up."""
        self._turn(batch.entries[0].date)
        looked_at = [known[number] for number in batch.kin]
        columns = zip(batch.payees, batch.amounts, batch.entries, strict=True)
        for payee, amount, entry in compress(columns, looked_at):
            if payee:
                self._add(payee, amount, entry)

    def finish(self) -> list[Finding]:
        """End the last month; give all findings."""
        return [*self._findings, *self._in_parts()]

    def idle(self) -> Collection[str]:
        """A book without the unit's name, or without word of persons, cannot be judged by them."""
        return [
            *(() if self._unit else ("R19",)),
            *(() if self._persons else ("R21",)),
        ]

    def _turn(self, day: date) -> None:
        """Begin the month of a day, if it is another one; payments come in the order of their days."""
        if day > self._until:
            self._findings += self._in_parts()
            self._until = day.replace(day=monthrange(day.year, day.month)[1])
            self._month = {}

    def _add(self, payee: str, amount: Decimal, entry: Transaction) -> None:
        """Add a payment to its month."""
        total, count, _ = self._month.get(payee, _NOTHING)
        self._month[payee] = total + amount, count + 1, entry

    def _in_parts(self) -> Iterator[Finding]:
        """Say which payees were paid a round sum in parts within the month."""
        for payee, (total, count, last) in sorted(self._month.items()):
            if last and count > 1 and total > ZERO and not total % self._round:
                text = (
                    f"{last.date.year}年{last.date.month}月向“{payee}”付款 {count} 笔，"
                    f"合计 {shown(total)} 元，疑似化整为零；请核对"
                )
                yield finding("R22", last, text)

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
