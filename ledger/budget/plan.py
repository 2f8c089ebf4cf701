"""What a budget document approves, ready to be written: lines, economic limits, estimates."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One budget line with the amount approved for it, in 元.

    `target` is the rate of execution that its performance form aims at, in percent; empty without.
    """

    id: str
    fund: str
    function: str
    klass: str
    name: str
    amount: Decimal
    project: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLimit:
    """One economic-class limit of basic expenditure, in 元; scope is 1 人员 or 2 公用."""

    scope: str
    economic: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PlannedSpecial:
    """One 三公 or 采购 item: the printed figure, and the tolerance given on top of it, in 元."""

    item: str
    amount: Decimal
    tolerance: Decimal

    @property
    def limit(self) -> Decimal:
        """What may be spent on it."""
        return self.amount + self.tolerance


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one document gives authority for.

    `names` are the names printed beside codes, for codes that no table knows; `notes` say in
    Chinese what was inferred and on what ground.
    """

    unit: str
    year: int
    source: str
    sha256: str
    lines: tuple[PlannedLine, ...]
    limits: tuple[PlannedLimit, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    specials: tuple[PlannedSpecial, ...] = ()

    def estimates(self) -> dict[str, Decimal]:
        """Sum the lines by fund: what the budget counts on receiving from each."""
        totals: dict[str, Decimal] = {}
        for line in self.lines:
            totals[line.fund] = (
                totals[line.fund] + line.amount if line.fund in totals else line.amount
            )
        return dict(sorted(totals.items()))
