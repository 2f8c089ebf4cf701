"""The deadlines family: a budget is passed on and published in time (R28)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: 人大批准日, 部门收到批复日, 公开日: what an approval may say of itself.
CONGRESS, RECEIVED, PUBLISHED = "congress", "received", "published"


class Timely(Family):
    """Compares the dates that an approval says with its own day. Source: 预算法52, 14."""

    RULES: ClassVar[tuple[str, ...]] = ("R28",)
    STATE: ClassVar[tuple[str, ...]] = ("_ran", "_findings")

    def __init__(self, ground: Ground) -> None:
        """Start with the days that there are for each step."""
        super().__init__(ground)
        self._finance, self._department, self._publication = (
            int(parameter(ground.settings, "R28", name))
            for name in ("finance", "department", "publication")
        )
        self._ran = False
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge an approval that says when its steps were taken."""
        if event is None or event.kind is not Kind.APPROPRIATION:
            return
        dates: dict[str, date] = {}
        for name in (CONGRESS, RECEIVED, PUBLISHED):
            said = entry.meta.get(name)
            if said is None:
                continue
            self._ran = True
            day = _day(said)
            if day is None:
                text = f"{name} 写作“{said}”，应为日期，例如 2020-01-10"
                self._findings.append(finding("R28", entry, text))
            else:
                dates[name] = day
        self._findings.extend(finding("R28", entry, text) for text in self._late(entry, dates))

    def learn(self, kin: Kin) -> None:
        """No payment concerns it."""

    def finish(self) -> list[Finding]:
        """Give the findings."""
        return self._findings

    def idle(self) -> Collection[str]:
        """Where no approval says a date there is nothing to judge."""
        return () if self._ran else self.RULES

    def _late(self, entry: Transaction, dates: dict[str, date]) -> Iterator[str]:
        """The finance office replies to the department, it to its units; who has a reply publishes it."""
        received = dates.get(RECEIVED)
        steps = (
            (
                "财政部门批复",
                dates.get(CONGRESS),
                received or entry.date,
                self._finance,
                "人大批准",
            ),
            ("部门批复所属单位", received, entry.date, self._department, "收到批复"),
            ("公开", entry.date, dates.get(PUBLISHED), self._publication, "批复"),
        )
        for what, since, done, allowed, after in steps:
            if since is None or done is None:
                continue
            took = (done - since).days
            if took > allowed:
                yield f"{what}迟了：应在{after}（{since}）后 {allowed} 日内，{done} 为第 {took} 日"


def _day(said: object) -> date | None:
    """Read a date of the metadata, with or without quotes."""
    if isinstance(said, date):
        return said
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None
