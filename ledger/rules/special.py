"""The special family: 三公 and 采购 within what is given for them (R09, R10, R11).

That a special limit is overdrawn, the control family finds by the day rule, and says it under R09
or R11. Here stands what the limits themselves must hold to.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import chart_data
from yusuan.ledger.money import MoneyError
from yusuan.ledger.money import shown
from yusuan.ledger.money import yuan
from yusuan.ledger.rules import procurement
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.moves import approved_by_finance
from yusuan.ledger.rules.moves import both_ways
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.config import Settings
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
#: What brings limits of its own, or takes back what was recorded; any other increase is a change.
_GIVEN = frozenset({
    Kind.APPROPRIATION, Kind.ADVANCE, Kind.REVERSAL, Kind.CARRY, Kind.CLOSING, Kind.OPENING,
})  # fmt: skip
#: What takes the rest of a limit away at the end of its year does not change what it was.
_AFTERWARDS = frozenset({Kind.LAPSE, Kind.CARRY, Kind.CLOSING, Kind.OPENING})


def tolerances(settings: Settings) -> dict[str, Decimal]:
    """Give the groups whose limits are imported with a budget, each with its tolerance in 元.

    A figure printed in 万元 says no more than to the nearest 100 元. Source: HANDBOOK R09.
    """
    rules = {THREE_PUBLIC: "R09", PROCUREMENT: "R11"}
    return {
        group: yuan(parameter(settings, rule, "tolerance") or "0")
        for group, rule in rules.items()
        if parameter(settings, rule, "from_budget")
    }


class Capped(Family):
    """Judges the changes of special limits, and the year's limits against the year before."""

    RULES: ClassVar[tuple[str, ...]] = ("R09", "R10", "R11")
    STATE: ClassVar[tuple[str, ...]] = ("_findings", "_moved", "_given", "_entries", "_explained")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing given."""
        super().__init__(ground)
        self._layers = ground.layers
        self._groups = ground.layers.register.special_groups
        self._guarded = frozenset(parameter(ground.settings, "R09", "codes"))
        said: str = parameter(ground.settings, "R10", "last_year")
        self._last_year = yuan(said) if said else None
        self._papers = procurement.judged(ground.settings)
        self._findings: list[Finding] = []
        self._moved = False
        #: What was given for 三公 in each year, the entry that gave it last, and where a reason is.
        self._given: dict[int, Decimal] = {}
        self._entries: dict[int, Transaction] = {}
        self._explained: set[int] = set()

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge a change of authority; what is spent, the control family judges."""
        if event is None or event.derived or not event.shifts:
            return
        if event.kind is Kind.TRANSFER and both_ways(event):
            self._moved = True
            self._findings += self._diverted(entry, event)
        changes = {
            place.cell.scope: change
            for place, change in deltas(event, self._layers).items()
            if place.cell.layer == SPECIAL_LAYER
            and group_of(place.cell.scope) == THREE_PUBLIC
            and place.state is State.AVAILABLE
        }
        if changes:
            self._findings += _raised(entry, event, changes)
            self._add_up(entry, event, changes)

    def learn(self, kin: Kin) -> None:
        """Leave payments alone."""
        del kin

    def finish(self) -> list[Finding]:
        """Compare each year's 三公 with the year before; give all findings."""
        for year, total, before in self._compared():
            if total > before and year not in self._explained:
                text = (
                    f"三公经费预算 {shown(total)} 元，较上年 {shown(before)} 元增加"
                    f" {shown(total - before)} 元，须说明原因；请核对，并在凭证用 reason 注明"
                )
                self._findings.append(finding("R10", self._entries[year], text))
        return [*self._findings, *(self._papers or ())]

    def idle(self) -> Collection[str]:
        """Nothing is judged by limits that there are not, or by a year that nobody knows."""
        idle = {
            "R09": not self._moved and THREE_PUBLIC not in self._groups,
            "R10": not any(self._compared()),
            "R11": self._papers is None and PROCUREMENT not in self._groups,
        }
        return [rule for rule, nothing in idle.items() if nothing]

    def _diverted(self, entry: Transaction, event: Event) -> Iterator[Finding]:
        into = {s.place.cell.code for s in event.shifts if s.amount > 0}
        out = {s.place.cell.code for s in event.shifts if s.amount < 0}
        diverted = sorted((into - out) & self._guarded)
        if diverted and not approved_by_finance(entry):
            codes = "、".join(diverted)
            text = f"不得挪用其他预算资金用于三公经费：调入经济分类 {codes} 须有财政部门批准并写明批准单位（approver）"
            yield finding("R09", entry, text)

    def _add_up(self, entry: Transaction, event: Event, changes: Mapping[str, Decimal]) -> None:
        if event.kind in _AFTERWARDS:
            return
        year = event.date.year
        given = sum(changes.values(), ZERO) - _tolerance(entry)
        self._given[year] = self._given.get(year, ZERO) + given
        if given > ZERO or year not in self._entries:
            self._entries[year] = entry
        if str(entry.meta.get("reason") or "").strip():
            self._explained.add(year)

    def _compared(self) -> Iterator[tuple[int, Decimal, Decimal]]:
        """Give each year of which the year before is known: what was given then and before."""
        given = dict(self._given)
        if self._last_year is not None and given:
            given.setdefault(min(given) - 1, self._last_year)
        for year in sorted(self._given):
            if year - 1 in given:
                yield year, given[year], given[year - 1]


def _raised(entry: Transaction, event: Event, changes: Mapping[str, Decimal]) -> Iterator[Finding]:
    """R09: nobody but the finance department gives more for 三公 than was approved."""
    names = chart_data().special_items
    more = [
        f"{item} {names[item]} {shown(change)} 元"
        for item, change in sorted(changes.items())
        if change > ZERO
    ]
    if more and event.kind not in _GIVEN and not approved_by_finance(entry):
        text = (
            f"增加三公经费额度（{'、'.join(more)}）须有财政部门批准；"
            '请用 approver 注明批准单位，属年初批复的写 event: "appropriation"'
        )
        yield finding("R09", entry, text)


def _tolerance(entry: Transaction) -> Decimal:
    """Give how much of what an entry gives is tolerance for figures in 万元, as an import notes it."""
    try:
        return yuan(str(entry.meta.get("tolerance") or "0"))
    except MoneyError:
        return ZERO
