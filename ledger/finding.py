"""Findings (检查结果): what a rule has to say, with a rule id and a severity."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs; beancount knows no severity, so plugins return only stops."""

    STOP = "stop"
    WARN = "warn"
    INFO = "info"


class Finding(NamedTuple):
    """One result of a rule, shaped as beancount's errors are, so that bean-check prints it.

    `source` is beancount metadata (`filename`, `lineno`); `entry` is the directive judged,
    or None where the finding is about a file.
    """

    source: dict[str, object]
    message: str
    entry: object | None
    rule: str
    severity: Severity = Severity.STOP


def sort_key(finding: Finding) -> tuple[str, int, str, str]:
    """Order findings by where they stand, so that reports do not depend on the order of rules."""
    lineno = finding.source.get("lineno", 0)
    line = lineno if isinstance(lineno, int) else 0
    return (str(finding.source.get("filename", "")), line, finding.rule, finding.message)
