"""`yusuan lapse`: 收回, authority taken back unspent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
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


@click.command("lapse", cls=Command, help="收回：财政收回未使用的可用额度。")
@BOOK
@DATE
@LINE
@ECONOMIC
@CLASS
@AMOUNT
@DOC
@TEXT
@ID
@DRY_RUN
def lapse_command(
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
        event = Standing(day, desk.id("sh", own_id), text, Step.LAPSE, (change,), doc)
        return Event(draft(event, desk.names), leaves(event), "收回")

    return record(book, day, make, dry_run=dry_run)
