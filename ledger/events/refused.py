"""The one kind of error that an event is refused with: a person reads it, nothing is written."""

from __future__ import annotations


class RefusedError(ValueError):
    """An event that does not fit what the book holds, or contradicts itself."""
