"""The small unit's book, on disk or held in memory behind the same commands.

In memory, a command is given the book as it stands, and what it would write is parsed from the
same text and added; nothing else of it is replaced. At the end the text is written to a copy of
the book, loaded, and has to be the same.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Protocol
from unittest.mock import patch

from beancount.core import data
from beancount.parser import parser
from tests.books import add
from tests.books import empty
from tests.books import run
from tests.books import snapshot
from tests.year_model import APPROVED
from tests.year_model import CARRIED
from tests.year_model import LIMITS
from tests.year_model import RECEIVED
from tests.year_model import YEAR
from tests.year_model import lines

from yusuan.ledger.books import text
from yusuan.ledger.books.create import budget_file
from yusuan.ledger.books.create import month_file
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.record import Recording
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import commodity
from yusuan.ledger.chart import openings
from yusuan.ledger.classification import load as load_codes
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events.names import BookNames

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from click.testing import Result

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.chart import Leaf

FIRST = date(YEAR, 1, 1)
_TEMPORARY = tempfile.TemporaryDirectory()
_NAMES = BookNames(load_codes(), FIRST, dict.fromkeys(lines(), "某项支出"))


class Store(Protocol):
    """Where the book is, and how commands reach it."""

    book: Book

    def run(self, command: str, words: Iterable[str]) -> Result:
        """Run a command on it."""

    def state(self) -> object:
        """Give what a refusal has to leave as it was."""

    def close(self) -> Path:
        """Give a folder with what there is in the end, which is the caller's to remove."""


class Disk:
    """A book on disk, loaded anew after everything that changed it."""

    def __init__(self) -> None:
        self._path = _copy()
        self.book = load_book(self._path)

    def run(self, command: str, words: Iterable[str]) -> Result:
        before = self.state()
        done = run(command, self._path, *words)
        if self.state() != before:
            self.book = load_book(self._path)
        return done

    def state(self) -> object:
        return snapshot(self._path)

    def close(self) -> Path:
        return self._path


class Memory:
    """A book in memory: `load_book` gives it to the commands, `write` adds to it."""

    def __init__(self) -> None:
        self.book = load_book(template())
        self._before = snapshot(template())
        self._written: list[Mapping[Path, str]] = []

    def run(self, command: str, words: Iterable[str]) -> Result:
        with ExitStack() as stack:
            loading = "yusuan.ledger.cli.recording.load_book"
            stack.enter_context(patch(loading, lambda _path: self.book))
            write = lambda new: self._add(new)  # noqa: E731, PLW0108 -- a bound method would not be given `new`
            stack.enter_context(patch.object(Recording, "write", write))
            return run(command, template(), *words)

    def state(self) -> object:
        return self.book

    def close(self) -> Path:
        assert snapshot(template()) == self._before
        path = _copy()
        for additions in self._written:
            for file, entries in additions.items():
                add(path / file.relative_to(template()), entries)
        return path

    def _add(self, new: Recording) -> None:
        self._written.append(new.additions)
        added, errors, _ = parser.parse_string("".join(new.additions.values()))
        assert not errors
        entries = sorted([*self.book.entries, *added], key=data.entry_sortkey)
        self.book = replace(self.book, entries=entries)


def _copy() -> Path:
    return Path(shutil.copytree(template(), Path(tempfile.mkdtemp(dir=_TEMPORARY.name)) / "book"))


@cache
def template() -> Path:
    """Make the book as the year begins; nothing ever writes to it again."""
    folder = empty(Path(_TEMPORARY.name) / "book")
    drafts = list(_drafts())
    posted = [posting.account for draft in drafts for posting in draft.postings]
    opens = openings(_leaves(), _NAMES)
    assert set(posted) <= {opening.account for opening in opens}
    add(folder / "chart.beancount", "".join(text.opening(each, FIRST) for each in opens))
    for draft in drafts:
        money = draft.id.startswith("dz")
        file = month_file(folder, YEAR, 1) if money else budget_file(folder, YEAR)
        add(file, "\n" + text.transaction(draft))
    assert not load_book(folder).stops
    return folder


def _leaves() -> Iterator[tuple[Leaf, Mapping[str, str]]]:
    """Open every line and limit in all its states, and what the money comes from and goes to."""
    chart = chart_data()
    for line in lines().values():
        declared = {"line": line.id, "class": line.klass, "origin": str(line.origin)}
        if line.own:
            declared["economic"] = " ".join(sorted(line.own))
        for state in chart.states:
            leaf = LineState(state, line.fund, line.function, line.id)
            yield leaf, declared if state == "92" else {"line": line.id}
    for scope, economic in LIMITS:
        for state in chart.economic_states:
            yield EconomicState(state, scope, economic), {}
    for fund in {line.fund for line in lines().values()}:
        yield Revenue(chart.revenue_of_fund[fund], fund), {}
        for kind in ("01", "05"):
            yield Source(kind, fund), {}
    for part in ("01", "02", "03"):
        yield Means("8001", part), {}


def _drafts() -> Iterator[Draft]:
    """Write what is approved (as if imported), carried over and received on the first day."""
    imported = {"event": "appropriation", "sha256": "0"}
    granted = [
        ("pf-2020-0001", "01", APPROVED, imported),
        ("jz-2020-0001", "05", CARRIED, {"event": "carry"}),
    ]
    for id_, source, amounts, meta in granted:
        legs: list[tuple[Leaf, int, str]] = []
        for name, fen in amounts.items():
            line = lines()[name]
            legs.append((LineState("92", line.fund, line.function, name), fen, ""))
            legs.append((Source(source, line.fund), -fen, ""))
        yield _draft(id_, legs, meta)
    limits: list[tuple[Leaf, int, str]] = []
    for limit, fen in LIMITS.items():
        limits += [(EconomicState("02", *limit), fen, ""), (EconomicState("01", *limit), -fen, "")]
    yield _draft("pf-2020-0002", limits, imported)
    for number, ((part, name), fen) in enumerate(RECEIVED.items(), 1):
        fund = lines()[name].fund
        revenue = Revenue(chart_data().revenue_of_fund[fund], fund)
        money: list[tuple[Leaf, int, str]] = [(Means("8001", part), fen, ""), (revenue, -fen, name)]
        yield _draft(f"dz-2020-000{number}", money, {"event": "receipt"})


def _draft(id_: str, legs: Iterable[tuple[Leaf, int, str]], meta: Mapping[str, str]) -> Draft:
    postings = []
    for leaf, fen, line in legs:
        account = account_name(leaf, _NAMES)
        amount = Decimal(fen).scaleb(-2)
        said = {"line": line} if line else {}
        postings.append(DraftPosting(account, amount, commodity(account) or "", said))
    return Draft(FIRST, id_, "年初", tuple(postings), meta=meta)
