"""A finance office's yearly code table, kept in a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.books.write import replace

if TYPE_CHECKING:
    from pathlib import Path
    from pathlib import PurePosixPath


def store(folder: Path, place: PurePosixPath, text: str) -> bool:
    """Put a table into a book, in place of an earlier one of its year; say whether it is new.

    The caller holds the book's lock. Raises OSError.
    """
    path, data = folder / place, text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    replace({path: data})
    return True
