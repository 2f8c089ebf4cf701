"""The process that reads a foreign file: it limits itself, reads, answers, and is gone.

`child SECONDS,MEMORY,ANSWER read MODULE` reads its input by a reader, prints the grid,
and says on stderr how far it is, a line each time;
`child SECONDS,MEMORY,ANSWER run COMMAND …` becomes another program within the same limits.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import IO

from yusuan.importers.readers import apart
from yusuan.importers.readers import offline
from yusuan.importers.readers import progress
from yusuan.importers.readers import wire
from yusuan.importers.readers.errors import ReadError


def main() -> int:
    """Do what the arguments say; give the status that tells the other side what happened."""
    offline.go()
    confine(apart.Allowance(*map(int, sys.argv[1].split(","))))
    action, *rest = sys.argv[2:]
    if action == "run":
        os.execvp(rest[0], rest)  # noqa: S606 -- the command is ours
    return _read(rest[0])


def confine(may: apart.Allowance) -> None:
    """Limit this process, and what it becomes; on Windows the other side limits its time alone."""
    try:
        resource = import_module("resource")
    except ImportError:
        return
    for kind, wanted in (
        (resource.RLIMIT_AS, may.memory),
        (resource.RLIMIT_CPU, may.seconds),
        (resource.RLIMIT_FSIZE, may.answer),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(kind, (most, most))


def _read(module: str) -> int:
    answer, told = (os.fdopen(os.dup(stream.fileno()), "wb") for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # libraries print remarks
    try:
        reader = import_module(f"yusuan.importers.readers.{module}")
        with progress.heard(lambda what, count: _tell(told, what, count)):
            grid = reader.read(sys.stdin.buffer.read(), "")
        answer.writelines(wire.dump(grid))
        status = 0
    except ReadError as refused:
        answer.write(refused.why.encode())
        status = apart.REFUSED
    except MemoryError:
        status = apart.NO_MEMORY
    except Exception:  # noqa: BLE001 -- libraries raise anything on a damaged file
        status = apart.BROKEN
    answer.close()
    return status


def _tell(told: IO[bytes], what: str, count: int) -> None:
    told.write(f"{count} {what}\n".encode())
    told.flush()


if __name__ == "__main__":
    sys.exit(main())
