"""`yusuan verify`: the identities (勾稽关系) of a document or a book, tables against tables and prose."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.published import published_of
from yusuan.ledger.cli.chinese import Between
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.init import FIRST_YEAR
from yusuan.ledger.cli.init import LAST_YEAR
from yusuan.ledger.cli.outcome import echo_json
from yusuan.ledger.cli.outcome import status
from yusuan.ledger.cli.outcome import stops
from yusuan.ledger.cli.read import counts
from yusuan.ledger.cli.read import load
from yusuan.ledger.cli.read import summary
from yusuan.ledger.cli.reporting import opened
from yusuan.ledger.tables import json
from yusuan.ledger.tables.identities import CATALOGUE
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.published.budget import sure
from yusuan.ledger.tables.published.holdings import Stage

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.tables.identities import Verification

SCHEMA = "yusuan.verify/1"


@click.command(
    "verify",
    cls=Command,
    help="核对勾稽关系：部门预算文件的表与表、表与编制说明；或账套现有的各表（T1 至 T9）。",
)
@click.argument("source", metavar="文件或账套")
@click.option("--year", type=Between(FIRST_YEAR, LAST_YEAR), help="账套的年度，默认为最后一年")
@click.option(
    "--stage",
    type=OneOf([stage.value for stage in Stage]),
    help="账套的年初批复数（approved，默认）或调整后的数（adjusted）",
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def verify_command(source: str, *, year: int | None, stage: str | None, as_json: bool) -> int:
    """Print how each identity fared; exit 1 where one that stops has failed."""
    read: tuple[Finding, ...] = ()
    if Path(source).is_dir():
        verification = _of_book(Path(source), year, Stage(stage or Stage.APPROVED))
    elif year or stage:
        raise click.UsageError("--year 和 --stage 用于账套；核对文件时请不写")
    else:
        document = load(source)
        verification, read = verify(document), document.findings
    findings = [*read, *verification.findings()]
    if as_json:
        listed: list[json.Json] = [json.finding(each) for each in findings]
        shape: dict[str, json.Json] = {"schema": SCHEMA, "ok": not stops(findings)}
        echo_json(shape | counts(verification) | {"findings": listed})
    else:
        click.echo(_by_identity(verification) + "\n")
        click.echo(summary(verification))
        print_findings(findings)
    return status(findings)


def _of_book(book: Path, year: int | None, stage: Stage) -> Verification:
    """Check the tables of a year as a book has them; what the book cannot know is not compared."""
    found = opened(book, force=False)
    years = {*found.book.settings.years, *(event.date.year for event in found.events)}
    if year is not None and year not in years:
        raise click.UsageError(f"账套没有{year}年；有 {'、'.join(map(str, sorted(years)))}")
    if not years:
        raise StoppedError("账套没有年度；请先用 yusuan import 导入预算")
    return sure(published_of(found, year or max(years), stage).document)


def _by_identity(verification: Verification) -> str:
    """Lay out one line for each identity of the catalogue."""
    made = Counter(check.id for check in verification.checks)
    failed = Counter(check.id for check in verification.failed)
    rows = [
        [each.id, each.title, str(made[each.id] or "不适用"), str(failed[each.id] or "")]
        for each in CATALOGUE
    ]
    return grid(["编号", "勾稽关系", "核对", "不符"], rows, texts=2)
