"""`yusuan import`: a budget document becomes the authority of a book."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from yusuan.importers.budget import recognise
from yusuan.importers.plan import build_plan
from yusuan.importers.readers import read
from yusuan.ledger.books.approve import Outcome
from yusuan.ledger.books.approve import prepare
from yusuan.ledger.books.create import particulars_file
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.write import append
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.totals import plan_text
from yusuan.ledger.events.appropriation import Approval
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.special import tolerances
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.particulars import particulars

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.budget.plan import Plan
    from yusuan.ledger.tables.model import Document


@click.command("import", cls=Command, help="导入预算文件：核对勾稽关系，显示控制数，写入账套。")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PathOf(Kind.FILE))
@click.option("--book", required=True, metavar="账套", type=PathOf(Kind.ANY), help="写入的账套")
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar="日期",
    help="批复日期，默认为年度第一天",
)
@click.option("--doc", default="", metavar="文号", help="批复文号")
@click.option("--dry-run", is_flag=True, help="只显示，不写入")
@click.option("--yes", is_flag=True, help="不询问，直接写入")
def importing_command(
    files: tuple[Path, ...], book: Path, day: date | None, doc: str, *, dry_run: bool, yes: bool
) -> int:
    """Import each document in turn; the first that cannot be imported ends the command."""
    for file in files:
        status = _import(file, main_file(book), day, doc, dry_run=dry_run, yes=yes)
        if status != CLEAN:
            return status
    return CLEAN


def _import(file: Path, main: Path, day: date | None, doc: str, *, dry_run: bool, yes: bool) -> int:
    document = recognise(read(file))
    if not _ties_out(document):
        click.echo(f"{file}：各表之间勾稽不符，没有写入任何内容；请核对原文件后重新导入")
        return STOPPED
    with locked(main.parent):
        book = load_book(main)
        if book.stops:
            print_findings(book.stops, book.folder)
            click.echo("账套检查未通过，没有写入任何内容；请先改正以上问题")
            return STOPPED
        plan = build_plan(document, book.settings.assignments, tolerances(book.settings))
        prepared = prepare(book, plan, Approval(day or _first_day(plan), doc))
        if prepared.outcome is Outcome.UNCHANGED:
            click.echo(f"{file}：已经导入过，账套没有变化")
            return CLEAN
        if prepared.outcome is Outcome.REFUSED:
            click.echo(f"{file}：{prepared.reason}，没有写入任何内容")
            return STOPPED
        click.echo(plan_text(plan))
        _warn_of_another_unit(plan, book)
        if dry_run:
            click.echo("以上为预览，没有写入任何内容（--dry-run）")
            return CLEAN
        if not yes and not _agreed():
            click.echo("已取消，没有写入任何内容")
            return STOPPED
        lines = [line.id for line in plan.lines if line.project]
        beyond = particulars(document, lines, book.settings.notes)
        beside = {particulars_file(book.folder, plan.year): beyond.encode()}
        append(prepared.additions, book.files.digests, beside)
    click.echo(f"已写入账套 {main.parent}")
    return CLEAN


def _ties_out(document: Document) -> bool:
    results = [check.finding() for check in verify(document).failed]
    found = [*document.findings, *results]
    print_findings(found)
    return all(finding.severity is not Severity.STOP for finding in found)


def _warn_of_another_unit(plan: Plan, book: Book) -> None:
    """Say where the document is another unit's: names differ in print, so it does not stop."""
    if plan.unit and book.settings.unit and plan.unit != book.settings.unit:
        click.echo(
            f"警告  文件的编制单位是“{plan.unit}”，账套的单位是“{book.settings.unit}”，请核对"
        )


def _first_day(plan: Plan) -> date:
    return date(plan.year, 1, 1)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        click.echo("不在终端上，不能询问；确认无误后请加 --yes")
        return False
    answer = str(click.prompt("写入账套吗？输入 y 写入", default="n", show_default=False))
    return answer.strip().lower() in {"y", "yes", "是"}
