"""Runs families of rules in one pass over the entries: as a beancount plugin, or by ourselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import Protocol

from beancount.core.data import Balance
from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.chart import MONEY
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.collector import paused
from yusuan.ledger.collector import thaw
from yusuan.ledger.config import ConfigError
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
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
    from collections.abc import Collection
    from collections.abc import Sequence

    from beancount.core.data import Posting

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.config import Settings


class Family(Protocol):
    """A family of rules as a reducer: it is shown every entry once, in order, then asked."""

    #: The rules it gives receipts for.
    RULES: ClassVar[tuple[str, ...]]

    def __init__(self, layers: Layers, settings: Settings) -> None:
        """Start."""
        ...

    def opening(self, entry: Open) -> None:
        """Look at an open directive."""
        ...

    def transaction(self, entry: Transaction, event: Event | None) -> list[Posting] | None:
        """Look at a transaction and the event it is, if any; give postings to add to it."""
        ...

    def finish(self) -> list[Finding]:
        """End, and give all findings."""
        ...

    def idle(self) -> Collection[str]:
        """Name the rules that had nothing to judge by, once ended: they are 不适用, not failed."""
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one pass over the entries gave: the entries, with derived legs, and what was found."""

    entries: list[Any]
    findings: list[Finding]
    idle: frozenset[str]


def judge(entries: list[Any], settings: Settings, families: Sequence[type[Family]]) -> Judgement:
    """Show every entry to every family, once."""
    layers = Layers(register(entries))
    with legs_for(asserted=_asserted(entries)):
        judges = [family(layers, settings) for family in families]
    reader = EventReader()
    result: list[Any] = []
    for entry in entries:
        if type(entry) is Transaction:
            event = reader.event(entry)
            for each in judges:
                legs = each.transaction(entry, event)
                if legs:
                    entry = Transaction(*entry[:-1], entry.postings + legs)  # noqa: PLW2901 -- it is the entry
        elif type(entry) is Open:
            for each in judges:
                each.opening(entry)
        result.append(entry)
    findings = [finding for each in judges for finding in each.finish()]
    idle = frozenset(rule for each in judges for rule in each.idle())
    return Judgement(result, weighed(findings, settings), idle)


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
