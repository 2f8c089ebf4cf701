"""`yusuan plan`: 用款计划, how much of a line is to be paid in a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.spending_plan import SpendingPlan
from yusuan.ledger.events.spending_plan import note

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

_MONTHS = 12


@click.command("plan", cls=Command, help="用款计划：一条指标某月计划支付多少；只作记录，不动额度。")
@BOOK
@DATE
@click.option("--month", type=Between(1, _MONTHS), required=True, metavar="月", help="计划的月份")
@LINE
@click.option("--economic", default="", metavar="编码", help="部门经济分类款级编码，如有")
@AMOUNT
@DOC_IF_ANY
@TEXT
@ID
@DRY_RUN
def plan_command(
    book: Path,
    day: date,
    month: int,
    line: str,
    economic: str,
    amount: Decimal,
    doc: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Note a plan as a directive without postings."""

    def make(desk: Desk) -> Event:
        event = SpendingPlan(
            day, desk.id("yk", own_id), month, desk.line(line), amount, text, economic, doc
        )
        return Event(note(event), (), "用款计划")

    return record(book, day, make, dry_run=dry_run)
