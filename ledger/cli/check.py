"""`yusuan check`: load a book, run every rule, say which ran."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from yusuan.ledger.books.load import load_book
from yusuan.ledger.cli.chinese import Command
from yusuan.ledger.cli.chinese import Kind
from yusuan.ledger.cli.chinese import PathOf
from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.cli.findings import finding_json
from yusuan.ledger.cli.findings import print_findings
from yusuan.ledger.desk import authorisations
from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check", cls=Command, help="检查账套：运行全部规则，并说明哪些规则已运行。")
@click.argument("book", metavar="账套", type=PathOf(Kind.ANY))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--strict", is_flag=True, help="警告也视为不通过")
def check_command(book: Path, *, as_json: bool, strict: bool) -> int:
    """Print the findings; exit 1 where any stops."""
    loaded = load_book(book)
    stopping = {Severity.STOP, Severity.WARN} if strict else {Severity.STOP}
    allowed = authorisations.of(loaded)
    ok = all(finding.severity not in stopping for finding in loaded.findings)
    if as_json:
        report = {
            "schema": "yusuan.check/1",
            "ok": ok,
            "rules_run": sorted(loaded.rules_run),
            "not_applicable": sorted(loaded.not_applicable),
            "switched_off": sorted(loaded.switched_off),
            "findings": [finding_json(finding) for finding in loaded.findings],
            "authorisations": [authorisations.standing_json(each) for each in allowed],
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return CLEAN if ok else STOPPED
    print_findings(loaded.findings, loaded.folder)
    if allowed:
        click.echo(authorisations.table(allowed))
    click.echo(
        f"已运行规则 {len(loaded.rules_run)} 条：{'、'.join(sorted(loaded.rules_run)) or '无'}"
    )
    if loaded.not_applicable:
        idle = sorted(loaded.not_applicable)
        click.echo(f"不适用规则 {len(idle)} 条（账上没有所需的内容）：{'、'.join(idle)}")
    if loaded.switched_off:
        silent = sorted(loaded.switched_off)
        click.echo(f"按 yusuan.toml 关闭的规则 {len(silent)} 条：{'、'.join(silent)}")
    click.echo("检查通过" if ok else "检查未通过")
    return CLEAN if ok else STOPPED
