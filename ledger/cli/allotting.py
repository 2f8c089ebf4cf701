"""A 指标 list into a book: shown, asked, written whole; the first is the approval, later ones add."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from yusuan.ledger.books.allot import prepare
from yusuan.ledger.books.approve import Outcome
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli.asking import left_alone
from yusuan.ledger.cli.asking import unfit
from yusuan.ledger.cli.asking import warn_of_another_unit
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.progress import progress
from yusuan.ledger.cli.totals import allotments_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.books.allot import Prepared
    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.finding import Finding


class Given(NamedTuple):
    """The day and the document number for rows that have none."""

    day: date | None
    doc: str


def import_list(
    listed: AllotmentList,
    findings: Sequence[Finding],
    main: Path,
    given: Given,
    *,
    dry_run: bool,
    yes: bool,
) -> int:
    """Record a list whole, or leave the book as it is."""
    if findings:
        print_findings(findings)
        click.echo(f"{listed.source}：指标表有以上问题，没有写入任何内容；请改正后重新导入")
        return STOPPED
    with locked(main.parent):
        with progress("正在载入账套"):
            book = load_book(main)
        if unfit(book):
            return STOPPED
        with progress(f"正在试算 {len(listed.rows):,} 行"):
            prepared = prepare(book, listed, *given)
        _say(prepared)
        if prepared.outcome is Outcome.UNCHANGED:
            click.echo(f"{listed.source}：已经导入过，账套没有变化")
            return CLEAN
        if prepared.outcome is Outcome.REFUSED or prepared.recording is None:
            click.echo(f"{listed.source}：没有写入任何内容")
            return STOPPED
        click.echo(allotments_text(listed, prepared.allotments))
        warn_of_another_unit(listed.units, book)
        ended = left_alone(dry_run=dry_run, yes=yes)
        if ended is not None:
            return ended
        prepared.recording.write()
    click.echo(f"已写入账套 {main.parent}；有误时可用 yusuan undo 撤销这次导入")
    return CLEAN


def _say(prepared: Prepared) -> None:
    for note in prepared.notes:
        click.echo(f"说明：{note}")
    for problem in prepared.problems:
        click.echo(f"不通过  {problem}")
