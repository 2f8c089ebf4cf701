"""`yusuan authorise`: 例外授权, an office's decision that lets a stop pass up to a cap and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.budget.authorisation import Authorisation
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.options import DATE
from yusuan.ledger.cli.options import DOC
from yusuan.ledger.cli.options import DRY_RUN
from yusuan.ledger.cli.options import ID
from yusuan.ledger.cli.options import Yuan
from yusuan.ledger.cli.recording import record
from yusuan.ledger.cli.reporting import BOOK
from yusuan.ledger.desk.desk import Desk
from yusuan.ledger.desk.desk import Event
from yusuan.ledger.events.authorising import note

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


@click.command(
    "authorise",
    cls=Command,
    help="例外授权：登记有权单位对一条规则的例外授权；记账时用 --authorisation 注明，限额内放行。",
)
@BOOK
@DATE
@click.option("--rule", required=True, metavar="编号", help="放行的规则，例如 R01；只限 R 类规则")
@click.option("--line", default="", metavar="指标", help="所限的指标，默认不限")
@click.option("--cap", type=Yuan(), required=True, help="限额（元）")
@click.option("--until", type=Day(), required=True, metavar="日期", help="可以使用的最后一天")
@click.option("--office", required=True, metavar="单位", help="授权单位")
@DOC
@click.option("--reason", required=True, metavar="文字", help="理由")
@ID
@DRY_RUN
def authorise_command(
    book: Path,
    day: date,
    rule: str,
    line: str,
    cap: Decimal,
    until: date,
    office: str,
    doc: str,
    reason: str,
    own_id: str,
    *,
    dry_run: bool,
) -> int:
    """Record an authorisation as a directive without postings."""

    def make(desk: Desk) -> Event:
        id_ = desk.id("sq", own_id)
        given = Authorisation(day, id_, rule.upper(), line, cap, until, office, doc, reason)
        return Event(note(given), (), "例外授权")

    return record(book, day, make, dry_run=dry_run)
