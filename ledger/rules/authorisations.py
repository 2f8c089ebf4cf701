"""Overrides: a stop becomes a warning where the entry names a recorded authorisation that covers it.

    2020-05-06 custom "authorisation" "R01" "2020J01"
      id: "sq-2020-0001"
      office: "财政局"
      doc: "示例函〔2020〕001号"
      reason: "防汛应急"
      cap: 5000.00 CNY
      expiry: 2020-06-30

What an entry exceeds is told by the rule: in each layer the sum, and of the layers the most.
Where a rule does not tell, it is all that the entry moves.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Transaction

from yusuan.ledger.budget.authorisation import META
from yusuan.ledger.budget.authorisation import ZERO
from yusuan.ledger.budget.authorisation import Authorisation
from yusuan.ledger.budget.authorisation import Case
from yusuan.ledger.budget.authorisation import refusal
from yusuan.ledger.budget.authorisation import words
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Severity
from yusuan.ledger.finding import Waiver
from yusuan.ledger.rules.authorised import recorded
from yusuan.ledger.rules.ruling import CONFIGURABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.entries import EventReader
    from yusuan.ledger.finding import Finding


@dataclass(frozen=True, slots=True)
class Standing:
    """An authorisation with what entries have used of it, in 元, and the lines that it touches."""

    authorisation: Authorisation
    used: Decimal
    lines: frozenset[str]

    @property
    def left(self) -> Decimal:
        """What may still be used, in 元."""
        return self.authorisation.cap - self.used


class _Group(NamedTuple):
    """All that one rule has against one entry."""

    entry: Transaction
    rule: str
    findings: list[Finding]

    def key(self) -> tuple[object, ...]:
        """Order by day, then id, never by place in a file."""
        said = sorted(found.message for found in self.findings)
        return self.entry.date, event_id(self.entry), self.rule, said


def overridden(
    findings: list[Finding], entries: Iterable[Any], reader: EventReader
) -> list[Finding]:
    """Let the stops pass that an authorisation covers; say of the others why theirs does not."""
    groups: dict[tuple[int, str], _Group] = {}
    for found in findings:
        if _asks(found):
            entry: Any = found.entry
            key = (id(entry), found.rule)
            groups.setdefault(key, _Group(entry, found.rule, [])).findings.append(found)
    if not groups:
        return findings
    known = recorded(entries)
    used: dict[str, Decimal] = defaultdict(Decimal)
    changed: dict[int, Finding] = {}
    for group in sorted(groups.values(), key=_Group.key):
        suffix, waiver = _decided(group, known, used, reader)
        for found in group.findings:
            told = found._replace(message=f"{found.message}；{suffix}", waiver=waiver)
            changed[id(found)] = told._replace(severity=Severity.WARN) if waiver else told
    return [changed.get(id(found), found) for found in findings]


def standings(
    entries: Iterable[Any],
    findings: Iterable[Finding],
    reader: EventReader,
    as_of: date | None = None,
) -> list[Standing]:
    """Give the authorisations recorded up to a day, in the order of days and ids, and their use by then."""
    given = [each for each in recorded(entries).values() if as_of is None or each.day <= as_of]
    uses: dict[tuple[object, ...], tuple[Waiver, frozenset[str]]] = {}
    for found in findings:
        entry: Any = found.entry
        if found.waiver is not None and (as_of is None or entry.date <= as_of):
            place = (found.source.get("filename"), found.source.get("lineno"), found.rule)
            uses[place] = (found.waiver, taken_from(entry, reader))
    result = []
    for each in sorted(given, key=lambda item: (item.day, item.id)):
        own = [use for use in uses.values() if use[0].authorisation == each.id]
        named = frozenset({each.line} if each.line else ())
        lines = named.union(*(lines for _, lines in own))
        result.append(Standing(each, sum((waiver.amount for waiver, _ in own), ZERO), lines))
    return result


def taken_from(entry: Transaction, reader: EventReader) -> frozenset[str]:
    """Give the lines that an entry takes from; where it takes from none, those that it concerns."""
    event = reader.event(entry)
    if event is None:
        return frozenset(_named(entry))
    spent = [(spending.line, spending.amount) for spending in event.spendings]
    moved = [s for s in event.shifts if s.place.cell.layer == LINE_LAYER]
    spent += ((shift.place.cell.scope, -shift.amount) for shift in moved)
    taken = frozenset(line for line, amount in spent if amount > ZERO)
    return taken or frozenset([*(line for line, _ in spent), *_named(entry)])


def _asks(found: Finding) -> bool:
    if found.severity is not Severity.STOP or not found.rule.startswith(CONFIGURABLE):
        return False
    entry: Any = found.entry
    return type(entry) is Transaction and bool(entry.meta.get(META))


def _decided(
    group: _Group,
    known: Mapping[str, Authorisation],
    used: dict[str, Decimal],
    reader: EventReader,
) -> tuple[str, Waiver | None]:
    """Find the first authorisation named by the entry that covers it, and use it."""
    entry = group.entry
    case = Case(group.rule, entry.date, taken_from(entry, reader), _excess(group))
    why = []
    for id_ in str(entry.meta[META]).split():
        given = known.get(id_)
        said = refusal(given, case, used[id_]) if given else "账上没有，或要素不全"
        if given and not said:
            used[id_] += case.excess
            return words(given), Waiver(id_, case.excess)
        why.append(f"例外授权 {id_} 不能放行：{said}")
    return "；".join(why), None


def _excess(group: _Group) -> Decimal:
    layers: dict[str, Decimal] = defaultdict(Decimal)
    for found in group.findings:
        if found.excess is None:
            return _moved(group.entry)
        layers[found.excess.layer] += found.excess.amount
    return max(layers.values())


def _moved(entry: Transaction) -> Decimal:
    """Sum what an entry moves: every book balances, so it is what is debited, in the largest of them."""
    books: dict[str, Decimal] = defaultdict(Decimal)
    for posting in entry.postings:
        if posting.units is not None and posting.units.number is not None:
            books[posting.units.currency] += max(posting.units.number, ZERO)
    return max(books.values(), default=ZERO)


def _named(entry: Transaction) -> Iterator[str]:
    for meta in (entry.meta, *(posting.meta or {} for posting in entry.postings)):
        if meta.get("line"):
            yield str(meta["line"])
