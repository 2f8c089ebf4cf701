"""概览: the first page, for a head of department who has ten seconds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from flask import request

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
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

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
            [
                Contract(
                    each.id, _what(each.made.entry), each.line, each.left, (as_of - each.since).days
                )
                for each in held.unpaid(as_of)
            ],
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


def _what(entry: Any) -> str:  # noqa: ANN401 -- a transaction
    return " ".join(filter(None, (entry.payee, entry.narration)))
