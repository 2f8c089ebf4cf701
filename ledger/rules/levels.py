"""Graded control: inform, warn or stop at shares of a limit, of the year or of its months (R01)."""

from __future__ import annotations

from decimal import ROUND_DOWN
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar
from typing import NamedTuple

from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import CENT
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import LEVELS
from yusuan.ledger.rules.ruling import MONTH
from yusuan.ledger.rules.ruling import YEAR
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.rules.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
_MONTHS, _WHOLE = 12, 100
#: What authority consists of, and which of it is used.
_AUTHORITY = frozenset({State.AVAILABLE, State.FROZEN, State.COMMITTED, State.SPENT})
_USED = frozenset({State.COMMITTED, State.SPENT})


class Change(NamedTuple):
    """An entry, and what it changes in what is left below each level."""

    entry: Transaction
    counted: dict[Place, Decimal]

    @property
    def date(self) -> date:
        """The day of the entry."""
        return self.entry.date


class Graded(Family):
    """Compares what is spent and committed of each limit with shares of it that a book has chosen.

    `period` says of what: the year's limit; so many twelfths as months have begun (`cumulative`);
    or one twelfth for each month by itself (`month`). The whole limit of the year is R01's own and
    always stops. What only informs or warns does so once a limit and period. Source: HANDBOOK §4
    (control granularity is configurable), 条例57 (payment by progress).
    """

    RULES: ClassVar[tuple[str, ...]] = ("R01",)
    STATE: ClassVar[tuple[str, ...]] = (
        "_authority", "_used", "_limits", "_now", "_days", "_said", "_findings",
    )  # fmt: skip

    def __init__(self, ground: Ground) -> None:
        """Start with the levels of the book; usually there are none but the whole of the year."""
        super().__init__(ground)
        self._period: str = parameter(ground.settings, "R01", "period")
        shares = {
            severity: int(parameter(ground.settings, "R01", name))
            for name, severity in LEVELS.items()
        }
        whole = self._period == YEAR and shares[Severity.STOP] == _WHOLE
        self._levels = [
            (severity, share)
            for severity, share in shares.items()
            if share and not (whole and severity is Severity.STOP)
        ]
        self._authority: dict[Cell, Decimal] = {}
        self._used: dict[Cell, Decimal] = {}
        self._limits: dict[Place, Decimal] = {}
        self._now = (0, 0)
        self._days: Days[Change] = Days(_counted, _order, self._over)
        self._said: set[tuple[Place, tuple[int, int]]] = set()
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Take in what an event gives or uses."""
        if event is None or not self._levels:
            return
        self._turn(event.date)
        cell_of = self._ground.layers.pools.cell
        given: dict[Cell, Decimal] = {}
        used: dict[Cell, Decimal] = {}
        for changed, amount in deltas(event, self._ground.layers).items():
            cell = cell_of(changed.cell)
            if changed.state in _AUTHORITY:
                given[cell] = given.get(cell, ZERO) + amount
            if changed.state in _USED:
                used[cell] = used.get(cell, ZERO) + amount
        counted: dict[Place, Decimal] = {}
        for cell in given.keys() | used.keys():
            more, taken = given.get(cell, ZERO), used.get(cell, ZERO)
            if event.pending:
                more, taken = min(more, ZERO), max(taken, ZERO)
            self._authority[cell] = self._authority.get(cell, ZERO) + more
            self._used[cell] = self._used.get(cell, ZERO) + taken
            for where, change in self._moved(cell):
                counted[where] = change - taken
        self._days.begin(event.date, Change(entry, counted))
        for where, change in counted.items():
            self._days.move(where, change)

    def learn(self, kin: Kin) -> object:
        """Nothing to do where the book has chosen no level."""
        return super().learn(kin) if self._levels else None

    def finish(self) -> list[Finding]:
        """End the last day and give all findings."""
        self._days.end_day()
        return self._findings

    def _turn(self, day: date) -> None:
        """Begin a month: another twelfth, or the first again where a year begins."""
        now = day.year, day.month
        if now == self._now:
            return
        self._days.end_day()
        new_year, self._now = day.year != self._now[0], now
        for cell, used in self._used.items():
            if new_year:
                self._authority[cell] -= used
                self._used[cell] = ZERO
            for where, change in self._moved(cell):
                afresh = new_year or self._period == MONTH
                held = ZERO if afresh else self._days.balances.get(where, ZERO)
                self._days.balances[where] = self._limits[where] if afresh else held + change

    def _moved(self, cell: Cell) -> list[tuple[Place, Decimal]]:
        """Bring the limit of each level up to what is given; give what that changes."""
        found = []
        twelfths = {YEAR: _MONTHS, MONTH: 1}.get(self._period, self._now[1])
        for severity, share in self._levels:
            where = _place(severity, cell)
            limit = self._authority[cell] * share * twelfths / (_WHOLE * _MONTHS)
            limit = limit.quantize(CENT, ROUND_DOWN)
            found.append((where, limit - self._limits.get(where, ZERO)))
            self._limits[where] = limit
        return found

    def _over(self, change: Change, where: Place, held: Decimal, asked: Decimal) -> None:
        severity = Severity(where.cell.layer.partition("@")[0])
        period = (self._now[0], 0) if self._period == YEAR else self._now
        if severity is not Severity.STOP and (where, period) in self._said:
            return
        self._said.add((where, period))
        cell = where.cell._replace(layer=where.cell.layer.partition("@")[2])
        share = dict(self._levels)[severity]
        of = {YEAR: "全年额度", MONTH: "当月额度"}.get(self._period, "累计到当月的额度")
        text = (
            f"{Wording(self._ground.layers).cell(cell)}已执行和占用超过{of}的 {share}%"
            f"（{shown(self._limits[where])} 元），本次 {shown(asked)} 元，超出 {shown(asked - held)} 元"
        )
        self._findings.append(finding("R01", change.entry, text, severity))


def _counted(change: Change) -> dict[Place, Decimal]:
    return change.counted


def _order(change: Change) -> tuple[str, ...]:
    return event_id(change.entry), repr(sorted((p.key(), c) for p, c in change.counted.items()))


def _place(severity: Severity, cell: Cell) -> Place:
    return place(Cell(f"{severity.value}@{cell.layer}", cell.scope, cell.code), State.AVAILABLE)
