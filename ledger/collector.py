"""Python's cyclic collector, paused where a load makes many objects and no cycles.

Measured: at 100,000 transactions the collector is a third of a load and the only part of it
that grows faster than the ledger (PERFORMANCE §1).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


#: For each entry that a plugin is given, beancount makes about so many objects behind it: pad
#: alone makes one for each posting, and a payment has six with its legs.
_MADE_OF_AN_ENTRY = 8
_USUAL = gc.get_threshold()


@contextmanager
def paused(*, settled: bool = False) -> Iterator[None]:
    """Keep the collector off; within another pause do nothing.

    What was `settled`, as a book that is loaded, is put out of its sight at the end, for good: for
    trials that a server makes again and again that would hold on to all that they leave behind.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if settled:
            gc.freeze()
        gc.enable()


def rest(entries: int) -> None:
    """Let beancount go over so many entries before the collector looks again; then all is as it was.

    For the end of a plugin: behind it come beancount's own passes (pad, balances, validation),
    which make an object for each posting and no cycles, and nobody is told when they are over.
    """
    objects = entries * _MADE_OF_AN_ENTRY
    if gc.isenabled() and objects > _USUAL[0]:
        gc.set_threshold(objects, *_USUAL[1:])
        if _as_usual not in gc.callbacks:
            gc.callbacks.append(_as_usual)


def _as_usual(_phase: str, _info: dict[str, int]) -> None:
    """Be told that the collector looks again."""
    gc.set_threshold(*_USUAL)
    gc.callbacks.remove(_as_usual)


def thaw() -> None:
    """Bring back what an earlier load put out of the collector's sight.

    Called once at the start of a load, so that a long-lived process (fava, which loads again
    and again) cannot hold on to an old ledger's cycles.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
