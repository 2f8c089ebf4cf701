"""An addition tried out on a loaded book, before a byte of it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core import data
from beancount.ops import balance
from beancount.parser import parser

from yusuan.ledger.books import shortcuts
from yusuan.ledger.books.errors import translated
from yusuan.ledger.books.guard import scan
from yusuan.ledger.collector import paused
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules.run import judge
from yusuan.ledger.rules.session import without_legs

if TYPE_CHECKING:
    from yusuan.ledger.books.load import Book


class Trial(NamedTuple):
    """What would stop, and all that authorisations would let through."""

    stops: list[Finding]
    waived: list[Finding]


def trial(book: Book, text: str) -> Trial:
    """Give what would stop if the text were added to the book: parser, validation, balances, rules.

    What the book itself has wrong already is not repeated.
    """
    problems = scan(text.encode()).problems
    if problems:
        stops = [
            Finding({}, f"[{problem.rule}] {problem.text}", None, problem.rule)
            for problem in problems
        ]
        return Trial(stops, [])
    with paused(), without_legs():
        added, errors, _ = parser.parse_string(text, "<新凭证>")
        if errors:
            return Trial([translated(error, book.main) for error in errors], [])
        added, errors = shortcuts.book(added, book.options)
        entries = sorted([*book.entries, *added], key=data.entry_sortkey)
        findings = [translated(error, book.main) for error in errors]
        findings += _judged(book, entries)
    known = {finding.message for finding in book.findings}
    stops = [f for f in findings if f.severity is Severity.STOP and f.message not in known]
    return Trial(stops, [f for f in findings if f.waiver])


def _judged(book: Book, entries: list[Any]) -> list[Finding]:
    found = judge(entries, book.settings, FAMILIES)
    _, errors = balance.check(found.entries, book.options)
    errors += shortcuts.validate(found.entries, book.options)
    return [*found.findings, *(translated(error, book.main) for error in errors)]
