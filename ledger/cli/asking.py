"""What every import asks before it writes, and what it points out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.books.load import Book


def agreed() -> bool:
    """Ask on a terminal; elsewhere nobody can agree."""
    if not sys.stdin.isatty():
        click.echo("不在终端上，不能询问；确认无误后请加 --yes")
        return False
    answer = str(click.prompt("写入账套吗？输入 y 写入", default="n", show_default=False))
    return answer.strip().lower() in {"y", "yes", "是"}


def unfit(book: Book) -> bool:
    """Say what stops a book, if anything: into such a one nothing is imported."""
    if book.stops:
        print_findings(book.stops, book.folder)
        click.echo("账套检查未通过，没有写入任何内容；请先改正以上问题")
    return bool(book.stops)


def left_alone(*, dry_run: bool, yes: bool) -> int | None:
    """Give the exit status of an import that ends with its preview, or None where it goes on."""
    if dry_run:
        click.echo("以上为预览，没有写入任何内容（--dry-run）")
        return CLEAN
    if not yes and not agreed():
        click.echo("已取消，没有写入任何内容")
        return STOPPED
    return None


def warn_of_another_unit(units: Sequence[str], book: Book) -> None:
    """Say where the document is another unit's: names differ in print, so it does not stop."""
    own = book.settings.unit
    if units and own and own not in units:
        click.echo(f"警告  文件的编制单位是“{'、'.join(units)}”，账套的单位是“{own}”，请核对")
