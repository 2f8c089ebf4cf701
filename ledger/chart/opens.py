"""The `open` directives that a set of accounts needs, every level included."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.ledger.chart.format import steps
from yusuan.ledger.chart.names import component
from yusuan.ledger.chart.parse import commodity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from yusuan.ledger.chart.accounts import Leaf
    from yusuan.ledger.chart.format import Names


@dataclass(frozen=True, slots=True)
class Opening:
    """One account to open: its commodity, and its metadata, of which `name` is the official name."""

    account: str
    commodity: str
    meta: Mapping[str, str] = field(default_factory=dict)


def openings(
    leaves: Iterable[tuple[Leaf, Mapping[str, str]]], names: Names, opened: Iterable[str] = ()
) -> list[Opening]:
    """List the openings for leaves (each with its own metadata) and for every level above them.

    What is opened already is left out, so that a book's chart holds only what it uses, once.
    Ordered by account name. Source: DESIGN §2.
    """
    done = set(opened)
    found: dict[str, Opening] = {}
    for leaf, meta in leaves:
        root, levels = steps(leaf, names)
        account = root
        for depth, (code, name) in enumerate(levels, start=1):
            account = f"{account}:{component(code, name)}"
            if account in done or account in found:
                continue
            named = {"name": name} if name else {}
            extra = meta if depth == len(levels) else {}
            found[account] = Opening(account, commodity(account) or "", {**named, **extra})
    return [found[account] for account in sorted(found)]
