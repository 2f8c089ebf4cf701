"""Puts what a rule has to say into a finding, with the severity that the catalogue gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.finding import Finding
from yusuan.ledger.rules.catalogue import rules_by_id

if TYPE_CHECKING:
    from beancount.core.data import Custom
    from beancount.core.data import Open
    from beancount.core.data import Transaction

    from yusuan.ledger.finding import Severity


def finding(
    rule: str, entry: Transaction | Custom | Open, text: str, severity: Severity | None = None
) -> Finding:
    """Make a finding about an entry; `text` goes behind the rule and the day."""
    return Finding(
        entry.meta,
        f"[{rule}] {entry.date} {text}",
        entry,
        rule,
        severity or rules_by_id()[rule].severity,
    )
