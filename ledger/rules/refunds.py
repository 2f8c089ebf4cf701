"""The refunds family: what comes back was paid this year, and no more of it than was paid (R26)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
_Key = tuple[str, ...]
_Sums = defaultdict[_Key, Decimal]
OF = "of"


class Refunded(Family):
    """Holds each refund to what was paid: to the payments it links to, or to the year's on its line.

    A refund of an earlier year's payment restores no authority of this year: it is recorded
    against 8101 or 8201 年初余额调整 and spends nothing. Source: HANDBOOK §2.2 E8a to E8c, §3.1.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R26",)
    STATE: ClassVar[tuple[str, ...]] = ("_events", "_refunds", "_later")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing paid."""
        super().__init__(ground)
        self._events: list[Event] = []
        self._refunds: list[tuple[Transaction, Event]] = []
        #: Reversals, corrections and payments below zero: they give authority back as refunds do.
        self._later: list[tuple[Transaction, Event]] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Remember what was paid and what came back."""
        if event is None or not event.derived:
            return
        self._events.append(event)
        if event.kind is Kind.REFUND:
            self._refunds.append((entry, event))
        elif event.kind is not Kind.PAYMENT or _takes_back(event):
            self._later.append((entry, event))

    def learn(self, kin: Kin) -> object:
        """Leave payments unread, until something of them comes back."""
        return self.anew if _takes_back(kin.event) else None

    def finish(self) -> list[Finding]:
        """Compare the refunds, in the order of their days and ids, with what there was to refund."""
        if not self._refunds and not self._later:
            return []
        paid = _Paid([*self._events, *self._asked_about()], self._ground.layers)
        back: _Sums = defaultdict(Decimal)
        found: list[Finding] = []
        for entry, event in self._later:
            originals = _originals(entry, paid)
            earlier = [finding("R26", entry, text) for text in _of_earlier_year(event, originals)]
            found += earlier or [
                finding("R26", entry, text, Severity.WARN) for text in _never_paid(event, paid)
            ]
        for entry, event in sorted(self._refunds, key=lambda item: (item[1].date, item[1].id)):
            found.extend(finding("R26", entry, text) for text in _judged(event, entry, paid, back))
            found.extend(finding("R26", entry, text) for text in _never_paid(event, paid))
        return found

    def idle(self) -> Collection[str]:
        """A book without refunds has none to judge."""
        return () if self._refunds or self._later else self.RULES

    def _asked_about(self) -> Iterator[Event]:
        """Read the payments that a refund may be of: those of its line and 款, and those it links to."""
        back = (event for _, event in (*self._refunds, *self._later))
        economics = {s.economic for event in back for s in event.spendings if s.amount < ZERO}
        links = {name for entry, _ in (*self._refunds, *self._later) for name in _named_by(entry)}
        read = self._ground.reader
        for entry in self._ground.alike:
            if event_id(entry) in links or read.economics(entry) & economics:
                event = read.event(entry)
                # What takes something back is like no other, and was read before.
                if event is not None and not _takes_back(event):
                    yield event


class _Paid:
    """What was paid: by id, by what links to it, and by year, line and 款."""

    def __init__(self, events: Iterable[Event], layers: Layers) -> None:
        self.by_id: dict[str, Event] = {}
        self._layers = layers
        self._linked: defaultdict[str, list[Event]] = defaultdict(list)
        spent: defaultdict[_Key, list[tuple[date, Decimal]]] = defaultdict(list)
        for event in events:
            if event.kind is Kind.PAYMENT:
                self.by_id[event.id] = event
            for link in {*_named_by(event.entry), event.id}:
                self._linked[link].append(event)
            for spending, what in self.parts(event):
                spent[str(event.date.year), *what].append((event.date, spending.amount))
        self._days = {key: sorted(each) for key, each in spent.items()}
        self._sums = {key: [*accumulate(a for _, a in each)] for key, each in self._days.items()}

    def parts(self, event: Event) -> Iterator[tuple[Spending, _Key]]:
        """Give each spending with what a refund must agree in, since all of it gets authority back."""
        for spending, touched in zip(event.spendings, self._layers.of(event), strict=True):
            scope = (cell.scope for cell in touched.cells if cell.layer == ECONOMIC_LAYER)
            what = spending.line, spending.economic, spending.procurement, next(scope, "")
            yield spending, what

    def by(self, original: str) -> Iterator[tuple[Spending, _Key]]:
        """Give what a payment spent, with what corrected it and what took any of this back."""
        family: dict[int, Event] = {}
        ids = [original]
        for id_ in ids:  # it grows while we go through it
            near = [event for event in self._linked[id_] if id(event) not in family]
            family |= {id(event): event for event in near}
            ids += [event.id for event in near if event.kind is not Kind.PAYMENT and event.id]
        return (
            part for e in family.values() if e.kind is not Kind.REFUND for part in self.parts(e)
        )

    def least(self, day: date, what: _Key) -> Decimal:
        """Give what a year has paid in all, or up to a day where that is less."""
        key = str(day.year), *what
        sums = self._sums[key]
        return min(sums[-1], sums[bisect_right(self._days[key], day, key=_day) - 1])


def _day(dated: tuple[date, Decimal]) -> date:
    return dated[0]


def _named_by(entry: Any) -> frozenset[str]:  # noqa: ANN401 -- a transaction, opaque in its event
    """Give the entries that one names: by its links, and by the word `of`."""
    of, links = _of(entry), frozenset[str](entry.links)
    return links | {of} if of else links


def _of(entry: Transaction) -> str:
    return str(entry.meta.get(OF) or "")


def _judged(event: Event, entry: Transaction, paid: _Paid, back: _Sums) -> Iterator[str]:
    if any(spending.amount >= ZERO for spending in event.spendings):
        yield '退回的支出应为负数；请改正正负号，支付不要写 event: "refund"'
        return
    of = _of(entry)
    if of and of not in paid.by_id:
        yield f"所退回的支付 {of} 不在账上；请核对 of，以前年度的支付记入年初余额调整（8101 或 8201）"
        return
    originals = _originals(entry, paid)
    misdated = [*_of_earlier_year(event, originals), *_before(event, originals)]
    if misdated:
        yield misdated[0]
    elif len(originals) == 1:
        yield from _beyond(event, originals[0].id, paid, back)


def _originals(entry: Transaction, paid: _Paid) -> list[Event]:
    """Give the payments that an entry names: the one it says it is of, else those it links to."""
    of = _of(entry)
    names = [of] if of in paid.by_id else sorted(entry.links)
    return [paid.by_id[name] for name in names if name in paid.by_id]


def _of_earlier_year(event: Event, originals: Iterable[Event]) -> Iterator[str]:
    """Say of which payments of an earlier year an entry would give this year's authority back."""
    for original in originals:
        if original.date.year < event.date.year:
            yield (
                f"退回的是 {original.date} 的支付 {original.id}，不得恢复本年的额度；"
                "请记入结转结余的年初余额调整（8101 或 8201）"
            )


def _before(event: Event, originals: Iterable[Event]) -> Iterator[str]:
    """Say which payments come back before they were made: until then there would be more to spend."""
    for original in originals:
        if original.date > event.date:
            yield f"退回早于所退回的支付 {original.id}（{original.date}）；请核对日期和 of"


def _takes_back(event: Event) -> bool:
    return any(spending.amount < ZERO for spending in event.spendings)


def _never_paid(event: Event, paid: _Paid) -> Iterator[str]:
    """Say of which line and 款 more comes back in a year than was paid in it, by whatever entries."""
    for spending, what in paid.parts(event):
        over = -paid.least(event.date, what)
        if spending.amount < ZERO < over:
            part = f"指标 {spending.line} 的经济分类 {_named(spending)}"
            yield f"退回多于已付：{part}，本年退回比支付多 {shown(over)} 元；请核对金额"


def _beyond(event: Event, original: str, paid: _Paid, back: _Sums) -> Iterator[str]:
    """Say where more comes back than the one payment that a refund names had paid."""
    spent = [*paid.by(original)]
    for spending, what in paid.parts(event):
        key = (original, spending.function, *what)
        total = sum(
            (s.amount for s, each in spent if (s.function, each) == (spending.function, what)), ZERO
        )
        part = f"支付 {original} 的指标 {spending.line}、经济分类 {_named(spending)}"
        if total <= ZERO:
            yield f"{part}没有支出，不能退回；请按原支付的指标、科目、类别和采购类别退回"
            continue
        left = total - back[key]
        back[key] += -spending.amount
        if -spending.amount > left:
            yield f"退回多于已付：{part}还可退回 {shown(left)} 元，退回 {shown(-spending.amount)} 元"


def _named(spending: Spending) -> str:
    return f"{spending.economic} {spending.procurement}".strip()
