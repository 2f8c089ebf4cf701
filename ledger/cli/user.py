"""`yusuan user`: the register of those who may sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.errors import reason
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.web import register
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from pathlib import Path

_ROLES = "、".join(f"{role.value} {role.word}" for role in Role)


@click.command(
    "user", cls=Command, help="维护 yusuan web 的用户名册：增加或修改一人，密码当面输入。"
)
@click.argument("file", metavar="名册", type=PathOf(Kind.OUTPUT, ".toml"))
@click.argument("name", metavar="姓名")
@click.option(
    "--role",
    "roles",
    type=OneOf([role.value for role in Role]),
    multiple=True,
    help=f"权限，可重复：{_ROLES}；不写则只能查看",
)
@click.option("--no-password", is_flag=True, help="不设密码，只由反向代理认定身份")
@click.option("--remove", is_flag=True, help="从名册中除去")
def user_command(
    file: Path, name: str, roles: tuple[str, ...], *, no_password: bool, remove: bool
) -> int:
    """Put somebody into the register, or take them out."""
    try:
        if remove:
            register.remove(file, name)
            click.echo(f"已从名册中除去 {name}")
            return CLEAN
        held = {Role.LOOK, *map(Role, roles)}
        register.put(file, name, held, "" if no_password else _password())
    except register.RegisterError as error:
        raise StoppedError(str(error)) from None
    except OSError as error:
        raise StoppedError(f"没有写入用户名册（{reason(error)}），请检查路径和权限") from None
    words = "、".join(role.word for role in Role if role in held)
    click.echo(f"名册中现有 {name}（{words}）")
    return CLEAN


def _password() -> str:
    """Ask twice, unseen: on a command line it would stay in the shell's history. Raises RegisterError."""
    first: str = click.prompt("密码", hide_input=True, default="", show_default=False)
    if len(first) < register.PASSWORD_LENGTH:
        raise register.RegisterError(f"密码至少 {register.PASSWORD_LENGTH} 位")
    again: str = click.prompt("再输入一次", hide_input=True, default="", show_default=False)
    if again != first:
        raise register.RegisterError("两次输入的密码不同，请重新输入")
    return first
