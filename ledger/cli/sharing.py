"""One share or several: `--line --economic --amount`, or `--from 指标:款=金额` as often as wanted."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING
from typing import Any

import click

from yusuan.ledger.cli.options import CLASS
from yusuan.ledger.cli.options import ECONOMIC
from yusuan.ledger.cli.options import SHARE
from yusuan.ledger.cli.options import ShareOf
from yusuan.ledger.cli.options import Yuan
from yusuan.ledger.desk.share import Share

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    #: What an option is: it adds itself to a command's function.
    Option = Callable[[Callable[..., int]], Callable[..., int]]

FROM, TO = "--from", "--to"
_LINE = click.option("--line", default="", metavar="指标", help="指标编号，只有一条指标时")
_AMOUNT = click.option("--amount", type=Yuan(), help="金额（元），只有一条指标时")


def sharing(flag: str, does: str) -> Option:
    """Ask for one share or several; the command is given them as `shares`, at least one."""
    several = click.option(
        flag,
        "several",
        type=ShareOf(),
        multiple=True,
        metavar=SHARE,
        help=f"{does}，可写多个，代替 --line、--economic、--class 和 --amount",
    )

    def add(command: Callable[..., int]) -> Callable[..., int]:
        @wraps(command)
        def gathered(
            *,
            line: str,
            economic: str,
            klass: str | None,
            amount: Decimal | None,
            several: tuple[Share, ...],
            **rest: Any,  # noqa: ANN401 -- what click passes on
        ) -> int:
            one = bool(line or economic or klass or amount)
            if one and several:
                raise click.UsageError(
                    f"{flag} 与 --line、--economic、--class、--amount 不能同时写"
                )
            if not several and not (line and amount):
                missing = "--amount" if line else "--line"
                raise click.UsageError(f"缺少选项 {missing}；几条指标用 {flag} {SHARE} 各写一个")
            own = () if amount is None else (Share(line, economic, klass or "", amount),)
            return command(shares=several or own, **rest)

        for option in (several, _AMOUNT, CLASS, ECONOMIC, _LINE):
            gathered = option(gathered)
        return gathered

    return add
