"""`yusuan pay`: record one payment, refused where it would overspend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import PROCUREMENT
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import Words
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.making.payment import PaymentForm
from yusuan.ledger.desk.share import Share
from yusuan.ledger.events.payment import Method

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

METHOD = click.option(
    "--method", type=OneOf([m.value for m in Method]), help="支付方式，默认由资金性质和日期决定"
)


@click.command("pay", cls=Command, help="记一笔支付：先显示凭证和前后可用额度，超预算则拒绝。")
@BOOK
@DATE
@LINE
@click.option("--economic", required=True, metavar="编码", help="部门经济分类款级编码")
@AMOUNT
@click.option("--payee", type=Words(), required=True, metavar="名称", help="收款人")
@TEXT
@METHOD
@CLASS
@PROCUREMENT
@ID
@click.option("--commitment", default="", metavar="编号", help="所执行的占用（合同）编号")
@AUTHORISATION
@DRY_RUN
def pay_command(
    book: Path,
    day: date,
    line: str,
    economic: str,
    amount: Decimal,
    payee: str,
    text: str,
    method: str | None,
    klass: str | None,
    procurement: str | None,
    own_id: str,
    commitment: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Pay one 款 of one line, from what is available or from what a contract has committed."""
    form = PaymentForm(
        day,
        Share(line, economic, klass or "", amount),
        payee,
        text,
        method,
        procurement or "",
        own_id,
        commitment,
    )
    return record(book, day, form.make, dry_run=dry_run, authorised=authorised)
