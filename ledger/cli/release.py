"""`yusuan release`: 释放, what a contract no longer needs made available again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SHARE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import Yuan
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk import contracts
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.standing import Limit
from yusuan.ledger.events.standing import Standing
from yusuan.ledger.events.standing import Step
from yusuan.ledger.events.standing import draft
from yusuan.ledger.events.standing import leaves

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.desk.share import Share


@click.command("release", cls=Command, help="释放：把占用中不再需要的额度恢复为可用。")
@BOOK
@DATE
@click.option("--commitment", required=True, metavar="编号", help="占用（合同）编号")
@click.option("--amount", type=Yuan(), help="金额（元），默认为全部余额")
@click.option(
    "--to",
    "shares",
    type=ShareOf(),
    multiple=True,
    metavar=SHARE,
    help="释放哪条指标的哪个款多少，可写多个，代替 --amount",
)
@TEXT
@ID
@DRY_RUN
def release_command(
    book: Path,
    day: date,
    commitment: str,
    amount: Decimal | None,
    shares: tuple[Share, ...],
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Release a commitment: all that is left of it, so much, or so much of each line and 款."""
    if amount is not None and shares:
        raise click.UsageError("--amount 与 --to 不能同时写")

    def make(desk: Desk) -> Event:
        limits: tuple[Limit, ...] = ()
        if shares:
            changes, note = contracts.by_share(desk, commitment, shares)
        elif amount is not None:
            changes, note = contracts.so_much(desk, commitment, amount)
        else:
            changes, limits, note = contracts.whole(desk, commitment)
        event = Standing(
            day,
            desk.id("sf", own_id),
            text,
            Step.RELEASE,
            changes,
            commitment=commitment,
            limits=limits,
        )
        return Event(draft(event, desk.names), leaves(event), "释放", notes=[note])

    return record(book, day, make, dry_run=dry_run)
