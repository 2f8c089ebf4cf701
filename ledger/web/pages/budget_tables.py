"""预算表: T1–T9 as the book holds them, each cell leading to its postings, with the identities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import request

from yusuan.ledger.books.published import published_of
from yusuan.ledger.tables.keys import LABELS
from yusuan.ledger.tables.layout import money
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE
from yusuan.ledger.tables.published.budget import verdicts
from yusuan.ledger.tables.published.holdings import Stage
from yusuan.ledger.web.evidence import evidence
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.published.budget import Published
    from yusuan.ledger.tables.published.budget import Verdict
    from yusuan.ledger.tables.published.sheet import Made
    from yusuan.ledger.web.evidence import Evidence


class BudgetTables(Page):
    """The tables of a year, at one stage of its budget."""

    report_title = "预算表"
    unmoved_by = frozenset({"time", "account", "filter"})
    money = staticmethod(money)
    labels = LABELS
    stages = ((Stage.APPROVED, "年初批复"), (Stage.ADJUSTED, "调整后"))

    def stage(self) -> Stage:
        """The stage that is asked for; approved by itself."""
        return Stage.ADJUSTED if request.args.get("as") == Stage.ADJUSTED else Stage.APPROVED

    def years(self) -> Sequence[int]:
        """The years of the book, the latest first."""
        said = {*self.view.book.settings.years, *(event.date.year for event in self.view.events)}
        return sorted(said, reverse=True)

    def year(self) -> int | None:
        """The year that is asked for, else the latest; None in a book without years."""
        years = self.years()
        wanted = request.args.get("year", "")
        return next((year for year in years if str(year) == wanted), years[0] if years else None)

    def published(self) -> Published | None:
        """Make the tables."""
        year, view = self.year(), self.view
        if year is None:
            return None
        first = year == min((event.date.year for event in view.events), default=year)
        held = standing(view).positions(date(year, 12, 31)) if first else None
        return published_of(view, year, self.stage(), held)

    def verdicts(self, found: Published) -> Sequence[Verdict]:
        """Check the identities over them."""
        return verdicts(found.document)

    def parts(self, made: Made) -> Iterator[tuple[str, Sequence[str], Sequence[tuple[int, Row]]]]:
        """Give a table in the parts that stand beside each other: title, columns, rows with their numbers."""
        rows = list(enumerate(made.table.rows))
        sides = {row.side for row in made.table.rows}
        for side, title in ((REVENUE, "收入"), (EXPENDITURE, "支出"), (None, "")):
            if side in sides:
                own = [(at, row) for at, row in rows if row.side == side]
                used = {key for _, row in own for key in row.amounts}
                yield title, [key for key in made.table.columns if key in used], own

    def evidence(self, made: Made, at: int, key: str) -> Evidence | None:
        """Give the postings behind a cell; None where nothing stands behind it."""
        cells = made.evidence.get((at, key))
        return evidence(cells, self.view.layers.register, self.stage()) if cells else None
