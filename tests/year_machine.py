"""What every step of the machine shares: the command, its foreseen outcome, the comparison of every balance."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

import hypothesis.strategies as st
from tests.machines import CountingMachine
from tests.year_book import Memory
from tests.year_model import RefusedError
from tests.year_model import Share
from tests.year_oracle import Oracle
from tests.year_views import View
from tests.year_views import is_limited
from tests.year_views import shown
from tests.year_views import transferred

from yusuan.ledger.books.load import load_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from tests.year_book import Store
    from tests.year_model import Cell
    from tests.year_model import Entry
    from tests.year_model import Place

END = date(2020, 12, 31)
DAYS = [date(2020, m, d) for m, d in ((1, 5), (3, 1), (3, 2), (6, 30), (9, 1), (12, 31))]
days = st.sampled_from([*DAYS * 4, date(2021, 1, 4)])
ECONOMICS = ["30101", "30108", "30201", "30209", "30211", "30213", "30217", "30399"]
#: Changes of authority that are in order, and such as are not, or only with a class.
ORDERLY = [
    Share("2020J01", "30101"), Share("2020J01", "30201"), Share("2020J01", "30209"),
    Share("2020J01", "30399", "公用"), Share("2020J01", "30399", "人员"), Share("2020J02", "30201"),
    Share("2020J02", "30217"), Share("2020R01", "30108"), Share("2020K01", "30201"),
    Share("2020K01", "30213"), Share("2020X01"), Share("2020X08"), Share("2020Q01"),
    Share("2020Q02"), Share("2019J01"),
]  # fmt: skip
DOUBTFUL = [
    Share("2020J01", "30399"), Share("2020J01"), Share("2020J01", "30211"),
    Share("2020J02", "30211", "公用"), Share("2020R01", "30399", "人员"), Share("2020J02", "30108", "公用"),
    Share("2020X01", "30201"), Share("2020K01"), Share("2020K01", "30211"), Share("2020X03"),
    Share("2019J01", "30201"), Share("2020Y01"), Share("2020Y09"), Share("2020Z99"),
]  # fmt: skip
changes = st.sampled_from(ORDERLY * 3 + DOUBTFUL)
classes = st.sampled_from(["", "", "", "人员", "公用"])
#: Spendings that are in order, most of them.
SPENT = [
    *(share for share in ORDERLY if share.economic),
    Share("2020X01", "30201"), Share("2020X08", "30209"), Share("2020Y01", "30201"),
    Share("2020Q01", "30211"), Share("2020Q02", "30201"), Share("2019J01", "30209"),
]  # fmt: skip
odd = st.builds(
    Share, changes.map(lambda share: share.line), st.sampled_from(ECONOMICS), classes, st.just(0)
)
spendings = st.one_of(st.sampled_from(SPENT), st.sampled_from(SPENT), st.sampled_from(SPENT), odd)
#: What is moved and paid together, is mostly of one fund.
FISCAL = [share for share in ORDERLY if share.line not in {"2020Q01", "2020Q02", "2019J01"}]
together = st.one_of(st.sampled_from(FISCAL), st.sampled_from(FISCAL), changes)
#: How much is asked for, where so much is left.
SIZES: dict[str, Callable[[int], int]] = {
    "little": lambda left: min(left, 1_000),
    "third": lambda left: left // 3,
    "half": lambda left: left // 2,
    "all": lambda left: left,
    "a fen more": lambda left: left + 1,
}
sizes = st.sampled_from(["little", "third", "half", "all", "a fen more"])
grants = st.sampled_from([1, 999, 10_000, 50_001])
docs = st.sampled_from(["文号"] * 9 + [" "])


def yuan(fen: int) -> str:
    """Write fen as 元, for a command line."""
    return f"{fen // 100}.{fen % 100:02d}"


def spelled(share: Share) -> str:
    """Write a share as `--to` and `--part` take it; a class stands behind a 款 alone."""
    where = ":".join(word for word in share[:3] if word)
    return f"{where}={yuan(share.fen)}"


def options(**given: str) -> list[str]:
    """Write the options that have a value."""
    return [word for key, value in given.items() if value for word in (f"--{key}", value)]


def one(share: Share) -> list[str]:
    """Write a share as the options of a command for one line."""
    line, economic, klass, fen = share
    return options(line=line, economic=economic, **{"class": klass}, amount=yuan(fen))


def within(cells: Iterable[Cell], state: str) -> list[Place]:
    """Give the places of a state."""
    return [(*cell, state) for cell in cells]


class YearMachine(CountingMachine):
    """Gives commands to a book and to an oracle, and holds one to the other."""

    store: ClassVar[type[Store]] = Memory
    #: How often each command was accepted and refused, over all years.
    done: ClassVar[Counter[tuple[str, bool]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle()
        self.book: Store = self.store()
        #: Whether the last step came to its end: there is nothing to compare after one that did not.
        self.sound = True

    def teardown(self) -> None:
        """Load what is on disk, as `check` does and as fava does."""
        # Commands put what they made out of the collector's sight: they are processes of their own.
        gc.unfreeze()
        gc.collect()
        folder = self.book.close()
        try:
            if not self.sound:
                return
            loaded = load_book(folder)
            assert loaded.stops == ()
            view = View(loaded.entries)
            held = self.oracle.balances(END)
            assert {**view.authority(END), **view.means()} == held
            assert shown(folder) == {p: fen for p, fen in held.items() if p[0] != "means"}
        finally:
            shutil.rmtree(folder)

    def ask(
        self,
        command: str,
        day: date,
        words: Sequence[str],
        foreseen: Callable[..., Entry],
        *what: Any,
    ) -> None:
        """Give a command, and compare what comes of it with what the oracle foresees."""
        entry = self.oracle.asked(foreseen, day, *what)
        self.sound = False
        before, state = self.book.book, self.book.state()
        text = [] if "--text" in words else ["--text", "摘要"]
        done = self.book.run(command, ["--date", str(day), *words, *text])
        assert (done.exit_code == 0) is (entry is not None), done.output
        self.done[command, entry is not None] += 1
        if entry is None:
            # A blank answer is wrong usage; what the books refuse is not.
            blank = any(not word.strip() for word in words)
            expected = {2} if blank else {1} if day.year == END.year else {1, 2}
            assert done.exit_code in expected, done.output
            assert self.book.state() == state
            self.sound = True
            return
        assert f"已记账：{entry.id}" in done.output
        self.oracle.record(entry)
        self.agree(entry)
        if command == "transfer":
            held = [View(book.entries).authority(END) for book in (before, self.book.book)]
            funds = {line.id: line.fund for line in self.oracle.lines.values()}
            assert transferred(held[0], held[1], funds) == {}
        self.sound = True

    def agree(self, entry: Entry) -> None:
        """Compare every balance on the entry's day and in the end, and what may still be taken."""
        assert self.book.book.stops == ()
        view = View(self.book.book.entries)
        for day in (entry.day, END):
            held = self.oracle.balances(day)
            assert view.authority(day) == {p: f for p, f in held.items() if p[0] != "means"}
        held = self.oracle.balances(END)
        assert view.means() == {p: f for p, f in held.items() if p[0] == "means"}
        for place in filter(is_limited, entry.changes):
            if place[3] in {"available", "frozen", "committed"}:
                assert view.available(place, entry.day) == self.oracle.least(place, entry.day)

    def sized(self, size: str, places: Callable[[], Iterable[Place]], day: date) -> int:
        """Say how much to ask for: around what is left on a day in all of these places."""
        try:
            left = min(self.oracle.least(place, day) for place in places())
        except RefusedError:
            left = 100
        return max(1, SIZES[size](left))

    def share(self, share: Share, size: str, day: date, state: str = "available") -> Share:
        """Give a change of authority its amount."""

        def places() -> list[Place]:
            return within(self.oracle.moves(share), state)

        return share._replace(fen=self.sized(size, places, day))

    def pick(self, data: st.DataObject, fitting: Sequence[str]) -> tuple[str, date]:
        """Draw the id of an entry, mostly one that fits, and a day, mostly one not before it."""
        entries = self.oracle.entries
        fits = bool(fitting) and data.draw(st.sampled_from([True] * 7 + [False]))
        id_ = data.draw(st.sampled_from(fitting if fits else [*entries, "zf-2020-0999"]))
        since = entries[id_].day if id_ in entries else END
        later = [day for day in DAYS if day >= since]
        after = data.draw(st.sampled_from([True] * 7 + [False]))
        return id_, data.draw(st.sampled_from(later if after else [*DAYS, date(2021, 1, 4)]))
