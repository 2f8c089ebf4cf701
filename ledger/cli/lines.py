"""`yusuan lines`: every budget line by state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.authorisations import echo
from yusuan.ledger.cli.chinese import Command
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
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_HEADERS = [
    "指标",
    "名称",
    "资金",
    "功能科目",
    "类别",
    "全年预算",
    "可用",
    "冻结",
    "占用",
    "已执行",
]
_TEXTS = 5


@click.command("lines", cls=Command, help="各条指标的额度状态。")
@BOOK
@AS_OF
@JSON
@FORCE
def lines_command(book: Path, as_of: date | None, *, as_json: bool, force: bool) -> None:
    """Print each line with what stands in each state."""
    found = opened(book, force=force)
    table = found.execution(By.LINE, day_of(found, as_of))
    allowed = authorisations.touching(found.book, table.as_of)
    if as_json:
        click.echo(
            json.dumps(
                {
                    **execution_json(table),
                    "schema": "yusuan.lines/1",
                    "authorisations": [authorisations.standing_json(each) for each in allowed],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    rows = []
    for row in table.rows:
        line, held = row.line, row.position
        if line is None or held is None:
            continue
        amounts = (held.adjusted, held.available, held.frozen, held.committed, held.spent)
        rows.append([line.id, row.name, line.fund, line.function, line.klass, *map(money, amounts)])
    total = table.total.position
    if total is not None:
        amounts = (total.adjusted, total.available, total.frozen, total.committed, total.spent)
        rows.append(["合计", "", "", "", "", *map(money, amounts)])
    click.echo(f"指标状态　截至 {table.as_of}　单位：元")
    click.echo(grid(_HEADERS, rows, texts=_TEXTS))
    echo_notes(found)
    echo(allowed)
