"""Asks of every change of authority its document, its total, both its books, and that it is what it says.

    2020-06-01 * "调剂" "公用经费调剂用于差旅" ^tj-1
      event: "transfer"                       ; and no document
      Equity:98-经济分类控制:02-可用:2-公用经费:302-…:30201-办公费    -5000.00 CNY-JJ
      Equity:98-经济分类控制:02-可用:2-公用经费:302-…:30211-差旅费     5000.00 CNY-JJ

Source of the rules: 预算法67 to 72, 42; DESIGN §2 (both books); HANDBOOK §3.1 (Z0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules.conserved import Conserved
from yusuan.ledger.rules.moves import Moved
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("moves",)


def moves(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Report changes without a document (R07, R08), carried money diverted (R12), books that differ (S08, S13)."""
    return run(entries, options_map, config, (Moved, Conserved))
