"""The assets family: what is booked as an asset is capital expenditure, and the reverse (R25)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.chart import FINANCIAL
from yusuan.ledger.chart.names import split
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: 资本性支出（基本建设）, 资本性支出.
CAPITAL = ("309", "310")


class Capitalised(Family):
    """Compares the two books of a payment, where financial accounting is kept in the entry."""

    RULES: ClassVar[tuple[str, ...]] = ("R25",)
    STATE: ClassVar[tuple[str, ...]] = ("_ran", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the accounts that hold assets."""
        super().__init__(ground)
        heads: list[str] = parameter(ground.settings, "R25", "heads")
        others: list[str] = parameter(ground.settings, "R25", "others")
        self._assets = frozenset(heads)
        #: Where capital expenditure may be booked besides: advances, payables, other assets.
        self._fitting = self._assets.union(others)
        self._ran = False
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge a payment."""
        if event is None or not event.derived:
            return
        text = self._judged(entry, event)
        if text:
            self._findings.append(finding("R25", entry, text))

    def learn(self, kin: Kin) -> object:
        """Payments alike have the same accounts: all of them are in order, or none."""
        text = self._judged(kin.entry, kin.event)
        if not text:
            return None
        return self.anew

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._findings

    def idle(self) -> Collection[str]:
        """Without financial accounting there is nothing to compare."""
        return () if self._ran else self.RULES

    def _judged(self, entry: Transaction, event: Event) -> str:
        """Say what does not agree; nothing where all does, or where there is one book only."""
        booked = {
            split(posting.account.split(":")[1])[0]
            for posting in entry.postings
            if posting.units is not None and posting.units.currency == FINANCIAL
        }
        if not booked:
            return ""
        self._ran = True
        capital = sorted({s.economic for s in event.spendings if s.economic.startswith(CAPITAL)})
        assets = "、".join(sorted(booked & self._assets))
        if assets and not capital:
            spent = "、".join(sorted({s.economic for s in event.spendings}))
            return f"财务会计记入资产科目 {assets}，预算支出列 {spent}，不是资本性支出（309、310）；请核对"
        if capital and not booked & self._fitting:
            return f"预算支出列资本性支出 {'、'.join(capital)}，财务会计没有记入资产科目；请核对"
        return ""
