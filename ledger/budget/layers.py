"""Which layers a spending touches: the line always, the economic layer where DESIGN §2 says so."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import GENERAL_BUDGET
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import Touched
from yusuan.ledger.budget.movement import place

if TYPE_CHECKING:
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.line import Register
    from yusuan.ledger.budget.movement import Event


def _touched(cells: tuple[Cell, ...], problem: str = "") -> Touched:
    states = (State.AVAILABLE, State.COMMITTED, State.SPENT)
    places = (tuple(place(cell, state) for cell in cells) for state in states)
    return Touched(cells, problem, *places)


@dataclass(slots=True)
class Layers:
    """Finds the cells of spendings; remembers what it found, since payments repeat themselves."""

    register: Register
    _known: dict[tuple[str, str, str, int], Touched] = field(default_factory=dict)
    #: Whether the book limits basic expenditure by 款 at all.
    _split: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once at which scopes there are."""
        self._split = not self.register.scopes.isdisjoint(SCOPE_OF_CLASS.values())

    def touched(self, line: str, economic: str, klass: str, year: int) -> Touched:
        """Give the cells for a spending on a line (id) of an economic 款 in a year.

        `klass` is the posting's own word on 人员 or 公用 and may be empty. Source: DESIGN §2.
        """
        key = (line, economic, klass, year)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(*key)
        return found

    def of(self, event: Event) -> list[Touched]:
        """Give what each spending of an event touches, in their order; the event keeps it."""
        if event.touched is None:
            year = event.date.year
            event.touched = [
                self.touched(s.line, s.economic, s.klass, year) for s in event.spendings
            ]
        return event.touched

    def _find(self, line_id: str, economic: str, klass: str, year: int) -> Touched:
        line = self.register.lines.get(line_id)
        if line is None:
            why = f"没有编号为 {line_id} 的指标" if line_id else "没有注明指标（line）"
            return _touched((), f"{why}，无指标不得支出")
        cells = (line_cell(line_id),)
        scopes = self.scopes(line, year)
        if not scopes:
            return _touched(cells)
        if klass and klass not in SCOPE_OF_CLASS:
            return _touched(cells, f"class 应为人员或公用，不是“{klass}”")
        limited = [
            scope for scope in scopes if economic_cell(scope, economic) in self.register.limits
        ]
        wanted = SCOPE_OF_CLASS.get(klass)
        if wanted is not None and line_id not in scopes:
            limited = [scope for scope in limited if scope == wanted]
        if not limited:
            return _touched(
                cells,
                f"经济分类 {economic} 在{self._label(scopes)}中没有额度，未列入预算的不得支出",
            )
        if len(limited) > 1:
            return _touched(
                cells,
                f"经济分类 {economic} 同时有人员经费和公用经费额度，须用 class 注明人员或公用",
            )
        return _touched((*cells, economic_cell(limited[0], economic)))

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
