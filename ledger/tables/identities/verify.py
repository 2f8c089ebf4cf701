"""Run the catalogue of identities over a document."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.identities import between
from yusuan.ledger.tables.identities import prose
from yusuan.ledger.tables.identities import within
from yusuan.ledger.tables.identities.check import Identity
from yusuan.ledger.tables.ids import in_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from yusuan.ledger.finding import Finding
    from yusuan.ledger.tables.identities.check import Check
    from yusuan.ledger.tables.model import Document

_RUN: Final[dict[str, Callable[[Identity, Document], Iterator[Check]]]] = {
    "B01": within.two_sided,
    "B02": between.overview,
    "B03": within.functional,
    "B04": between.appropriation,
    "B05": between.funds,
    "B06": between.income_column,
    "B07": between.other_money,
    "B08": between.basic,
    "B09": within.economic,
    "B10": within.three_public,
    "B11": between.running_costs,
    "B12": between.public_items,
    "B13": prose.subjects,
    "B14": prose.totals,
    "B15": prose.projects,
    "B16": prose.procurement,
    "B17": prose.changes,
    "B18": prose.empty_tables,
}


def _load() -> tuple[Identity, ...]:
    text = files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8")
    return tuple(
        Identity(
            id=each["id"],
            title=each["title"],
            scope=each["scope"],
            tolerance=Decimal(each["tolerance"]),
            severity=Severity(each["severity"]),
            basis=each["basis"],
        )
        for each in tomllib.loads(text)["identity"]
    )


CATALOGUE: Final = _load()


@dataclass(frozen=True, slots=True)
class Verification:
    """Every check made, and the identities whose inputs the document does not have."""

    checks: tuple[Check, ...]
    not_applicable: tuple[str, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """Give the checks that do not hold."""
        return tuple(check for check in self.checks if not check.holds)

    @property
    def stops(self) -> bool:
        """Say whether a check that stops has failed: the tables do not tie out."""
        return any(check.severity == Severity.STOP for check in self.failed)

    def findings(self) -> tuple[Finding, ...]:
        """Give the failed checks as findings."""
        return tuple(check.finding() for check in self.failed)


def verify(doc: Document) -> Verification:
    """Check all identities on a document read or produced; absent inputs are no failures."""
    checks: list[Check] = []
    absent: list[str] = []
    for identity in CATALOGUE:
        made = list(_RUN[identity.id](identity, doc))
        checks.extend(replace(each, message=in_text(doc.kind, each.message)) for each in made)
        if not made:
            absent.append(identity.id)
    return Verification(tuple(checks), tuple(absent))
