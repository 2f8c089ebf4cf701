"""The heading row of an execution file: where it stands, which column is which, what kind it tells."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.importers.allotments.columns import BARE
from yusuan.importers.allotments.columns import CODE
from yusuan.importers.allotments.columns import NAME
from yusuan.importers.allotments.columns import Column
from yusuan.importers.allotments.columns import Header
from yusuan.importers.allotments.columns import columns
from yusuan.importers.allotments.split import whole
from yusuan.importers.allotments.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.execution.vocabulary import Signs
    from yusuan.importers.execution.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow

#: Titles and notes may stand above the headings, but not more rows than this.
_ABOVE = 50
#: Several columns may have these: each wage item is one, and what is dropped is dropped.
_SEVERAL = frozenset(
    {"wage", "withheld", "other", "account", "reason", "person", "identity", "text"}
)
#: Those of which each column counts.
_COUNTED = ("wage", "withheld", "account", "text")
#: Of several columns that say one thing, the word that stands first in `words.toml` is taken.
_PREFERRED = frozenset({"day", "paid_day", "asked_day", "doc"})
#: What must be read by one column alone where it is there.
_NAMED_ALONE = frozenset({"payee", "payer", "counterparty", "person"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading row: the places of the roles, of each wage item, account and text, and of what nobody knows."""

    header: Header
    signs: Signs
    wages: tuple[int, ...]
    withheld: tuple[int, ...]
    accounts: tuple[int, ...]
    texts: tuple[int, ...]
    unknown: tuple[GridCell, ...]
    #: What is to be said of columns that were not taken.
    notes: tuple[str, ...] = ()


def find(rows: Sequence[GridRow], vocabulary: Vocabulary) -> Heading | None:
    """Find the headings among the first rows of a sheet; None where they tell no kind."""
    for first in range(min(_ABOVE, len(rows))):
        row, at = whole(rows, first, vocabulary.words)
        found = columns(row, vocabulary.words)
        roles = {column.role for column in found if column}
        for signs in vocabulary.signs:
            if signs.needs <= roles and signs.any_of & roles:
                heading = _heading(row, at, found, signs, vocabulary)
                split = tuple(each.texts for each in rows[first : at + 1] if at > first)
                return replace(heading, header=replace(heading.header, split=split))
    return None


def _heading(
    row: GridRow,
    at: int,
    found: Sequence[Column | None],
    signs: Signs,
    vocabulary: Vocabulary,
) -> Heading:
    places: dict[Column, int] = {}
    problems: list[tuple[GridCell, str]] = []
    notes: list[str] = []
    several: dict[str, list[int]] = {role: [] for role in _COUNTED}
    unknown: list[GridCell] = []
    for place, column in enumerate(found):
        cell = row.cells[place]
        if column is None:
            unknown += [cell] if cell.text else []
            continue
        if column.role in several:
            several[column.role].append(place)
        first = places.setdefault(column, place)
        if first == place or column.role in _SEVERAL:
            continue
        other = row.cells[first]
        if column.role not in _PREFERRED or plain(cell.text) == plain(other.text):
            why = f"“{other.text}”和“{cell.text}”两列意思相同，请只留一列"
            problems.append((cell, why))
            continue
        known = [plain(word) for word in vocabulary.known[column.role]]
        taken, left = sorted((first, place), key=lambda at: _rank(row.texts[at], known))
        places[column] = taken
        notes.append(
            f"“{row.texts[taken]}”和“{row.texts[left]}”两列意思相同，取“{row.texts[taken]}”"
        )
    codes, names = _halves(places)
    header = Header(row, at, codes, names, tuple(problems))
    wages, withheld, accounts, texts = (tuple(several[role]) for role in _COUNTED)
    return Heading(header, signs, wages, withheld, accounts, texts, tuple(unknown), tuple(notes))


def _rank(heading: str, known: Sequence[str]) -> int:
    word = plain(heading)
    return known.index(word) if word in known else len(known)


def _halves(places: dict[Column, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Tell the columns of codes from those of names, as in 指标 lists; a payee's name is all there is."""
    codes: dict[str, int] = {}
    names: dict[str, int] = {}
    for (role, half), place in places.items():
        named = half == NAME or (half == BARE and Column(role, CODE) in places)
        (names if named else codes)[role] = place
    for role, place in names.items():
        if role in _NAMED_ALONE:
            codes[role] = place
        codes.setdefault(role, place)
    return codes, names
