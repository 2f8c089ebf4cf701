"""`yusuan refund`: 退回, money of a payment of this year that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.history import history
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import OF
from yusuan.ledger.cli.options import PART_ECONOMIC
from yusuan.ledger.cli.options import PART_LINE
from yusuan.ledger.cli.options import TEXT_IF_ANY
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.paid import Choice
from yusuan.ledger.events.paid import chosen
from yusuan.ledger.events.paid import parts
from yusuan.ledger.events.refund import Refund
from yusuan.ledger.events.refund import draft

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command("refund", cls=Command, help="退回：本年的一笔支付全部或部分退回，额度随之恢复。")
@BOOK
@DATE
@OF
@AMOUNT
@PART_LINE
@PART_ECONOMIC
@CLASS
@TEXT_IF_ANY
@ID
@DRY_RUN
def refund_command(
    book: Path,
    day: date,
    of: str,
    amount: Decimal,
    line: str,
    economic: str,
    klass: str | None,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Refund a part of a payment, never more than was paid and not yet refunded."""

    def make(desk: Desk) -> Event:
        entries = history(desk.found.book).family(of)
        part = chosen(of, parts(entries), Choice(line, economic, klass or ""), amount)
        event = Refund(day, desk.id("th", own_id), text, entries[0], part, amount)
        return Event(draft(event), (), "退回")

    return record(book, day, make, dry_run=dry_run)
