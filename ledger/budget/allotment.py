"""指标 lists: rows with full keys, as a finance office issues them."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Kind


class Key(NamedTuple):
    """What makes a line: rows that differ only in 款, document or amount are one line's."""

    fund: str
    function: str
    klass: str
    project: str
    origin: int
    procurement: bool
    method: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; the amount is in 元, below zero where authority is taken back.

    `project` is the project's code, or its name where it has no code; `doc` and `day` are the
    document's; `id` is the issuer's own 指标 id; `source` is a code of 91 where the list says it;
    `where` is the row's place in its file.
    """

    fund: str
    function: str
    klass: str
    economic: str
    amount: Decimal
    project: str = ""
    name: str = ""
    doc: str = ""
    day: date | None = None
    id: str = ""
    origin: int | None = None
    source: str = ""
    procurement: bool = False
    method: str = ""
    where: str = ""

    def key(self, year: int) -> Key:
        """Give the line that the row belongs to, in a list of that year."""
        origin = self.origin or year
        parts = (self.fund, self.function, self.klass, self.project)
        return Key(*parts, origin, self.procurement, self.method)


@dataclass(frozen=True, slots=True)
class AllotmentList:
    """Everything that one file issues.

    `names` are the names printed beside codes, for codes that no table knows; `year` is None
    where the file names none; `notes` say in Chinese what was read but is no line.
    """

    source: str
    sha256: str
    rows: tuple[Row, ...]
    units: tuple[str, ...] = ()
    year: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    #: What the file's own totals said.
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One row on its line: so much (元) for a 款, with the issuer's id where there is one."""

    line: Line
    economic: str
    amount: Decimal
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Allotment:
    """What one document does on one day: approve, supplement, reduce, or carry over."""

    day: date
    kind: Kind
    doc: str
    shares: tuple[Share, ...]
