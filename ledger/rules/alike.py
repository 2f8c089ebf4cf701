"""Payments that are alike: the same accounts, line, method and year; all else that they say is quiet.

Nearly all entries of a year are payments like one that was judged before. What the rules make of
them differs only by day, amounts, id, payee and text, so it is worth knowing them by a glance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from beancount.core.data import Transaction

#: What an entry may say without any rule judging it differently; anything else makes it one of its own.
QUIET = frozenset({
    "filename", "lineno", "__tolerances__", "id", "line", "method", "doc", "source", "sha256",
})  # fmt: skip
#: A posting says where it stands, and no more.
_SAYS_NOTHING = 2

Key = tuple[Any, ...]


class Likeness:
    """Gives what payments that are alike have in common."""

    def __init__(self) -> None:
        """Start knowing no metadata."""
        self._quiet: dict[tuple[str, ...], bool] = {}

    def key(self, entry: Transaction) -> Key | None:
        """Give the key of an entry; None for one that is like no other."""
        meta = entry.meta
        names = tuple(meta)
        quiet = self._quiet.get(names)
        if quiet is None:
            quiet = self._quiet[names] = QUIET.issuperset(names)
        if not quiet or entry.flag != "*":
            return None
        key: list[Any] = [meta.get("line"), meta.get("method")]
        for account, units, _cost, _price, _flag, said in entry.postings:
            if units is None or units.number is None or (said and len(said) > _SAYS_NOTHING):
                return None
            key.append(account)
            key.append(units.number > ZERO)
        return tuple(key)
