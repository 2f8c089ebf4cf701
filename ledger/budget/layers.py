"""Which layers a spending touches: the line always, the economic and special ones by DESIGN §2."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import GENERAL_BUDGET
from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.line import special_cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import Touched
from yusuan.ledger.budget.movement import place
from yusuan.ledger.budget.pools import Pools
from yusuan.ledger.chart import chart_data

if TYPE_CHECKING:
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.line import Register
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place


#: Cells, and why the spending may not be made at all.
_Found = tuple[tuple[Cell, ...], str]
_UNBUDGETED = "没有额度，未列入预算的不得支出"


@cache
def items_of_procurement() -> dict[str, str]:
    """Give the item of each word that `procurement` may be: 货物, 工程, 服务."""
    items = chart_data().special_items
    return {name: item for item, name in items.items() if group_of(item) == PROCUREMENT}


def _touched(cells: tuple[Cell, ...], special: tuple[Cell, ...], problem: str) -> Touched:
    states = [_states(cell) for cell in cells]
    limits = [_states(cell) for cell in special]
    drawn = [available for available, _, _ in limits]
    return Touched(
        cells + special,
        problem,
        tuple([available for available, _, _ in states] + drawn),
        tuple([committed for _, committed, _ in states] + drawn),
        tuple([spent for _, _, spent in states + limits]),
        problem.endswith(_UNBUDGETED),
    )


@cache
def _states(cell: Cell) -> tuple[Place, Place, Place]:
    """Give what of a cell is available, committed and spent."""
    return place(cell, State.AVAILABLE), place(cell, State.COMMITTED), place(cell, State.SPENT)


@dataclass(slots=True)
class Layers:
    """Finds the cells of spendings; remembers what it found, since payments repeat themselves."""

    register: Register
    pools: Pools = field(default_factory=Pools)
    _known: dict[tuple[str, str, str, int, str], Touched] = field(default_factory=dict)
    #: Whether the book limits basic expenditure by 款 at all.
    _split: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once at which scopes there are."""
        self._split = not self.register.scopes.isdisjoint(SCOPE_OF_CLASS.values())

    def touched(
        self, line: str, economic: str, klass: str, year: int, procurement: str = ""
    ) -> Touched:
        """Give the cells for a spending on a line (id) of an economic 款 in a year.

        `klass` (人员 or 公用) and `procurement` (货物, 工程 or 服务) are the posting's own words
        and may be empty. Source: DESIGN §2.
        """
        key = (line, economic, klass, year, procurement)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(*key)
        return found

    def of(self, event: Event) -> list[Touched]:
        """Give what each spending of an event touches, in their order; the event keeps it."""
        if event.touched is None:
            year = event.date.year
            event.touched = [
                self.touched(s.line, s.economic, s.klass, year, s.procurement)
                for s in event.spendings
            ]
        return event.touched

    def _find(
        self, line_id: str, economic: str, klass: str, year: int, procurement: str
    ) -> Touched:
        line = self.register.lines.get(line_id)
        if line is None:
            why = f"没有编号为 {line_id} 的指标" if line_id else "没有注明指标（line）"
            return _touched((), (), f"{why}，无指标不得支出")
        cells, problem = self._economic(line, economic, klass, year)
        special, lacking = self._special(line, economic, procurement)
        return _touched((line_cell(line_id), *cells), special, problem or lacking)

    def _economic(self, line: Line, economic: str, klass: str, year: int) -> _Found:
        scopes = self.scopes(line, year)
        if not scopes:
            return (), ""
        if klass and klass not in SCOPE_OF_CLASS:
            return (), f"class 应为人员或公用，不是“{klass}”"
        limited = [
            scope for scope in scopes if economic_cell(scope, economic) in self.register.limits
        ]
        wanted = SCOPE_OF_CLASS.get(klass)
        if wanted is not None and line.id not in scopes:
            limited = [scope for scope in limited if scope == wanted]
        if not limited:
            label = self._label(scopes)
            return (), f"经济分类 {economic} 在{label}中{_UNBUDGETED}"
        if len(limited) > 1:
            return (
                (),
                f"经济分类 {economic} 同时有人员经费和公用经费额度，须用 class 注明人员或公用",
            )
        return (economic_cell(limited[0], economic),), ""

    def _special(self, line: Line, economic: str, procurement: str) -> _Found:
        """三公 by 款, for fiscal money of any class; 采购 by its own word, for any money.

        A group of which a book limits nothing is left alone.
        """
        words, data, problem = items_of_procurement(), chart_data(), ""
        if not procurement and economic not in data.special_economic:
            return (), ""
        if procurement and procurement not in words:
            problem = f"procurement 应为{'、'.join(words)}之一，不是“{procurement}”"
        public = data.special_economic.get(economic) if line.fund in FISCAL_FUNDS else None
        cells = []
        for item in (public, words.get(procurement)):
            if item is None or group_of(item) not in self.register.special_groups:
                continue
            cell = special_cell(item)
            if cell in self.register.specials:
                cells.append(cell)
            else:
                what = f"{data.special_groups[group_of(item)]} {item} {data.special_items[item]}"
                problem = problem or f"{what}{_UNBUDGETED}"
        return tuple(cells), problem

    def scopes(self, line: Line, year: int) -> tuple[str, ...]:
        """Give the economic scopes a line's spending falls in; none where the layer leaves it alone.

        A line with economic codes of its own is its own scope. Otherwise basic expenditure
        of the general budget, of the current origin year, falls under 人员 and 公用 as the
        published table gives them, if the book has them at all.
        """
        if line.economics:
            return (line.id,)
        if line.fund != GENERAL_BUDGET or line.klass in (PROJECT, UNDIVIDED) or line.origin != year:
            return ()
        wanted = SCOPE_OF_CLASS.values() if line.klass == BASIC else (SCOPE_OF_CLASS[line.klass],)
        return tuple(wanted) if self._split else ()

    def _label(self, scopes: tuple[str, ...]) -> str:
        names = {"1": "人员经费", "2": "公用经费"}
        return "、".join(names.get(scope, f"指标 {scope}") for scope in scopes)
