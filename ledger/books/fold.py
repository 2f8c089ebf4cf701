"""What was just recorded, folded into the book that is in memory: no need to read it all again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from beancount.core import data

from yusuan.ledger.books.load import without_repeats
from yusuan.ledger.books.trial import ADDED
from yusuan.ledger.finding import sort_key
from yusuan.ledger.rules import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording

#: The rules that judge entries; the others judge files, and an addition leaves their findings as they are.
_JUDGED = frozenset(rule for family in FAMILIES for rule in family.RULES)


def folded(recording: Recording) -> Book | None:
    """Give the book with what was just written, its entries in the files and lines where they stand.

    None where the files do not end with what was written: somebody else has written to them since.
    """
    book, tried = recording.book, recording.tried
    contents = {path: path.read_bytes() for path in recording.additions}
    if not all(contents[path].endswith(t.encode()) for path, t in recording.additions.items()):
        return None
    places = list(_places(recording.additions, contents))
    for entry in tried.added:
        for meta in (entry.meta, *(p.meta for p in getattr(entry, "postings", ()) if p.meta)):
            _settle(meta, places)
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in contents.items()}
    files = replace(book.files, digests={**book.files.digests, **digests})
    kept = [finding for finding in book.findings if finding.rule not in _JUDGED]
    findings = without_repeats(sorted([*kept, *tried.findings], key=sort_key))
    if book.judging is not None:
        book.judging.grown(tried.added)
    # Of one day, entries stand in the order of their lines, which they have only now.
    entries = sorted(tried.entries, key=data.entry_sortkey)
    return replace(book, files=files, entries=entries, findings=findings)


def _settle(meta: dict[str, Any], places: list[tuple[Path, int]]) -> None:
    """Write file and line in place: a finding on the entry has the same metadata for its source."""
    if meta.get("filename") == ADDED:
        path, line = places[meta["lineno"] - 1]
        meta |= {"filename": str(path), "lineno": line}


def _places(
    additions: Mapping[Path, str], contents: Mapping[Path, bytes]
) -> Iterator[tuple[Path, int]]:
    """Give the place of each line of the tried text: it was all additions, one after the other."""
    for path, text in additions.items():
        lines = text.count("\n")
        last = contents[path].count(b"\n")
        yield from ((path, last - lines + at) for at in range(1, lines + 1))
