"""What freeze, unfreeze and lapse share: a command that moves a line's authority from one state to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.sharing import sharing
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.standing import Standing
from yusuan.ledger.events.standing import draft
from yusuan.ledger.events.standing import leaves

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.cli.sharing import Option
    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.standing import Step


def step_command(
    step: Step, word: str, prefix: str, *, says: str, flag: str, doc_option: Option
) -> click.Command:
    """Make the command for a step: its Chinese word, the prefix of its ids, its help, how shares are asked for."""

    @click.command(step.name.lower(), cls=Command, help=f"{word}：{says}")
    @BOOK
    @DATE
    @sharing(flag, f"{word}哪条指标的哪个款多少")
    @doc_option
    @TEXT
    @ID
    @AUTHORISATION
    @DRY_RUN
    def command(
        book: Path,
        day: date,
        shares: tuple[Share, ...],
        doc: str,
        text: str,
        own_id: str,
        authorised: tuple[str, ...],
        *,
        dry_run: bool,
    ) -> int:
        """Move the authority of lines, and of their limits where they have them."""

        def make(desk: Desk) -> Event:
            event = Standing(day, desk.id(prefix, own_id), text, step, desk.changes(shares), doc)
            return Event(draft(event, desk.names), leaves(event), word)

        return record(book, day, make, dry_run=dry_run, authorised=authorised)

    return command
