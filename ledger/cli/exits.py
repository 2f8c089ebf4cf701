"""Exit statuses, and which error means which."""

from __future__ import annotations

import os
import sys
import traceback
from io import TextIOWrapper
from typing import Any

import click

from yusuan.ledger.books.errors import reason
from yusuan.ledger.cli import chinese

CLEAN = 0
STOPPED = 1
USAGE = 2
INTERNAL = 3


class StoppedError(click.ClickException):
    """What was asked for is not done, because a finding stops it."""

    exit_code = STOPPED


class YusuanGroup(chinese.Group):
    """Maps every error to one Chinese sentence and one exit status."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 -- click's signature
        """Run a command; nothing but a status and a sentence leaves the program."""
        kwargs["standalone_mode"] = False
        _print_anything()
        try:
            sys.exit(super().main(*args, **kwargs) or CLEAN)
        except click.exceptions.Abort:
            _say("已取消")
            sys.exit(USAGE)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.message, err=True)
            sys.exit(USAGE)
        except click.ClickException as error:
            _explain(error)
            sys.exit(STOPPED if isinstance(error, StoppedError) else USAGE)
        except BrokenPipeError:
            # The reader of our output went away (a pager was left): nobody is there to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(CLEAN)
        except (ValueError, OSError, RuntimeError) as error:
            if not _expected(error):
                raise_internal(error)
            _say(_sentence(error))
            sys.exit(USAGE)
        except Exception as error:  # noqa: BLE001 -- the last line of defence
            raise_internal(error)


def raise_internal(error: BaseException) -> None:
    """Report a fault of the program itself."""
    traceback.print_exception(error)
    _say("程序内部错误，账本未作改动；请把以上信息报告给维护者")
    sys.exit(INTERNAL)


def _expected(error: BaseException) -> bool:
    """Tell an error that was raised for a person to read from one that nobody thought of."""
    return isinstance(error, OSError) or type(error).__module__.startswith("yusuan.")


def _explain(error: click.ClickException) -> None:
    usage = chinese.usage(error)
    if usage:
        click.echo(usage, err=True)
    _say(chinese.sentence(error))


def _sentence(error: BaseException) -> str:
    if isinstance(error, OSError) and not type(error).__module__.startswith("yusuan."):
        return f"{error.filename or '文件'}：{reason(error)}"
    return str(error)


def _print_anything() -> None:
    """Let a terminal that has no Chinese show escapes: no report may end in an encoding error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(text: str) -> None:
    click.echo(f"错误：{text}", err=True)
