"""Runs families of rules in one pass over the entries: as a beancount plugin, or by ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Balance
from beancount.core.data import Custom
from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import MONEY
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.collector import paused
from yusuan.ledger.collector import rest
from yusuan.ledger.collector import thaw
from yusuan.ledger.config import ConfigError
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.alike import Likeness
from yusuan.ledger.rules.authorisations import overridden
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.family import Kin
from yusuan.ledger.rules.ruling import examine
from yusuan.ledger.rules.ruling import pools_of
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
    from collections.abc import Sequence

    from beancount.core.data import Posting

    from yusuan.ledger.config import Settings
    from yusuan.ledger.rules.alike import Key
    from yusuan.ledger.rules.family import Follower


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one pass over the entries gave: the entries, with derived legs, and what was found."""

    entries: list[Any]
    findings: list[Finding]
    idle: frozenset[str]


def judge(entries: list[Any], settings: Settings, families: Sequence[type[Family]]) -> Judgement:
    """Show every entry to every family, once."""
    directives = [entry for entry in entries if type(entry) is not Transaction]
    whole = opened(directives, settings, families)
    changed = whole.through(entries)
    findings = whole.findings()
    idle = frozenset(rule for each in whole.judges for rule in each.idle())
    return Judgement(changed, told(findings, entries, whole.ground), idle)


def opened(directives: Sequence[Any], settings: Settings, families: Sequence[type[Family]]) -> Pass:
    """Begin a pass over a book by all that is no transaction in it: what the rules stand on."""
    customs = tuple(entry for entry in directives if type(entry) is Custom)
    layers = Layers(register(directives), pools_of(settings))
    ground = Ground(layers, settings, EventReader(), customs)
    with legs_for(asserted=_asserted(directives)):
        return Pass(ground, [family(ground) for family in families])


def told(findings: list[Finding], entries: Sequence[Any], ground: Ground) -> list[Finding]:
    """Give the findings of a pass their severities, and let pass what authorisations cover."""
    return overridden(weighed(findings, ground.settings), entries, ground.reader)


class Checkpoint(NamedTuple):
    """What each family has learned, and the payments that were judged as others like them."""

    families: list[dict[str, Any]]
    alike: tuple[Transaction, ...]


@dataclass(slots=True)
class Pass:
    """One pass of a number of families over entries, in their order."""

    ground: Ground
    judges: Sequence[Family]
    _likeness: Likeness = field(init=False)
    _openers: list[Family] = field(init=False)
    #: How to judge one more of the payments that are alike.
    _followers: dict[Key, tuple[Follower, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find those who look at `open` directives: there are thousands of these."""
        self._likeness = Likeness(self.ground.settings.unit)
        self._openers = [each for each in self.judges if type(each).opening is not Family.opening]

    def through(self, entries: Sequence[Any]) -> list[Any]:
        """Show the entries to the families; give them with the postings that were added to them."""
        result = list(entries)
        look, followers, year = self._likeness.look, self._followers, 0
        alike = self.ground.alike
        for at, entry in enumerate(entries):
            if type(entry) is not Transaction:
                self._directive(entry)
                continue
            if entry.date.year != year:
                year = entry.date.year
                followers.clear()
            key = look(entry)
            known = followers.get(key) if key is not None else None
            if known is None:
                result[at] = self._anew(entry, key)
                continue
            alike.append(entry)
            for follow in known:
                added = follow(entry)
                if added:
                    result[at] = _with(result[at], added)
        return result

    def checkpoint(self) -> Checkpoint:
        """Give what all families have learned so far."""
        return Checkpoint([each.checkpoint() for each in self.judges], tuple(self.ground.alike))

    def restore(self, saved: Checkpoint) -> None:
        """Take all families back to a checkpoint; followers know only what came after it."""
        self._followers.clear()
        self.ground.alike[:] = saved.alike
        for each, state in zip(self.judges, saved.families, strict=True):
            each.restore(state)

    def findings(self) -> list[Finding]:
        """End all families and give their findings."""
        return [finding for each in self.judges for finding in each.finish()]

    def _directive(self, entry: Any) -> None:  # noqa: ANN401 -- any directive
        if type(entry) is Open:
            for each in self._openers:
                each.opening(entry)
        elif type(entry) is Custom:
            for each in self.judges:
                each.custom(entry)

    def _anew(self, entry: Transaction, key: Key | None) -> Transaction:
        """Judge an entry that there was none like, and learn how to judge the next ones like it."""
        event = self.ground.reader.event(entry)
        changed = entry
        for each in self.judges:
            added = each.transaction(entry, event)
            if added:
                changed = _with(changed, added)
        if key is not None and event is not None and event.kind is Kind.PAYMENT:
            kin = Kin(entry, event)
            found = [each.follower(kin) for each in self.judges]
            self._followers[key] = tuple(follow for follow in found if follow is not None)
        return changed


def _with(entry: Transaction, postings: list[Posting]) -> Transaction:
    return tuple.__new__(Transaction, (*entry[:-1], entry.postings + postings))


def _asserted(directives: Sequence[Any]) -> bool:
    """Tell whether a balance of authority is asserted."""
    return any(type(each) is Balance and each.amount.currency != MONEY for each in directives)


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
    with paused(settled=True):
        try:
            settings = settings_of(options_map, config)
            examine(settings)
            found = judge(entries, settings, families)
        except (ConfigError, CodeTableError) as error:
            source: dict[str, object] = {"filename": options_map.get("filename"), "lineno": 0}
            return entries, unreported(
                options_map, [Finding(source, f"[L08] {error}", None, "L08")]
            )
    rest(len(entries))
    for family in families:
        receive(options_map, family.RULES, found.idle.intersection(family.RULES))
    switch_off(options_map, switched_off(settings))
    fresh = unreported(options_map, found.findings)
    advise(options_map, [finding for finding in fresh if finding.severity is not Severity.STOP])
    return found.entries, [finding for finding in fresh if finding.severity is Severity.STOP]
