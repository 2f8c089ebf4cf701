"""The conserved family: an entry moves authority in the way that it says, and no other (S13).

What is frozen, committed or lapsed stays with its line; what is granted comes out of the source
that it is said to come from, for lines of the same fund; what is received or paid moves none.
Otherwise a transfer could pass as a freeze, or a supplement as a receipt, without its document.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import chart_data
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from decimal import Decimal

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: What changes the state of authority and leaves it with its line.
_STAYING = frozenset(
    {Kind.FREEZE, Kind.UNFREEZE, Kind.COMMITMENT, Kind.RELEASE, Kind.LAPSE, Kind.ASSIGNMENT}
)
#: What is about money; its authority follows from what it spends.
_MONEYED = frozenset({Kind.PAYMENT, Kind.REFUND, Kind.CORRECTION, Kind.RECEIPT, Kind.OTHER})
#: What each source may be drawn on by; an approval replaces what was given in advance.
_DRAWN_BY = {
    "01": frozenset({Kind.APPROPRIATION}),
    "02": frozenset({Kind.ADVANCE, Kind.APPROPRIATION}),
    "03": frozenset({Kind.SUPPLEMENT}),
    "04": frozenset({Kind.REDUCTION}),
    "05": frozenset({Kind.CARRY, Kind.OPENING}),
}
ADVANCE = "02"
#: What empties the accounts of a year, its sources too; and what begins the next.
_TURNING = frozenset({Kind.CLOSING, Kind.OPENING})


class Conserved(Family):
    """Compares what an entry is called with what it does to authority. Source: HANDBOOK §3.1, Z0."""

    RULES: ClassVar[tuple[str, ...]] = ("S13",)
    STATE: ClassVar[tuple[str, ...]] = (
        "_findings", "_ran", "_early", "_advanced", "_approved", "_last",
    )  # fmt: skip

    def __init__(self, ground: Ground) -> None:
        """Start with the lines of the book."""
        super().__init__(ground)
        self._lines = ground.layers.register.lines
        self._findings: list[Finding] = []
        self._ran = False
        #: What is left of what was given in advance in a year, by fund, and the lines that it was for.
        self._early: dict[tuple[int, str], Decimal] = {}
        self._advanced: set[tuple[int, str]] = set()
        #: The approval of each line in a year.
        self._approved: dict[tuple[int, str], Transaction] = {}
        #: The last day that has an entry.
        self._last = date.min

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge what changes authority without spending it."""
        self._last = entry.date
        if event is None or event.derived or event.spendings:
            return
        self._ran = True
        self._note(entry, event)
        if _elsewhere(entry, event):
            return
        # Less authority than there should be is noticed by whoever misses it; more is not.
        severity = None if _raises(event) else Severity.WARN
        said = self._judged(entry, event)
        self._findings.extend(finding("S13", entry, text, severity) for text in said)

    def learn(self, kin: Kin) -> None:
        """Payments are none of its business."""

    def finish(self) -> list[Finding]:
        """Find what was given in advance and is there twice; give all findings."""
        return [*self._findings, *self._twice()]

    def idle(self) -> Collection[str]:
        """A book in which no authority moves has nothing to judge."""
        return () if self._ran else self.RULES

    def _note(self, entry: Transaction, event: Event) -> None:
        """Remember what is given in advance, and what is approved."""
        year, sources = event.date.year, {origin.source for origin in event.origins}
        for origin in event.origins:
            if origin.source == ADVANCE:
                key = year, origin.fund
                self._early[key] = self._early.get(key, ZERO) + origin.amount
        if event.kind not in {Kind.ADVANCE, Kind.APPROPRIATION}:
            return
        for line, amount in _by_line(event):
            if amount > ZERO and ADVANCE in sources:
                self._advanced.add((year, line))
            elif amount > ZERO:
                self._approved[year, line] = entry

    def _twice(self) -> Iterator[Finding]:
        """Find approvals that have what was given in advance, which nobody took back. Source: DESIGN §2.

        Whoever is still recording the day of the approval may be about to.
        """
        last = max([self._last, *(entry.date for entry in self._ground.alike[-1:])])
        for year, fund in sorted(key for key, left in self._early.items() if left > ZERO):
            both = sorted(
                line
                for each, line in self._advanced & self._approved.keys()
                if each == year and line in self._lines and self._lines[line].fund == fund
                if self._approved[each, line].date < last
            )
            if both:
                left = shown(self._early[year, fund])
                text = (
                    f"提前下达的 {left} 元在批复后没有冲回，指标 {'、'.join(both)} 的额度重复；"
                    "请用 reverse 冲回提前下达"
                )
                yield finding("S13", self._approved[year, both[0]], text, Severity.WARN)

    def _judged(self, entry: Transaction, event: Event) -> Iterator[str]:
        kind = event.kind
        if kind in _MONEYED:
            if "event" in entry.meta:
                yield f"event 写作“{kind}”，却变动了额度；请改为所办的事项，如 supplement（追加）、transfer（调剂）"
            return
        closes = kind is Kind.CLOSING and not event.origins
        if kind in _STAYING or kind is Kind.REVERSAL or closes:
            yield from self._leaving(event)
        if kind is Kind.REVERSAL:
            return
        names = chart_data().source_kinds
        for source in sorted({origin.source for origin in event.origins}):
            if kind not in _DRAWN_BY[source]:
                yield f"event 为“{kind}”，额度来源却记在 {source} {names[source]}；请改正 event 或来源科目"
        if event.origins:
            yield from self._of_other_funds(event)

    def _leaving(self, event: Event) -> Iterator[str]:
        """Find lines that have more or less authority afterwards, whatever its state."""
        sums: dict[str, Decimal] = {}
        for line, amount in _by_line(event):
            sums[line] = sums.get(line, ZERO) + amount
        into = [line for line, amount in sorted(sums.items()) if amount > ZERO]
        if event.kind is Kind.ASSIGNMENT:
            total = sum(sums.values(), ZERO)
            if total:
                yield f"分解改变总额 {shown(total)} 元；改变总额请用追加或追减"
        elif into:
            more = shown(sums[into[0]])
            if event.kind is Kind.REVERSAL:
                yield f"红冲没有注明原凭证，却使指标 {into[0]} 的额度多出 {more} 元；请用 of 写明原凭证的编号"
            else:
                yield f"指标 {into[0]} 的额度多出 {more} 元；冻结、占用、收回等留在原指标，跨指标变动请用调剂"

    def _of_other_funds(self, event: Event) -> Iterator[str]:
        """Compare by fund what lines get with what the sources give."""
        sums: dict[str, Decimal] = {}
        for line, amount in _by_line(event):
            known = self._lines.get(line)
            if known is None:
                return
            sums[known.fund] = sums.get(known.fund, ZERO) + amount
        for origin in event.origins:
            sums[origin.fund] = sums.get(origin.fund, ZERO) - origin.amount
        wrong = [fund for fund, amount in sorted(sums.items()) if amount]
        if wrong:
            names = "、".join(chart_data().funds[fund] for fund in wrong)
            yield f"额度来源与指标的资金性质不一致（{names}）；请按指标的资金性质记来源"


def _elsewhere(entry: Transaction, event: Event) -> bool:
    """Tell what has rules of its own: R08, S14, and those of a year's beginning and end.

    A reversal that names nothing is compared with nothing (S14), and what ends or begins a year
    gives nothing new.
    """
    if event.kind is Kind.REVERSAL:
        return bool(entry.meta.get("of"))
    return event.kind is Kind.TRANSFER or (event.kind in _TURNING and not _raises(event))


def _by_line(event: Event) -> Iterator[tuple[str, Decimal]]:
    for shift in event.shifts:
        if shift.place.cell.layer == LINE_LAYER:
            yield shift.place.cell.scope, shift.amount


def _raises(event: Event) -> bool:
    """Tell whether an entry makes more of a line or limit available, or sets more of it aside."""
    return any(shift.amount > ZERO and shift.place.limited for shift in event.shifts)
