"""The pace family: not before the approval (R15), not too late in the year (R16, R18)."""

from __future__ import annotations

from calendar import isleap
from calendar import monthrange
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.money import parse
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
_YEAR, _LEAP_YEAR = 365, 366


class Paced(Family):
    """Adds up spending by day, and at the ends of configured months by line."""

    RULES: ClassVar[tuple[str, ...]] = ("R15", "R16", "R18")
    STATE: ClassVar[tuple[str, ...]] = ("_last", "_approved", "_daily", "_budget", "_spent")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing spent."""
        super().__init__(ground)
        self._layers = ground.layers
        self._lines = ground.layers.register.lines
        self._months: list[int] = parameter(ground.settings, "R16", "months")
        self._points = Decimal(parameter(ground.settings, "R16", "points"))
        self._rush: list[int] = parameter(ground.settings, "R18", "months")
        self._share = Decimal(parameter(ground.settings, "R18", "share"))
        said: str = parameter(ground.settings, "R15", "same_period")
        self._same_period = parse(said) if said else None
        self._last: Transaction | None = None
        self._approved: dict[int, Transaction] = {}
        self._daily: dict[date, Decimal] = {}
        #: Authority and spending of a line in a month of a year.
        self._budget: defaultdict[tuple[int, int, str], Decimal] = defaultdict(Decimal)
        self._spent: defaultdict[tuple[int, int, str], Decimal] = defaultdict(Decimal)

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Add up a spending, or the authority that it is measured by."""
        if event is None:
            return
        self._last = entry
        day = event.date
        if event.derived:
            for spending in event.spendings:
                line = self._lines.get(spending.line)
                if line is not None and line.origin == day.year:
                    self._daily[day] = self._daily.get(day, ZERO) + spending.amount
                if self._months or self._rush:
                    self._spent[day.year, day.month, spending.line] += spending.amount
            return
        if event.kind is Kind.APPROPRIATION:
            self._approved.setdefault(day.year, entry)
        if self._months or self._rush:
            for place, change in deltas(event, self._layers).items():
                if place.cell.layer == LINE_LAYER and place.state is not State.LAPSED:
                    self._budget[day.year, day.month, place.cell.scope] += change

    def learn(self, kin: Kin) -> object:
        """Nothing to add up where no rule will ask for it."""
        del kin
        compared = self._same_period is not None or len(self._ground.settings.years) != 1
        return self.anew if compared or self._months or self._rush else None

    def finish(self) -> list[Finding]:
        """Compare, at the approval and at the ends of the months asked for."""
        last = self._last
        if last is None:
            return []
        found = [*self._before_approval()]
        years = {year for year, _, _ in self._spent} | {year for year, _, _ in self._budget}
        for year in sorted(years):
            for month in sorted(self._months):
                found += self._behind(date(year, month, monthrange(year, month)[1]), last)
            for month in sorted(self._rush):
                found += self._rushed(year, month, last)
        return found

    def idle(self) -> Collection[str]:
        """Nothing is judged at months that nobody named, or against a year that nobody knows."""
        idle = [rule for rule, months in (("R16", self._months), ("R18", self._rush)) if not months]
        known = self._same_period is not None or len({day.year for day in self._daily}) > 1
        return idle if known else ["R15", *idle]

    def _before_approval(self) -> Iterator[Finding]:
        for year, entry in self._approved.items():
            same = self._same_period
            if same is None:
                if not any(day.year == year - 1 for day in self._daily):
                    continue
                same = self._up_to(year - 1, entry.date)
            early = self._up_to(year, entry.date)
            if early > same:
                text = f"预算批准前支出 {shown(early)} 元，超过上年同期 {shown(same)} 元；请核对"
                yield finding("R15", entry, text)

    def _up_to(self, year: int, approved: date) -> Decimal:
        """Sum what was spent in a year before the day of the year on which a budget was approved."""
        end = (approved.month, approved.day)
        return sum(
            (
                sum_
                for day, sum_ in self._daily.items()
                if day.year == year and (day.month, day.day) < end
            ),
            ZERO,
        )

    def _behind(self, day: date, last: Transaction) -> Iterator[Finding]:
        """R16, where the book has come to the end of the month."""
        if last.date < day:
            return
        budget = _sum(self._budget, day)
        if budget <= ZERO:
            return
        rate = HUNDRED * _sum(self._spent, day) / budget
        days = _LEAP_YEAR if isleap(day.year) else _YEAR
        pace = HUNDRED * day.timetuple().tm_yday / days
        if rate < pace - self._points:
            text = f"{day}支出进度 {rate:.1f}% 低于序时进度 {pace:.1f}% 达 {self._points} 个百分点以上；请加快执行"
            yield finding("R16", last, text)

    def _rushed(self, year: int, month: int, last: Transaction) -> Iterator[Finding]:
        end = date(year, month, monthrange(year, month)[1])
        for line in sorted(self._lines.values(), key=lambda line: line.id):
            spent = self._spent.get((year, month, line.id), ZERO)
            if line.klass != PROJECT or spent <= ZERO:
                continue
            budget = _sum(self._budget, end, line.id)
            share = HUNDRED * spent / budget if budget > ZERO else HUNDRED
            if share > self._share:
                text = f"指标 {line.id} {line.name}在{month}月支出 {shown(spent)} 元，占全年预算的 {share:.1f}%；请核对"
                yield finding("R18", last, text)


def _sum(
    sums: defaultdict[tuple[int, int, str], Decimal], day: date, line: str | None = None
) -> Decimal:
    """Sum a year up to the end of a month, of one line or of all."""
    return sum(
        (
            amount
            for (year, month, each), amount in sums.items()
            if year == day.year and month <= day.month and line in {None, each}
        ),
        ZERO,
    )
