"""`yusuan execution`: how the budget is carried out, by five dimensions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.write import replace
from yusuan.ledger.cli.authorisations import echo
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.reporting import AS_OF
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.reporting import FORCE
from yusuan.ledger.cli.reporting import JSON
from yusuan.ledger.cli.reporting import day_of
from yusuan.ledger.cli.reporting import echo_notes
from yusuan.ledger.cli.reporting import opened
from yusuan.ledger.desk import authorisations
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.execution_json import execution_json
from yusuan.ledger.tables.execution_text import TITLES
from yusuan.ledger.tables.execution_text import cells
from yusuan.ledger.tables.execution_text import execution_text
from yusuan.ledger.tables.execution_text import headers
from yusuan.ledger.tables.layout import percent
from yusuan.ledger.tables.xlsx import workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.config import Settings
    from yusuan.ledger.tables.execution import Execution


@click.command(
    "execution", cls=Command, help="预算执行情况表：按功能分类、经济分类、项目、资金或指标。"
)
@BOOK
@click.option("--by", type=OneOf([by.value for by in By]), required=True, help="统计口径")
@AS_OF
@JSON
@click.option(
    "--xlsx", type=PathOf(Kind.OUTPUT, ".xlsx"), metavar="文件", help="另存为工作簿（.xlsx）"
)
@FORCE
def execution_command(
    book: Path, by: str, as_of: date | None, xlsx: Path | None, *, as_json: bool, force: bool
) -> None:
    """Print the table, and write the workbook where asked."""
    found = opened(book, force=force)
    table = found.execution(By(by), day_of(found, as_of))
    # By project only the projects' lines are shown; by anything else all are.
    lines = {row.code for row in table.rows} if table.by is By.PROJECT else None
    allowed = authorisations.touching(found.book, table.as_of, lines)
    if xlsx is not None:
        save(table, found.book.settings, xlsx, [authorisations.note(each) for each in allowed])
    if as_json:
        shown = [authorisations.standing_json(each) for each in allowed]
        report = {**execution_json(table), "authorisations": shown}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    click.echo(execution_text(table))
    echo_notes(found)
    echo(allowed)
    if xlsx is not None:
        click.echo(f"已写入 {xlsx}")


def save(table: Execution, settings: Settings, path: Path, notes: Sequence[str]) -> None:
    """Write the table as a workbook; what every file of the book says stands in it too."""
    day = f"截至 {table.as_of}　单位：元　序时进度 {percent(table.time_progress)}"
    note = "　".join([f"编制单位：{settings.unit}", day, *settings.notes, *notes])
    columns = headers(table)
    replace(
        {path: workbook(TITLES[table.by], note, columns, cells(table), [columns.index("执行率")])}
    )
