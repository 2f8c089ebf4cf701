"""The command line: `yusuan …`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from yusuan.ledger.cli.exits import YusuanGroup

#: The commands that record an event of the year, in the order of a budget's life.
EVENTS = (
    "appropriate",
    "assign",
    "receive",
    "pay",
    "payroll",
    "refund",
    "reverse",
    "correct",
    "commit",
    "release",
    "supplement",
    "reduce",
    "transfer",
    "freeze",
    "unfreeze",
    "lapse",
    "plan",
    "authorise",
)
#: Each command with the module that has it; loaded when asked for, so that starting is quick.
COMMANDS = {
    "init": "init",
    "read": "read",
    "verify": "verify",
    "import": "importing",
    "reconcile": "reconcile",
    "undo": "undo",
    "headings": "headings",
    "codes": "codes",
    "check": "check",
    "lines": "lines",
    "available": "available",
    "execution": "execution",
    **dict(zip(EVENTS, EVENTS, strict=True)),
    "audit": "audit",
    "rules": "rules",
    "web": "web",
    "user": "user",
}


class LazyGroup(YusuanGroup):
    """Imports a command's module only when the command is used."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name the commands in the order of a year's work."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: Any = getattr(import_module(f"yusuan.ledger.cli.{module}"), f"{module}_command")
        command: click.Command = found
        return command


@click.group(
    cls=LazyGroup,
    help="预算：行政事业单位的复式预算账。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="yusuan", message="yusuan %(version)s", help="显示版本")
def main() -> None:
    """Start the program."""
