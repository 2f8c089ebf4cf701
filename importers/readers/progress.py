"""How far a long reading is: whoever reads says it, and somebody may listen."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    #: Takes what is counted (行, 页) and how many there have been.
    Listener = Callable[[str, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def tell(what: str, count: int) -> None:
    """Say how many rows or pages have been read."""
    listener = _listener.get()
    if listener is not None:
        listener(what, count)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Let somebody listen for a while."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
