"""The carried family: basic expenditure is carried whole, and as what it was (R14)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import chart_data
from yusuan.ledger.entries import event_id
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
YEAR_END = (12, 31)
_BASIC = (PERSONNEL, OPERATING, BASIC)
_CARRYING = frozenset({Kind.CARRY, Kind.OPENING})

#: Sums in 元 by year, fund and class.
_Sums = defaultdict[tuple[int, str, str], Decimal]


class Carried(Family):
    """Compares, by fund and class, what a year carries with what the next year begins with.

    An approval may cut what is carried, so only more of one class and less of another is a
    change of kind. Source: 财预〔2016〕18号 (central departments; others may differ: information).
    """

    RULES: ClassVar[tuple[str, ...]] = ("R14",)
    STATE: ClassVar[tuple[str, ...]] = ("_out", "_into", "_first", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing carried."""
        super().__init__(ground)
        self._layers = ground.layers
        self._lines = ground.layers.register.lines
        self._out: _Sums = defaultdict(Decimal)
        self._into: _Sums = defaultdict(Decimal)
        #: The entry that begins a year with what was carried.
        self._first: dict[int, Transaction] = {}
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Look at what is carried and what lapses; spending is no matter here."""
        if event is None or event.derived:
            return
        at_end = (entry.date.month, entry.date.day) == YEAR_END
        if at_end or event.kind in _CARRYING:
            lapsed = self._sorted(entry, event, at_end=at_end)
            if at_end and lapsed > ZERO:
                text = (
                    f"基本支出年末收回 {shown(lapsed)} 元，没有结转；"
                    "中央部门的基本支出结余全部结转，请核对本地的规定"
                )
                self._findings.append(finding("R14", entry, text))

    def learn(self, kin: Kin) -> None:
        """No payment concerns it."""

    def finish(self) -> list[Finding]:
        """Compare each year with the one before; give all findings."""
        return [*self._findings, *self._turns()]

    def _turns(self) -> Iterator[Finding]:
        for year, entry in sorted(self._first.items()):
            for fund in sorted({fund for each, fund, _ in self._out if each == year - 1}):
                out, into = self._of(self._out, year - 1, fund), self._of(self._into, year, fund)
                if _turned(out, into):
                    text = (
                        f"{chart_data().funds[fund]}的结转改变了类别："
                        f"{year - 1}年结转 {_shown(out)}，{year}年转入 {_shown(into)}；请核对指标的 class"
                    )
                    yield finding("R14", entry, text)

    def idle(self) -> Collection[str]:
        """A book that carries nothing, and lets no basic expenditure lapse at the end, is not judged."""
        return () if self._out or self._findings else self.RULES

    def _sorted(self, entry: Transaction, event: Event, *, at_end: bool) -> Decimal:
        """Add up what an entry carries, by class; give what of basic expenditure it lets lapse."""
        year, lapsed = entry.date.year, ZERO
        changes = deltas(event, self._layers)
        carries = any(place.state is State.CARRIED and change > ZERO for place, change in changes.items())  # fmt: skip
        for place, change in changes.items():
            line = self._lines.get(place.cell.scope) if place.cell.layer == LINE_LAYER else None
            if line is None or line.klass not in {*_BASIC, PROJECT}:
                continue
            if place.state is State.CARRIED and (at_end or carries):
                self._out[year, line.fund, line.klass] += change
            elif place.state is State.LAPSED and line.klass in _BASIC and line.fund in FISCAL_FUNDS:
                lapsed += change
            elif place.state is State.AVAILABLE and change > ZERO and event.kind in _CARRYING:
                self._into[year, line.fund, line.klass] += change
                held = self._first.get(year)
                if held is None or _order(entry) < _order(held):
                    self._first[year] = entry
        return lapsed

    def _of(self, sums: _Sums, year: int, fund: str) -> dict[str, Decimal]:
        return {klass: sums.get((year, fund, klass), ZERO) for klass in (*_BASIC, PROJECT)}


def _turned(out: dict[str, Decimal], into: dict[str, Decimal]) -> bool:
    """Tell whether basic expenditure became another class; to split 基本 is to say more, not other."""
    more = {klass: max(into[klass] - out[klass], ZERO) for klass in out}
    less = {klass: max(out[klass] - into[klass], ZERO) for klass in out}
    split = less[BASIC]
    for klass, other in ((PERSONNEL, OPERATING), (OPERATING, PERSONNEL)):
        if less[other] and more[klass] > split:
            return True
    merged = more[BASIC] and (less[PERSONNEL] or less[OPERATING])
    diverted = more[PROJECT] and any(less[klass] for klass in _BASIC)
    return bool(merged or diverted)


def _shown(sums: dict[str, Decimal]) -> str:
    found: Iterator[str] = (
        f"{klass} {shown(amount)} 元" for klass, amount in sums.items() if amount
    )
    return "、".join(found) or "0.00 元"


def _order(entry: Transaction) -> tuple[str, str]:
    return entry.date.isoformat(), event_id(entry)
