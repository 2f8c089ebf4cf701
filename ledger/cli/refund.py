"""`yusuan refund`: 退回, money of a payment of this year that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.init import LAST_YEAR
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import PART_ECONOMIC
from yusuan.ledger.cli.options import PART_LINE
from yusuan.ledger.cli.options import TEXT_IF_ANY
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.desk.making.refund import RefundForm
from yusuan.ledger.events import prior_refund
from yusuan.ledger.events.paid import Choice

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

#: A payment of long ago may come back as well.
_EARLIEST = 2000


@click.command(
    "refund",
    cls=Command,
    help="退回：本年支付的退回（--of）恢复额度；以前年度支付的退回（--year）不恢复。",
)
@BOOK
@DATE
@click.option("--of", default="", metavar="编号", help="本年的原支付凭证编号")
@click.option(
    "--year",
    type=Between(_EARLIEST, LAST_YEAR),
    metavar="年",
    help="原支付的以前年度，用 --line 注明用途相同的指标",
)
@AMOUNT
@PART_LINE
@PART_ECONOMIC
@CLASS
@click.option(
    "--surplus",
    is_flag=True,
    help="以前年度的款已转为结余：记入 8102 或 8202，默认记入结转 8101 或 8201",
)
@TEXT_IF_ANY
@ID
@AUTHORISATION
@DRY_RUN
def refund_command(
    book: Path,
    day: date,
    of: str,
    year: int | None,
    amount: Decimal,
    line: str,
    economic: str,
    klass: str | None,
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    surplus: bool,
    dry_run: bool,
) -> int:
    """Refund a part of a payment, never more than was paid and not yet refunded.

    What was paid in an earlier year comes back as an adjustment of that year's balance.
    """
    if bool(of) == (year is not None):
        raise click.UsageError("本年支付的退回写 --of，以前年度支付的退回写 --year，二者写其一")
    if surplus and year is None:
        raise click.UsageError("--surplus 只用于以前年度支付的退回（--year）")
    if year is not None and not line:
        raise click.UsageError("以前年度支付的退回须用 --line 注明指标")
    if year is not None and (economic or klass):
        raise click.UsageError(
            "以前年度支付的退回调整结转结余，不记经济分类；请不写 --economic 和 --class"
        )

    def make(desk: Desk) -> Event:
        if year is not None:
            back = prior_refund.PriorRefund(
                day, desk.id("th", own_id), text, year, desk.line(line), amount, surplus=surplus
            )
            return Event(
                prior_refund.draft(back, desk.names),
                prior_refund.leaves(back),
                "退回",
                "以前年度退回，不增加本年额度",
            )
        part = Choice(line, economic, klass or "")
        return RefundForm(day, of, amount, part, text, own_id).make(desk)

    return record(book, day, make, dry_run=dry_run, authorised=authorised)
