"""`yusuan audit`: who recorded what in the browser."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.audit import read
from yusuan.ledger.books.load import main_file
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.outcome import echo_json
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.cli.reporting import JSON
from yusuan.ledger.tables.layout import grid

if TYPE_CHECKING:
    from pathlib import Path

_HEADS = ("时间", "用户", "地址", "操作", "结果", "编号", "原因")
_SCHEMA = "yusuan.audit/1"


@click.command("audit", cls=Command, help="审计日志：谁在浏览器中记了什么，哪些被拒绝。")
@BOOK
@JSON
def audit_command(book: Path, *, as_json: bool) -> int:
    """Show the log, oldest first."""
    lines, unread = read(main_file(book).parent)
    if as_json:
        echo_json({"schema": _SCHEMA, "lines": [asdict(line) for line in lines], "unread": unread})
        return CLEAN
    rows = [
        (x.time, x.user, x.address, x.action, x.outcome.word, "、".join(x.ids), x.reason)
        for x in lines
    ]
    click.echo(grid(_HEADS, rows, texts=len(_HEADS)) if rows else "还没有记录")
    if unread:
        click.echo(f"另有 {unread} 行读不懂，请核对文件")
    return CLEAN
