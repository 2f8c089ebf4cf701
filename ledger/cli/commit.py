"""`yusuan commit`: 占用, authority set aside for a contract or a purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.desk.making.commitment import CommitmentForm

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share


@click.command(
    "commit", cls=Command, help="占用：为合同或采购占用额度；以后用 pay --commitment 分次支付。"
)
@BOOK
@DATE
@sharing(FROM, "占用哪条指标的哪个款多少")
@click.option("--payee", default="", metavar="名称", help="合同对方")
@click.option("--due", type=Day(), metavar="日期", help="付清的期限；概览列出逾期未付清的")
@DOC_IF_ANY
@TEXT
@ID
@AUTHORISATION
@DRY_RUN
def commit_command(
    book: Path,
    day: date,
    shares: tuple[Share, ...],
    payee: str,
    due: date | None,
    doc: str,
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Set authority aside; the id of the entry is the commitment that payments name."""
    form = CommitmentForm(day, shares, text, payee, doc, own_id, due)
    return record(
        book,
        day,
        form.make,
        dry_run=dry_run,
        authorised=authorised,
    )
