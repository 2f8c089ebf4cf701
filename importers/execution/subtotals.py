"""小计 among the rows: each must be what stands above it, or what stands below it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.importers.allotments.cells import TOTAL
from yusuan.importers.allotments.cells import finding
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.importers.readers.grid import GridCell
    from yusuan.ledger.finding import Finding


#: So many parts are added up for one 小计 at most.
_MOST = 1_000


@dataclass(slots=True)
class Subtotals:
    """The parts of one column of amounts, closed by the 小计 that they come to."""

    findings: list[Finding] = field(default_factory=list)
    #: Sums that are closed, and that of the rows since.
    _closed: list[Decimal] = field(default_factory=list)
    _since: Decimal = ZERO
    #: A 小计 that nothing above comes to: it may head the rows below.
    _heading: tuple[GridCell, Decimal] | None = None

    def add(self, amount: Decimal) -> None:
        """Count a row."""
        self._since += amount

    def close(self, cell: GridCell, printed: Decimal) -> None:
        """Compare a printed 小计 with the parts before it, the nearest first."""
        self.end()
        self._closed.append(self._since)
        self._since = ZERO
        above = ZERO
        for at in range(len(self._closed) - 1, max(-1, len(self._closed) - 1 - _MOST), -1):
            above += self._closed[at]
            if above == printed:
                self._closed[at:] = [printed]
                return
        self._heading = cell, printed

    def end(self) -> None:
        """Report the last 小计 that neither what is above it nor what is below it comes to.

        One that heads another 小计 has no rows of its own to be compared with.
        """
        if self._heading is not None and self._since not in {ZERO, self._heading[1]}:
            cell, printed = self._heading
            why = (
                f"小计 {plain(printed)} 元与它上面或下面各行之和都不符，请核对是否缺行、重行或改动"
            )
            self.findings.append(finding(TOTAL, cell, why))
        self._heading = None
