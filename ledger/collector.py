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


@contextmanager
def paused() -> Iterator[None]:
    """Keep the collector off, and put what was made out of its sight at the end.

    Within another pause it does nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def thaw() -> None:
    """Bring back what an earlier load put out of the collector's sight.

    Called once at the start of a load, so that a long-lived process (fava, which loads again
    and again) cannot hold on to an old ledger's cycles.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
