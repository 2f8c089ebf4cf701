"""`yusuan web`: the book in the browser, through fava."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.reporting import BOOK

if TYPE_CHECKING:
    from ipaddress import IPv4Address
    from ipaddress import IPv6Address
    from pathlib import Path

    from yusuan.ledger.web.gate import Check

LOOPBACK = "127.0.0.1"


@click.command("web", cls=Command, help="在浏览器中打开账套（fava），默认只监听本机。")
@BOOK
@click.option("--port", type=Between(1, 65535), default=5000, show_default=True, help="端口")
@click.option("--host", metavar="地址", default=LOOPBACK, show_default=True, help="监听的 IP 地址")
@click.option(
    "--host-name", "names", metavar="名称", multiple=True, help="浏览器地址栏中的主机名，可重复"
)
@click.option("--users", type=PathOf(Kind.FILE), help="用户名册（yusuan user 维护），凭密码登录")
@click.option(
    "--trust-header", metavar="标头", help="由本机的反向代理以此标头认定用户，须有 --users"
)
@click.option("--read-only", is_flag=True, help="只读")
def web_command(
    book: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    users: Path | None,
    trust_header: str | None,
    *,
    read_only: bool,
) -> None:
    """Guard the book's text first: text that crashes the parser would take the server with it."""
    address = _address(host)
    local = address.is_loopback
    if not local and users is None:
        raise StoppedError("监听本机以外的地址须有用户名册，请加 --users")
    if address.is_unspecified and not names:
        raise StoppedError("监听全部地址时须用 --host-name 写明浏览器中所用的主机名")
    if trust_header and (users is None or not local):
        raise StoppedError("--trust-header 只能在监听本机时与 --users 一起使用")
    if trust_header and "_" in trust_header:
        raise StoppedError("--trust-header 的名称不能有下划线，应写作 X-Remote-User 这样的名称")
    loaded = load_book(book)
    if not loaded.files.safe:
        print_findings(loaded.stops, loaded.folder, err=True)
        raise StoppedError("账本文件有不能载入的内容，请先改正以上问题")
    # fava is slow to import, and only this command needs it.
    from yusuan.ledger.web.app import application  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.server import PortTakenError  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.server import serve  # noqa: PLC0415 -- see above

    door, said = _door(users, trust_header)
    app = application(
        loaded.main,
        read_only=read_only,
        host_names=names if address.is_unspecified else (host, *names),
        door=door,
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"{said}；{'只读' if read_only else '可登记'}")
    click.echo(f"在浏览器中打开 http://{shown}:{port}/ ，按 Ctrl-C 结束")
    try:
        serve(app, host, port)
    except PortTakenError as error:
        raise click.ClickException(str(error)) from None


def _address(host: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(host)
    except ValueError:
        raise StoppedError(f"“{host}”不是 IP 地址，例如 {LOOPBACK} 或 0.0.0.0") from None


def _door(users: Path | None, header: str | None) -> tuple[Check, str]:
    """Give the door to the book, and say who may come in. Raises StoppedError."""
    from yusuan.ledger.web import doors  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.attempts import Attempts  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.register import Register  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.register import RegisterError  # noqa: PLC0415 -- see above
    from yusuan.ledger.web.sessions import Sessions  # noqa: PLC0415 -- see above

    if users is None:
        return doors.local, "本机用户，无须登录"
    try:
        register = Register(users)
        count = len(register.users())
    except RegisterError as error:
        raise StoppedError(str(error)) from None
    if header:
        return doors.vouched(register, header), f"用户 {count} 人，由反向代理以 {header} 认定"
    door = doors.Door(register, sessions=Sessions(), attempts=Attempts())
    return door, f"用户 {count} 人，凭密码登录"
