"""The authority legs of a payment: which postings a spending calls for, and whether they stand."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from beancount.core.amount import Amount
from beancount.core.data import Posting

from yusuan.ledger.budget.checkpoint import Checkpointed
from yusuan.ledger.budget.deltas import deltas
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import SPECIAL
from yusuan.ledger.finding import Finding
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.rules.family import Follower

_ACCOUNT_OF_LINE = {State.AVAILABLE: "92", State.COMMITTED: "94", State.SPENT: "95"}
_ACCOUNT_OF_LIMIT = {State.AVAILABLE: "02", State.COMMITTED: "04", State.SPENT: "03"}
#: Entries that may touch expenditure without being payments; they empty 7 and never fill it.
_CLOSING_KINDS = frozenset({Kind.CLOSING, Kind.OPENING})
_BOOK_OF_LAYER = {LINE_LAYER: AUTHORITY, ECONOMIC_LAYER: ECONOMIC, SPECIAL_LAYER: SPECIAL}
_BOOKS = frozenset(_BOOK_OF_LAYER.values())
_new = tuple.__new__


@dataclass(slots=True)
class LegWriter(Checkpointed):
    """Derives the legs of one event after another, and notes what is wrong with those that stand."""

    STATE: ClassVar[tuple[str, ...]] = ("findings", "opened", "_said", "_open")

    layers: Layers
    findings: list[Finding] = field(default_factory=list)
    #: The accounts opened so far, and those of them that were missed.
    opened: set[str] = field(default_factory=set)
    _said: set[str] = field(default_factory=set)
    #: The places whose accounts were found open.
    _open: set[Place] = field(default_factory=set)
    _legs: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def missing(self, event: Event, *, adding: bool) -> list[Posting] | None:
        """Give the legs to add: none where they stand already, or the event has none, or none are wanted."""
        if not event.derived:
            self._check_written(event)
            return None
        changes = deltas(event, self.layers)
        if not adding:
            self._missed(event, changes)
        if event.shifts or event.origins:
            self._compare(event, changes)
            return None
        if not adding:
            return None
        return [_leg(*self._post(place), change) for place, change in changes.items() if change]

    def repeated(self, event: Event, at: int) -> Follower:
        """Give what derives the legs of payments that spend on the same as this one, in one part.

        `at` is the place of that part among their postings.
        """
        sign = event.spendings[0].amount
        legs = [
            (*self._post(place), change == sign)
            for place, change in deltas(event, self.layers).items()
        ]

        def write(entry: Any) -> list[Posting] | None:  # noqa: ANN401 -- a payment, weighed
            amount = entry.postings[at].units.number
            if not amount:
                return None
            less = -amount
            return [_leg(account, book, amount if up else less) for account, book, up in legs]

        return write

    def _missed(self, event: Event, changes: dict[Place, Decimal]) -> None:
        """Note accounts that are not open: of legs that are added, beancount says so itself."""
        missed = []
        for place, change in changes.items():
            if change and place not in self._open:
                account = self._post(place)[0]
                if account in self.opened:
                    self._open.add(place)
                elif account not in self._said:
                    missed.append(account)
        for account in sorted(set(missed)):
            self._said.add(account)
            text = f"要记的指标分录科目 {account} 在该日尚未开立；请在科目表中 open"
            self._report(event, "S01", f"{_what(event)}{text}")

    def _post(self, place: Place) -> tuple[str, str]:
        """Give the account and the commodity of a place."""
        found = self._legs.get(place)
        if found is None:
            found = self._legs[place] = (self._name(place), _BOOK_OF_LAYER[place.cell.layer])
        return found

    def _name(self, place: Place) -> str:
        cell, state = place.cell, place.state
        register = self.layers.register
        if cell.layer == LINE_LAYER:
            code = _ACCOUNT_OF_LINE[state]
            return f"Equity:{register.states.get(code, code)}:{register.lines[cell.scope].path}"
        code = _ACCOUNT_OF_LIMIT[state]
        if cell.layer == SPECIAL_LAYER:
            head = register.special_states.get(code, code)
            return f"Equity:{register.special_root}:{head}:{register.specials[cell]}"
        head = register.economic_states.get(code, code)
        return f"Equity:{register.economic_root}:{head}:{register.limits[cell]}"

    def _compare(self, event: Event, changes: dict[Place, Decimal]) -> None:
        wanted = {self._post(place)[0]: change for place, change in changes.items() if change}
        standing: dict[str, Decimal] = {}
        entry: Any = event.entry
        for posting in entry.postings:
            if posting.units is not None and posting.units.currency in _BOOKS:
                standing[posting.account] = (
                    standing.get(posting.account, Decimal(0)) + posting.units.number
                )
        standing = {account: amount for account, amount in standing.items() if amount}
        if standing != wanted:
            difference = _difference(wanted, standing)
            advice = "请删去手写的指标分录，载入时会自动生成"
            self._report(
                event, "S01", f"{_what(event)}所写的指标分录与应有的不同：{difference}；{advice}"
            )

    def _check_written(self, event: Event) -> None:
        """Let nothing but a closing entry touch expenditure, or what is spent, without control."""
        closing = event.kind in _CLOSING_KINDS
        filled = any(spending.amount > 0 for spending in event.spendings)
        if event.spendings and (filled or not closing):
            entry: Any = event.entry
            written = f"列有支出，但 event 为“{entry.meta.get('event')}”，不受额度控制"
            advice = "支出的 event 应为 payment、refund、reversal 或 correction（更正），或不写"
            self._report(event, "S02", f"{_what(event)}{written}；{advice}")
        spent = any(shift.place.state is State.SPENT for shift in event.shifts)
        raised = any(shift.place.limited and shift.amount > 0 for shift in event.shifts)
        if spent and (raised or not closing):
            advice = "已执行只随支出、退回或红冲变动，请改记相应的支出"
            self._report(event, "S02", f"{_what(event)}没有支出而变动了已执行指标；{advice}")

    def _report(self, event: Event, rule: str, text: str) -> None:
        entry: Any = event.entry
        self.findings.append(Finding(entry.meta, f"[{rule}] {text}", entry, rule))


def _leg(account: str, commodity: str, change: Decimal) -> Posting:
    """Make a derived posting: it has no metadata (DESIGN §2).

    Past the constructors of both, which take twice as long: there are four legs to a payment.
    """
    units = _new(Amount, (change, commodity))
    return _new(Posting, (account, units, None, None, None, None))


def _what(event: Event) -> str:
    return f"{event.date} 凭证 {event.id or '（无编号）'} "


def _difference(wanted: dict[str, Decimal], standing: dict[str, Decimal]) -> str:
    parts = [
        f"{account} 应为 {shown(wanted.get(account, Decimal(0)))}，所写为 {shown(standing.get(account, Decimal(0)))}"
        for account in sorted(wanted.keys() | standing.keys())
        if wanted.get(account) != standing.get(account)
    ]
    return "；".join(parts)
