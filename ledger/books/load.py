"""One safe way to load a book: guarded, without the pickle cache, with proof of which rules ran."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Protocol

from yusuan.ledger.books import stages
from yusuan.ledger.books.errors import translated
from yusuan.ledger.books.files import examine
from yusuan.ledger.books.requirements import missing_rules
from yusuan.ledger.books.requirements import no_rules
from yusuan.ledger.books.requirements import unfit_options
from yusuan.ledger.books.requirements import without_assertions
from yusuan.ledger.collector import paused
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import ConfigError
from yusuan.ledger.config import Settings
from yusuan.ledger.config import load_settings
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.finding import sort_key
from yusuan.ledger.rules.session import advice
from yusuan.ledger.rules.session import not_applicable
from yusuan.ledger.rules.session import off
from yusuan.ledger.rules.session import receipts
from yusuan.ledger.rules.session import without_legs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.books.files import LedgerFiles

MAIN_FILE = "main.beancount"


class BookNotFoundError(ValueError):
    """There is no book where one was asked for."""

    def __init__(self, path: Path) -> None:
        """Say where, and how a book comes about."""
        super().__init__(f"{path} 不是账套：没有 {MAIN_FILE}；请先用 yusuan init 建立账套")


class Judge(Protocol):
    """Whoever judges additions to a book by what was learned of it before (`judging`)."""

    def judged(self, book: Book, added: Sequence[Any]) -> tuple[list[Any], list[Finding]] | None:
        """Give the entries with an addition and what is found then; None: judge all anew."""

    def grown(self, added: Sequence[Any]) -> None:
        """Take an addition to be in the book from now on."""


@dataclass(frozen=True, slots=True)
class Book:
    """A loaded book: its entries without derived legs, its settings, and all findings.

    Where a `balance` asserts authority, the entries have the legs that it is proved on.
    """

    folder: Path
    main: Path
    settings: Settings
    files: LedgerFiles
    entries: list[Any]
    options: dict[str, Any]
    findings: tuple[Finding, ...]
    rules_run: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()
    switched_off: tuple[str, ...] = ()
    #: What the rules have learned of it, where many additions are tried out.
    judging: Judge | None = None

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stop."""
        return tuple(f for f in self.findings if f.severity is Severity.STOP)


def main_file(path: Path) -> Path:
    """Give a book's top file, from its folder or from the file itself. Raises BookNotFoundError."""
    found = path / MAIN_FILE if path.is_dir() else path
    if not found.is_file():
        raise BookNotFoundError(path)
    return found


def load_book(path: Path) -> Book:
    """Load a book, run its plugins, and say what stops, what warns, and which rules ran.

    The text is guarded before it is parsed; text that could crash the parser is not parsed.
    A rule that did not run is a finding. Raises BookNotFoundError.
    """
    main = Path(os.path.abspath(main_file(path)))  # noqa: PTH100 -- links stay as the user wrote them
    files = examine(main)
    findings = [*files.findings, *without_assertions(main)]
    try:
        settings = load_settings(main.parent / CONFIG_FILE)
    except ConfigError as error:
        settings = Settings(folder=main.parent)
        source: dict[str, object] = {"filename": str(main.parent / CONFIG_FILE), "lineno": 0}
        findings.append(Finding(source, f"[L08] {error}", None, "L08"))
    entries: list[Any] = []
    options: dict[str, Any] = {}
    ran: list[str] = []
    if files.safe:
        with without_legs(), paused(settled=True):
            entries, errors, options = stages.load(main)
        ran = receipts(options)
        findings.extend(translated(error, main) for error in errors)
        findings.extend(advice(options))
        findings.extend(unfit_options(files))
        unusable = not ran and any(finding.rule == "L08" for finding in findings)
        findings.extend(no_rules(files) if unusable else missing_rules(files, ran))
    ordered = without_repeats(sorted(findings, key=sort_key))
    idle, silent = not_applicable(options), off(options)
    ran = [rule for rule in ran if rule not in {*idle, *silent}]
    rules = (tuple(ran), tuple(idle), tuple(silent))
    return Book(main.parent, main, settings, files, entries, options, ordered, *rules)


def without_repeats(findings: list[Finding]) -> tuple[Finding, ...]:
    """Say each thing once; a settings file that is wrong is noticed by every plugin."""
    seen: dict[tuple[str, str, object], Finding] = {}
    for finding in findings:
        seen.setdefault(
            (finding.message, str(finding.source.get("filename")), finding.source.get("lineno")),
            finding,
        )
    return tuple(seen.values())
