"""`yusuan freeze`: 冻结, authority held back: a proposed reduction, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ECONOMIC
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.standing import Standing
from yusuan.ledger.events.standing import Step
from yusuan.ledger.events.standing import draft
from yusuan.ledger.events.standing import leaves

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command("freeze", cls=Command, help="冻结：把一部分可用额度暂时冻结（例如拟追减的额度）。")
@BOOK
@DATE
@LINE
@ECONOMIC
@CLASS
@AMOUNT
@DOC_IF_ANY
@TEXT
@ID
@DRY_RUN
def freeze_command(
    book: Path,
    day: date,
    line: str,
    economic: str,
    klass: str | None,
    amount: Decimal,
    doc: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Move a line's authority, and its limit's where it has one, from one state to the other."""

    def make(desk: Desk) -> Event:
        change = desk.change(line, amount, economic, klass)
        event = Standing(day, desk.id("dj", own_id), text, Step.FREEZE, (change,), doc)
        return Event(draft(event, desk.names), leaves(event), "冻结")

    return record(book, day, make, dry_run=dry_run)
