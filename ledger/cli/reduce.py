"""`yusuan reduce`: 追减, less authority by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ECONOMIC
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import Yuan
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.reduction import Reduction
from yusuan.ledger.events.reduction import draft
from yusuan.ledger.events.reduction import leaves
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command("reduce", cls=Command, help="追减：依据文号收回一条指标的可用额度。")
@BOOK
@DATE
@LINE
@ECONOMIC
@CLASS
@AMOUNT
@click.option("--quota", type=Yuan(), help="其中已经到账、须退回的零余额账户用款额度（元）")
@DOC
@TEXT
@ID
@AUTHORISATION
@DRY_RUN
def reduce_command(
    book: Path,
    day: date,
    line: str,
    economic: str,
    klass: str | None,
    amount: Decimal,
    quota: Decimal | None,
    doc: str,
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Lower a line, and the limit of its 款 where it has one."""

    def make(desk: Desk) -> Event:
        if quota is not None and quota > amount:
            raise StoppedError(f"退回的用款额度 {quota} 元多于追减 {amount} 元；请核对 --quota")
        change = desk.change(line, -amount, economic, klass)
        event = Reduction(day, desk.id("kj", own_id), doc, text, (change,), quota or ZERO)
        return Event(draft(event, desk.names), leaves(event), "追减")

    return record(book, day, make, dry_run=dry_run, authorised=authorised)
