"""Execution files beside a book, read once as long as neither they nor the book's words change.

fava asks every importer about every file, and then each time for its day and its entries.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from yusuan.importers.allotments.words import WORDS_FILE
from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution import read_file
from yusuan.importers.execution.vocabulary import HEADINGS_FILE
from yusuan.importers.readers import read
from yusuan.importers.readers.errors import ReadError
from yusuan.ledger.classification import code_files
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Kind
    from yusuan.ledger.finding import Finding

#: What changes when a file does: its time and its size, nothing where it is not there.
_Stamp = tuple[tuple[int, int] | None, ...]
#: An execution file, and what is wrong with it.
Reading = tuple["Execution", "list[Finding]"]


class Readings:
    """The files that importers are asked about; only the last one read is held."""

    def __init__(self, book: Path) -> None:
        """Take the book's folder, for its words and its codes."""
        self.book = book
        self._kinds: dict[str, tuple[_Stamp, Kind | None]] = {}
        self._last: tuple[str, _Stamp, Reading | None] | None = None

    def kind(self, path: str) -> Kind | None:
        """Tell what a file is by its headings; None where it is nothing of ours."""
        stamp = self._stamp(path)
        known = self._kinds.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        try:
            found = self._read(path, stamp)
        except ReadError:
            found = None
        kind = found[0].kind if found else None
        self._kinds[path] = stamp, kind
        return kind

    def read(self, path: str) -> Reading:
        """Read an execution file. Raises ReadError, and ValueError where it is none."""
        found = self._read(path, self._stamp(path))
        if found is None:
            raise ValueError(path)
        return found

    def _read(self, path: str, stamp: _Stamp) -> Reading | None:
        last = self._last
        if last is not None and last[:2] == (path, stamp):
            return last[2]
        vocabulary = load_vocabulary(self.book)
        grid = read(path)
        found = read_file(grid, vocabulary, load(self.book)) if kind_of(grid, vocabulary) else None
        self._last = path, stamp, found
        return found

    def _stamp(self, path: str) -> _Stamp:
        words = (self.book / HEADINGS_FILE, self.book / WORDS_FILE)
        return tuple(_of(str(each)) for each in (path, *words, *code_files(self.book)))


def _of(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 -- beangulp gives paths as texts
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
