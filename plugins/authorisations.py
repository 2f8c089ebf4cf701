"""Refuses authorisations of exceptions that do not say who allows what, why, how much, how long.

    2020-05-06 custom "authorisation" "R01" "2020J01"
      id: "sq-2020-0001"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 5000.00 CNY
      expiry: 2020-06-30

An entry that makes use of it says `authorisation: "sq-2020-0001"`; the plugin whose rule stops the
entry then lets it pass with a warning, as far as the cap goes.
Source: project decision (docs/decisions/0012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.authorised import Authorised
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("authorisations",)


def authorisations(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report authorisations that lack something (S09)."""
    return run(entries, options_map, config, (Authorised,))
