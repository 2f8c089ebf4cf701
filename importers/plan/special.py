"""The special limits that a document gives: 三公 by T9, procurement by the prose."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.budget.plan import PlannedSpecial

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row

ZERO = Decimal("0.00")
WAN = "万元"
#: The columns of T9, and the keys of the prose, by item.
_COLUMNS = {
    "0101": "abroad",
    "0102": "reception",
    "0103": "vehicle_purchase",
    "0104": "vehicle_running",
}
_VEHICLE = ("vehicle_purchase", "vehicle_running")
#: Five figures (four items and their sum), each rounded to the nearest 100 元.
_ROUNDING = Decimal(250)
_FIGURES = {
    "0201": "procurement_goods",
    "0202": "procurement_works",
    "0203": "procurement_services",
}
_UNDIVIDED = (
    "“三公”经费预算表没有分列各项，三公额度没有写入；请按批复用 yusuan appropriate --special 记入"
)


def specials(
    document: Document, tolerances: Mapping[str, Decimal], notes: list[str]
) -> Iterator[PlannedSpecial]:
    """Give the limits of the wanted groups, each with its tolerance where it is printed in 万元.

    A figure in 万元 is rounded, so what is spent may be a little more than it says (HANDBOOK
    R09); blank or 0 is nothing, and gets no tolerance. What a document does not divide into
    items is not divided here; `notes` says so. Amounts in 元.
    """
    if THREE_PUBLIC in tolerances:
        yield from _three_public(document, tolerances[THREE_PUBLIC], notes)
    if PROCUREMENT in tolerances:
        for item, key in _FIGURES.items():
            for figure in document.figures_of(key)[:1]:
                wan = WAN in figure.text
                yield _special(item, figure.amount, tolerances[PROCUREMENT] if wan else ZERO)


def _three_public(
    document: Document, tolerance: Decimal, notes: list[str]
) -> Iterator[PlannedSpecial]:
    table = document.table("T9")
    row = table.total() if table else None
    if table is None or row is None:
        return
    if not (_divided(row, "vehicle", _VEHICLE) and _divided(row, "total", _COLUMNS.values())):
        notes.append(_UNDIVIDED)
        return
    for item, key in _COLUMNS.items():
        wan = table.measure == WAN
        yield _special(item, row.amount(key) or ZERO, tolerance if wan else ZERO)


def _divided(row: Row, whole: str, parts: Iterable[str]) -> bool:
    """Tell whether the parts account for the whole, but for rounding; a blank whole asks nothing."""
    printed = row.amount(whole)
    return (
        not printed or abs(printed - sum((row.amount(k) or ZERO for k in parts), ZERO)) <= _ROUNDING
    )


def _special(item: str, amount: Decimal, tolerance: Decimal) -> PlannedSpecial:
    return PlannedSpecial(item, amount, tolerance if amount else ZERO)
