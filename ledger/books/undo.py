"""The last import taken back: its entries are cut out of the ledger's text, if nothing rests on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from beancount.core.data import Custom
from beancount.core.data import Transaction

from yusuan.importers.execution.known import BATCH
from yusuan.importers.execution.known import batch_number
from yusuan.ledger.books.history import history
from yusuan.ledger.books.trial import without
from yusuan.ledger.books.write import ChangedError
from yusuan.ledger.entries import event_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.finding import Finding


#: What an import records: events, and plans, which are directives without postings.
Imported = Transaction | Custom


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back the last import comes to: its entries, what rests on them, the files left."""

    batch: str
    entries: tuple[Imported, ...]
    #: Ids of what was recorded about the entries later.
    resting: tuple[str, ...] = ()
    #: What would no longer be in order, balances asserted for a closed period among it.
    findings: tuple[Finding, ...] = ()
    contents: dict[Path, bytes] | None = None


def prepare(book: Book) -> Undoing:
    """Find the last import, and what the files are without it. Raises ChangedError, OSError."""
    recorded = [entry for entry in book.entries if type(entry) in {Transaction, Custom}]
    last = max((_number(entry) for entry in recorded), default=0)
    entries = tuple(entry for entry in recorded if last and _number(entry) == last)
    if not entries:
        return Undoing("", ())
    batch = str(entries[0].meta[BATCH])
    past, ids = history(book), {event_id(entry) for entry in entries}
    naming = dict.fromkeys(each for id_ in ids for each in past.naming(id_))
    resting = tuple(each for each in naming if each not in ids)
    if resting:
        return Undoing(batch, entries, resting)
    findings = tuple(without(book, entries))
    if findings:
        return Undoing(batch, entries, findings=findings)
    return Undoing(batch, entries, contents=_contents(book, entries))


def _number(entry: Imported) -> int:
    return batch_number(str(entry.meta.get(BATCH) or ""))


def _contents(book: Book, entries: Sequence[Imported]) -> dict[Path, bytes]:
    """Cut the entries out of their files, each with the blank line before it."""
    starts: dict[Path, set[int]] = {}
    for entry in entries:
        path = Path(str(entry.meta["filename"]))
        starts.setdefault(path, set()).add(int(entry.meta["lineno"]))
    contents = {}
    for path, numbers in starts.items():
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != book.files.digests.get(path):
            raise ChangedError(path)
        contents[path] = "".join(_kept(data.decode().splitlines(keepends=True), numbers)).encode()
    return contents


def _kept(lines: Sequence[str], starts: set[int]) -> list[str]:
    """Give the lines without the entries that start at some; what is indented belongs to an entry."""
    kept: list[str] = []
    within = False
    for number, line in enumerate(lines, 1):
        if number in starts:
            within = True
            if kept and not kept[-1].strip():
                kept.pop()
            continue
        within = within and line[:1] in {" ", "\t"} and bool(line.strip())
        if not within:
            kept.append(line)
    return kept
