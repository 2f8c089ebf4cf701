"""T9: 三公 and 机关运行经费, printed in 万元."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger.budget.line import special_cell
from yusuan.ledger.money import ZERO
from yusuan.ledger.tables.published.economic import operating
from yusuan.ledger.tables.published.holdings import Stage
from yusuan.ledger.tables.published.sheet import UNKNOWN
from yusuan.ledger.tables.published.sheet import WAN
from yusuan.ledger.tables.published.sheet import Figure
from yusuan.ledger.tables.published.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from decimal import Decimal

    from yusuan.ledger.tables.published.holdings import Holdings
    from yusuan.ledger.tables.published.sheet import Made

#: The special item of each column.
ITEMS: Final = {
    "abroad": "0101",
    "reception": "0102",
    "vehicle_purchase": "0103",
    "vehicle_running": "0104",
}
_VEHICLE: Final = ("vehicle_purchase", "vehicle_running")
_COLUMNS: Final = ("total", "abroad", "reception", "vehicle", *_VEHICLE, "running_costs")
_NOT_PRINTED = "账上没有年初批复的“三公”经费（导入部门预算时记入），这些格留空。"
_NOT_LIMITED = "账上没有“三公”额度，调整后的数不知，这些格留空。"
_BY_LIMIT = "账上没有年初批复的“三公”经费，各项按账上的额度（含容差）列示。"
_NO_RUNNING_COSTS = "机关运行经费只能由行政和参公单位的公用经费得出，这一格留空。"


def public(found: Holdings, printed: Mapping[str, Decimal], *, administrative: bool) -> Made:
    """Make T9: what was printed, and what the special limits have gained or lost since.

    `administrative` says that the unit is 行政 or 参公, whose 公用经费 is 机关运行经费 (名词解释).
    """
    printed = _completed(printed)
    items = {key: _item(found, printed, key) for key in ITEMS}
    vehicle = _sum(items[key] for key in _VEHICLE)
    costs = _costs(found, printed, administrative=administrative)
    figures = {
        "total": _sum(items.values()),
        "abroad": items["abroad"],
        "reception": items["reception"],
        "vehicle": vehicle,
        **{key: items[key] for key in _VEHICLE},
        "running_costs": costs,
    }
    sheet = Sheet("T9", f"{found.year}年部门“三公”经费和机关运行经费预算表", _COLUMNS, WAN)
    sheet.row("合计", "", "合计", figures)
    notes = _notes(found, items, costs)
    return sheet.made(*notes, "" if printed or not found.specials else _BY_LIMIT)


def _completed(printed: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Fill in what was left blank, where the printed figures show that it is nothing (HANDBOOK B10)."""
    filled = dict(printed)
    for whole, parts in (("vehicle", _VEHICLE), ("total", ("abroad", "reception", "vehicle"))):
        known = sum((printed[key] for key in parts if key in printed), ZERO)
        if whole in printed and known == printed[whole]:
            filled.update({key: ZERO for key in parts if key not in printed})
    if filled.get("vehicle") == ZERO:
        filled.update({key: ZERO for key in _VEHICLE if key not in filled})
    return filled


def _item(found: Holdings, printed: Mapping[str, Decimal], key: str) -> Figure:
    item = ITEMS[key]
    held = found.specials.get(item)
    if not printed:
        return Figure(found.figure(held), (special_cell(item),)) if held else UNKNOWN
    if key not in printed:
        return UNKNOWN
    if found.stage is Stage.APPROVED:
        return Figure(printed[key])
    if not found.specials:
        return UNKNOWN
    gained = held.adjusted - held.approved if held else ZERO
    return Figure(printed[key] + gained, (special_cell(item),) if held else ())


def _costs(found: Holdings, printed: Mapping[str, Decimal], *, administrative: bool) -> Figure:
    if found.stage is Stage.APPROVED and "running_costs" in printed:
        return Figure(printed["running_costs"])
    return operating(found) if administrative else UNKNOWN


def _known(figure: Figure) -> bool:
    return figure.amount is not None


def _sum(figures: Iterable[Figure]) -> Figure:
    """Add up; what holds a part that nobody knows is not known either."""
    parts = list(figures)
    amounts = [each.amount for each in parts]
    cells = tuple(cell for each in parts for cell in each.cells)
    total = ZERO
    for amount in amounts:
        if amount is None:
            return UNKNOWN
        total += amount
    return Figure(total, cells)


def _notes(found: Holdings, items: Mapping[str, Figure], costs: Figure) -> list[str]:
    notes = []
    if not all(_known(figure) for figure in items.values()):
        limited = found.stage is Stage.APPROVED or found.specials
        notes.append(_NOT_PRINTED if limited else _NOT_LIMITED)
    if not _known(costs):
        notes.append(_NO_RUNNING_COSTS)
    return notes
