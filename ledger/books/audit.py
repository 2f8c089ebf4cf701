"""The audit log of a book: who recorded what through the browser, and what was refused.

One line of JSON each, only ever added to, on disk before the entry that it tells of: an entry
that is in the ledger is in the log. Where writing the entry then fails, a second line says so.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import asdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AUDIT_FILE = Path(".yusuan") / "audit.jsonl"


class Outcome(StrEnum):
    """What became of something that was asked for."""

    RECORDED = "recorded"
    REFUSED = "refused"
    FAILED = "failed"

    @property
    def word(self) -> str:
        """What it is called."""
        return {"recorded": "已办理", "refused": "拒绝", "failed": "未能写入"}[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the time with its zone, who asked from which address for what, and what became of it.

    `request` tells a form that is sent again from all others.
    """

    time: str
    user: str
    address: str
    action: str
    outcome: Outcome
    ids: tuple[str, ...] = ()
    reason: str = ""
    request: str = ""


class AuditError(RuntimeError):
    """The log cannot be written, and so nothing may be recorded."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(f"审计日志不能写入（{why}），没有记账；请检查磁盘和权限")


def append(folder: Path, line: Line) -> None:
    """Add a line to a book's log, on disk when this returns. Raises AuditError."""
    text = json.dumps(asdict(line), ensure_ascii=False)
    try:
        with _opened(folder / AUDIT_FILE) as handle:
            # What a crash cut off stays a line of its own.
            start = "" if _ends_whole(handle) else "\n"
            data = f"{start}{text}\n".encode()
            whole = os.write(handle, data) == len(data)
            os.fsync(handle)
    except OSError as error:
        raise AuditError(error.strerror or "读写错误") from None
    if not whole:
        raise AuditError("磁盘空间不足")


def read(folder: Path) -> tuple[list[Line], int]:
    """Give the lines of a book's log, oldest first, and how many could not be read. Raises OSError."""
    path = folder / AUDIT_FILE
    lines: list[Line] = []
    unread = 0
    whole = path.read_text("utf-8", "replace") if path.exists() else ""
    # Not `splitlines`: a text may have what Python takes for the end of a line, and JSON does not.
    for text in whole.removesuffix("\n").split("\n") if whole else ():
        try:
            held = json.loads(text)
            outcome, ids = Outcome(held["outcome"]), tuple(held["ids"])
            lines.append(Line(**{**held, "outcome": outcome, "ids": ids}))
        except (KeyError, TypeError, ValueError):
            unread += 1
    return lines, unread


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _ends_whole(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"
