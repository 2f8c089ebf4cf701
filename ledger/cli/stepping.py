"""What freeze, unfreeze and lapse share: a command that moves a line's authority from one state to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import AUTHORISATION
from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ECONOMIC
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import Desk
from yusuan.ledger.cli.recording import Event
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.standing import Standing
from yusuan.ledger.events.standing import draft
from yusuan.ledger.events.standing import leaves

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from yusuan.ledger.events.standing import Step

    #: What one of the `DOC…` options is: it adds itself to a command's function.
    Option = Callable[[Callable[..., int]], Callable[..., int]]


def step_command(
    step: Step, word: str, prefix: str, *, name: str, says: str, doc_option: Option
) -> click.Command:
    """Make the command for a step: its Chinese word, the prefix of its ids, its help."""

    @click.command(name, cls=Command, help=says)
    @BOOK
    @DATE
    @LINE
    @ECONOMIC
    @CLASS
    @AMOUNT
    @doc_option
    @TEXT
    @ID
    @AUTHORISATION
    @DRY_RUN
    def command(
        book: Path,
        day: date,
        line: str,
        economic: str,
        klass: str | None,
        amount: Decimal,
        doc: str,
        text: str,
        own_id: str,
        authorised: tuple[str, ...],
        *,
        dry_run: bool,
    ) -> int:
        """Move a line's authority, and its limit's where it has one."""

        def make(desk: Desk) -> Event:
            change = desk.change(line, amount, economic, klass)
            event = Standing(day, desk.id(prefix, own_id), text, step, (change,), doc)
            return Event(draft(event, desk.names), leaves(event), word)

        return record(book, day, make, dry_run=dry_run, authorised=authorised)

    return command
