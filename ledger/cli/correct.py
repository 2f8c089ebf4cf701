"""`yusuan correct`: 更正, a payment moved to the right code or line in one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.history import family
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import CLASSES
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import OF
from yusuan.ledger.cli.options import PART_ECONOMIC
from yusuan.ledger.cli.options import PART_LINE
from yusuan.ledger.cli.options import TEXT_IF_ANY
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.correction import Correction
from yusuan.ledger.events.correction import draft
from yusuan.ledger.events.correction import leaves
from yusuan.ledger.events.paid import Choice
from yusuan.ledger.events.paid import chosen
from yusuan.ledger.events.paid import must_be_payment
from yusuan.ledger.events.paid import parts

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command(
    "correct", cls=Command, help="更正：把一笔支付记错的经济分类或指标改正过来，资金不动。"
)
@BOOK
@DATE
@OF
@AMOUNT
@PART_LINE
@PART_ECONOMIC
@CLASS
@click.option("--to-line", default="", metavar="指标", help="正确的指标，默认不变")
@click.option("--to-economic", default="", metavar="编码", help="正确的经济分类款，默认不变")
@click.option("--to-class", type=OneOf(CLASSES), help="正确的类别，款同时有人员和公用额度时须注明")
@TEXT_IF_ANY
@ID
@AUTHORISATION
@DRY_RUN
def correct_command(
    book: Path,
    day: date,
    of: str,
    amount: Decimal,
    line: str,
    economic: str,
    klass: str | None,
    to_line: str,
    to_economic: str,
    to_class: str | None,
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Take an amount from the old code and put it on the new one."""

    def make(desk: Desk) -> Event:
        entries = family(desk.found.book, of)
        must_be_payment(entries[0])
        part = chosen(of, parts(entries), Choice(line, economic, klass or ""), amount)
        event = Correction(
            date=day,
            id=desk.id("gz", own_id),
            text=text,
            payment=entries[0],
            part=part,
            amount=amount,
            old=desk.line(part.line),
            line=desk.line(to_line or part.line),
            economic=to_economic or part.spent.economic,
            klass=to_class or "",
        )
        return Event(draft(event, desk.names), leaves(event), "更正")

    return record(book, day, make, dry_run=dry_run, authorised=authorised)
