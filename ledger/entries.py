"""beancount directives ⇄ movements: the one place that knows both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import Line
from yusuan.ledger.budget.line import Register
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.line import special_cell
from yusuan.ledger.budget.movement import Event
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import Origin
from yusuan.ledger.budget.movement import Place
from yusuan.ledger.budget.movement import Shift
from yusuan.ledger.budget.movement import Spending
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import ChartError
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import SpecialState
from yusuan.ledger.chart import parse
from yusuan.ledger.chart.names import split

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from decimal import Decimal

    from beancount.core.data import Custom

    from yusuan.ledger.chart import Account

_STATE_OF_LINE = {
    "92": State.AVAILABLE, "93": State.FROZEN, "94": State.COMMITTED,
    "95": State.SPENT, "96": State.CARRIED, "97": State.LAPSED,
}  # fmt: skip
#: Of economic and of special limits; the latter know available and spent alone.
_STATE_OF_LIMIT = {
    "02": State.AVAILABLE,
    "03": State.SPENT,
    "04": State.COMMITTED,
    "05": State.FROZEN,
}
_KIND_OF_SOURCE = {
    "01": Kind.APPROPRIATION, "02": Kind.ADVANCE, "03": Kind.SUPPLEMENT, "04": Kind.REDUCTION, "05": Kind.CARRY,
}  # fmt: skip
_KINDS = {kind.value: kind for kind in Kind}


def register(entries: Iterable[Any]) -> Register:
    """Collect the lines and the economic and special limits that the `open` directives declare."""
    found = Register()
    for entry in entries:
        if type(entry) is Open:
            account = meaning(entry.account)
            if isinstance(account, LineState):
                _declare_line(found, entry, account)
            elif isinstance(account, EconomicState):
                _declare_limit(found, entry, account)
            elif isinstance(account, SpecialState):
                _declare_special(found, entry, account)
    _add_economics(found)
    return found


def _add_economics(found: Register) -> None:
    """Give a line the 款 that were opened for it later: an `open` directive is never rewritten."""
    own: dict[str, set[str]] = {}
    for cell in found.limits:
        if cell.scope in found.lines:
            own.setdefault(cell.scope, set()).add(cell.code)
    for id_, codes in own.items():
        line = found.lines[id_]
        found.lines[id_] = replace(line, economics=line.economics | codes)


def meaning(account: str) -> Account | None:
    """Tell what an account means; one that breaks the chart means nothing (the chart rule says so)."""
    try:
        return parse(account)
    except ChartError:
        return None


def _declare_line(found: Register, entry: Open, account: LineState) -> None:
    _root, state, path = entry.account.split(":", 2)
    found.states[account.state] = state
    if account.state != "92":
        return
    meta = entry.meta
    found.lines[account.line] = Line(
        id=account.line,
        fund=account.fund,
        function=account.function,
        klass=str(meta.get("class") or BASIC),
        origin=_year(meta.get("origin"), entry.date.year),
        path=path,
        name=str(meta.get("name") or split(path.rpartition(":")[2])[1]),
        project=str(meta.get("project") or ""),
        economics=frozenset(str(meta.get("economic") or "").split()),
        opened=entry.date,
        procurement=meta.get("procurement") == "是",
        method=str(meta.get("method") or ""),
    )


def _declare_limit(found: Register, entry: Open, account: EconomicState) -> None:
    _root, head, state, path = entry.account.split(":", 3)
    found.economic_root = head
    found.economic_states[account.state] = state
    if account.state == "02":
        found.limits[economic_cell(account.scope, account.economic)] = path


def _declare_special(found: Register, entry: Open, account: SpecialState) -> None:
    _root, head, state, path = entry.account.split(":", 3)
    found.special_root = head
    found.special_states[account.state] = state
    if account.state == "02":
        found.specials[special_cell(account.item)] = path


def _year(value: object, default: int) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() else default


#: The kind of `custom` directive that records a plan: `"2020-03" "2020J01" 100.00 CNY`.
SPENDING_PLAN = "spending-plan"
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_PLAN_VALUES = 3


class MonthPlan(NamedTuple):
    """What a directive plans of a line (or of one 款 of it) in a month, in 元; less than nothing takes back."""

    year: int
    month: int
    line: str
    economic: str
    amount: Decimal


def month_plan(entry: Custom) -> MonthPlan | None:
    """Read a spending plan; None where it is not written as one. Its line may be none of the book's."""
    values = [value.value for value in entry.values or ()]
    match = _MONTH.fullmatch(str(values[0])) if len(values) == _PLAN_VALUES else None
    if match is None or getattr(values[2], "currency", None) != MONEY:
        return None
    economic = str(entry.meta.get("economic") or "")
    return MonthPlan(int(match[1]), int(match[2]), str(values[1]), economic, values[2].number)


#: What a posting to an account means for the budget; None where it means nothing.
Meaning = Expenditure | Place | Source | None


@dataclass(slots=True)
class EventReader:
    """Reads transactions as events; remembers what accounts mean."""

    _meanings: dict[str, Meaning] = field(default_factory=dict)

    def events(self, entries: Iterable[Any]) -> Iterator[Event]:
        """Read every transaction that concerns the budget, in the order given."""
        for entry in entries:
            if type(entry) is Transaction:
                event = self.event(entry)
                if event is not None:
                    yield event

    def event(self, entry: Transaction) -> Event | None:
        """Read one transaction; None where no posting of it concerns the budget."""
        spendings: list[Spending] = []
        shifts: list[Shift] = []
        origins: list[Origin] = []
        places: list[int] = []
        meta = entry.meta
        meanings = self._meanings
        for at, posting in enumerate(entry.postings):
            account = posting.account
            means = meanings[account] if account in meanings else self._mean(account)
            if means is None or posting.units is None or posting.units.number is None:
                continue
            amount = posting.units.number
            if isinstance(means, Expenditure):
                spendings.append(_spending(means, amount, posting.meta or _NOTHING, meta))
                places.append(at)
            elif isinstance(means, Place):
                shifts.append(Shift(means, amount))
            else:
                origins.append(Origin(means.kind, means.fund, -amount))
        if not (spendings or shifts or origins):
            return None
        if "event" in meta:
            kind = _KINDS.get(meta["event"], Kind.OTHER)
        else:
            kind = Kind.PAYMENT if spendings else _inferred(shifts, origins)
        found = Event(
            entry.date,
            event_id(entry),
            kind,
            entry.flag == "!",
            entry,
            spendings,
            shifts,
            origins,
            tuple(places),
        )
        if "commitment" in meta:
            found.commitment = str(meta["commitment"])
        return found

    def economics(self, entry: Transaction) -> set[str]:
        """Give the 款 that an entry spends on."""
        found = self._meanings
        accounts = [posting.account for posting in entry.postings]
        meanings = [found[each] if each in found else self._mean(each) for each in accounts]
        return {means.economic for means in meanings if isinstance(means, Expenditure)}

    def _mean(self, account: str) -> Meaning:
        means = self._meanings[account] = _meaning(account)
        return means


def _meaning(account: str) -> Meaning:
    found = meaning(account)
    if isinstance(found, LineState):
        return place(line_cell(found.line), _STATE_OF_LINE[found.state])
    if isinstance(found, EconomicState):
        state = _STATE_OF_LIMIT.get(found.state)
        return place(economic_cell(found.scope, found.economic), state) if state else None
    if isinstance(found, SpecialState):
        state = _STATE_OF_LIMIT.get(found.state)
        return place(special_cell(found.item), state) if state else None
    return found if isinstance(found, Expenditure | Source) else None


_NOTHING: dict[str, Any] = {}


def _spending(
    account: Expenditure, amount: Decimal, own: dict[str, Any], shared: dict[str, Any]
) -> Spending:
    return Spending(
        str(own.get("line") or shared.get("line") or ""),
        account.function,
        account.economic,
        amount,
        str(own.get("class") or shared.get("class") or ""),
        str(own.get("commitment") or shared.get("commitment") or ""),
        str(own.get("procurement") or shared.get("procurement") or ""),
    )


def event_id(entry: Transaction | Custom) -> str:
    """Give an entry's id: metadata `id`, else its first link in alphabetical order, else nothing."""
    own = entry.meta.get("id")
    if own:
        return str(own)
    return min(entry.links) if isinstance(entry, Transaction) and entry.links else ""


def _inferred(shifts: list[Shift], origins: list[Origin]) -> Kind:
    """Tell what an entry is that does not say so, as a hand-written one need not. Source: DESIGN §2."""
    if origins:
        return _KIND_OF_SOURCE[min(origin.source for origin in origins)]
    states = {shift.place.state for shift in shifts}
    if states == {State.AVAILABLE}:
        return Kind.TRANSFER
    if State.LAPSED in states:
        return Kind.LAPSE
    if State.CARRIED in states:
        return Kind.CARRY
    into = {shift.place.state for shift in shifts if shift.amount > 0}
    if State.FROZEN in states:
        return Kind.FREEZE if State.FROZEN in into else Kind.UNFREEZE
    if State.COMMITTED in states:
        return Kind.COMMITMENT if State.COMMITTED in into else Kind.RELEASE
    return Kind.OTHER
