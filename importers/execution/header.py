"""The heading row of an execution file: where it stands, which column is which, what kind it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.importers.allotments.columns import BARE
from yusuan.importers.allotments.columns import CODE
from yusuan.importers.allotments.columns import NAME
from yusuan.importers.allotments.columns import Column
from yusuan.importers.allotments.columns import Header
from yusuan.importers.allotments.columns import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.execution.vocabulary import Signs
    from yusuan.importers.execution.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow

#: Titles and notes may stand above the headings, but not more rows than this.
_ABOVE = 50
#: Several columns may have these: each wage item is one, and what is dropped is dropped.
_SEVERAL = frozenset({"wage", "withheld", "other", "account", "reason", "person", "identity"})
#: Those of which each column counts.
_COUNTED = ("wage", "withheld", "account")
#: What must be read by one column alone where it is there.
_NAMED_ALONE = frozenset({"payee", "payer", "counterparty", "person"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading row: the places of the roles, of each wage item and account, and of what nobody knows."""

    header: Header
    signs: Signs
    wages: tuple[int, ...]
    withheld: tuple[int, ...]
    accounts: tuple[int, ...]
    unknown: tuple[GridCell, ...]


def find(rows: Sequence[GridRow], vocabulary: Vocabulary) -> Heading | None:
    """Find the headings among the first rows of a sheet; None where they tell no kind."""
    for at, row in enumerate(rows[:_ABOVE]):
        found = columns(row, vocabulary.words)
        roles = {column.role for column in found if column}
        for signs in vocabulary.signs:
            if signs.needs <= roles and signs.any_of & roles:
                return _heading(row, at, found, signs)
    return None


def _heading(row: GridRow, at: int, found: Sequence[Column | None], signs: Signs) -> Heading:
    places: dict[Column, int] = {}
    problems: list[tuple[GridCell, str]] = []
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
        if first != place and column.role not in _SEVERAL:
            why = f"“{row.cells[first].text}”和“{cell.text}”两列意思相同，请只留一列"
            problems.append((cell, why))
    codes, names = _halves(places)
    header = Header(row, at, codes, names, tuple(problems))
    wages, withheld, accounts = (tuple(several[role]) for role in _COUNTED)
    return Heading(header, signs, wages, withheld, accounts, tuple(unknown))


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
