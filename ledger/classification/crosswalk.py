"""What a code became, and what it was before: for comparing years, never for booking."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from yusuan.ledger.classification.codes import Scheme
from yusuan.ledger.classification.rows import records
from yusuan.ledger.classification.tables import data


class Step(NamedTuple):
    """One code replaced by another from 1 January of a year (HANDBOOK §1.4).

    One old code may have several new ones; a new code may be of a higher level where the
    finer correspondence is not known. Recalled steps are for a person to confirm.
    """

    scheme: Scheme
    old: str
    new: str
    from_year: int
    confidence: str
    note: str


def successors(code: str, year: int) -> tuple[Step, ...]:
    """Give the steps that lead from a code to what it is called in a year."""
    return tuple(step for step in _steps() if step.old == code and step.from_year <= year)


def predecessors(code: str, year: int) -> tuple[Step, ...]:
    """Give the steps that lead to a code in use in a year from what it was called before."""
    return tuple(step for step in _steps() if step.new == code and step.from_year <= year)


@lru_cache(maxsize=1)
def _steps() -> tuple[Step, ...]:
    columns = ("scheme", "old_code", "new_code", "from_year", "confidence", "note")
    return tuple(
        Step(
            scheme=Scheme(record["scheme"]),
            old=record["old_code"],
            new=record["new_code"],
            from_year=int(record["from_year"]),
            confidence=record["confidence"],
            note=record["note"],
        )
        for _, record in records(data("crosswalk.csv"), "crosswalk.csv", columns)
    )
