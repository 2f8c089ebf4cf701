"""`yusuan codes`: a finance office's code table of a year becomes the book's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.importers.codes import read_official
from yusuan.ledger.books.codes import store
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.write import locked
from yusuan.ledger.classification import Scheme
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.init import FIRST_YEAR
from yusuan.ledger.cli.init import LAST_YEAR

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "codes", cls=Command, help="导入财政部门的年度科目表（xlsx 或 csv），作为账套自己的科目表。"
)
@click.argument("file", metavar="文件", type=PathOf(Kind.FILE))
@click.option("--scheme", required=True, type=OneOf([s.value for s in Scheme]), help="科目体系")
@click.option(
    "--year", required=True, type=Between(FIRST_YEAR, LAST_YEAR), metavar="年", help="年度"
)
@click.option("--sheet", metavar="名称", help="工作表，默认为唯一含有该体系科目的一张")
@click.option("--book", required=True, metavar="账套", type=PathOf(Kind.ANY), help="写入的账套")
def codes_command(file: Path, scheme: str, year: int, sheet: str | None, book: Path) -> None:
    """Read the table, and put it into the book whole."""
    table = read_official(file, Scheme(scheme), year, sheet=sheet)
    folder = main_file(book).parent
    with locked(folder):
        new = store(folder, table.path, table.text)
    what = f"{year}年{Scheme(scheme).chinese} {len(table.subjects)} 个科目"
    if new:
        click.echo(f"已写入 {folder / table.path}：{what}；请用 yusuan check 重新检查账套")
    else:
        click.echo(f"{what}，与账套中的相同，没有变化")
