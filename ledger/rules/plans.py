"""The plans family: nothing is paid without, or beyond, the month's spending plan where there is one (R02)."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.entries import SPENDING_PLAN
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import month_plan
from yusuan.ledger.finding import Excess
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import MONTH
from yusuan.ledger.rules.ruling import YEAR
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from datetime import date

    from beancount.core.data import Custom
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

PLAN_LAYER = "plan"
ZERO = Decimal("0.00")
_DECEMBER = 12
#: A 款: what payments are compared with.
_ITEM = re.compile(r"[0-9]{5}", re.ASCII)
#: The year, the line, and the 款 where a plan is for one.
_Key = tuple[int, str, str]


class Planned(Family):
    """Holds each line that has a plan to it, from the first month that is planned of a year.

    A plan may be for one 款 of a line; then it holds that 款 alone, and a plan of the whole line
    what is left of it.
    A plan counts from the first day of its month, whenever it was recorded. What was not paid of
    an earlier month may be paid later, unless the book's `period` is `month`. Source: 条例57.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R02",)
    STATE: ClassVar[tuple[str, ...]] = ("_days", "_until", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the plans of the book, which are known beforehand."""
        super().__init__(ground)
        self._period: str = parameter(ground.settings, "R02", "period")
        self._findings: list[Finding] = []
        #: What is planned, by month.
        self._plans: dict[_Key, dict[int, Decimal]] = {}
        self._days: Days[Transaction] = Days(self._counted, self._order, self._overdraft)
        #: Up to which month each has been counted.
        self._until: dict[_Key, int] = {}
        for entry in ground.customs:
            if entry.type == SPENDING_PLAN:
                self._plan(entry)

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Take a payment from what is planned, give a refund back to it."""
        if event is None or not event.derived or not self._plans:
            return
        keys = {key for _, key in self._planned(event)}
        for key in sorted(keys):
            self._grant(key, event.date)
        if keys:
            self._days.begin(event.date, entry)
            for changed, change in self._counted(entry).items():
                self._days.move(changed, change)

    def learn(self, kin: Kin) -> object:
        """Nothing to judge of lines without a plan."""
        year, plans = kin.event.date.year, self._plans
        planned = plans and any(self._key(year, s) for s in kin.event.spendings)
        return self.anew if planned else None

    def finish(self) -> list[Finding]:
        """End the last day and give all findings."""
        self._days.end_day()
        return self._findings

    def idle(self) -> Collection[str]:
        """A book without plans is not held to any."""
        return () if self._plans or self._findings else self.RULES

    def _plan(self, entry: Custom) -> None:
        plan = month_plan(entry)
        if plan is None:
            text = '用款计划应写作 custom "spending-plan" "年-月" "指标" 金额 CNY；请改正'
            self._findings.append(finding("R02", entry, text))
            return
        if plan.line not in self._ground.layers.register.lines:
            text = f"用款计划的指标 {plan.line} 不在账上；请改正编号"
            self._findings.append(finding("R02", entry, text))
            return
        if plan.economic and not _ITEM.fullmatch(plan.economic):
            text = f"用款计划的经济分类“{plan.economic}”应为五位款级编码，例如 30201；现在什么也管不住，请改正"
            self._findings.append(finding("R02", entry, text))
            return
        key = plan.year, plan.line, plan.economic
        self._plans.setdefault(key, defaultdict(Decimal))[plan.month] += plan.amount

    def _key(self, year: int, spending: Spending) -> _Key | None:
        """Give the plan that a spending is held to: that of its 款, else that of the whole line."""
        keys = ((year, spending.line, economic) for economic in (spending.economic, ""))
        return next((key for key in keys if key in self._plans), None)

    def _grant(self, key: _Key, day: date) -> None:
        """Count a plan up to a day's month."""
        months = self._plans[key]
        before = self._until.get(key, 0)
        until = _DECEMBER if self._period == YEAR else day.month
        if until == before:
            return
        self._until[key] = until
        self._days.end_day()
        granted = sum((sum_ for month, sum_ in months.items() if before < month <= until), ZERO)
        balances, where = self._days.balances, _place(key)
        if self._period == MONTH:
            balances[where] = months.get(day.month, ZERO)
        else:
            balances[where] = balances.get(where, ZERO) + granted

    def _changes(self, event: Event) -> dict[Place, Decimal]:
        """Give what an event pays of planned lines, from the first planned month on."""
        found: dict[Place, Decimal] = {}
        for spending, key in self._planned(event):
            where = _place(key)
            found[where] = found.get(where, ZERO) - spending.amount
        return found

    def _planned(self, event: Event) -> Iterator[tuple[Spending, _Key]]:
        for spending in event.spendings:
            key = self._key(event.date.year, spending)
            if key is not None and event.date.month >= min(self._plans[key]):
                yield spending, key

    def _counted(self, entry: Transaction) -> dict[Place, Decimal]:
        event = self._ground.reader.event(entry)
        changes = self._changes(event) if event is not None else {}
        return {p: c for p, c in changes.items() if entry.flag != "!" or c <= ZERO}

    def _order(self, entry: Transaction) -> tuple[str, ...]:
        return event_id(entry), repr([(p.account, p.units) for p in entry.postings])

    def _overdraft(self, entry: Transaction, where: Place, held: Decimal, asked: Decimal) -> None:
        of = f"的经济分类 {where.cell.code} " if where.cell.code else ""
        text = (
            f"超用款计划：指标 {where.cell.scope} {of}按计划还可支付 {shown(held)} 元，支付 {shown(asked)} 元，"
            f"超出 {shown(asked - held)} 元；请先调整用款计划"
        )
        # What an authorisation has to cover is what is beyond the plan, not the whole payment.
        excess = Excess(PLAN_LAYER, asked - max(held, ZERO))
        self._findings.append(finding("R02", entry, text)._replace(excess=excess))


def _place(key: _Key) -> Place:
    year, line, economic = key
    return place(Cell(f"{PLAN_LAYER} {year}", line, economic), State.AVAILABLE)
