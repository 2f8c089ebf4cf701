"""概览: the first page, for a head of department who has ten seconds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from flask import request

from yusuan.ledger.events.standing import DUE
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import grouped
from yusuan.ledger.money import to_wan
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.layout import percent
from yusuan.ledger.tables.overview import left_of
from yusuan.ledger.tables.overview import overview
from yusuan.ledger.tables.overview import unspent
from yusuan.ledger.web import places
from yusuan.ledger.web.filters import FilterError
from yusuan.ledger.web.filters import period
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.standing import standing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.ledger.budget.commitments import Open
    from yusuan.ledger.tables.overview import Overview as Figures

WORDS = {Severity.STOP: "不通过", Severity.WARN: "警告", Severity.INFO: "提示"}


@dataclass(frozen=True, slots=True)
class Contract:
    """A commitment that is not paid up, as it is shown; `left` in 元."""

    id: str
    what: str
    line: str
    left: Decimal
    days: int
    #: Until when it was to be paid up; None where nobody said.
    due: date | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the page shows; `findings` by their severity's word, the gravest first."""

    as_of: date
    figures: Figures
    contracts: Sequence[Contract]
    findings: Sequence[tuple[Severity, str, int]]


class Overview(Page):
    """The budget at a glance."""

    report_title = "概览"
    unmoved_by = frozenset({"account", "filter"})
    has_js_module = True

    def glance(self) -> Glance:
        """Work out the page on the last day of fava's time filter, else of the book."""
        view, held = self.view, standing(self.view)
        try:
            span = period(self.ledger, request.args.get("time", "").strip())
        except FilterError:
            span = None
        as_of = span.end_inclusive if span else held.last_day()
        counted = Counter(finding.severity for finding in view.book.findings)
        return Glance(
            as_of,
            overview(held.execution(By.LINE, as_of), held.execution(By.PROJECT, as_of)),
            _contracts(held.unpaid(as_of), as_of),
            [(each, WORDS[each], counted[each]) for each in Severity],
        )

    def line(self, id_: str) -> str:
        """Give the address of a line's card, or without the cards of the table by line."""
        return places.line_card(self.ledger, id_) or f"../Execution/?by=line&search={id_}"

    def checks(self) -> str:
        """Give the address of the findings, or without that page of fava's errors."""
        return places.page(self.ledger, "Checks") or "../../errors/"

    wan = staticmethod(lambda amount: f"{to_wan(amount):,.2f}")
    yuan = staticmethod(grouped)
    percent = staticmethod(percent)
    left_of = staticmethod(left_of)
    unspent = staticmethod(unspent)

    @staticmethod
    def pace(ahead: Decimal | None) -> str:
        """Say how spending goes beside the year."""
        if ahead is None:
            return "没有预算"
        points = f"{abs(ahead) * 100:.2f} 个百分点"
        if not ahead:
            return "与序时进度相同"
        return f"{'快于' if ahead > 0 else '慢于'}序时进度 {points}"


def _contracts(unpaid: Iterable[Open], as_of: date) -> list[Contract]:
    """Describe what is not paid up: what is overdue first, else the oldest."""
    found = []
    for each in unpaid:
        due = _due(each.made.entry)
        overdue = due is not None and due < as_of
        days = (as_of - (due if due and overdue else each.since)).days
        what = _what(each.made.entry)
        found.append(Contract(each.id, what, each.line, each.left, days, due, overdue))
    return sorted(found, key=lambda each: each.due if each.due and each.overdue else date.max)


def _due(entry: Any) -> date | None:  # noqa: ANN401 -- a transaction
    """Read the day that an entry says; written by hand it may be a date, or none at all."""
    said = entry.meta.get(DUE)
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(said) if said else None
    except (TypeError, ValueError):
        return None


def _what(entry: Any) -> str:  # noqa: ANN401 -- a transaction
    return " ".join(filter(None, (entry.payee, entry.narration)))
