"""`yusuan import`: a budget, a 指标 list or an execution file becomes what a book has of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from yusuan.importers.allotments import is_list
from yusuan.importers.allotments import load_words
from yusuan.importers.allotments import read_list
from yusuan.importers.budget import recognise
from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution import read_file
from yusuan.importers.execution.record import Kind as FileKind
from yusuan.importers.plan import build_plan
from yusuan.ledger.books.approve import Outcome
from yusuan.ledger.books.approve import prepare
from yusuan.ledger.books.create import particulars_file
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.write import append
from yusuan.ledger.books.write import locked
from yusuan.ledger.classification import load
from yusuan.ledger.cli.allotting import Given
from yusuan.ledger.cli.allotting import import_list
from yusuan.ledger.cli.asking import left_alone
from yusuan.ledger.cli.asking import unfit
from yusuan.ledger.cli.asking import warn_of_another_unit
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.progress import reading
from yusuan.ledger.cli.spending import import_payments
from yusuan.ledger.cli.totals import plan_text
from yusuan.ledger.collector import paused
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import load_settings
from yusuan.ledger.events.appropriation import Approval
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.special import tolerances
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.particulars_text import particulars

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.budget.plan import Plan
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.tables.model import Document

#: Kinds of execution files that are no events of the year by themselves.
_NOTHING_TO_RECORD = {
    FileKind.REQUEST: "申请还没有支付，不记账；支付后请导入支付凭证",
    FileKind.STATEMENT: "不是支付的依据；请用 yusuan reconcile 对账，支付请导入支付凭证",
}


class _Executed(NamedTuple):
    """An execution file, and what is wrong with it."""

    execution: Execution
    findings: list[Finding]


class _Listed(NamedTuple):
    """A 指标 list, and what is wrong with it."""

    listed: AllotmentList
    findings: list[Finding]


@click.command(
    "import",
    cls=Command,
    help="导入部门预算、指标表、指标调整明细、用款计划、支付凭证等文件：核对，显示控制数，写入账套。",
)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PathOf(Kind.FILE))
@click.option("--book", required=True, metavar="账套", type=PathOf(Kind.ANY), help="写入的账套")
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar="日期",
    help="批复日期，默认为年度第一天；文件自己有日期的以文件为准",
)
@click.option(
    "--doc", default="", metavar="文号", help="批复或调整的文号；文件自己有文号的以文件为准"
)
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
    with paused(settled=True):
        found = _understood(file, main.parent)
        if isinstance(found, _Executed):
            why = _NOTHING_TO_RECORD.get(found.execution.kind)
            if why:
                name = found.execution.name
                click.echo(f"{file}：是{name}，{why}，没有写入任何内容")
                return STOPPED
            execution = found.execution.under(doc)
            return import_payments(
                file, execution, found.findings, main, day, dry_run=dry_run, yes=yes
            )
        if isinstance(found, _Listed):
            return import_list(*found, main, Given(day, doc), dry_run=dry_run, yes=yes)
        return _approve(file, found, main, day, doc, dry_run=dry_run, yes=yes)


def _understood(file: Path, folder: Path) -> _Executed | _Listed | Document:
    """Read a file for what it is by its headings; the grid, which is large, is let go."""
    grid = reading(file)
    vocabulary = load_vocabulary(folder)
    if grid.left_out:
        click.echo(f"提示  {file}：{grid.left_out}")
    if kind_of(grid, vocabulary):
        return _Executed(*read_file(grid, vocabulary, load(folder)))
    words = load_words(folder)
    if is_list(grid, words):
        year = min(load_settings(folder / CONFIG_FILE).years, default=None)
        return _Listed(*read_list(grid, words, load(folder), year))
    return recognise(grid)


def _approve(
    file: Path,
    document: Document,
    main: Path,
    day: date | None,
    doc: str,
    *,
    dry_run: bool,
    yes: bool,
) -> int:
    """Record a published budget as the approval of its year, whole, or leave the book as it is."""
    if not _ties_out(document):
        why = "各表之间勾稽不符，没有写入任何内容；请核对原文件后重新导入"
        if not document.tables:
            how = "支付凭证、工资表等文件的列名不认识时，用 yusuan headings 对照"
            why = f"认不出是什么文件，没有写入任何内容；{how}"
        click.echo(f"{file}：{why}")
        return STOPPED
    with locked(main.parent):
        book = load_book(main)
        if unfit(book):
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
        warn_of_another_unit([plan.unit] if plan.unit else [], book)
        ended = left_alone(dry_run=dry_run, yes=yes)
        if ended is not None:
            return ended
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


def _first_day(plan: Plan) -> date:
    return date(plan.year, 1, 1)
