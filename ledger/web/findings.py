"""The findings of a book as the page 检查 shows them: by severity, then by rule."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Open
from beancount.core.data import Transaction

from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import SEVERITY_WORDS
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.rules.catalogue import rules_by_id
from yusuan.ledger.web.whereabouts import place_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.catalogue import Rule
    from yusuan.ledger.web.whereabouts import Place

#: Of one rule so many are shown; a wrong setting can make one of every entry.
MOST_OF_A_RULE = 200

_ORDER = (Severity.STOP, Severity.WARN, Severity.INFO)
#: Rules of this letter are about files and settings, and look at each before anything else is done.
_LOADING = "L"


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: what it says, where it stands, and the entry that it is about."""

    message: str
    place: Place
    #: The file as seen from the book's folder.
    file: str
    date: str = ""
    id: str = ""
    payee: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OfRule:
    """All findings of one rule and one severity; `rule` is None where the catalogue has none of the id."""

    id: str
    rule: Rule | None
    items: tuple[Item, ...]

    @property
    def shown(self) -> tuple[Item, ...]:
        """The first of them, as many as a page can hold."""
        return self.items[:MOST_OF_A_RULE]


@dataclass(frozen=True, slots=True)
class OfSeverity:
    """All findings of one severity, by rule."""

    severity: Severity
    word: str
    rules: tuple[OfRule, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(each.items) for each in self.rules)


@dataclass(frozen=True, slots=True)
class RuleState:
    """One rule of the catalogue, and whether it ran on the book."""

    rule: Rule
    state: str
    found: int


def by_severity(
    book: Book, chosen: Callable[[Finding], bool] = lambda _: True
) -> tuple[OfSeverity, ...]:
    """Group the findings of a book (those that are chosen), what stops first."""
    found = [each for each in book.findings if chosen(each)]
    return tuple(
        OfSeverity(severity, SEVERITY_WORDS[severity], rules)
        for severity in _ORDER
        if (rules := _by_rule([each for each in found if each.severity is severity], book.folder))
    )


def _by_rule(found: Iterable[Finding], folder: Path) -> tuple[OfRule, ...]:
    ordered = sorted(found, key=lambda each: each.rule)
    return tuple(
        OfRule(rule, rules_by_id().get(rule), _items(of_rule, folder))
        for rule, of_rule in groupby(ordered, key=lambda each: each.rule)
    )


def _items(found: Iterable[Finding], folder: Path) -> tuple[Item, ...]:
    items = (_item(each, folder) for each in found)
    return tuple(sorted(items, key=lambda item: (item.date, item.place)))


def _item(found: Finding, folder: Path) -> Item:
    place = place_of(found.source)
    path = Path(place.file)
    file = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else place.file
    message = found.message.removeprefix(f"[{found.rule}] ")
    entry: Any = found.entry
    if entry is None:
        return Item(message, place, file)
    day = entry.date.isoformat()
    if isinstance(entry, Transaction):
        return Item(
            message, place, file, day, event_id(entry), entry.payee or "", entry.narration or ""
        )
    if isinstance(entry, Open):
        return Item(message, place, file, day, text=entry.account)
    return Item(message, place, file, day, id=str(entry.meta.get("id") or ""))


def rule_states(book: Book) -> tuple[RuleState, ...]:
    """Say of every rule of the catalogue whether it ran, and how many findings it gave."""
    count: dict[str, int] = {}
    for each in book.findings:
        count[each.rule] = count.get(each.rule, 0) + 1
    return tuple(
        RuleState(rule, _state(rule.id, book), count.get(rule.id, 0)) for rule in catalogue()
    )


def _state(rule: str, book: Book) -> str:
    if rule in book.switched_off:
        return "停用"
    if rule in book.not_applicable:
        return "不适用"
    if rule in book.rules_run or rule.startswith(_LOADING):
        return "已运行"
    return "未运行"
