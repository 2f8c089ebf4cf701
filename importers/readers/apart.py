"""Foreign files are read in a process of their own: whatever they do to it, nothing happens here."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from time import monotonic
from typing import IO
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.readers import limits
from yusuan.importers.readers import wire
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.progress import tell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from yusuan.importers.readers.grid import Grid

#: How the process that reads ends where it knows why: see `child`.
REFUSED, NO_MEMORY, BROKEN = 3, 4, 5
#: An environment variable.
SECONDS_VARIABLE = "YUSUAN_READ_SECONDS"
_CHILD = "yusuan.importers.readers.child"
#: How the process says how far it is, and how often that is looked for, in seconds.
_TOLD = re.compile("(?m)^([0-9]{1,9}) (行|页)$".encode())
_TAIL = 64
_PATIENCE = 0.2
_RESAVE = "请用原来的软件打开后重新另存，或另存为 xlsx 或 csv"


class Allowance(NamedTuple):
    """What a process may use: seconds, bytes of memory, bytes of any file that it writes."""

    seconds: int
    memory: int
    answer: int = limits.MAX_ANSWER_BYTES


class TooLongError(Exception):
    """A process did not end in its time, and was ended."""


def allowance(size: int, least: int = limits.READ_SECONDS) -> Allowance:
    """Give what reading a file of so many bytes may cost: a file that costs more must be big.

    A slow machine sets its own seconds for small files in YUSUAN_READ_SECONDS.
    """
    own = os.environ.get(SECONDS_VARIABLE, "")
    seconds = int(own) if own.isascii() and own.isdigit() else least
    portions = -(-max(0, size - limits.READ_BYTES) // limits.PORTION_BYTES)
    return Allowance(
        seconds + portions * limits.SECONDS_A_PORTION,
        limits.READ_MEMORY + portions * limits.MEMORY_A_PORTION,
    )


def read(module: str, data: bytes, file: str, seconds: int = limits.READ_SECONDS) -> Grid:
    """Read bytes by the reader of that name in a process of its own.

    Raises ReadError with what the reader says, or with how the process died.
    """
    may = allowance(len(data), seconds)
    try:
        status, answer = run(["read", module], data, may)
    except TooLongError:
        longer = f"机器较慢可把环境变量 {SECONDS_VARIABLE} 设得更大"
        raise ReadError(file, f"{may.seconds} 秒内没有读完，已停止；{_RESAVE}；{longer}") from None
    if status == REFUSED:
        raise ReadError(file, answer.decode("utf-8", "replace"))
    if status == NO_MEMORY:
        raise ReadError(file, f"读取所需内存超过 {may.memory >> 20}MB，已停止；{_RESAVE}")
    if status in {-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGXFSZ", 0)} - {0}:
        raise ReadError(file, f"读取超过时间或大小的限制，已停止；{_RESAVE}")
    with contextlib.suppress(wire.NotAGridError):
        if status == 0:
            return wire.load(answer.splitlines(), file, hashlib.sha256(data).hexdigest())
    raise ReadError(file, f"文件已损坏，无法读取；{_RESAVE}")


def run(
    arguments: Sequence[str],
    data: bytes,
    may: Allowance,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, bytes]:
    """Run `child` with bytes to read; give its status, below zero a signal, and its answer.

    Raises TooLongError. The answer, and how far it is, go through nameless files, whose size is
    limited.
    """
    # -P: a file called json.py in the current folder is not code of ours.
    command = [sys.executable, "-P", "-m", _CHILD, ",".join(map(str, may)), *arguments]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as told,
    ):
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603 -- our own module, by our own interpreter
            command,
            stdin=given,
            stdout=answer,
            stderr=told,
            start_new_session=True,
            env=None if environment is None else {**os.environ, **environment},
        )
        try:
            status = _wait(process, may.seconds, told)
        finally:
            if process.returncode is None:
                _end(process)
        answer.seek(0)
        return status, answer.read(may.answer)


def _wait(process: subprocess.Popen[bytes], seconds: int, told: IO[bytes]) -> int:
    """Wait for the end, and pass on how far it is; raises TooLongError."""
    end = monotonic() + seconds
    while True:
        try:
            return process.wait(max(0.0, min(_PATIENCE, end - monotonic())))
        except subprocess.TimeoutExpired:
            if monotonic() >= end:
                raise TooLongError from None
        _pass_on(told)


def _pass_on(told: IO[bytes]) -> None:
    """Say the last that was told; the other side writes at the end of the same file meanwhile."""
    if not hasattr(os, "pread"):
        return  # Windows: seeking would move the other side's place
    size = os.fstat(told.fileno()).st_size
    found = _TOLD.findall(os.pread(told.fileno(), _TAIL, max(0, size - _TAIL)))
    if found:
        tell(found[-1][1].decode(), int(found[-1][0]))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
