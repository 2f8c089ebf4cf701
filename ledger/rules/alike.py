"""Payments that are alike: the same accounts, line, method and year; all else that they say is quiet.

Nearly all entries of a year are payments like one that was judged before. What the rules make of
them differs only by day, amounts, id, payee and text, so it is worth knowing them by a glance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction

from yusuan.ledger.money import ZERO
from yusuan.ledger.rules.batch import MANY
from yusuan.ledger.rules.family import Kin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.rules.batch import Row

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
    """Tells payments that are like one seen before from all else."""

    def __init__(self, unit: str = "") -> None:
        """Start knowing no kin; what is paid to the unit itself is like nothing else."""
        self._unit: object = unit or object()  # nobody is paid that
        self._kin: dict[Key, Kin] = {}
        #: Whether metadata of these names says nothing more than the line and the method.
        self._quiet: dict[tuple[str, ...], bool] = {}

    def gather(self, entries: Sequence[Any], at: int, rows: list[Row]) -> tuple[int, Key | None]:
        """Gather payments like known ones, from a place on, until there are many.

        Give the place of the first entry that is not gathered, and what those like it will have
        in common: None if it is like no other, or has not been looked at because there are many.

        Most of the time goes into fetching what was not looked at for long: touch as little as
        tells payments apart, each thing once, and give keys that are soon compared.
        """
        known, unit = self._kin, self._unit
        names, quiet = [""], False
        for place in range(at, len(entries)):
            entry = entries[place]
            if type(entry) is not Transaction:
                return place, None
            meta, payee = entry.meta, entry.payee
            if names != (names := [*meta]):  # the next entry mostly says the same
                quiet = self._learn(names)
            if not quiet or entry.flag != "*" or payee == unit:
                return place, None
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
                        return place, None
                    key: Key | None = (
                        meta.get("line", _UNSAID),
                        meta.get("method", _UNSAID),
                        debit.account,
                        credit.account,
                        debit.units.number > ZERO,
                    )
                else:
                    key = _of_many(meta, postings)
            except (TypeError, AttributeError):
                return place, None  # an amount is missing, or a posting was made by a program
            kin = known.get(key) if key else None
            if kin is None:
                return place, key
            amount = postings[kin.event.places[0]].units.number
            rows.append((entry, place, kin.number, amount, payee, meta.get("id")))
            if len(rows) == MANY:
                return place + 1, None
        return len(entries), None

    def learn(self, key: Key, entry: Transaction, event: Event) -> Kin:
        """Take a payment for the first of its kin."""
        kin = self._kin[key] = Kin(len(self._kin), entry, event)
        return kin

    def forget(self) -> None:
        """Know no kin any more."""
        self._kin.clear()

    def _learn(self, names: list[str]) -> bool:
        key = tuple(names)
        if key not in self._quiet:
            self._quiet[key] = QUIET.issuperset(set(names) - TELLING)
        return self._quiet[key]


def _of_many(meta: dict[str, Any], postings: list[Any]) -> Key | None:
    """Give the key of a payment of more than two postings; none if one of them says anything of its own."""
    if any(p.flag or len(p.meta) > _SAYS_NOTHING for p in postings):
        return None
    signed = [(p.account, p.units.number > ZERO) for p in postings]
    return meta.get("line", _UNSAID), meta.get("method", _UNSAID), *signed
