"""`yusuan undo`: the last import taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click
from beancount.core.data import Transaction

from yusuan.importers.execution.known import SOURCE
from yusuan.importers.execution.known import moved
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.undo import prepare
from yusuan.ledger.books.write import locked
from yusuan.ledger.books.write import replace
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import MONEY
from yusuan.ledger.cli.asking import agreed
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.entries import event_id
from yusuan.ledger.money import ZERO
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.undo import Imported
    from yusuan.ledger.books.undo import Undoing


#: The first of these that an entry moves says how much it is.
_BOOKS = (MONEY, AUTHORITY, ECONOMIC)


@click.command(
    "undo",
    cls=Command,
    help="撤销最近一次导入（指标表、调整、计划、支付、到账）：没有后续凭证、期间未封存时才可以。",
)
@BOOK
@DRY_RUN
@click.option("--yes", is_flag=True, help="不询问，直接撤销")
def undo_command(book: Path, *, dry_run: bool, yes: bool) -> int:
    """Show what would be taken out, and take it out whole; accounts that were opened stay open."""
    with locked(main_file(book).parent):
        loaded = load_book(book)
        if loaded.stops:
            print_findings(loaded.stops, loaded.folder)
            click.echo("账套检查未通过，没有改动；请先改正以上问题")
            return STOPPED
        undoing = prepare(loaded)
        if not undoing.entries:
            click.echo("账套中没有导入的凭证，没有可以撤销的")
            return STOPPED
        click.echo(_text(undoing))
        if undoing.resting:
            after = "、".join(undoing.resting)
            click.echo(
                f"没有撤销：后来的凭证 {after} 以其中的凭证为依据；请先处理，或用 yusuan reverse 红冲"
            )
            return STOPPED
        if undoing.contents is None:
            print_findings(undoing.findings, loaded.folder)
            click.echo("没有撤销：撤销后账套不再通过检查（见上），该期间可能已经对账或封存")
            return STOPPED
        if dry_run:
            click.echo("以上为预览，没有改动（--dry-run）")
            return CLEAN
        if not yes and not agreed():
            click.echo("已取消，没有改动")
            return STOPPED
        replace(undoing.contents)
    click.echo(f"已撤销 {undoing.batch}：{len(undoing.entries)} 笔")
    return CLEAN


def _text(undoing: Undoing) -> str:
    amounts = [_amount(entry) for entry in undoing.entries]
    rows = [
        [
            event_id(entry),
            entry.date.isoformat(),
            *_said(entry),
            str(entry.meta.get(SOURCE) or ""),
            money(amount),
        ]
        for entry, amount in zip(undoing.entries, amounts, strict=True)
    ]
    rows.append(["合计", "", "", "", f"{len(rows)} 笔", money(sum(amounts, ZERO))])
    heads = ["编号", "日期", "对方", "摘要", "来源", "金额"]
    return f"最近一次导入 {undoing.batch}\n{grid(heads, rows, texts=5)}"


def _said(entry: Imported) -> tuple[str, str]:
    if isinstance(entry, Transaction):
        return entry.payee or "", entry.narration or ""
    return "", str(entry.meta.get("text") or "")


def _amount(entry: Imported) -> Decimal:
    """Give what an entry pays, receives or plans, in 元; of authority, what it adds or moves."""
    if not isinstance(entry, Transaction):
        return Decimal(entry.values[-1].value.number)
    return next((each for book in _BOOKS if (each := moved(entry, book))), ZERO)
