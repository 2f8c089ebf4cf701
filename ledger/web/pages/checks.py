"""检查: what the rules have to say, each with its entry, its ground and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.entries import EventReader
from yusuan.ledger.rules.authorisations import standings
from yusuan.ledger.tables.layout import money
from yusuan.ledger.web.filtered import left_by_filters
from yusuan.ledger.web.findings import by_severity
from yusuan.ledger.web.findings import rule_states
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.whereabouts import hashes
from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.authorisations import Standing
    from yusuan.ledger.web.findings import OfSeverity
    from yusuan.ledger.web.findings import RuleState
    from yusuan.ledger.web.whereabouts import Place


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page says; `contexts` are the names by which fava opens entries."""

    groups: tuple[OfSeverity, ...]
    #: How many findings fava's filters leave out.
    left_out: int
    states: tuple[RuleState, ...]
    allowed: Sequence[Standing]
    contexts: Mapping[Place, str]
    passed: bool

    def of_state(self, state: str) -> list[RuleState]:
        """Give the rules that ran, or those that did not."""
        return [each for each in self.states if each.state == state]


class Checks(Page):
    """Findings by severity and rule, the rules that ran, and the authorisations in force."""

    report_title = "检查"
    money = staticmethod(money)

    def report(self) -> Report:
        """Say of the book what `yusuan check` says, as far as fava's filters leave it."""
        book, left = self.view.book, left_by_filters()

        def chosen(found: Finding) -> bool:
            return left is None or found.entry is None or place_of(found.source) in left

        groups = by_severity(book, chosen)
        shown = {
            item.place
            for group in groups
            for rule in group.rules
            for item in rule.shown
            if item.date
        }
        return Report(
            groups,
            len(book.findings) - sum(group.count for group in groups),
            rule_states(book),
            standings(book.entries, book.findings, EventReader()),
            hashes(self.ledger.all_entries, shown),
            not book.stops,
        )
