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
    from collections.abc import Sequence

    from yusuan.ledger.books.load import Book

#: The name of the file that an addition is not in yet.
ADDED = "<新凭证>"


class Trial(NamedTuple):
    """What would stop, all that authorisations would let through, and what is said of the addition."""

    stops: list[Finding]
    waived: list[Finding]
    advice: Sequence[Finding] = ()
    #: The addition as beancount reads it; none of a text that must not be read.
    added: Sequence[Any] = ()
    #: All entries of the book with the addition, and all that the rules then find.
    entries: Sequence[Any] = ()
    findings: Sequence[Finding] = ()


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
        added, errors, _ = parser.parse_string(text, ADDED)
        if errors:
            return Trial([translated(error, book.main) for error in errors], [], added=added)
        added, errors = shortcuts.book(added, book.options)
        known_so_far = book.judging.judged(book, added) if book.judging and not errors else None
        entries, findings = known_so_far or _judged(
            book, sorted([*book.entries, *added], key=data.entry_sortkey)
        )
        findings = [*(translated(error, book.main) for error in errors), *findings]
    known = {finding.message for finding in book.findings}
    fresh = [f for f in findings if f.message not in known and f.waiver is None]
    stops = [f for f in fresh if f.severity is Severity.STOP]
    advice = [f for f in fresh if f.severity is not Severity.STOP and is_added(f)]
    return Trial(stops, [f for f in findings if f.waiver], advice, added, entries, findings)


def without(book: Book, removed: Sequence[Any]) -> list[Finding]:
    """Give what would stop if entries were taken out of the book, and does not stop now."""
    out = {id(entry) for entry in removed}
    with paused(), without_legs():
        _, findings = _judged(book, [entry for entry in book.entries if id(entry) not in out])
    known = {finding.message for finding in book.findings}
    return [
        f for f in findings
        if f.message not in known and f.waiver is None and f.severity is Severity.STOP
    ]  # fmt: skip


def is_added(found: Finding) -> bool:
    """Tell whether a finding is about the addition itself."""
    return found.source.get("filename") == ADDED


def _judged(book: Book, entries: list[Any]) -> tuple[list[Any], list[Finding]]:
    """Give the entries, with legs where a balance asserts authority, and all that is found."""
    found = judge(entries, book.settings, FAMILIES)
    _, errors = balance.check(found.entries, book.options)
    errors += shortcuts.validate(found.entries, book.options)
    findings = [*found.findings, *(translated(error, book.main) for error in errors)]
    return found.entries, findings
