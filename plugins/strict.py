"""All rules of yusuan in one line of a ledger, and in one pass over it.

    plugin "yusuan.plugins.strict"

The configuration string, if there is one, names the settings file and goes to every rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules.run import run

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding

__plugins__ = ("strict",)


def strict(
    entries: list[Any], options_map: dict[str, Any], config: str | None = None
) -> tuple[list[Any], list[Finding]]:
    """Derive the legs of authority, and judge by every rule there is."""
    return run(entries, options_map, config, FAMILIES)
