"""Findings for people and for machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from yusuan.ledger.books.trial import ADDED
from yusuan.ledger.finding import SEVERITY_WORDS
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

#: More hints than this are counted, not printed; `--json` has them all.
MAX_HINTS = 20


def finding_json(finding: Finding) -> dict[str, Any]:
    """Give a finding as `yusuan.check/1` has it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": str(finding.source.get("filename") or ""),
        "lineno": finding.source.get("lineno") or 0,
    }


def print_findings(
    findings: Iterable[Finding], folder: Path | None = None, *, err: bool = False
) -> None:
    """Print findings, one a line, what stops first, each with its place."""
    order = list(Severity)
    shown = sorted(findings, key=lambda finding: order.index(finding.severity))
    hints = [finding for finding in shown if finding.severity is Severity.INFO]
    for finding in shown[: len(shown) - max(len(hints) - MAX_HINTS, 0)]:
        click.echo(
            f"{SEVERITY_WORDS[finding.severity]}  {_place(finding, folder)}{finding.message}",
            err=err,
        )
    if len(hints) > MAX_HINTS:
        click.echo(f"另有 {len(hints) - MAX_HINTS} 条提示，加 --json 可看到全部", err=err)


def _place(finding: Finding, folder: Path | None) -> str:
    name = str(finding.source.get("filename") or "")
    if not name:
        return ""
    if name == ADDED:
        return "新凭证："
    path = Path(name)
    if folder is not None and path.is_relative_to(folder):
        name = path.relative_to(folder).as_posix()
    lineno = finding.source.get("lineno")
    return f"{name}:{lineno}: " if lineno else f"{name}: "
