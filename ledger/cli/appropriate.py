"""`yusuan appropriate`: 提前下达 and 批复, authority granted by a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import SHARE
from yusuan.ledger.cli.options import SPECIAL
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events import additional
from yusuan.ledger.events import advance

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.special import Special


@click.command(
    "appropriate",
    cls=Command,
    help="批复：提前下达（advance），或导入以外的补充批复（approval）；批复后用 reverse 冲回提前下达。",
)
@BOOK
@DATE
@click.option(
    "--kind",
    type=OneOf(["advance", "approval"]),
    required=True,
    help="advance 提前下达，approval 批复",
)
@click.option(
    "--to",
    "shares",
    type=ShareOf(),
    multiple=True,
    required=True,
    metavar=SHARE,
    help="哪条指标的哪个款多少，可写多个",
)
@DOC
@SPECIAL
@TEXT
@ID
@DRY_RUN
def appropriate_command(
    book: Path,
    day: date,
    kind: str,
    shares: tuple[Share, ...],
    doc: str,
    specials: tuple[Special, ...],
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Grant authority to lines, and to the limits of their 款 where they have them."""

    def make(desk: Desk) -> Event:
        changes = desk.changes(shares)
        if kind == "advance":
            early = advance.Advance(
                day, desk.id("tq", own_id), doc, text, changes, specials=specials
            )
            return Event(
                advance.draft(early, desk.names), advance.leaves(early), "下达", "提前下达"
            )
        more = additional.Additional(day, desk.id("pf", own_id), doc, text, changes, specials)
        return Event(additional.draft(more, desk.names), additional.leaves(more), "批复")

    return record(book, day, make, dry_run=dry_run)
