"""`yusuan web`: the book in the browser, through fava."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.reporting import BOOK

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = "127.0.0.1"


@click.command("web", cls=Command, help="在浏览器中打开账套（fava），只监听本机。")
@BOOK
@click.option("--port", type=Between(1, 65535), default=5000, show_default=True, help="端口")
@click.option("--read-only", is_flag=True, help="只读")
def web_command(book: Path, port: int, *, read_only: bool) -> None:
    """Guard the book's text first: text that crashes the parser would take the server with it."""
    loaded = load_book(book)
    if not loaded.files.safe:
        print_findings(loaded.stops, loaded.folder, err=True)
        raise StoppedError("账本文件有不能载入的内容，请先改正以上问题")
    # fava is slow to import, and only this command needs it.
    from yusuan.ledger.web.app import application  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.server import PortTakenError  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.server import serve  # noqa: PLC0415 -- see above

    click.echo(f"在浏览器中打开 http://{LOOPBACK}:{port}/ ，按 Ctrl-C 结束")
    try:
        serve(application(loaded.main, read_only=read_only), LOOPBACK, port)
    except PortTakenError as error:
        raise click.ClickException(str(error)) from None
