"""`yusuan receive`: 到账, quota or money received for some lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import TREASURY_FUNDS
from yusuan.ledger.chart import chart_data
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import Words
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events import receipt
from yusuan.ledger.events.payment import Method
from yusuan.ledger.events.receipt import INTO_NAMES
from yusuan.ledger.events.receipt import Into

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share


@click.command("receive", cls=Command, help="到账：收到用款额度或其他收入，按指标记为预算收入。")
@BOOK
@DATE
@click.option(
    "--to",
    "shares",
    type=ShareOf(),
    multiple=True,
    required=True,
    metavar="指标=金额",
    help="为哪条指标收到多少，可写多个",
)
@click.option(
    "--into",
    type=OneOf([into.value for into in Into]),
    help="到账去向：quota 零余额账户用款额度，money 货币资金；默认由资金性质决定",
)
@click.option(
    "--income",
    type=OneOf(list(chart_data().revenue)),
    metavar="科目",
    help="预算收入科目，默认由资金性质决定；另有 6601 非同级财政拨款、6602 投资预算收益",
)
@click.option("--payer", type=Words(), required=True, metavar="名称", help="付款人")
@DOC_IF_ANY
@TEXT
@ID
@DRY_RUN
def receive_command(
    book: Path,
    day: date,
    shares: tuple[Share, ...],
    into: str | None,
    income: str | None,
    payer: str,
    doc: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Receive into one part of 8001, as revenue of each line's fund."""

    def make(desk: Desk) -> Event:
        if any(share.economic for share in shares):
            raise StoppedError("到账不分经济分类；--to 应写作 指标=金额")
        held = tuple(receipt.Share(desk.line(s.line), s.amount) for s in shares)
        defaults = {Into.QUOTA if s.line.fund in FISCAL_FUNDS else Into.MONEY for s in held}
        if into is None and len(defaults) > 1:
            raise StoppedError("财政资金和其他资金不到同一处；请分开记录，或用 --into 注明")
        where = Into(into) if into else defaults.pop()
        own = next((s.line for s in held if s.line.fund not in TREASURY_FUNDS), None)
        if where is Into.QUOTA and own is not None:
            raise StoppedError(
                f"指标 {own.id} 不是财政资金，没有用款额度可以到账；请用 --into money"
            )
        if where is Into.QUOTA and not desk.methods[Method.AUTHORISED].covers(day):
            why = f"{day} 没有财政授权支付，不再有零余额账户用款额度可以到账"
            raise StoppedError(
                f"{why}；国库集中支付不用登记到账，转入本单位账户的用 --into money，"
                "日期与此不同的在 yusuan.toml 的 [methods.authorised] 中设置"
            )
        event = receipt.Receipt(
            day, desk.id("dz", own_id), held, payer, text, where, doc, income or ""
        )
        return Event(
            receipt.draft(event, desk.names), receipt.leaves(event), "到账", INTO_NAMES[where]
        )

    return record(book, day, make, dry_run=dry_run)
