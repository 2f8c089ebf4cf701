"""`yusuan verify`: the identities (勾稽关系) of a document, tables against tables and prose."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.cli.outcome import echo_json
from yusuan.ledger.cli.outcome import status
from yusuan.ledger.cli.outcome import stops
from yusuan.ledger.cli.read import counts
from yusuan.ledger.cli.read import load
from yusuan.ledger.cli.read import summary
from yusuan.ledger.tables import json
from yusuan.ledger.tables.identities import CATALOGUE
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.layout import grid

if TYPE_CHECKING:
    from yusuan.ledger.tables.identities import Verification

SCHEMA = "yusuan.verify/1"


@click.command("verify", cls=Command, help="核对部门预算的勾稽关系：表与表、表与编制说明。")
@click.argument("file", metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def verify_command(file: str, *, as_json: bool) -> int:
    """Print how each identity fared; exit 1 where one that stops has failed."""
    document = load(file)
    verification = verify(document)
    findings = [*document.findings, *verification.findings()]
    if as_json:
        listed: list[json.Json] = [json.finding(each) for each in findings]
        shape: dict[str, json.Json] = {"schema": SCHEMA, "ok": not stops(findings)}
        echo_json(shape | counts(verification) | {"findings": listed})
    else:
        click.echo(_by_identity(verification) + "\n")
        click.echo(summary(verification))
        print_findings(findings)
    return status(findings)


def _by_identity(verification: Verification) -> str:
    """Lay out one line for each identity of the catalogue."""
    made = Counter(check.id for check in verification.checks)
    failed = Counter(check.id for check in verification.failed)
    rows = [
        [each.id, each.title, str(made[each.id] or "不适用"), str(failed[each.id] or "")]
        for each in CATALOGUE
    ]
    return grid(["编号", "勾稽关系", "核对", "不符"], rows, texts=2)
