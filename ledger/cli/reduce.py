"""`yusuan reduce`: 追减, less authority by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SPECIAL
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import Yuan
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import FROM
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.desk.share import Share
from yusuan.ledger.events.reduction import Reduction
from yusuan.ledger.events.reduction import draft
from yusuan.ledger.events.reduction import leaves
from yusuan.ledger.events.special import reversed_
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.events.special import Special


class QuotaOf(ShareOf):
    """Quota that goes back: 2020X01=60.00, or 60.00 where one line alone is reduced."""

    def convert(
        self, value: str | Share, param: click.Parameter | None, ctx: click.Context | None
    ) -> Share:
        """Read it; the line stays empty where it is not said."""
        if isinstance(value, str) and "=" not in value:
            return Share("", "", "", Yuan().convert(value, param, ctx))
        return super().convert(value, param, ctx)


@click.command("reduce", cls=Command, help="追减：依据文号收回指标的可用额度。")
@BOOK
@DATE
@sharing(FROM, "收回哪条指标的哪个款多少")
@click.option(
    "--quota",
    "quotas",
    type=QuotaOf(),
    multiple=True,
    metavar="[指标=]金额",
    help="其中已经到账、须退回的零余额账户用款额度（元），几条指标各写一个",
)
@DOC
@SPECIAL
@TEXT
@ID
@AUTHORISATION
@DRY_RUN
def reduce_command(
    book: Path,
    day: date,
    shares: tuple[Share, ...],
    quotas: tuple[Share, ...],
    doc: str,
    specials: tuple[Special, ...],
    text: str,
    own_id: str,
    authorised: tuple[str, ...],
    *,
    dry_run: bool,
) -> int:
    """Lower lines, and the limits of their 款 where they have them."""

    def make(desk: Desk) -> Event:
        changes = desk.changes(shares, -1)
        back = _returned(shares, quotas)
        lower = reversed_(specials)
        event = Reduction(day, desk.id("kj", own_id), doc, text, changes, back, lower)
        return Event(draft(event, desk.names), leaves(event), "追减")

    return record(book, day, make, dry_run=dry_run, authorised=authorised)


def _returned(shares: tuple[Share, ...], quotas: tuple[Share, ...]) -> dict[str, Decimal]:
    """Give the quota that goes back by line, never more than the line is reduced by. Raises StoppedError."""
    reduced: dict[str, Decimal] = {}
    for share in shares:
        reduced[share.line] = reduced.get(share.line, ZERO) + share.amount
    found: dict[str, Decimal] = {}
    for quota in quotas:
        if not quota.line and len(reduced) > 1:
            raise StoppedError("追减几条指标时，--quota 应写作 指标=金额，各写一个")
        line = quota.line or shares[0].line
        found[line] = found.get(line, ZERO) + quota.amount
        if found[line] > reduced.get(line, ZERO):
            raise StoppedError(
                f"指标 {line} 退回的用款额度 {found[line]} 元多于追减 {reduced.get(line, ZERO)} 元；请核对 --quota"
            )
    return found
