"""`yusuan supplement`: 追加, more authority by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import APPROVER
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ECONOMIC
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import SPECIAL
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.supplement import Supplement
from yusuan.ledger.events.supplement import draft
from yusuan.ledger.events.supplement import leaves

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.events.special import Special


@click.command("supplement", cls=Command, help="追加：依据文号增加一条指标的额度。")
@BOOK
@DATE
@LINE
@ECONOMIC
@CLASS
@AMOUNT
@DOC
@SPECIAL
@APPROVER
@TEXT
@ID
@DRY_RUN
def supplement_command(
    book: Path,
    day: date,
    line: str,
    economic: str,
    klass: str | None,
    amount: Decimal,
    doc: str,
    specials: tuple[Special, ...],
    approver: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Raise a line, and the limit of its 款 where it has one."""

    def make(desk: Desk) -> Event:
        change = desk.change(line, amount, economic, klass)
        event = Supplement(day, desk.id("zj", own_id), doc, text, (change,), specials, approver)
        return Event(draft(event, desk.names), leaves(event), "追加")

    return record(book, day, make, dry_run=dry_run)
