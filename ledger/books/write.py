"""Writing to a book: under a lock, each file whole or not at all, never over a change not seen."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from filelock import FileLock
from filelock import Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

LOCK_FILE = ".yusuan.lock"
#: How long to wait for another command to finish writing.
LOCK_SECONDS = 60.0


class BusyError(RuntimeError):
    """Another command holds the book."""

    def __init__(self, folder: Path) -> None:
        """Say which book."""
        super().__init__(f"账套 {folder} 正被另一个命令写入，请稍后再试")


class ChangedError(RuntimeError):
    """A file is no longer what was read when the decision to write was made."""

    def __init__(self, path: Path) -> None:
        """Say which file."""
        super().__init__(f"{path} 在此期间被改动，什么都没有写入；请核对后重试")


class NotIncludedError(ValueError):
    """A file that the ledger does not include: what is written there would never be read."""

    def __init__(self, path: Path) -> None:
        """Say which file."""
        super().__init__(
            f"账套没有包含 {path}，写进去的内容不会载入；请在 main.beancount 中加上 include"
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the book's lock, a file of its own: renaming a ledger file would break a lock on it.

    Raises BusyError.
    """
    lock = FileLock(folder / LOCK_FILE, timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(folder) from None
    try:
        yield
    finally:
        lock.release()


def append(
    additions: Mapping[Path, str],
    digests: Mapping[Path, str],
    beside: Mapping[Path, bytes] = MappingProxyType({}),
) -> None:
    """Add text to the end of a ledger's files, in the order given.

    `digests` are those of all its files as they were read (sha256, hex); a file that has
    changed since is not written over, and one that is not among them would never be read. All
    new contents are on disk before the first takes its place, so what can be cut off in between
    is only a later file; callers put first what does no harm alone (openings before the entries
    that use them). Files `beside` the ledger come first of all and are put in place whole.
    Raises ChangedError, NotIncludedError, OSError.
    """
    contents = dict(beside)
    for path, text in additions.items():
        if path not in digests:
            raise NotIncludedError(path)
        contents[path] = _current(path, digests[path]) + text.encode()
    replace(contents)


def replace(contents: Mapping[Path, bytes]) -> None:
    """Put each file in place whole, in the order given, where a link to it leads. Raises OSError."""
    staged: list[tuple[Path, Path]] = []
    try:
        for name, data in contents.items():
            path = name.resolve()
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(path, data), path))
        for temporary, path in staged:
            temporary.replace(path)
            _sync_folder(path.parent)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _current(path: Path, digest: str) -> bytes:
    data = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(data).hexdigest() != digest:
        raise ChangedError(path)
    if data and not data.endswith(b"\n"):
        data += b"\n"
    return data


def _stage(path: Path, data: bytes) -> Path:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
