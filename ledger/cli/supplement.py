"""`yusuan supplement`: 追加, more authority by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import APPROVER
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SPECIAL
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import TO
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.desk.making.supplement import SupplementForm

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.special import Special


@click.command("supplement", cls=Command, help="追加：依据文号增加指标的额度。")
@BOOK
@DATE
@sharing(TO, "增加哪条指标的哪个款多少")
@DOC
@SPECIAL
@APPROVER
@TEXT
@ID
@DRY_RUN
def supplement_command(
    book: Path,
    day: date,
    shares: tuple[Share, ...],
    doc: str,
    specials: tuple[Special, ...],
    approver: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Raise lines, and the limits of their 款 where they have them."""
    form = SupplementForm(day, shares, doc, text, specials, approver, own_id)
    return record(
        book,
        day,
        form.make,
        dry_run=dry_run,
    )
