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
from yusuan.ledger.rules.batch import MANY
from yusuan.ledger.rules.batch import Batch
from yusuan.ledger.rules.batch import Row
from yusuan.ledger.rules.batch import months
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.following import Following
from yusuan.ledger.rules.following import New
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
    _following: list[Following] = field(init=False)

    def __post_init__(self) -> None:
        """Find those who look at `open` directives: there are thousands of these."""
        self._likeness = Likeness(self.ground.settings.unit)
        self._openers = [each for each in self.judges if type(each).opening is not Family.opening]
        self._following = [Following(each) for each in self.judges]

    def through(self, entries: Sequence[Any]) -> list[Any]:
        """Show the entries to the families; give them with the postings that were added to them."""
        result: list[Any] = []
        year = 0
        for start, end in months(entries):
            if entries[start].date.year != year:
                year = entries[start].date.year
                self._forget()
            result += self._month(list(entries[start:end]))
        return result

    def _month(self, entries: list[Any]) -> list[Any]:
        """Show the entries of one month, by parts; put what is added to them in their places."""
        parts: list[New | Batch] = []
        rows: list[Row] = []
        at = 0
        while at < len(entries):
            at, key = self._likeness.gather(entries, at, rows)
            if len(rows) == MANY or len(parts) >= MANY:
                self._show(rows, parts, entries)
            elif at < len(entries):
                entry = entries[at]
                if type(entry) is Transaction:
                    self._batched(rows, parts)
                    parts.append(self._new(at, entry, key))
                else:
                    self._show(rows, parts, entries)
                    self._directive(entry)
                at += 1
        self._show(rows, parts, entries)
        return entries

    def checkpoint(self) -> Checkpoint:
        """Give what all families have learned so far."""
        return Checkpoint([each.checkpoint() for each in self.judges], tuple(self.ground.alike))

    def restore(self, saved: Checkpoint) -> None:
        """Take all families back to a checkpoint; which payments are alike is learned again."""
        self._forget()
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

    def _new(self, at: int, entry: Transaction, key: Key | None) -> New:
        """Read an entry that there was none like; if it is a payment, more like it may come."""
        event = self.ground.reader.event(entry)
        kin = None
        if key is not None and event is not None and event.kind is Kind.PAYMENT:
            kin = self._likeness.learn(key, entry, event)
        return New(at, entry, event, kin)

    def _batched(self, rows: list[Row], parts: list[New | Batch]) -> None:
        """Make a batch of payments like others."""
        if rows:
            batch = Batch(*zip(*rows, strict=True))
            rows.clear()
            parts.append(batch)
            self.ground.alike.extend(batch.entries)

    def _show(self, rows: list[Row], parts: list[New | Batch], entries: list[Any]) -> None:
        """Show the families what has come together, before anything else happens."""
        new = bool(parts)
        self._batched(rows, parts)
        for each in self._following if parts else ():
            if new or each.active:
                for at, added in each.through(parts):
                    entries[at] = _with(entries[at], added)
        parts.clear()

    def _forget(self) -> None:
        self._likeness.forget()
        for each in self._following:
            each.forget()


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
