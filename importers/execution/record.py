"""What an execution file says, row by row, every amount in 元 with its place."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.tables.model import Where


class Kind(StrEnum):
    """What an execution file is; the names are the sections of `words.toml`."""

    PAYMENT = "payment"
    DETAIL = "detail"
    REQUEST = "request"
    QUOTA = "quota"
    STATEMENT = "statement"
    PAYROLL = "payroll"
    INSURANCE = "insurance"
    EXPORT = "export"
    ADJUSTMENT = "adjustment"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Record:
    """One row; codes and names are as they stand there, "" where they do not.

    `amount` is what is paid, received or planned in 元; of a statement, below zero where money
    went out; of an adjustment, where authority goes down.
    `fields` are texts by the roles of `words.toml`: number, division, payee, text, line, indicator,
    fund, function, economic, class, project, method, contract, doc, source, sha256, key …
    Names of persons, their numbers and accounts are none of them.
    """

    where: Where
    amount: Decimal
    day: date | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    #: Paid to a person, whose name was dropped.
    person: bool = False
    #: Why it is not to be recorded as it stands: not paid yet, or paid back.
    reserved: str = ""

    def get(self, role: str) -> str:
        """Give the text of a role, "" where there is none."""
        return self.fields.get(role, "")


@dataclass(frozen=True, slots=True)
class Execution:
    """A whole file, with what was left out (`notes`) and what its own totals said (`controls`)."""

    kind: Kind
    #: What such a file is called.
    name: str
    source: str
    sha256: str
    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    #: The units that its rows are of, by name where they have one: a book is of one unit.
    units: tuple[str, ...] = ()

    def under(self, doc: str) -> Execution:
        """Give adjustments the number of their document where their rows have none of their own."""
        if self.kind is not Kind.ADJUSTMENT or not doc:
            return self
        records = (replace(each, fields={"doc": doc, **each.fields}) for each in self.records)
        return replace(self, records=tuple(records))
