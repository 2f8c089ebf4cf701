"""Findings (检查结果): what a rule has to say, with a rule id and a severity."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Severity(StrEnum):
    """How much a finding weighs; beancount knows no severity, so plugins return only stops."""

    STOP = "stop"
    WARN = "warn"
    INFO = "info"


#: What people read for each.
SEVERITY_WORDS = {Severity.STOP: "不通过", Severity.WARN: "警告", Severity.INFO: "提示"}


class Excess(NamedTuple):
    """By how much a control layer is exceeded, in 元; what one entry exceeds in a layer adds up."""

    layer: str
    amount: Decimal


class Waiver(NamedTuple):
    """The authorisation that lets an entry pass, and how much of its cap the entry takes, in 元."""

    authorisation: str
    amount: Decimal


class Finding(NamedTuple):
    """One result of a rule, shaped as beancount's errors are, so that bean-check prints it.

    `source` is beancount metadata (`filename`, `lineno`); `entry` is the directive judged,
    or None where the finding is about a file. `excess` is there where the rule can say by how
    much; `waiver` where a recorded authorisation turned a stop into a warning.
    """

    source: dict[str, object]
    message: str
    entry: object | None
    rule: str
    severity: Severity = Severity.STOP
    excess: Excess | None = None
    waiver: Waiver | None = None


def sort_key(finding: Finding) -> tuple[str, int, str, str]:
    """Order findings by where they stand, so that reports do not depend on the order of rules."""
    lineno = finding.source.get("lineno", 0)
    line = lineno if isinstance(lineno, int) else 0
    return (str(finding.source.get("filename", "")), line, finding.rule, finding.message)
