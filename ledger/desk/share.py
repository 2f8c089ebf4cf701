"""One line's share of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Share(NamedTuple):
    """One line's share of an event: which 款 and class it concerns, and how much, in 元."""

    line: str
    economic: str
    klass: str
    amount: Decimal
