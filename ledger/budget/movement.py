"""Movements (额度变动): what an entry does to authority, freed from its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.budget.line import Cell


class Kind(StrEnum):
    """What an entry is; the values are those of the metadata `event`."""

    APPROPRIATION = "appropriation"  # 批复
    ADVANCE = "advance"  # 提前下达
    ASSIGNMENT = "assignment"  # 分解
    SUPPLEMENT = "supplement"  # 追加
    REDUCTION = "reduction"  # 追减
    TRANSFER = "transfer"  # 调剂
    FREEZE = "freeze"  # 冻结
    UNFREEZE = "unfreeze"  # 解冻
    COMMITMENT = "commitment"  # 占用
    RELEASE = "release"  # 释放
    PAYMENT = "payment"  # 支付
    REFUND = "refund"  # 退回
    REVERSAL = "reversal"  # 红冲
    CORRECTION = "correction"  # 更正
    RECEIPT = "receipt"  # 到账
    CARRY = "carry"  # 结转
    LAPSE = "lapse"  # 收回
    CLOSING = "closing"
    OPENING = "opening"
    OTHER = "other"


#: The kinds whose authority legs are derived from the expenditure postings. Source: DESIGN §2.
DERIVED_KINDS = frozenset({Kind.PAYMENT, Kind.REFUND, Kind.REVERSAL, Kind.CORRECTION})


class State(StrEnum):
    """Where authority stands (额度状态)."""

    AVAILABLE = "available"
    FROZEN = "frozen"
    COMMITTED = "committed"
    SPENT = "spent"
    CARRIED = "carried"
    LAPSED = "lapsed"


#: The states that authority is used out of.
LIMITED = frozenset({State.AVAILABLE, State.FROZEN, State.COMMITTED})
#: Those that may fall below zero: what is spent (a refund of an earlier month).
_LOOSE = State.SPENT


class Place:
    """One balance that authority stands in: a state of a cell.

    `place` gives one object for each, so that balances are looked up by identity: this is
    where every check of a large ledger spends its time.
    """

    __slots__ = ("cell", "limited", "loose", "state")

    def __init__(self, cell: Cell, state: State) -> None:
        """Make the place; only `place` does."""
        self.cell = cell
        self.state = state
        self.limited = state in LIMITED
        self.loose = state is _LOOSE

    def __repr__(self) -> str:
        """Show the cell and the state."""
        return f"Place({self.cell!r}, {self.state.value!r})"

    def key(self) -> tuple[Cell, State]:
        """Give what places are sorted by."""
        return self.cell, self.state


@cache
def place(cell: Cell, state: State) -> Place:
    """Give the one place of a cell's state."""
    return Place(cell, state)


class Touched(NamedTuple):
    """The cells that a spending draws on, and their places by state.

    `committed` is what it draws on against a commitment: nobody commits special limits, so of
    these it draws on what is available. `problem` says why it may not be made at all; where it is
    only that nothing was budgeted (`unbudgeted`), what was spent all the same may come back.
    """

    cells: tuple[Cell, ...] = ()
    problem: str = ""
    available: tuple[Place, ...] = ()
    committed: tuple[Place, ...] = ()
    spent: tuple[Place, ...] = ()
    unbudgeted: bool = False

    @property
    def held(self) -> tuple[Place, ...]:
        """Where a commitment holds authority for it: every layer but that of special limits."""
        return tuple(place for place in self.committed if place.state is State.COMMITTED)


class Spending(NamedTuple):
    """One expenditure posting: so much of a line, for an economic 款. Negative for a refund."""

    line: str
    function: str
    economic: str
    amount: Decimal
    klass: str = ""
    commitment: str = ""
    procurement: str = ""


class Shift(NamedTuple):
    """One authority posting as written: so much into (or out of) a state of a cell."""

    place: Place
    amount: Decimal


class Origin(NamedTuple):
    """One posting to 91: so much authority out of a source, by fund (positive as granted)."""

    source: str
    fund: str
    amount: Decimal


@dataclass(slots=True)
class Event:
    """One entry as the budget sees it. `entry` is the directive, opaque here."""

    date: date
    id: str
    kind: Kind
    pending: bool
    entry: object
    spendings: list[Spending] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    #: Which of the entry's postings spend, one for each spending.
    places: tuple[int, ...] = ()
    #: The commitment that the entry as a whole concerns: its own, or the one it draws on or releases.
    commitment: str = ""
    #: What the spendings touch and what the event changes; found once, since several rules ask.
    touched: list[Touched] | None = None
    changes: dict[Place, Decimal] | None = None
    #: Whether its authority follows from what it spends; anything else counts as written.
    #: A reversal of a transfer, say, spends nothing and has no legs to derive.
    derived: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tell once what every rule asks."""
        self.derived = self.kind in DERIVED_KINDS and bool(self.spendings)
