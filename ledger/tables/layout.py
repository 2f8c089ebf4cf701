"""Laying out tables for the terminal: aligned by what characters occupy, not by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabulate import tabulate

from yusuan.ledger.money import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

#: Shown where there is nothing: an empty cell is not a zero.
NOTHING = "—"


def money(amount: Decimal | None) -> str:
    """Write an amount in 元 for a person; nothing stays nothing."""
    return NOTHING if amount is None else grouped(amount)


def percent(share: Decimal | None) -> str:
    """Write a share of one as a percentage with two places."""
    return NOTHING if share is None else f"{share * 100:.2f}%"


def grid(head: Sequence[str], rows: Sequence[Sequence[str]], *, texts: int) -> str:
    """Lay out a table; the first `texts` columns are text, the others are aligned right.

    CJK characters count for two columns (tabulate asks wcwidth).
    """
    align = ["left" if column < texts else "right" for column in range(len(head))]
    return tabulate(
        [list(row) for row in rows],
        headers=list(head),
        tablefmt="simple",
        disable_numparse=True,
        colalign=align if rows else None,
        preserve_whitespace=True,
    )
