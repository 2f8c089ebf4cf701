"""`yusuan plan`: 用款计划, how much of a line is to be paid in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.events.spending_plan import SpendingPlan
from yusuan.ledger.events.spending_plan import note

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.cli.options import Share

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
    dry_run: bool,
) -> int:
    """Note a plan as directives without postings, one for each share."""

    def make(desk: Desk) -> Event:
        if any(share.klass for share in shares):
            raise StoppedError("用款计划不分人员和公用；请不写类别")
        first, *further = (
            note(SpendingPlan(day, id_, month, desk.line(s.line), s.amount, text, s.economic, doc))
            for id_, s in zip(desk.ids("yk", own_id, len(shares)), shares, strict=True)
        )
        return Event(first, (), "用款计划", further=further)

    return record(book, day, make, dry_run=dry_run)
