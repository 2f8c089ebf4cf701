"""`yusuan payroll`: 工资, several 款 and lines paid in one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SHARE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import Words
from yusuan.ledger.cli.pay import METHOD
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.payment import METHOD_NAMES
from yusuan.ledger.events.payment import Part
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.payment import chosen_method
from yusuan.ledger.events.payment import draft
from yusuan.ledger.events.payment import leaves

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share


@click.command(
    "payroll", cls=Command, help="工资：应发、代扣和单位负担的部分各列其款和指标，一笔凭证支付。"
)
@BOOK
@DATE
@click.option(
    "--part",
    "shares",
    type=ShareOf(),
    multiple=True,
    required=True,
    metavar=SHARE,
    help="一条指标的一个款支付多少，可写多个",
)
@click.option(
    "--payee",
    type=Words(),
    default="在职职工",
    show_default=True,
    metavar="名称",
    help="收款人",
)
@TEXT
@METHOD
@ID
@AUTHORISATION
@DRY_RUN
def payroll_command(
    book: Path,
    day: date,
    shares: tuple[Share, ...],
    payee: str,
    text: str,
    method: str | None,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Pay a batch; what is withheld is spent on the 款 of the wage it is withheld from (HANDBOOK E5)."""

    def make(desk: Desk) -> Event:
        if not all(share.economic for share in shares):
            raise StoppedError("工资的每一部分须写明款，例如 --part 2020J01:30101=100.00")
        parts = tuple(Part(desk.line(s.line), s.economic, s.amount, s.klass) for s in shares)
        methods = {chosen_method(method, part.line, day, desk.methods) for part in parts}
        if len(methods) > 1:
            raise StoppedError("财政资金和其他资金不由同一处支付；请分开记录，或用 --method 注明")
        payment = Payment(
            date=day,
            id=desk.id("xc", own_id),
            parts=parts,
            payee=payee,
            text=text,
            method=methods.pop(),
            expenditure=desk.found.book.settings.expenditure,
        )
        return Event(
            draft(payment, desk.names), leaves(payment), "支付", METHOD_NAMES[payment.method]
        )

    return record(book, day, make, dry_run=dry_run, authorised=authorised)
