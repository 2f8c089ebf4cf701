"""`yusuan reverse`: 红冲, an entry taken back by its exact negative."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from beancount.core.data import Custom

from yusuan.ledger.books.history import history
from yusuan.ledger.budget.authorisation import KIND as AUTHORISATION
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import OF
from yusuan.ledger.cli.options import TEXT_IF_ANY
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.entries import SPENDING_PLAN
from yusuan.ledger.entries import event_id
from yusuan.ledger.events.paid import gone
from yusuan.ledger.events.paid import parts
from yusuan.ledger.events.reversal import Reversal
from yusuan.ledger.events.reversal import ReversalError
from yusuan.ledger.events.reversal import draft
from yusuan.ledger.events.reversal import refuse

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

#: What has an id and no postings, and what to do instead.
_NOTES = {
    SPENDING_PLAN: "是用款计划，不动额度；请用 yusuan plan --less 调减",
    AUTHORISATION: "是例外授权，不动额度；到期自然失效，已放行的凭证逐笔红冲",
}


@click.command("reverse", cls=Command, help="红冲：用一笔金额相反的凭证冲销原凭证，原凭证不改动。")
@BOOK
@DATE
@OF
@TEXT_IF_ANY
@ID
@DRY_RUN
def reverse_command(
    book: Path, day: date, of: str, text: str, own_id: str, *, dry_run: bool
) -> int:
    """Reverse an entry once, after whatever rests on it."""

    def make(desk: Desk) -> Event:
        _must_move(desk, of)
        past = history(desk.found.book)
        original = past.entry(of)
        refuse(original, reversed_=past.reversed(of), standing=past.standing(of))
        corrected = original.meta.get("of", "")
        if corrected and original.meta.get("event") == "correction":
            for part in gone(original, parts(past.family(corrected))):
                what = f"更正到指标 {part.line}、经济分类 {part.spent.economic} 的支出"
                raise ReversalError(of, f"{what}已退回或再次更正，请先红冲那些凭证")
        event = Reversal(day, desk.id("hc", own_id), text, original)
        return Event(draft(event), (), "红冲")

    return record(book, day, make, dry_run=dry_run)


def _must_move(desk: Desk, of: str) -> None:
    """Refuse what is recorded without postings: there is nothing to take back. Raises ReversalError."""
    for entry in desk.found.book.entries:
        if type(entry) is Custom and entry.type in _NOTES and event_id(entry) == of:
            raise ReversalError(of, _NOTES[entry.type])
