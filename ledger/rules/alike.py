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
QUIET = frozenset(
    {"filename", "lineno", "__tolerances__", "id", "doc", "source", "sha256", "row", "batch"}
)
#: A posting says where it stands, and no more.
_SAYS_NOTHING = 2
_PAIR = 2

Key = tuple[Any, ...]
_UNLIKE: tuple[None, tuple[()]] = None, ()


class Likeness:
    """Gives what payments that are alike have in common."""

    def __init__(self, unit: str = "") -> None:
        """Start knowing no metadata; what is paid to the unit itself is like nothing else."""
        self._unit: object = unit or object()  # nobody is paid that
        #: How to get the line and the method out of metadata of these names; None where it says more.
        self._fetch: dict[tuple[str, ...], Callable[[dict[str, Any]], Any] | None] = {}
        #: The names seen last, and how: the next entry mostly says the same.
        self._names: list[str] = []
        self._last: Callable[[dict[str, Any]], Any] | None = None

    def look(self, entry: Transaction) -> tuple[Key | None, Sequence[Any]]:
        """Give the key of an entry and its amounts, in 元; no key for one that is like no other."""
        meta = entry.meta
        names = [*meta]
        fetch = self._last if names == self._names else self._learn(names)
        if fetch is None or entry.flag != "*" or entry.payee == self._unit:
            return _UNLIKE
        postings: list[Any] = entry.postings
        try:
            if len(postings) == _PAIR:
                # Nearly all are such. One amount is the other's opposite, or beancount refuses it.
                debit, credit = postings
                if (
                    debit.flag
                    or credit.flag
                    or len(debit.meta) > _SAYS_NOTHING
                    or len(credit.meta) > _SAYS_NOTHING
                ):
                    return _UNLIKE
                amount = debit.units.number
                key = fetch(meta), debit.account, credit.account, amount > ZERO
                return key, (amount, credit.units.number)
            if any(p.flag or len(p.meta) > _SAYS_NOTHING for p in postings):
                return _UNLIKE
            amounts = [posting.units.number for posting in postings]
            signed = ((posting.account, posting.units.number > ZERO) for posting in postings)
            return (fetch(meta), *signed), amounts
        except (TypeError, AttributeError):
            return _UNLIKE  # an amount is missing, or a posting was made by a program

    def _learn(self, names: list[str]) -> Callable[[dict[str, Any]], Any] | None:
        key = tuple(names)
        if key not in self._fetch:
            telling = [name for name in TELLING if name in names]
            quiet = QUIET.issuperset(set(names) - TELLING)
            self._fetch[key] = (itemgetter(*telling) if telling else len) if quiet else None
        self._names, self._last = names, self._fetch[key]
        return self._last
