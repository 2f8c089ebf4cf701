"""`yusuan transfer`: 调剂, authority moved between 款, lines and projects in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import APPROVER
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SHARE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import SpecialOf
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.making.transfer import TransferForm

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.special import Special


@click.command(
    "transfer",
    cls=Command,
    help="调剂：在款、指标、项目之间调整额度，总额不变；可写多个 --from 和 --to。",
)
@BOOK
@DATE
@click.option(
    "--from", "outs", type=ShareOf(), multiple=True, required=True, metavar=SHARE, help="调出"
)
@click.option(
    "--to", "ins", type=ShareOf(), multiple=True, required=True, metavar=SHARE, help="调入"
)
@DOC
@APPROVER
@click.option(
    "--special",
    "specials",
    type=SpecialOf(signed=True),
    multiple=True,
    metavar="专项=金额",
    help="同时变动的三公或采购额度，减少的写负数，例如 0102=500.00、0104=-500.00",
)
@TEXT
@ID
@AUTHORISATION
@DRY_RUN
def transfer_command(
    book: Path,
    day: date,
    outs: tuple[Share, ...],
    ins: tuple[Share, ...],
    doc: str,
    approver: str,
    specials: tuple[Special, ...],
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Move authority; the total of every fund stays as it is."""
    form = TransferForm(day, outs, ins, doc, text, approver, specials, own_id)
    return record(
        book,
        day,
        form.make,
        dry_run=dry_run,
        authorised=authorised,
    )
