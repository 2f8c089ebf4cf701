"""A book held in memory by a server: read again when its files change, added to under its lock.

Whoever asks gets the book as it is on disk at that moment; recording does not make the next one
who asks wait for all of it to be read again.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from yusuan.ledger.books import write
from yusuan.ledger.books.files import still_absent
from yusuan.ledger.books.fold import folded
from yusuan.ledger.books.judging import Judging
from yusuan.ledger.books.load import BookNotFoundError
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.view import grown
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import BusyError
from yusuan.ledger.books.write import ChangedError
from yusuan.ledger.books.write import locked
from yusuan.ledger.classification import code_files
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.books.view import View

#: What tells a file from what it was: which one it is, how long, when it was written. None: it is not there.
Stamp = tuple[int, int, int] | None


class Resident:
    """One book, for many threads. They are given views that nobody changes any more."""

    def __init__(self, path: Path) -> None:
        """Hold the book at a path, unread as yet. Raises BookNotFoundError."""
        self.main = main_file(path)
        self._lock = Lock()
        self._writers = Lock()
        self._view: View | None = None
        self._stamps: dict[Path, Stamp] = {}

    def view(self) -> View:
        """Give the book as it now is. One thread reads what has changed, and the others wait for it."""
        with self._lock:
            held = self._view
            if held is None or self._stamps != _stamps(held.book):
                held = self._load()
            return held

    @contextmanager
    def writing(self) -> Iterator[View]:
        """Give the book to one who is going to write, and meanwhile to no other, here or in any process.

        Raises BusyError.
        """
        # Threads wait for each other without asking the file's lock again and again; not one after
        # the other for a command that holds it, or soon no thread is left for those who look.
        if not self._writers.acquire(timeout=write.LOCK_SECONDS):
            raise BusyError(self.main.parent)
        try:
            with locked(self.main.parent):
                yield self.view()
        finally:
            self._writers.release()

    def write(
        self, recording: Recording, beside: Mapping[Path, bytes] = MappingProxyType({})
    ) -> None:
        """Append what was tried out on the view that `writing` gave. Raises ChangedError, OSError.

        Files `beside` the ledger, such as a voucher's picture, are in place before the entry is.
        """
        with self._lock:
            before, book = self._view, recording.book
            # An editor knows of no lock: what was tried out was not tried on what it has saved since.
            if before is None or before.book is not book or self._stamps != _stamps(book):
                raise ChangedError(book.folder)
            recording.write(beside)
            # Of no other file: one that was saved meanwhile is read again by the next one who asks.
            self._stamps |= {path: _stamp(path) for path in recording.additions}
            after = folded(recording)
            self._view = grown(before, after, recording.tried.added) if after is not None else None

    def _load(self) -> View:
        settings = _settings(self.main.parent)
        # Many additions will be tried out on it.
        book = self._read()
        book = replace(book, judging=Judging(book.entries))
        self._view, stamps = view(book), _stamps(book)
        same = (
            _settings(self.main.parent) == settings
            # An editor may have put a file away for a moment, to write it anew.
            and still_absent(book.files)
            and all(
                path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest
                for path, digest in book.files.digests.items()
            )
        )
        # What was changed while it was read is read again by the next one who asks.
        self._stamps = stamps if same else {}
        return self._view

    def _read(self) -> Book:
        """Read the book; where its text must not be parsed, keep what there was and say what is wrong now.

        What stops it is among its findings then, so that nothing is recorded. Raises BookNotFoundError.
        """
        held = self._view.book if self._view is not None else None
        try:
            book = load_book(self.main)
        except BookNotFoundError as error:
            if held is None:
                raise
            source: dict[str, object] = {"filename": str(self.main), "lineno": 0}
            gone = replace(held.files, absent=[self.main])
            found = Finding(source, f"[L04] {error}", None, "L04")
            return replace(held, files=gone, findings=(found,))
        if held is None or book.files.safe:
            return book
        return replace(held, files=book.files, findings=book.findings)


def _settings(folder: Path) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in (folder / CONFIG_FILE, *code_files(folder))}


def _stamps(book: Book) -> dict[Path, Stamp]:
    files = (*book.files.digests, *book.files.absent)
    return {path: _stamp(path) for path in files} | _settings(book.folder)


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
