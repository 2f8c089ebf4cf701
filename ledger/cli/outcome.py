"""How a command that looks at a document ends: JSON for machines, and the exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from yusuan.ledger.cli.exits import CLEAN
from yusuan.ledger.cli.exits import STOPPED
from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from yusuan.ledger.finding import Finding


def stops(findings: Sequence[Finding]) -> bool:
    """Say whether any finding stops."""
    return any(finding.severity == Severity.STOP for finding in findings)


def echo_json(shape: Mapping[str, object]) -> None:
    """Print JSON that a person can read too."""
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2))


def status(findings: Sequence[Finding]) -> int:
    """Give the exit status: 1 where a finding stops."""
    return STOPPED if stops(findings) else CLEAN
