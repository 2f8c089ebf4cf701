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

#: What payments that are alike say alike.
TELLING = frozenset({"line", "method"})
#: What an entry may say without any rule judging it differently; anything else makes it one of its own.
QUIET = frozenset(
    {"filename", "lineno", "__tolerances__", "id", "doc", "source", "sha256", "row", "batch"}
)
#: A posting says where it stands, and no more.
_SAYS_NOTHING = 2
_PAIR = 2

#: What is not said is not the same as what is said to be nothing.
_UNSAID = object()

Key = tuple[Any, ...]


class Likeness:
    """Gives what payments that are alike have in common."""

    def __init__(self, unit: str = "") -> None:
        """Start knowing no metadata; what is paid to the unit itself is like nothing else."""
        self._unit: object = unit or object()  # nobody is paid that
        #: Whether metadata of these names says nothing more than the line and the method.
        self._quiet: dict[tuple[str, ...], bool] = {}
        #: The names seen last, and whether: the next entry mostly says the same.
        self._names: list[str] = []
        self._last = False

    def look(self, entry: Transaction) -> Key | None:
        """Give the key of an entry; none for one that is like no other.

        Most of the time goes into fetching what was not looked at for long: touch as little as
        tells them apart, and give keys that are soon compared.
        """
        meta = entry.meta
        names = [*meta]
        quiet = self._last if names == self._names else self._learn(names)
        if not quiet or entry.flag != "*" or entry.payee == self._unit:
            return None
        postings: list[Any] = entry.postings
        line, method = meta.get("line", _UNSAID), meta.get("method", _UNSAID)
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
                    return None
                return line, method, debit.account, credit.account, debit.units.number > ZERO
            if any(p.flag or len(p.meta) > _SAYS_NOTHING for p in postings):
                return None
            signed = [(posting.account, posting.units.number > ZERO) for posting in postings]
        except (TypeError, AttributeError):
            return None  # an amount is missing, or a posting was made by a program
        return (line, method, *signed)

    def _learn(self, names: list[str]) -> bool:
        key = tuple(names)
        if key not in self._quiet:
            self._quiet[key] = QUIET.issuperset(set(names) - TELLING)
        self._names, self._last = names, self._quiet[key]
        return self._last
