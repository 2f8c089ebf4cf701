"""The dated code table of one scheme: look-up by (code, date), never by name."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from yusuan.ledger.classification.codes import well_formed
from yusuan.ledger.classification.subject import CERTIFIED
from yusuan.ledger.classification.subject import Verdict
from yusuan.ledger.classification.subject import folded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.classification.codes import Scheme
    from yusuan.ledger.classification.subject import Subject

    Rows = Mapping[str, tuple[Subject, ...]]
    Aliases = Mapping[tuple[str, str], frozenset[str]]


_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """All rows of one scheme: the supplied ones, and those a book lays over them.

    `overlay` gives a new table. A later row wins, in its own dates only. `aliases` has the
    folded names under which (code, folded official name) is also printed.
    """

    scheme: Scheme
    supplied: Rows
    aliases: Aliases
    laid: Rows = field(default_factory=dict)
    complete_years: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, scheme: Scheme, rows: Iterable[Subject], aliases: Aliases | None = None
    ) -> CodeTable:
        """Make a table of the supplied rows; rows of one code keep their order."""
        versions: dict[str, list[Subject]] = {}
        for row in rows:
            versions.setdefault(row.code, []).append(row)
        supplied = {code: tuple(group) for code, group in versions.items()}
        return cls(scheme, supplied, aliases or {})

    def __iter__(self) -> Iterator[Subject]:
        """Give every row of every code, in the order of the codes."""
        for code in self._codes():
            yield from self.versions(code)

    def versions(self, code: str) -> tuple[Subject, ...]:
        """Give all rows of a code: the supplied ones, then those laid over them."""
        return self.supplied.get(code, ()) + self.laid.get(code, ())

    def get(self, code: str, on: date) -> Subject | None:
        """Give the row in force on a day; None where there is none, or the year leaves it out."""
        for row in reversed(self.laid.get(code, ())):
            if row.valid(on):
                return row
        complete = on.year in self.complete_years
        for row in reversed(self.supplied.get(code, ())):
            if row.valid(on) and (not complete or _added_within_year(row, on)):
                return row
        return None

    def name(self, code: str, on: date) -> str | None:
        """Give the official name of a code on a day."""
        row = self.get(code, on)
        return row.name if row else None

    def at(self, on: date) -> Iterator[Subject]:
        """Give the rows in force on a day, in the order of their codes."""
        for code in self._codes():
            row = self.get(code, on)
            if row is not None:
                yield row

    def matches(self, code: str, on: date, printed: str) -> bool:
        """Tell whether a printed name is the code's on that day, or a known variant of it.

        Punctuation, spaces, full and half width do not count. Variants are in aliases.csv
        and belong to one meaning of a code, so a renamed code does not inherit them.
        """
        row = self.get(code, on)
        return row is not None and self._means(row, printed)

    def verdict(self, code: str, on: date) -> Verdict:
        """Say what is known of a code on a day (R03; 条例40). Never raises."""
        if not well_formed(self.scheme, code):
            return Verdict.MALFORMED
        row = self.get(code, on)
        if row is not None:
            return Verdict.VALID if row.certified else Verdict.UNVERIFIED
        if on.year in self.complete_years:
            return Verdict.ABSENT
        versions = self.versions(code)
        if not versions:
            return Verdict.UNKNOWN
        decided = any(row.certified and not self._yearly(row) for row in versions)
        return Verdict.EXPIRED if decided else Verdict.UNVERIFIED

    def steady(self, code: str, on: date) -> tuple[date, date]:
        """Give the days around a day, within its year, on which the verdict is the same."""
        first, last = on.replace(month=1, day=1), on.replace(month=12, day=31)
        for row in self.versions(code):
            changes = [row.valid_from] if row.valid_from else []
            changes += [row.valid_to + _ONE_DAY] if row.valid_to else []
            for change in changes:
                if first < change <= on:
                    first = change
                elif on < change <= last:
                    last = change - _ONE_DAY
        return first, last

    def overlay(self, rows: Iterable[Subject], complete_year: int | None = None) -> CodeTable:
        """Lay rows over the table; each wins over what is there, in its own dates only.

        `complete_year` says that the rows are the whole table of that year, so that a code
        not among them is ABSENT in it. What a row leaves open (fund, class, government code)
        it takes from the supplied row it covers, while the code keeps its meaning, that is
        its name. Laying the same rows over twice changes nothing.
        """
        laid = {code: list(versions) for code, versions in self.laid.items()}
        for row in map(self._filled, rows):
            versions = laid.setdefault(row.code, [])
            if row in versions:
                versions.remove(row)
            versions.append(row)
        years = self.complete_years
        return replace(
            self,
            laid={code: tuple(versions) for code, versions in laid.items()},
            complete_years=years if complete_year is None else years | {complete_year},
        )

    def _codes(self) -> list[str]:
        return sorted(self.supplied.keys() | self.laid.keys())

    def _means(self, row: Subject, printed: str) -> bool:
        official, given = folded(row.name), folded(printed)
        return given == official or given in self.aliases.get((row.code, official), ())

    def _filled(self, row: Subject) -> Subject:
        on = row.valid_from or date.min
        for below in self.supplied.get(row.code, ()):
            if below.valid(on) and self._means(below, row.name):
                return row._replace(
                    level=row.level or below.level,
                    parent=row.parent or below.parent,
                    fund=row.fund or below.fund,
                    default_class=row.default_class or below.default_class,
                    gov_admin=row.gov_admin or below.gov_admin,
                    gov_institution=row.gov_institution or below.gov_institution,
                )
        return row

    def _yearly(self, row: Subject) -> bool:
        """Tell whether a row ends only because the imported table it stands in is a year's."""
        return (
            row in self.laid.get(row.code, ())
            and row.valid_from is not None
            and row.valid_from.year in self.complete_years
        )


def _added_within_year(row: Subject, on: date) -> bool:
    """Tell whether a code was added (增补) after the year's table was published.

    Such a row cannot be in the table imported for the year, and stands beside it.
    """
    begins = row.valid_from
    return row.confidence == CERTIFIED and begins is not None and begins > date(on.year, 1, 1)
