"""An execution file into a book: its payments shown, asked, written whole; the rest to a review file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.importers.execution.known import BATCH
from yusuan.importers.execution.record import Kind
from yusuan.importers.execution.review import review
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.spending import prepare
from yusuan.ledger.books.write import locked
from yusuan.ledger.books.write import replace
from yusuan.ledger.cli.asking import left_alone
from yusuan.ledger.cli.asking import unfit
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.progress import progress
from yusuan.ledger.cli.totals import payments_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.books.spending import Prepared
    from yusuan.ledger.finding import Finding

#: A review file is for payments; the rows of these are put right in the file itself.
_WITHOUT_REVIEW = frozenset({Kind.QUOTA, Kind.PLAN, Kind.ADJUSTMENT})
#: Every entry of an import has this line once.
_BATCH = f"\n  {BATCH}: "


def import_payments(
    file: Path,
    execution: Execution,
    findings: Sequence[Finding],
    main: Path,
    day: date | None,
    *,
    dry_run: bool,
    yes: bool,
) -> int:
    """Record the payments of a file whole, or leave the book as it is.

    Rows that cannot be coded go to a review file beside the file; they are payments when that
    is filled in and imported.
    """
    if findings:
        print_findings(findings)
        click.echo(f"{file}：{execution.name}有以上问题，没有写入任何内容；请改正后重新导入")
        return STOPPED
    with locked(main.parent):
        with progress("正在载入账套"):
            book = load_book(main)
        if unfit(book):
            return STOPPED
        with progress(f"正在试算 {len(execution.records):,} 行"):
            prepared = prepare(book, execution, day)
        click.echo(payments_text(execution, prepared.planned, prepared.ids))
        _warn_of_units(execution.units, book.settings.unit)
        if _refused(prepared, execution):
            click.echo(f"{file}：没有写入任何内容")
            return STOPPED
        if not prepared.planned.new and not prepared.planned.waiting:
            click.echo(f"{file}：已经导入过，账套没有变化")
            return CLEAN
        ended = left_alone(dry_run=dry_run, yes=yes)
        if ended is not None:
            return ended
        if prepared.recording is not None:
            prepared.recording.write()
            ids = prepared.ids
            span = ids[0] if len(ids) == 1 else f"{ids[0]} 至 {ids[-1]}"
            click.echo(f"已写入账套 {main.parent}：{span}（{prepared.planned.batch}）")
            folder = prepared.recording.book.folder
            for path, text in prepared.recording.additions.items():
                if _BATCH in text:
                    click.echo(f"  {path.relative_to(folder)}：{text.count(_BATCH)} 笔")
            click.echo("  有误时可用 yusuan undo 撤销这次导入")
    return _reviewed(file, execution, prepared)


def _warn_of_units(units: Sequence[str], own: str) -> None:
    """Say where rows are of several units, or of another one; a name may be printed shorter."""
    if len(units) > 1:
        click.echo(f"警告  文件里有几个单位（{'、'.join(units)}），账套只记一个单位，请核对")
    elif units and own and not units[0].isdecimal() and units[0] not in own and own not in units[0]:
        click.echo(f"警告  文件的单位是“{units[0]}”，账套的单位是“{own}”，请核对")


def _refused(prepared: Prepared, execution: Execution) -> bool:
    """Say what stands against a file; a review file is for payments, so other rows must be put right."""
    for problem in prepared.planned.problems:
        click.echo(f"停止  {problem}")
    if execution.kind in _WITHOUT_REVIEW and prepared.planned.waiting:
        click.echo("停止  有的行对不出指标（见上），请在文件中改正或补上“预算指标”一列")
        return True
    if prepared.recording is None:
        return bool(prepared.planned.problems)
    print_findings(prepared.recording.advice)
    placed = _placed(prepared.recording.findings, prepared, execution.source)
    print_findings(placed, prepared.recording.book.folder)
    return bool(prepared.recording.findings)


def _placed(findings: Iterable[Finding], prepared: Prepared, source: str) -> Iterator[Finding]:
    """Say of what stops a new entry which row of the file it comes from."""
    records = (booked.group.records[0] for booked in prepared.planned.new)
    places = dict(zip(prepared.ids, (record.where for record in records), strict=True))
    for finding in findings:
        meta = getattr(finding.entry, "meta", None) or {}
        where = places.get(str(meta.get("id") or ""))
        if where is None:
            yield finding
            continue
        place = {"filename": source, "lineno": where.line or where.row or 0}
        yield finding._replace(source=place, message=f"{where}（{meta['id']}）：{finding.message}")


def _reviewed(file: Path, execution: Execution, prepared: Prepared) -> int:
    """Write what waits to a file of its own; one that somebody is filling in is not written over."""
    waiting = prepared.planned.waiting
    if not waiting:
        return CLEAN
    data = review(waiting, execution.source, execution.sha256)
    path, number = file.with_name(f"{file.stem}-待核对.csv"), 1
    while path.exists() and path.read_bytes() != data:
        number += 1
        path = file.with_name(f"{file.stem}-待核对-{number}.csv")
    replace({path: data})
    click.echo(
        f"待核对 {len(waiting)} 行，已写到 {path}：请填写预算指标和部门支出经济分类，"
        "或在“采用提议”写“是”，然后用 yusuan import 导入该文件"
    )
    return CLEAN
