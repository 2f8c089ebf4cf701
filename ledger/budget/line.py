"""Budget lines (指标) and the register of all that a book declares."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from datetime import date

#: Classes of a line; 基本 where the source does not split 人员 from 公用.
BASIC = "基本"
PERSONNEL = "人员"
OPERATING = "公用"
PROJECT = "项目"
#: Where the source does not even split 基本 from 项目 (several non-fiscal funds of one 项).
UNDIVIDED = "未分"
CLASSES = (BASIC, PERSONNEL, OPERATING, PROJECT, UNDIVIDED)

GENERAL_BUDGET = "11"
#: 财政拨款: the funds whose 三公 spending is limited.
FISCAL_FUNDS = frozenset({"11", "12", "13"})
#: What the treasury pays out: 财政拨款 and 财政专户管理资金 (project decision); the rest is the unit's own.
TREASURY_FUNDS = FISCAL_FUNDS | {"2"}
#: The economic scope (98) of each class of basic expenditure.
SCOPE_OF_CLASS = {PERSONNEL: "1", OPERATING: "2"}


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line as the `open` directives declare it.

    `path` is its account below the state (`11-一般公共预算:…:2020J01-基本支出`); `origin`
    is the year its authority was first approved for; `economics` are the 款 it is limited
    to by itself (a 指标 list with full keys), empty for a line of a published budget.
    """

    id: str
    fund: str
    function: str
    klass: str
    origin: int
    path: str
    name: str = ""
    project: str = ""
    economics: frozenset[str] = frozenset()
    opened: date | None = None
    #: Bought by government procurement (政府采购), and how it is paid by default; "" where unsaid.
    procurement: bool = False
    method: str = ""


class Cell(NamedTuple):
    """One thing that authority is limited by: a line, an economic 款 within a scope, a special item."""

    layer: str  # "line", "economic" or "special"
    scope: str  # the line's id, the economic scope, or the special item
    code: str = ""  # the economic 款


LINE_LAYER = "line"
ECONOMIC_LAYER = "economic"
SPECIAL_LAYER = "special"
#: The groups of special limits (99); an item's code begins with its group's.
THREE_PUBLIC = "01"
PROCUREMENT = "02"
_GROUP_DIGITS = 2


def line_cell(line: str) -> Cell:
    """Give the cell of the line layer."""
    return Cell(LINE_LAYER, line)


def economic_cell(scope: str, code: str) -> Cell:
    """Give the cell of the economic layer."""
    return Cell(ECONOMIC_LAYER, scope, code)


def special_cell(item: str) -> Cell:
    """Give the cell of a 三公 or 采购 item."""
    return Cell(SPECIAL_LAYER, item)


def group_of(item: str) -> str:
    """Give the group of a special item: 三公 or 采购."""
    return item[:_GROUP_DIGITS]


@dataclass(slots=True)
class Register:
    """Every line and every economic limit that a book declares, and the accounts they stand on."""

    lines: dict[str, Line] = field(default_factory=dict)
    #: Economic cells with the account path below the state (`2-公用经费:302-…:30209-…`).
    limits: dict[Cell, str] = field(default_factory=dict)
    #: The first component of each state account: "92" -> "92-可用指标", "02" -> "02-可用".
    states: dict[str, str] = field(default_factory=dict)
    economic_states: dict[str, str] = field(default_factory=dict)
    economic_root: str = ""
    #: The same of the special layer: `01-三公:0102-公务接待费`.
    specials: dict[Cell, str] = field(default_factory=dict)
    special_states: dict[str, str] = field(default_factory=dict)
    special_root: str = ""

    def limit_path(self, cell: Cell) -> str:
        """Give the account path below the state of a limit, or of the 类 of limits; the bare codes of none."""
        found = self.limits.get(cell)
        if found is not None:
            return found
        within = (
            path
            for other, path in self.limits.items()
            if other.scope == cell.scope and cell.code and other.code.startswith(cell.code)
        )
        path = next(within, "")
        return path.rpartition(":")[0] if path else f"{cell.scope}:{cell.code}"

    @property
    def scopes(self) -> frozenset[str]:
        """The economic scopes in which anything is limited."""
        return frozenset(cell.scope for cell in self.limits)

    @property
    def special_groups(self) -> frozenset[str]:
        """The groups of special items of which anything is limited."""
        return frozenset(group_of(cell.scope) for cell in self.specials)
