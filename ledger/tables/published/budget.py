"""All tables of a year's budget as a book holds it, with the identities over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.tables.identities import CATALOGUE
from yusuan.ledger.tables.identities import Verification
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.model import Document
from yusuan.ledger.tables.published.economic import TITLE
from yusuan.ledger.tables.published.economic import economic
from yusuan.ledger.tables.published.functional import income
from yusuan.ledger.tables.published.functional import of_fund
from yusuan.ledger.tables.published.functional import spending
from yusuan.ledger.tables.published.public import public
from yusuan.ledger.tables.published.sides import appropriation
from yusuan.ledger.tables.published.sides import overview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from yusuan.ledger.chart import Names
    from yusuan.ledger.tables.identities.check import Check
    from yusuan.ledger.tables.identities.check import Identity
    from yusuan.ledger.tables.published.holdings import Holdings
    from yusuan.ledger.tables.published.sheet import Made


@dataclass(frozen=True, slots=True)
class Unit:
    """Whose budget it is; a consolidated one is of several units of whatever kind."""

    name: str
    kind: str
    consolidated: bool = False

    @property
    def administrative(self) -> bool:
        """Whether its 公用经费 is 机关运行经费."""
        return self.kind in {"行政", "参公"} and not self.consolidated


@dataclass(frozen=True, slots=True)
class Published:
    """The tables that a book can give, and why it cannot give the others, by title."""

    document: Document
    made: tuple[Made, ...]
    missing: tuple[tuple[str, str], ...]


def published(
    found: Holdings, unit: Unit, names: Names, printed: Mapping[str, Decimal]
) -> Published:
    """Make T1–T9. `printed` is T9 as the approved budget printed it, in 元, by amount key."""
    fiscal = [of_fund(found, names.function, table) for table in ("T5", "T6", "T7")]
    by_economic = economic(found, names.economic)
    made = (
        overview(found, names.function),
        income(found, names.function),
        spending(found, names.function),
        appropriation(found, names.function),
        *fiscal,
        *([by_economic] if by_economic else []),
        public(found, printed, administrative=unit.administrative),
    )
    why = "账上没有按经济分类的额度，不知道基本支出各款多少。"
    missing = () if by_economic else ((f"{found.year}年{TITLE}", why),)
    tables = tuple(each.table for each in made)
    document = Document(unit.name, found.year, "budget", tables, (), (), "账套", "")
    return Published(document, made, missing)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one identity fared on the tables."""

    identity: Identity
    checked: int
    failed: tuple[Check, ...]
    #: Checks that a blank cell takes part in: neither right nor wrong.
    unsure: int

    @property
    def word(self) -> str:
        """Say it in a word."""
        if self.failed:
            return "不符"
        return "相符" if self.checked else "无法核对" if self.unsure else "不适用"


def sure(document: Document) -> Verification:
    """Check all identities on made tables; what a blank takes part in, nobody can tell."""
    made = verify(document)
    checks = tuple(check for check in made.checks if not _blank(check))
    known = {check.id for check in checks}
    return Verification(checks, tuple(each.id for each in CATALOGUE if each.id not in known))


def verdicts(document: Document) -> tuple[Verdict, ...]:
    """Check all identities on made tables, where a blank is what nobody knows."""
    found = verify(document).checks
    result = []
    for identity in CATALOGUE:
        own = [check for check in found if check.id == identity.id]
        sure = [check for check in own if not _blank(check)]
        failed = tuple(check for check in sure if not check.holds)
        result.append(Verdict(identity, len(sure), failed, len(own) - len(sure)))
    return tuple(result)


def _blank(check: Check) -> bool:
    return any(cited.cell.amount is None for cited in check.cells)
