"""`yusuan pay`: record one payment, refused where it would overspend."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import click

from yusuan.ledger import money
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import next_id
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.view import View
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.layers import layers
from yusuan.ledger.cli.layers import layers_text
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.events.payment import METHOD_NAMES
from yusuan.ledger.events.payment import Method
from yusuan.ledger.events.payment import Part
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.payment import default_method
from yusuan.ledger.events.payment import draft
from yusuan.ledger.events.payment import leaves

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from yusuan.ledger.budget.line import Line


class Yuan(click.ParamType[Decimal]):
    """An amount in 元 on the command line, above zero."""

    name = "金额"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Read the amount; anything but a positive amount of whole fen is wrong usage."""
        try:
            amount = money.yuan(str(value))
        except money.MoneyError as error:
            self.fail(str(error), param, ctx)
        if amount <= 0:
            self.fail(f"金额应大于零，不是 {value}", param, ctx)
        return amount


@click.command("pay", cls=Command, help="记一笔支付：先显示凭证和前后可用额度，超预算则拒绝。")
@BOOK
@click.option(
    "--date",
    "day",
    type=Day(),
    required=True,
    metavar="日期",
    help="支付日期",
)
@click.option("--line", required=True, metavar="指标", help="指标编号")
@click.option("--economic", required=True, metavar="编码", help="部门经济分类款级编码")
@click.option("--amount", type=Yuan(), required=True, help="金额（元）")
@click.option("--payee", required=True, metavar="名称", help="收款人")
@click.option("--text", required=True, metavar="文字", help="用途摘要")
@click.option(
    "--method", type=OneOf([m.value for m in Method]), help="支付方式，默认由资金性质决定"
)
@click.option(
    "--class", "klass", type=OneOf(["人员", "公用"]), help="款同时有人员和公用额度时须注明"
)
@click.option("--id", "own_id", default="", metavar="编号", help="凭证编号，默认自动编号")
@click.option("--commitment", default="", metavar="编号", help="所执行的占用（合同）编号")
@click.option("--dry-run", is_flag=True, help="只显示，不写入")
def pay_command(
    book: Path,
    day: date,
    line: str,
    economic: str,
    amount: Decimal,
    payee: str,
    text: str,
    method: str | None,
    klass: str | None,
    own_id: str,
    commitment: str,
    *,
    dry_run: bool,
) -> int:
    """Load, show, try out, append: all under the book's lock."""
    with locked(main_file(book).parent):
        loaded = load_book(book)
        if loaded.stops:
            print_findings(loaded.stops, loaded.folder)
            click.echo("账套检查未通过，没有记账；请先改正以上问题")
            return STOPPED
        found = view(loaded)
        held = _line(found, line)
        payment = Payment(
            date=day,
            id=own_id or next_id(loaded, "zf", day.year),
            parts=(Part(held, economic, amount, klass or ""),),
            payee=payee,
            text=text,
            method=Method(method) if method else default_method(held),
            expenditure=loaded.settings.expenditure,
            commitment=commitment,
        )
        return _record(found, payment, dry_run=dry_run)


def _line(found: View, line: str) -> Line:
    held = found.layers.register.lines.get(line)
    if held is None:
        raise StoppedError(
            f"[R01] 无预算支出：没有编号为 {line} 的指标，无指标不得支出；用 yusuan lines 查看全部指标"
        )
    return held


def _record(found: View, payment: Payment, *, dry_run: bool) -> int:
    names = found.names(payment.date)
    recording = prepare(found.book, [Item(draft(payment, names), leaves(payment))], names)
    click.echo(recording.entry)
    _show_layers(found, payment)
    if recording.findings:
        print_findings(recording.findings)
        click.echo("没有记账，账套未作改动")
        return STOPPED
    if dry_run:
        click.echo("以上为预览，没有记账（--dry-run）")
        return CLEAN
    recording.write()
    click.echo(f"已记账：{payment.id}（{METHOD_NAMES[payment.method]}）")
    return CLEAN


def _show_layers(found: View, payment: Payment) -> None:
    for part in payment.parts:
        touched = found.layers.touched(part.line.id, part.economic, part.klass, payment.date.year)
        click.echo(layers_text(layers(found, touched.cells, payment.date), part.amount))
