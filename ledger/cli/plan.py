"""`yusuan plan`: 用款计划, how much of a line is to be paid in a month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import click

from yusuan.ledger.books.plans import Planned
from yusuan.ledger.books.plans import planned
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.spending_plan import SpendingPlan
from yusuan.ledger.events.spending_plan import note
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share

_MONTHS = 12


@click.command(
    "plan",
    cls=Command,
    help="用款计划：指标某月计划支付多少；不动额度，有计划的指标不得超计划支付。",
)
@BOOK
@DATE
@click.option("--month", type=Between(1, _MONTHS), required=True, metavar="月", help="计划的月份")
@sharing(FROM, "哪条指标的哪个款支付多少")
@click.option("--less", is_flag=True, help="调减：从该月已有的计划中减去")
@DOC_IF_ANY
@TEXT
@ID
@DRY_RUN
def plan_command(
    book: Path,
    day: date,
    month: int,
    shares: tuple[Share, ...],
    doc: str,
    text: str,
    own_id: str,
    *,
    less: bool,
    dry_run: bool,
) -> int:
    """Note a plan as directives without postings, one for each share; several for a month add up."""

    def make(desk: Desk) -> Event:
        if any(share.klass for share in shares):
            raise StoppedError("用款计划不分人员和公用；请不写类别")
        ids = desk.ids("yk", own_id, len(shares))
        plans = [
            SpendingPlan(day, id_, month, desk.line(s.line), s.amount, text, s.economic, doc)
            for id_, s in zip(ids, shares, strict=True)
        ]
        if less:
            plans = [replace(plan, amount=-plan.amount) for plan in plans]
            _must_be_planned(plans, desk.found.book.entries)
        first, *further = map(note, plans)
        return Event(first, (), "用款计划", further=further)

    return record(book, day, make, dry_run=dry_run)


def _must_be_planned(plans: Sequence[SpendingPlan], entries: Sequence[Any]) -> None:
    """Refuse to take more from a plan than was planned. Raises StoppedError."""
    held = planned(entries)
    for plan in plans:
        key = Planned(plan.period, plan.line.id, plan.economic)
        if held.get(key, ZERO) + plan.amount < ZERO:
            raise StoppedError(
                f"指标 {plan.line.id} {plan.month}月的用款计划只有 {shown(held.get(key, ZERO))} 元，"
                f"不能调减 {shown(-plan.amount)} 元；请核对月份、指标和款"
            )
        held[key] = held.get(key, ZERO) + plan.amount
