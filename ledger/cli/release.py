"""`yusuan release`: 释放, what a contract no longer needs made available again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli import contracts
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import Yuan
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


@click.command("release", cls=Command, help="释放：把占用中不再需要的额度恢复为可用。")
@BOOK
@DATE
@click.option("--commitment", required=True, metavar="编号", help="占用（合同）编号")
@click.option("--amount", type=Yuan(), help="金额（元），默认为全部余额")
@TEXT
@ID
@DRY_RUN
def release_command(
    book: Path,
    day: date,
    commitment: str,
    amount: Decimal | None,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Release a commitment, never more than is left of it."""

    def make(desk: Desk) -> Event:
        change, note, objection = contracts.release(desk, commitment, amount)
        id_ = desk.id("sf", own_id)
        event = Standing(day, id_, text, Step.RELEASE, (change,), commitment=commitment)
        return Event(
            draft(event, desk.names),
            leaves(event),
            "释放",
            notes=[note],
            objections=[objection] if objection else [],
        )

    return record(book, day, make, dry_run=dry_run)
