"""Where the money of an entry comes from and goes to: parts of 8001, and funds."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.chart import CarryOver
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import chart_data
from yusuan.ledger.entries import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from beancount.core.data import Posting
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Place

MEANS_LAYER = "means"
ZERO = Decimal("0.00")
_Monied = Means | Revenue | CarryOver | Expenditure


class Flow(NamedTuple):
    """What an entry puts into each part of 8001, and takes out of each fund, in 元.

    A fund is empty where the line of a posting is not known.
    """

    parts: dict[str, Decimal]
    funds: dict[str, Decimal]

    @property
    def told(self) -> bool:
        """Whether the entry tells whose money it moves: all funds known, and one of them or one part."""
        known = bool(self.funds) and "" not in self.funds
        return known and (len(self.parts) == 1 or len(self.funds) == 1)

    def changes(self) -> dict[Place, Decimal]:
        """Give what changes in each part as a whole, and in each fund's share of it."""
        found = {part_place(detail): amount for detail, amount in self.parts.items()}
        if self.told and len(self.funds) == 1:
            (fund,) = self.funds
            found |= {part_place(detail, fund): amount for detail, amount in self.parts.items()}
        elif self.told:
            (detail,) = self.parts
            found |= {part_place(detail, fund): -amount for fund, amount in self.funds.items()}
        return found


@dataclass(slots=True)
class FlowReader:
    """Reads entries as flows of money; remembers what accounts mean."""

    lines: Mapping[str, Line]
    _meanings: dict[str, _Monied | None] = field(default_factory=dict)
    #: What was read last: who judges an entry asks more than once.
    _last: tuple[Transaction | None, Flow] = (None, Flow({}, {}))

    def flow(self, entry: Transaction) -> Flow:
        """Sum an entry by part of 8001 and by fund."""
        if entry is not self._last[0]:
            self._last = entry, self._flow(entry)
        return self._last[1]

    def _flow(self, entry: Transaction) -> Flow:
        parts: dict[str, Decimal] = {}
        funds: dict[str, Decimal] = {}
        moved: list[Posting] = []
        for means, posting, amount in self._monied(entry):
            if isinstance(means, Means):
                parts[means.detail] = parts.get(means.detail, ZERO) + amount
                moved.append(posting)
            else:
                fund = self._fund(means, posting, entry)
                funds[fund] = funds.get(fund, ZERO) + amount
        if not funds:
            # What only goes from one part to another belongs to the line that it names, if any.
            lines = [self._line(posting, entry) for posting in moved]
            funds = {line.fund if line else "": ZERO for line in lines}
        return Flow(parts, funds)

    def mistaken(self, entry: Transaction) -> Iterator[tuple[Line, str]]:
        """Find revenue of one fund that is said to be received for a line of another."""
        for means, posting, _ in self._monied(entry):
            if isinstance(means, Revenue):
                line = self._line(posting, entry)
                if line is not None and line.fund != means.fund:
                    yield line, means.fund

    def unknown(self, entry: Transaction) -> Iterator[str]:
        """Find lines that revenue is said to be received for, and that there are not."""
        for means, posting, _ in self._monied(entry):
            if isinstance(means, Revenue):
                named = str((posting.meta or {}).get("line") or entry.meta.get("line") or "")
                if named and named not in self.lines:
                    yield named

    def unlike(self, entry: Transaction) -> Iterator[Revenue]:
        """Find revenue accounts that the money of their fund is no revenue of."""
        for means, _, _ in self._monied(entry):
            if isinstance(means, Revenue) and means.account not in chart_data().revenues(
                means.fund
            ):
                yield means

    def earned(self, entry: Transaction) -> dict[str, Decimal]:
        """Sum the revenue of an entry by fund."""
        found: dict[str, Decimal] = {}
        for means, _, amount in self._monied(entry):
            if isinstance(means, Revenue):
                found[means.fund] = found.get(means.fund, ZERO) - amount
        return found

    def _monied(self, entry: Transaction) -> Iterator[tuple[_Monied, Posting, Decimal]]:
        meanings = self._meanings
        for posting in entry.postings:
            account = posting.account
            means = meanings[account] if account in meanings else self._mean(account)
            if means is not None and posting.units is not None and posting.units.number is not None:
                yield means, posting, posting.units.number

    def _mean(self, account: str) -> _Monied | None:
        found = meaning(account)
        means = self._meanings[account] = found if isinstance(found, _Monied) else None
        return means

    def _fund(
        self, means: Revenue | CarryOver | Expenditure, posting: Posting, entry: Transaction
    ) -> str:
        if not isinstance(means, Expenditure):
            return means.fund
        line = self._line(posting, entry)
        return line.fund if line else ""

    def _line(self, posting: Posting, entry: Transaction) -> Line | None:
        return self.lines.get(str((posting.meta or {}).get("line") or entry.meta.get("line") or ""))


def part_place(detail: str, fund: str = "") -> Place:
    """Give the place of a part of 8001, as a whole or as one fund's share."""
    return place(Cell(MEANS_LAYER, detail, fund), State.AVAILABLE)
