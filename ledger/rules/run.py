"""Runs families of rules in one pass over the entries: as a beancount plugin, or by ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Balance
from beancount.core.data import Custom
from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import MONEY
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.collector import paused
from yusuan.ledger.collector import thaw
from yusuan.ledger.config import ConfigError
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.alike import Likeness
from yusuan.ledger.rules.authorisations import overridden
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.ruling import examine
from yusuan.ledger.rules.ruling import switched_off
from yusuan.ledger.rules.ruling import weighed
from yusuan.ledger.rules.session import advise
from yusuan.ledger.rules.session import begun
from yusuan.ledger.rules.session import legs_for
from yusuan.ledger.rules.session import receive
from yusuan.ledger.rules.session import settings_of
from yusuan.ledger.rules.session import switch_off
from yusuan.ledger.rules.session import unreported

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from beancount.core.data import Posting

    from yusuan.ledger.config import Settings
    from yusuan.ledger.rules.alike import Key
    from yusuan.ledger.rules.family import Family
    from yusuan.ledger.rules.family import Follower


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one pass over the entries gave: the entries, with derived legs, and what was found."""

    entries: list[Any]
    findings: list[Finding]
    idle: frozenset[str]


def judge(entries: list[Any], settings: Settings, families: Sequence[type[Family]]) -> Judgement:
    """Show every entry to every family, once."""
    ground = Ground(Layers(register(entries)), settings, EventReader())
    with legs_for(asserted=_asserted(entries)):
        judges = [family(ground) for family in families]
    changed = Pass(ground, judges).through(entries)
    findings = [finding for each in judges for finding in each.finish()]
    idle = frozenset(rule for each in judges for rule in each.idle())
    told = overridden(weighed(findings, settings), entries, ground.reader)
    return Judgement(changed, told, idle)


@dataclass(slots=True)
class Pass:
    """One pass of a number of families over entries, in their order."""

    ground: Ground
    judges: Sequence[Family]
    _likeness: Likeness = field(default_factory=Likeness)
    _year: int = 0
    #: How to judge one more of the payments that are alike.
    _followers: dict[Key, list[Follower]] = field(default_factory=dict)

    def through(self, entries: Iterable[Any]) -> list[Any]:
        """Show the entries to the families; give them with the postings that were added to them."""
        result: list[Any] = []
        for entry in entries:
            kind = type(entry)
            if kind is Transaction:
                result.append(self._transaction(entry))
                continue
            if kind is Open:
                for each in self.judges:
                    each.opening(entry)
            elif kind is Custom:
                for each in self.judges:
                    each.custom(entry)
            result.append(entry)
        return result

    def _transaction(self, entry: Transaction) -> Transaction:
        if entry.date.year != self._year:
            self._year = entry.date.year
            self._followers.clear()
        key = self._likeness.key(entry)
        followers = self._followers.get(key) if key is not None else None
        added: list[Posting] = []
        if followers is not None:
            for follow in followers:
                added += follow(entry) or ()
        else:
            event = self.ground.reader.event(entry)
            for each in self.judges:
                added += each.transaction(entry, event) or ()
            if key is not None and event is not None and event.kind is Kind.PAYMENT:
                found = (each.follower(entry, event) for each in self.judges)
                self._followers[key] = [follow for follow in found if follow is not None]
        return Transaction(*entry[:-1], entry.postings + added) if added else entry


def _asserted(entries: list[Any]) -> bool:
    """Tell whether a balance of authority is asserted."""
    return any(type(entry) is Balance and entry.amount.currency != MONEY for entry in entries)


def run(
    entries: list[Any],
    options_map: dict[str, Any],
    config: str | None,
    families: Sequence[type[Family]],
) -> tuple[list[Any], list[Finding]]:
    """Be a plugin: judge, write the receipts, report what stops and was not reported before.

    A settings file or code table that cannot be read is a finding, and then no rule has run.
    """
    if not begun(options_map):
        thaw()
    with paused():
        try:
            settings = settings_of(options_map, config)
            examine(settings)
            found = judge(entries, settings, families)
        except (ConfigError, CodeTableError) as error:
            source: dict[str, object] = {"filename": options_map.get("filename"), "lineno": 0}
            return entries, unreported(
                options_map, [Finding(source, f"[L08] {error}", None, "L08")]
            )
    for family in families:
        receive(options_map, family.RULES, found.idle.intersection(family.RULES))
    switch_off(options_map, switched_off(settings))
    fresh = unreported(options_map, found.findings)
    advise(options_map, [finding for finding in fresh if finding.severity is not Severity.STOP])
    return found.entries, [finding for finding in fresh if finding.severity is Severity.STOP]
