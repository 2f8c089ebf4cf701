"""The year-end family: two years and no longer (R13), and no less spent than was aimed at (R29)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_DOWN
from decimal import Decimal
from itertools import compress
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import LineState
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.rules.ruling import percentage

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from beancount.core.data import Open
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Batch
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
AVAILABLE = "92"
NEW_YEAR = (1, 1)
YEAR_END = (12, 31)
_CLOSING = frozenset({Kind.CLOSING, Kind.CARRY})
_DISPOSED = frozenset({State.CARRIED, State.LAPSED})

#: A year and a line; and sums in 元 of them.
_Key = tuple[int, str]
_Sums = defaultdict[_Key, Decimal]


class Closed(Family):
    """Adds up what each watched line was given, spent and rid of in a year; judges closed years.

    Watched are the fiscal projects, which R13 is about, and the lines with a target. What leaves
    a line at the year's end (结转, 收回) is no change of its budget: the rate of execution is
    measured by the budget of the year. Source: HANDBOOK §4.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R13", "R29")
    STATE: ClassVar[tuple[str, ...]] = (
        "_targets", "_budget", "_disposed", "_spent", "_carried",
        "_last", "_years", "_ended", "_closing", "_findings",
    )  # fmt: skip

    def __init__(self, ground: Ground) -> None:
        """Start with nothing given."""
        super().__init__(ground)
        self._layers = ground.layers
        exempt: list[str] = parameter(ground.settings, "R13", "exempt")
        self._limited = {
            line.id: line
            for line in ground.layers.register.lines.values()
            if line.klass == PROJECT
            and line.fund in FISCAL_FUNDS
            and not {line.id, line.project} & set(exempt)
        }
        aim = percentage(parameter(ground.settings, "R29", "target"))
        lines = ground.layers.register.lines.values()
        #: What each line's spending aims at, in percent of its budget.
        self._targets = {line.id: aim for line in lines if line.klass == PROJECT} if aim else {}
        self._budget: _Sums = defaultdict(Decimal)
        self._disposed: _Sums = defaultdict(Decimal)
        self._spent: _Sums = defaultdict(Decimal)
        self._carried: _Sums = defaultdict(Decimal)
        #: The last entry of a year that changed a line's authority without spending it.
        self._last: dict[tuple[int, str], Transaction] = {}
        self._years: set[int] = set()
        #: The years whose last day has an entry, and those among them that are being closed on it.
        self._ended: set[int] = set()
        self._closing: set[int] = set()
        self._findings: list[Finding] = []

    def opening(self, entry: Open) -> None:
        """Take in the target that a line declares."""
        said = entry.meta.get("target")
        account = meaning(entry.account) if said is not None else None
        if not isinstance(account, LineState) or account.state != AVAILABLE:
            return
        aim = percentage(said)
        if aim is None:
            text = f"指标 {account.line} 的 target 写作“{said}”，应为大于 0、不超过 100 的百分数"
            self._findings.append(finding("R29", entry, text))
            self._targets.pop(account.line, None)
        else:
            self._targets[account.line] = aim

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Add up a spending, or a change of authority."""
        day = entry.date
        self._years.add(day.year)
        at_end = (day.month, day.day) == YEAR_END
        if event is not None and event.derived:
            for spending in event.spendings:
                if self._watched(spending.line):
                    self._spent[day.year, spending.line] += spending.amount
                    if at_end:
                        self._ended.add(day.year)
            return
        if at_end:
            self._ended.add(day.year)
            # Most entries that close the books of a year move no authority: they are no event.
            if (entry.meta.get("event") if event is None else event.kind) in _CLOSING:
                self._closing.add(day.year)
        if event is not None:
            self._change(entry, event, at_end=at_end)

    def learn(self, kin: Kin) -> object:
        """Further payments are added to their line; those of lines that are not watched are nothing here."""
        line = kin.event.spendings[0].line
        if not self._watched(line):
            return None
        return (kin.event.date.year, line) if len(kin.event.places) == 1 else self.anew

    def follow(self, batch: Batch, known: Sequence[_Key | None]) -> None:
        """Add them up."""
        spent = self._spent
        keys: list[Any] = [known[number] for number in batch.kin]
        for key, amount in compress(zip(keys, batch.amounts, strict=True), keys):
            spent[key] += amount
        if batch.entries[0].date.month == YEAR_END[0]:
            ended = zip(keys, batch.entries, strict=True)
            self._ended.update(key[0] for key, e in ended if key and e.date.day == YEAR_END[1])

    def finish(self) -> list[Finding]:
        """Judge the years that have come to their end."""
        return [*self._findings, *self._overdue(), *self._behind()]

    def idle(self) -> Collection[str]:
        """There must be a year that has come to its end, and a line to judge at it."""
        return [
            *(() if any(self._ends_of_two_years()) else ("R13",)),
            *(() if any(self._aimed()) or self._findings else ("R29",)),
        ]

    def _watched(self, line: str) -> bool:
        return line in self._limited or line in self._targets

    def _change(self, entry: Transaction, event: Event, *, at_end: bool) -> None:
        changes = deltas(event, self._layers)
        leaving = at_end and (
            event.kind is Kind.CLOSING or any(place.state in _DISPOSED for place in changes)
        )
        sums = self._disposed if leaving else self._budget
        first = (entry.date.month, entry.date.day) == NEW_YEAR
        for place, change in changes.items():
            line = place.cell.scope
            if place.cell.layer != LINE_LAYER or not self._watched(line):
                continue
            key = (entry.date.year, line)
            if place.limited:
                sums[key] += change
            elif place.state is State.CARRIED and not first:
                # On the first day 96 may be turned into the new year's authority; nothing is carried.
                self._carried[key] += change
            held = self._last.get(key)
            if held is None or _order(held) <= _order(entry):
                self._last[key] = entry

    def _ends_of_two_years(self) -> Iterator[tuple[Line, int]]:
        """Give each limited line that had authority with each closed year after its first."""
        first: dict[str, int] = {}
        for year, id_ in sorted(self._last):
            first.setdefault(id_, year)
        now = max(self._years, default=0)
        for line in sorted(self._limited.values(), key=lambda line: line.id):
            for year in range(max(line.origin + 1, first.get(line.id, now + 1)), now + 1):
                if year < now or year in self._closing:
                    yield line, year

    def _overdue(self) -> Iterator[Finding]:
        """R13; once for each line, at the end of the first year that it should have ended with."""
        told: set[str] = set()
        for line, year in self._ends_of_two_years():
            left = self._left(line.id, year)
            again = self._carried[year, line.id]
            if line.id in told or (left <= ZERO and again <= ZERO):
                continue
            told.add(line.id)
            what = f"{year}-12-31 仍有额度 {shown(left)} 元"
            if again > ZERO:
                what = f"{year}-12-31 又结转 {shown(again)} 元"
            text = (
                f"{line.origin}年的项目指标 {line.id} {line.name}结转已满两年，{what}，"
                "应收回转为结余；基建项目竣工前的列入 exempt"
            )
            yield finding("R13", self._at(line.id, year), text)

    def _left(self, line: str, until: int) -> Decimal:
        """Sum what a line has left at the end of a year, in whatever state."""
        return sum(
            (
                self._budget[year, line] + self._disposed[year, line] - self._spent[year, line]
                for year in range(min(self._years), until + 1)
            ),
            ZERO,
        )

    def _aimed(self) -> Iterator[tuple[str, int]]:
        """Give each line that has a target with each ended year in which it had a budget."""
        for line in sorted(self._targets):
            for year in sorted(self._years):
                ended = year in self._ended or year < max(self._years)
                if ended and self._budget[year, line] > ZERO:
                    yield line, year

    def _behind(self) -> Iterator[Finding]:
        """R29."""
        for line, year in self._aimed():
            budget, spent = self._budget[year, line], self._spent[year, line]
            rate, target = HUNDRED * spent / budget, self._targets[line]
            if rate < target:
                what = f"全年预算 {shown(budget)} 元，执行 {shown(spent)} 元"
                exact = rate.quantize(Decimal("0.01"), ROUND_DOWN)
                text = f"指标 {line} {year}年预算执行率 {exact}%，低于目标 {target}%（{what}）；请说明原因"
                yield finding("R29", self._at(line, year), text)

    def _at(self, line: str, until: int) -> Transaction:
        """Give the last entry that changed a line's authority, up to the end of a year."""
        return self._last[max(key for key in self._last if key[1] == line and key[0] <= until)]


def _order(entry: Transaction) -> tuple[date, str]:
    return entry.date, event_id(entry)
