"""What a budget says beyond authority, as plain TOML beside the ledger, for `publish` to read.

Project forms with their components, indicators and breakdown, and the figures named in the
prose (procurement, vehicles and premises, changes against last year). Source: DESIGN §2.
Every load reads them, so they are written elsewhere (`particulars_text`).
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from yusuan.ledger.money import yuan

if TYPE_CHECKING:
    from decimal import Decimal

FILE_NAME = "particulars.toml"
YUAN = "元"


def first_figures(text: str) -> dict[str, Decimal]:
    """Read the first amount (元) that the prose gives under each key. Raises ValueError."""
    found: dict[str, Decimal] = {}
    for figure in tomllib.loads(text).get("figures", ()):
        try:
            key, subject, unit = figure["key"], figure.get("subject"), figure["unit"]
            if unit == YUAN and not subject and key not in found:
                found[key] = yuan(figure["amount"])
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"figures 不合格式：{figure}") from error
    return found


def printed_public(text: str) -> dict[str, Decimal]:
    """Read T9 (三公经费和机关运行经费) as it was printed, in 元, by amount key. Raises ValueError."""
    public = tomllib.loads(text).get("public", {})
    try:
        return {key: yuan(amount) for key, amount in public.items()}
    except (AttributeError, TypeError) as error:
        raise ValueError(f"public 不合格式：{public}") from error
