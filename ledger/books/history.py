"""What a book has recorded, by id: an entry as it was written, and what was recorded about it later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beancount.core.data import Transaction

from yusuan.ledger.budget.movement import DERIVED_KINDS
from yusuan.ledger.chart import MONEY
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.entries import event_id
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from typing import Any

    from yusuan.ledger.books.load import Book

_DERIVED = {kind.value for kind in DERIVED_KINDS}
_PLACES = frozenset({"filename", "lineno"})


class UnknownIdError(RefusedError):
    """An id that no entry of the book has, or that several have."""

    def __init__(self, id_: str, count: int) -> None:
        """Say which."""
        why = "没有编号为" if not count else f"有 {count} 笔凭证的编号是"
        super().__init__(f"账套中{why} {id_}；请核对编号")


@dataclass(frozen=True, slots=True)
class History:
    """A book's transactions by id; by the entry they are about (`of`), draw on (`commitment`) or link."""

    entries: Mapping[str, list[Transaction]]
    about: Mapping[str, list[Transaction]]
    committed: Mapping[str, list[Transaction]]
    linked: Mapping[str, list[Transaction]]

    def entry(self, id_: str) -> Draft:
        """Give an entry as it was written, without derived legs. Raises UnknownIdError."""
        found = self.entries.get(id_, [])
        if len(found) != 1:
            raise UnknownIdError(id_, len(found))
        return _draft(found[0])

    def reversed(self, id_: str) -> bool:
        """Tell whether an entry has been taken back."""
        return any(_kind(entry) == "reversal" for entry in self.about.get(id_, []))

    def standing(self, id_: str) -> list[str]:
        """List what rests on an entry and has not been taken back: refunds, payments on a contract."""
        later = [each for each in self._resting(id_) if _kind(each) != "reversal"]
        return [each for each in _others(later, id_) if not self.reversed(each)]

    def naming(self, id_: str) -> list[str]:
        """List all that names an entry in any way, reversals and what they took back among it."""
        return _others([*self._resting(id_), *self.linked.get(id_, [])], id_)

    def _resting(self, id_: str) -> list[Transaction]:
        return [*self.about.get(id_, []), *self.committed.get(id_, [])]

    def family(self, id_: str) -> list[Draft]:
        """Give an entry and all that was recorded about it, and about that. Raises UnknownIdError."""
        found = [self.entry(id_)]
        for draft in found:  # it grows while we go through it
            found += [_draft(entry) for entry in self.about.get(draft.id, [])]
        return found


def history(book: Book) -> History:
    """Read a loaded book's transactions."""
    return _read(entry for entry in book.entries if type(entry) is Transaction)


def family(book: Book, id_: str) -> list[Draft]:
    """Give an entry and all that was recorded about it, without reading all others. Raises UnknownIdError."""
    transactions = (entry for entry in book.entries if type(entry) is Transaction)
    return _read(e for e in transactions if "of" in e.meta or event_id(e) == id_).family(id_)


def _read(transactions: Iterable[Transaction]) -> History:
    entries: dict[str, list[Transaction]] = defaultdict(list)
    about: dict[str, list[Transaction]] = defaultdict(list)
    committed: dict[str, list[Transaction]] = defaultdict(list)
    linked: dict[str, list[Transaction]] = defaultdict(list)
    for entry in transactions:
        entries[event_id(entry)].append(entry)
        if "of" in entry.meta:
            about[str(entry.meta["of"])].append(entry)
        for commitment in _commitments(entry):
            committed[commitment].append(entry)
        for link in entry.links or ():
            linked[link].append(entry)
    return History(dict(entries), dict(about), dict(committed), dict(linked))


def _others(entries: Iterable[Transaction], id_: str) -> list[str]:
    return [each for each in dict.fromkeys(map(event_id, entries)) if each != id_]


def _commitments(entry: Transaction) -> set[str]:
    metas: Iterable[dict[str, Any]] = (entry.meta, *(p.meta or {} for p in entry.postings))
    return {str(meta["commitment"]) for meta in metas if meta.get("commitment")}


def _kind(entry: Transaction) -> str:
    return str(entry.meta.get("event") or "")


def _draft(entry: Transaction) -> Draft:
    """Turn an entry back into a draft; the legs of a spending are left to be derived anew."""
    spends = any(posting.account.startswith("Expenses:") for posting in entry.postings)
    derived = spends and (_kind(entry) or "payment") in _DERIVED
    postings = (
        DraftPosting(p.account, p.units.number, p.units.currency, _meta(p.meta or {}))
        for p in entry.postings
        if p.units is not None
        and p.units.number is not None
        and (p.units.currency == MONEY or not derived)
    )
    id_ = event_id(entry)
    return Draft(
        entry.date,
        id_,
        entry.narration or "",
        tuple(postings),
        entry.payee or "",
        entry.flag or "*",
        _meta(entry.meta),
        frozenset(entry.links or ()) - {id_},
    )


def _meta(meta: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: str(value)
        for key, value in meta.items()
        if key not in _PLACES and not key.startswith("__") and value is not None
    }
