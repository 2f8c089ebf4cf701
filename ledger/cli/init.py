"""`yusuan init`: a new book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.create import NewBook
from yusuan.ledger.books.create import create
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.config import KINDS

if TYPE_CHECKING:
    from pathlib import Path

FIRST_YEAR = 2019
LAST_YEAR = 2099


@click.command("init", cls=Command, help="建立一个新账套。")
@click.argument("folder", metavar="目录", type=PathOf(Kind.FOLDER))
@click.option("--unit", required=True, metavar="名称", help="单位名称")
@click.option(
    "--year",
    required=True,
    type=Between(FIRST_YEAR, LAST_YEAR),
    metavar="年",
    help="预算年度",
)
@click.option("--kind", required=True, type=OneOf(KINDS), help="单位性质")
@click.option("--note", multiple=True, metavar="文字", help="写在每个文件开头的说明，可多次给出")
@click.option(
    "--title", default="", metavar="文字", help="账套标题，显示在网页各页；不写则用单位名称"
)
def init_command(
    folder: Path, unit: str, year: int, kind: str, note: tuple[str, ...], title: str
) -> None:
    """Make the folder and its files."""
    create(folder, NewBook(unit, year, kind, note, title))
    click.echo(f"已建立账套 {folder}：{unit}，{year}年，{kind}单位")
    click.echo(f"下一步：yusuan import 预算文件 --book {folder}")
