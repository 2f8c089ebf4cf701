"""`yusuan reconcile`: a bank's or a zero-balance account's statement beside the book, both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution import read_file
from yusuan.importers.execution.reconcile import movements
from yusuan.importers.execution.reconcile import reconcile
from yusuan.importers.execution.record import Kind as FileKind
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.classification import load
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.progress import reading
from yusuan.ledger.events.payment import Method
from yusuan.ledger.events.receipt import INTO_NAMES
from yusuan.ledger.events.receipt import MEANS_OF_INTO
from yusuan.ledger.events.receipt import Into
from yusuan.ledger.money import ZERO
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.reconcile import Reconciled
    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.books.load import Book

_MOST_DAYS = 31


@click.command(
    "reconcile",
    cls=Command,
    help="对账：银行或零余额账户的对账单与账上收付逐笔核对，列出两边的差异。",
)
@click.argument("file", metavar="对账单", type=PathOf(Kind.FILE))
@click.argument("book", metavar="账套", type=PathOf(Kind.ANY))
@click.option(
    "--account",
    type=OneOf([into.value for into in Into]),
    help="哪个账户：quota 零余额账户，money 货币资金；默认有授权支付时为零余额账户",
)
@click.option(
    "--days",
    type=Between(0, _MOST_DAYS),
    default=5,
    show_default=True,
    metavar="天数",
    help="金额相同而日期不同时，最多相差几天",
)
def reconcile_command(file: Path, book: Path, account: str | None, days: int) -> int:
    """Print the pairs and both lists; exit 1 where anything has no counterpart. Writes nothing."""
    main = main_file(book)
    sheet, vocabulary = reading(file), load_vocabulary(main.parent)
    signs = kind_of(sheet, vocabulary)
    if signs is None or signs.kind is not FileKind.STATEMENT:
        what = f"是{signs.name}，不是对账单" if signs else "认不出是对账单"
        click.echo(f"{file}：{what}；列名不同的用 yusuan headings 对照")
        return STOPPED
    statement, findings = read_file(sheet, vocabulary, load(main.parent))
    if findings:
        print_findings(findings)
        click.echo(f"{file}：对账单有以上问题，没有核对；请改正后再试")
        return STOPPED
    loaded = load_book(main)
    if loaded.stops:
        print_findings(loaded.stops, loaded.folder)
        click.echo("账套检查未通过，没有核对；请先改正以上问题")
        return STOPPED
    into = Into(account) if account else _usual(statement, loaded)
    recorded = movements(loaded.entries, MEANS_OF_INTO[into])
    found = reconcile(statement.records, recorded, days)
    click.echo(_text(found, statement, into))
    return STOPPED if found.only_statement or found.only_book else CLEAN


def _usual(statement: Execution, book: Book) -> Into:
    """Take the zero-balance account as long as there is authorised payment, then the bank's."""
    days = [record.day for record in statement.records if record.day]
    term = book.settings.methods[Method.AUTHORISED]
    return Into.QUOTA if days and term.covers(min(days)) else Into.MONEY


def _text(found: Reconciled, statement: Execution, into: Into) -> str:
    heads = ["位置或编号", "日期", "凭证号", "对方", "摘要", "金额"]
    parts = [f"对账：{statement.source} 与账上的{INTO_NAMES[into]}（单位：元，支出为负）"]
    pairs = [
        [str(pair.record.where), pair.movement.id, pair.by, money(pair.record.amount)]
        for pair in found.pairs
    ]
    if pairs:
        parts += [grid(["对账单", "账上", "依据", "金额"], pairs, texts=3), ""]
    statement_only = [
        [
            str(record.where),
            record.day.isoformat() if record.day else "",
            record.get("number"),
            record.get("payee"),
            record.get("text"),
            money(record.amount),
        ]
        for record in found.only_statement
    ]
    book_only = [
        [each.id, each.day.isoformat(), each.number, each.other, each.text, money(each.amount)]
        for each in found.only_book
    ]
    for title, rows in (("对账单有而账上没有", statement_only), ("账上有而对账单没有", book_only)):
        if rows:
            parts += [f"{title}：", grid(heads, rows, texts=5), ""]
    parts.append(_summary(found))
    parts += [f"核对：{control}" for control in statement.controls]
    return "\n".join(parts)


def _summary(found: Reconciled) -> str:
    rows = []
    for word, amounts in (
        ("逐笔相符", [pair.record.amount for pair in found.pairs]),
        ("对账单有而账上没有", [record.amount for record in found.only_statement]),
        ("账上有而对账单没有", [each.amount for each in found.only_book]),
    ):
        rows.append([word, str(len(amounts)), money(sum(amounts, ZERO))])
    return grid(["结果", "笔数", "净额"], rows, texts=1)
