"""click in Chinese: headings, help and every usage error, through click's own points of extension.

A parameter type says what is wrong with a value; a command says how it is used; `sentence`
says the rest. What click would say in English reaches nobody.
"""

from __future__ import annotations

import os
from datetime import date
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click
from click import exceptions
from wcwidth import wcswidth

if TYPE_CHECKING:
    from collections.abc import Iterable

    Value = str | os.PathLike[str]

OPTIONS = "[选项]"
_USAGE = "用法："
#: Between the two columns of a help page.
_GAP = 2


class Command(click.Command):
    """A command whose help page is Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- click's signature
        """Take what click takes."""
        super().__init__(*args, **{"options_metavar": OPTIONS, **kwargs})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what is left over is refused here, click's words for it being fixed."""
        more_is_fine, ctx.allow_extra_args = ctx.allow_extra_args, True
        try:
            rest = super().parse_args(ctx, args)
        except exceptions.UsageError as error:
            # click's parser does not say which command it read for.
            error.ctx = error.ctx or ctx
            raise
        if rest and not more_is_fine:
            ctx.fail(f"多余的参数 {' '.join(rest)}")
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _USAGE)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options."""
        _list(formatter, "选项", (_record(option, ctx) for option in self.get_params(ctx)))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give `--help` its Chinese line."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option


class Group(Command, click.Group):
    """A group of commands whose help page is Chinese."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- click's signature
        """Take what click takes."""
        super().__init__(*args, **{"subcommand_metavar": "命令 [参数]…", **kwargs})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its whole sentence."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        _list(formatter, "命令", ((name, cmd.help or "") for name, cmd in found if cmd is not None))


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(param, click.Option) or param.hidden:
        return None
    extra = param.get_help_extra(ctx)
    notes = [f"默认 {extra['default']}"] if "default" in extra else []
    notes += ["必填"] if param.required else []
    text = f"{param.help or ''}（{'，'.join(notes)}）" if notes else param.help or ""
    return param.get_help_spec(ctx), text


def _list(
    formatter: click.HelpFormatter, title: str, rows: Iterable[tuple[str, str] | None]
) -> None:
    """Write two columns by display width; click's own list breaks Chinese lines only at spaces."""
    shown = [row for row in rows if row is not None]
    width = max((wcswidth(left) for left, _ in shown), default=0) + _GAP
    formatter.write(f"\n{title}：\n")
    for left, right in shown:
        formatter.write(f"  {left}{' ' * (width - wcswidth(left))}{right}".rstrip() + "\n")


class Day(click.ParamType[date]):
    """A calendar date."""

    name = "日期"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read 2020-03-16."""
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 -- a calendar date
        except ValueError:
            self.fail(f"“{value}”不是日期，应写作 2020-03-16", param, ctx)


class OneOf(click.Choice[str]):
    """One of some words."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:  # noqa: ARG002 -- click's signature
        """Name the words."""
        return f"可填 {'、'.join(self.choices)}"

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002 -- click's signature
        """Name the words."""
        return f"“{value}”不在可填之列：{'、'.join(self.choices)}"


class Between(click.ParamType[int]):
    """A whole number within limits."""

    name = "整数"

    def __init__(self, least: int, most: int) -> None:
        """Take both limits, which are allowed values themselves."""
        self.least = least
        self.most = most

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read it."""
        text = str(value)
        if text.isascii() and text.isdigit() and self.least <= int(text) <= self.most:
            return int(text)
        return self.fail(f"“{text}”应为 {self.least} 至 {self.most} 之间的整数", param, ctx)


class Kind(StrEnum):
    """What a path on the command line must be."""

    ANY = "any"  # a file or a folder that exists
    FILE = "file"  # a file that exists
    FOLDER = "folder"  # a folder, which need not exist
    OUTPUT = "output"  # a file, which need not exist


class PathOf(click.ParamType[Path]):
    """A path of some kind."""

    name = "路径"

    def __init__(self, kind: Kind, suffix: str = "") -> None:
        """Take the kind; a file to be written may be asked to have a suffix."""
        self.kind = kind
        self.suffix = suffix

    def convert(
        self, value: Value, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Read it, and look at what is there."""
        path = Path(value)
        why = self._wrong(path)
        if why:
            self.fail(f"{path} {why}", param, ctx)
        return path

    def _wrong(self, path: Path) -> str:
        try:
            exists, folder = path.exists(), path.is_dir()
        except (OSError, ValueError):
            return "不是可用的路径"
        if self.kind in (Kind.ANY, Kind.FILE) and not exists:
            return "不存在"
        if self.kind in (Kind.FILE, Kind.OUTPUT) and folder:
            return "是目录，这里要一个文件"
        if self.kind is Kind.FOLDER and exists and not folder:
            return "是文件，这里要一个目录"
        if exists and not os.access(path, os.R_OK):
            return "没有读取权限"
        return (
            f"应以 {self.suffix} 结尾" if path.suffix.lower() != self.suffix and self.suffix else ""
        )


def sentence(error: click.ClickException) -> str:
    """Say in Chinese what is wrong with a command line."""
    match error:
        case exceptions.MissingParameter(param=param) if param is not None:
            more = param.type.get_missing_message(param, error.ctx)
            return f"缺少{_kind(param)} {_name(param)}{f'；{more}' if more else ''}"
        case exceptions.BadParameter(param=param) if param is not None:
            return f"{_kind(param)} {_name(param)} 不对：{error.message}"
        case exceptions.NoSuchOption(option_name=name, possibilities=near):
            return f"没有选项 {name}{_near(near)}"
        case exceptions.NoSuchCommand(command_name=name, ctx=ctx):
            group = ctx.command if ctx is not None else None
            known = group.list_commands(ctx) if ctx and isinstance(group, click.Group) else []
            return f"没有命令 {name}{_near(get_close_matches(name, known))}"
        case exceptions.BadOptionUsage(option_name=name):
            takes = any(name in p.opts for p in _flags(error.ctx))
            return f"选项 {name} 不带值" if takes else f"选项 {name} 后面缺少值"
        case _:
            return error.message


def usage(error: click.ClickException) -> str:
    """Say how the command is used, and where more is said."""
    ctx = error.ctx if isinstance(error, exceptions.UsageError) else None
    return f"{ctx.get_usage()}\n详见 {ctx.command_path} --help" if ctx is not None else ""


def _flags(ctx: click.Context | None) -> list[click.Option]:
    params = ctx.command.get_params(ctx) if ctx is not None else []
    return [param for param in params if isinstance(param, click.Option) and param.is_flag]


def _kind(param: click.Parameter) -> str:
    return "选项" if isinstance(param, click.Option) else "参数"


def _name(param: click.Parameter) -> str:
    return (
        max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
    )


def _near(names: list[str] | None) -> str:
    return f"；是不是 {'、'.join(names)}？" if names else ""
