"""Where entries stand in their files: what our pages and fava know the same entry by.

fava's entries have the derived postings, so they are not the objects that a book has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from fava.beans.funcs import hash_entry

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping


class Place(NamedTuple):
    """A file, by its whole path, and a line of it; 0 is the file as a whole."""

    file: str
    line: int


def place_of(meta: Mapping[str, Any]) -> Place:
    """Give the place that an entry's metadata, or a finding's source, names."""
    line = meta.get("lineno")
    return Place(str(meta.get("filename") or ""), line if isinstance(line, int) else 0)


def hashes(entries: Iterable[Any], wanted: Collection[Place]) -> dict[Place, str]:
    """Give the names by which fava opens the entries at some places: `#context-…`."""
    there = ((place_of(entry.meta), entry) for entry in entries)
    return {place: hash_entry(entry) for place, entry in there if place in wanted}
