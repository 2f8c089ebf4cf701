"""`yusuan available`: what may still be spent, by control layer, and which layer binds."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import click

from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.cli.authorisations import echo
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import PROCUREMENT
from yusuan.ledger.cli.reporting import AS_OF
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.reporting import FORCE
from yusuan.ledger.cli.reporting import JSON
from yusuan.ledger.cli.reporting import day_of
from yusuan.ledger.cli.reporting import opened
from yusuan.ledger.desk import authorisations
from yusuan.ledger.desk.layers import Layer
from yusuan.ledger.desk.layers import layer_json
from yusuan.ledger.desk.layers import layers
from yusuan.ledger.desk.layers import layers_text
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.execution_json import row_json

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.books.view import View


@click.command("available", cls=Command, help="还可以支出多少：按控制层列出，并指出最紧的一层。")
@BOOK
@click.option("--line", required=True, metavar="指标", help="指标编号")
@click.option("--economic", default="", metavar="编码", help="部门经济分类款级编码")
@click.option(
    "--class", "klass", type=OneOf(["人员", "公用"]), help="款同时有人员和公用额度时须注明"
)
@PROCUREMENT
@AS_OF
@JSON
@FORCE
def available_command(
    book: Path,
    line: str,
    economic: str,
    klass: str | None,
    procurement: str | None,
    as_of: date | None,
    *,
    as_json: bool,
    force: bool,
) -> None:
    """Print what each layer allows."""
    found = opened(book, force=force)
    day = day_of(found, as_of)
    if line not in found.layers.register.lines:
        raise StoppedError(f"账套中没有编号为 {line} 的指标；yusuan lines {book} 列出全部指标")
    problem, shown = _layers(found, line, economic, klass or "", procurement or "", day)
    if as_json:
        click.echo(
            json.dumps(
                _report(found, line, economic, day, problem, shown), ensure_ascii=False, indent=2
            )
        )
        return
    click.echo(f"可用额度　{day}　单位：元")
    # What may not be spent at all is bound by none of the layers that there are.
    click.echo(layers_text([replace(each, binding=False) for each in shown] if problem else shown))
    if problem:
        click.echo(problem)
    echo(authorisations.touching(found.book, day, {line}))


def _layers(
    found: View, line: str, economic: str, klass: str, procurement: str, day: date
) -> tuple[str, list[Layer]]:
    if not economic:
        return "", layers(found, (line_cell(line),), day)
    touched = found.layers.touched(line, economic, klass, day.year, procurement)
    return touched.problem, layers(found, touched.cells, day)


def _report(
    found: View, line: str, economic: str, day: date, problem: str, shown: list[Layer]
) -> dict[str, Any]:
    table = found.execution(By.LINE, day)
    row = next(row for row in table.rows if row.line is not None and row.line.id == line)
    least = (
        "0.00"
        if problem
        else min((layer_json(layer)["available"] for layer in shown if layer.binding), default=None)
    )
    return {
        **row_json(row),
        "schema": "yusuan.available/1",
        "as_of": day.isoformat(),
        "economic": economic or None,
        "problem": problem or None,
        "available": least,
        "layers": [layer_json(layer) for layer in shown],
        "authorisations": [
            authorisations.standing_json(each)
            for each in authorisations.touching(found.book, day, {line})
        ],
    }
