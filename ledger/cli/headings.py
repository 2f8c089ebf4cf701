"""`yusuan headings`: what a file's headings are, and a mapping for those that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution.propose import propose
from yusuan.importers.execution.propose import toml_of
from yusuan.ledger.books.load import main_file
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.progress import reading

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "headings",
    cls=Command,
    help="列出执行文件的列名是什么；不认识的，提议写进账套 headings.toml 的对照（TOML）。",
)
@click.argument("file", metavar="文件", type=PathOf(Kind.FILE))
@click.option("--book", metavar="账套", type=PathOf(Kind.ANY), help="其 headings.toml 也算认识的")
def headings_command(file: Path, book: Path | None) -> None:
    """Print TOML: comments say what is known, so that the whole output may become a file."""
    vocabulary = load_vocabulary(main_file(book).parent if book else None)
    grid = reading(file)
    guesses = propose(grid, vocabulary)
    signs = kind_of(grid, vocabulary)
    told = f"认出是{signs.name}" if signs else "还认不出是什么文件，请核对下面的对照"
    click.echo(f"# {grid.file!r}：{told}")
    for guess in guesses:
        if guess.known:
            click.echo(f"# 认识  {guess.heading} → {guess.role}")
    if all(guess.known for guess in guesses):
        click.echo("# 各列都认识，不需要对照")
        return
    click.echo("# 以下核对、改正后写进账套目录的 headings.toml；“？”的列不知道是什么，填上或删去")
    click.echo(f"# 可用的有 {'、'.join(vocabulary.known)}")
    click.echo(toml_of(guesses), nl=False)
