"""The books that this process holds in memory, one of each."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.resident import Resident

_held: dict[Path, Resident] = {}
_lock = Lock()


def resident(path: Path | str) -> Resident:
    """Give the book at a path, the same one to all who ask. Raises BookNotFoundError."""
    main = main_file(Path(path)).resolve()
    with _lock:
        if main not in _held:
            _held[main] = Resident(main)
        return _held[main]
