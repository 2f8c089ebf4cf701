"""Payments that are alike: the same accounts, line, method and year; all else that they say is quiet.

Nearly all entries of a year are payments like one that was judged before. What the rules make of
them differs only by day, amounts, id, payee and text, so it is worth knowing them by a glance.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from beancount.core.data import Transaction

#: What payments that are alike say alike.
TELLING = frozenset({"line", "method"})
#: What an entry may say without any rule judging it differently; anything else makes it one of its own.
QUIET = frozenset({"filename", "lineno", "__tolerances__", "id", "doc", "source", "sha256"})
#: A posting says where it stands, and no more.
_SAYS_NOTHING = 2
_PAIR = 2

Key = tuple[Any, ...]


class Likeness:
    """Gives what payments that are alike have in common."""

    def __init__(self) -> None:
        """Start knowing no metadata."""
        #: How to get the line and the method out of metadata of these names; None where it says more.
        self._fetch: dict[tuple[str, ...], Callable[[dict[str, Any]], Any] | None] = {}

    def look(self, entry: Transaction) -> tuple[Key | None, Sequence[Any]]:
        """Give the key of an entry and its amounts, in 元; no key for one that is like no other."""
        meta = entry.meta
        names = tuple(meta)
        fetch = self._fetch[names] if names in self._fetch else self._learn(names)
        if fetch is None or entry.flag != "*":
            return None, ()
        postings: list[Any] = entry.postings
        try:
            if len(postings) == _PAIR:
                # Nearly all are such. One amount is the other's opposite, or beancount refuses it.
                (debit, (amount, _), _, _, flag, said), (credit, (other, _), _, _, mark, more) = (
                    postings
                )
                if (
                    flag
                    or mark
                    or len(said or ()) > _SAYS_NOTHING
                    or len(more or ()) > _SAYS_NOTHING
                ):
                    return None, ()
                return (fetch(meta), debit, credit, amount > ZERO), (amount, other)
            if any(p.flag or len(p.meta or ()) > _SAYS_NOTHING for p in postings):
                return None, ()
            amounts = [posting.units.number for posting in postings]
            signed = ((posting.account, posting.units.number > ZERO) for posting in postings)
            return (fetch(meta), *signed), amounts
        except (TypeError, AttributeError):
            return None, ()  # an amount is missing

    def _learn(self, names: tuple[str, ...]) -> Callable[[dict[str, Any]], Any] | None:
        telling = [name for name in TELLING if name in names]
        fetch = self._fetch[names] = (
            (itemgetter(*telling) if telling else len)
            if QUIET.issuperset(set(names) - TELLING)
            else None
        )
        return fetch
