"""`yusuan assign`: 分解, authority of a function's project line given to a project."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.options import AMOUNT
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC_IF_ANY
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import LINE
from yusuan.ledger.cli.options import TEXT
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.assignment import Assignment
from yusuan.ledger.events.assignment import draft
from yusuan.ledger.events.assignment import leaves
from yusuan.ledger.events.assignment import project
from yusuan.ledger.events.declaration import declared

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command(
    "assign", cls=Command, help="分解：把功能科目的项目额度分解到具体项目，需要时开立项目的指标。"
)
@BOOK
@DATE
@LINE
@click.option("--to", required=True, metavar="指标", help="项目的指标编号，可以是新的")
@click.option("--name", default="", metavar="名称", help="新指标的项目名称")
@click.option("--project", "code", default="", metavar="编码", help="新指标的项目编码")
@AMOUNT
@DOC_IF_ANY
@TEXT
@ID
@DRY_RUN
def assign_command(
    book: Path,
    day: date,
    line: str,
    to: str,
    name: str,
    code: str,
    amount: Decimal,
    doc: str,
    text: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Move authority to a project's line, opened in all its states if the book has it not yet."""

    def make(desk: Desk) -> Event:
        source = desk.line(line)
        known = desk.found.layers.register.lines.get(to)
        target = known or project(source, to, name, code)
        limited = [each.id for each in (source, target) if desk.found.layers.scopes(each, day.year)]
        if limited:
            why = f"指标 {'、'.join(limited)} 有经济分类额度，两本账须同时变动，分解不写经济分类款"
            raise StoppedError(f"{why}；请改用 transfer 写明款")
        event = Assignment(day, desk.id("fj", own_id), text, source, target, amount, doc)
        named = replace(desk.names, lines={**desk.names.lines, target.id: target.name})
        return Event(
            draft(event, named),
            leaves(event),
            "分解",
            declared=() if known else declared(target),
            named={target.id: target.name},
        )

    return record(book, day, make, dry_run=dry_run)
