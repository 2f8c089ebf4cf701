"""One line on a terminal while something long goes on, and nothing anywhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from yusuan.importers.readers import read
from yusuan.importers.readers.progress import heard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yusuan.importers.readers.grid import Grid

_CLEARED = "\r\x1b[K"


def reading(file: Path, *, quiet: bool = False) -> Grid:
    """Read a file, and say how far it is. Raises ReadError."""
    with progress(f"正在读取 {file.name}", quiet=quiet):
        return read(file)


@contextmanager
def progress(doing: str, *, quiet: bool = False) -> Iterator[None]:
    """Keep a line on stderr that says what is being done, and how many rows or pages there were.

    It is gone at the end. `quiet` is for output that machines read.
    """
    if quiet or not sys.stderr.isatty():
        yield
        return
    began = monotonic()

    def show(what: str, count: int) -> None:
        seconds = monotonic() - began
        click.echo(
            f"{_CLEARED}{doing}：已读 {count:,} {what}，{seconds:.0f} 秒", nl=False, err=True
        )

    click.echo(f"{_CLEARED}{doing} …", nl=False, err=True)
    try:
        with heard(show):
            yield
    finally:
        click.echo(_CLEARED, nl=False, err=True)
