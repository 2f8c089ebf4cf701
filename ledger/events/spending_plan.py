"""用款计划: how much of a line is to be paid in a month; it moves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.chart import MONEY
from yusuan.ledger.draft import Note
from yusuan.ledger.entries import SPENDING_PLAN

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line


@dataclass(frozen=True, slots=True)
class SpendingPlan:
    """One line's plan for a month of the year of `date`, in 元; several for a month add up.

    What is taken back of a plan is negative.

    Source: 条例57 (no payment without or beyond the plan), HANDBOOK R02.
    """

    date: date
    id: str
    month: int
    line: Line
    amount: Decimal
    text: str
    economic: str = ""
    doc: str = ""

    @property
    def period(self) -> str:
        """The month, as a directive writes it."""
        return f"{self.date.year}-{self.month:02d}"


def note(plan: SpendingPlan) -> Note:
    """Write a plan: month, line, amount."""
    meta = {"text": plan.text}
    if plan.economic:
        meta["economic"] = plan.economic
    if plan.doc:
        meta["doc"] = plan.doc
    return Note(
        plan.date, plan.id, SPENDING_PLAN, (plan.period, plan.line.id), plan.amount, MONEY, meta
    )
