"""How every command records an event: load under the lock, show, try out, write, or leave all as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.desk import authorisations
from yusuan.ledger.desk.layers import layers_text
from yusuan.ledger.desk.trying import try_out
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.desk.desk import Desk
    from yusuan.ledger.desk.desk import Event
    from yusuan.ledger.desk.trying import Tried


def record(
    book: Path,
    day: date,
    make: Callable[[Desk], Event],
    *,
    dry_run: bool,
    authorised: Sequence[str] = (),
) -> int:
    """Record what `make` makes of the book: all under its lock, whole or not at all.

    `authorised` are the authorisations that the entry rests on, by their ids.
    """
    with locked(main_file(book).parent):
        loaded = load_book(book)
        if loaded.stops:
            print_findings(loaded.stops, loaded.folder)
            click.echo("账套检查未通过，没有记账；请先改正以上问题")
            return STOPPED
        try:
            tried = try_out(view(loaded), day, make, authorised)
        except RefusedError as error:
            raise StoppedError(str(error)) from None
        click.echo(tried.recording.entry)
        _preview(tried)
        _allowed(tried.recording, authorised)
        return _end(tried, dry_run=dry_run)


def _end(tried: Tried, *, dry_run: bool) -> int:
    recording = tried.recording
    print_findings(recording.advice)
    if recording.findings:
        print_findings(recording.findings, recording.book.folder)
        if tried.strikes_others:
            click.echo("以上是账上已有的凭证：记入这笔新凭证，它们就不再通过")
        click.echo("没有记账，账套未作改动")
        return STOPPED
    if dry_run:
        click.echo("以上为预览，没有记账（--dry-run）")
        return CLEAN
    recording.write()
    click.echo(f"已记账：{'、'.join(tried.ids)}（{tried.event.said or tried.event.word}）")
    return CLEAN


def _allowed(recording: Recording, authorised: Sequence[str]) -> None:
    """Show what authorisations would let pass now, and what would be left of them."""
    told = {finding.message for finding in recording.book.findings}
    print_findings(finding for finding in recording.waived if finding.message not in told)
    for line in authorisations.previewed(recording, authorised):
        click.echo(line)


def _preview(tried: Tried) -> None:
    """Show what each layer holds before and after, state by state."""
    word = tried.event.word
    tables = [layers_text(held, moves, word, state) for state, held, moves in tried.shifts()]
    if tables:
        click.echo("\n\n".join(tables))
    for note in tried.notes():
        click.echo(note)
