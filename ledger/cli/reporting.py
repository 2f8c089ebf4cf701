"""What the reporting commands share: a book that checks, the day, the output."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import View
from yusuan.ledger.books.view import view
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings

if TYPE_CHECKING:
    from pathlib import Path

BOOK = click.argument("book", metavar="账套", type=PathOf(Kind.ANY))
AS_OF = click.option(
    "--as-of",
    type=Day(),
    metavar="日期",
    help="截至日期，默认为账上最后一笔的日期",
)
JSON = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
FORCE = click.option("--force", is_flag=True, help="账套检查未通过时仍出报表（数字不可靠）")


def opened(book: Path, *, force: bool) -> View:
    """Load a book for a report; a book that does not check gives none unless forced."""
    loaded = load_book(book)
    if loaded.stops:
        print_findings(loaded.stops, loaded.folder, err=True)
        if not force:
            raise StoppedError("账套检查未通过，不出报表；改正后重试，或加 --force")
    return view(loaded)


def day_of(found: View, as_of: date | None) -> date:
    """Give the day asked for, else the day of the last event, else the year's first."""
    if as_of is not None:
        return as_of
    years = found.book.settings.years
    return found.last_day() or date(years[-1] if years else 1970, 1, 1)


def echo_notes(found: View) -> None:
    """Say under a report what every file of the book says, for example that it is synthetic."""
    for note in found.book.settings.notes:
        click.echo(note)
