"""A budget's year in any order, against an oracle: findings and balances agree after every step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import hypothesis.strategies as st
import pytest
from beancount import loader
from beancount.core.amount import Amount
from beancount.core.data import EMPTY_SET
from beancount.core.data import Posting
from beancount.core.data import Transaction
from beancount.core.data import new_metadata
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from tests import oracle
from tests.ledgers import LINES
from tests.ledgers import book
from tests.ledgers import name
from tests.machines import CountingMachine
from tests.machines import run_machine

from yusuan.ledger.budget.availability import available
from yusuan.ledger.budget.control import Control
from yusuan.ledger.budget.control import Overdraft
from yusuan.ledger.budget.control import Unfounded
from yusuan.ledger.budget.control import Unreviewed
from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart import commodity
from yusuan.ledger.config import Settings
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.rules.authority import Authority
from yusuan.ledger.rules.run import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS = {
    "available": "可用",
    "frozen": "冻结",
    "committed": "占用",
    "spent": "已执行",
    "carried": "结转",
    "lapsed": "收回",
}
OPENS = loader.load_string(book("", ()))[0]
LAYERS = Layers(register(OPENS))
DAYS = [date(2020, 1, 5), date(2020, 3, 1), date(2020, 3, 2), date(2020, 12, 31), date(2021, 1, 4)]
APPROVING = {"appropriation", "advance"}
ADJUSTING = APPROVING | {"supplement", "reduction", "transfer", "carry-in", "lapse"}

#: A few amounts, so that what is asked is often just what is there, or one fen more.
fen = st.sampled_from([1, 99, 100, 101, 5_000, 10_000, 10_001])
lines = st.sampled_from(sorted(LINES))
limits = st.sampled_from(sorted(oracle.LIMITS))
economics = st.sampled_from(["30101", "30201", "30211", "30399"])
classes = st.sampled_from(["", "人员", "公用"])
days = st.sampled_from(DAYS)
cells = st.one_of(
    st.builds(oracle.line_cell, lines), st.builds(lambda key: oracle.limit_cell(*key), limits)
)


def account(cell: oracle.Cell, state: str) -> str:
    """Where a state of a cell stands in the ledger."""
    layer, scope, code = cell
    if layer == "line":
        return name(f"{WORDS[state]} {scope}")
    return name(f"限额{WORDS[state]} {scope} {code}")


def source(cell: oracle.Cell, kind: str) -> str:
    """Where authority of a cell comes from."""
    layer, scope, code = cell
    return name(
        f"来源 {kind} {LINES[scope].fund}" if layer == "line" else f"限额来源 {scope} {code}"
    )


def post(where: str, amount: int, meta: dict[str, Any] | None = None) -> Posting:
    """Post so many fen."""
    units = Amount(Decimal(amount).scaleb(-2), commodity(where) or "")
    return Posting(where, units, None, None, None, meta)


def in_fen(amount: Decimal) -> int:
    """Give 元 in fen, exactly."""
    return int(amount.scaleb(2).to_integral_exact())


class Year(CountingMachine):
    """Records anything on any day, whether there is authority for it or not."""

    def __init__(self) -> None:
        super().__init__()
        self.oracle = oracle.Oracle()
        self.entries: list[Any] = []
        self.unfounded: list[oracle.Unfounded] = []

    def record(
        self,
        day: date,
        kind: str,
        parts: Iterable[tuple[oracle.Cell, str, int]],
        postings: list[Posting],
        meta: dict[str, Any] | None = None,
        *,
        pending: bool = False,
    ) -> str:
        """Write an entry into both; ids do not follow the order in which things are recorded."""
        number = len(self.entries)
        id_ = f"{'qxa'[number % 3]}-{number:04d}"
        move = oracle.Move(day, id_, kind, tuple(parts), pending)
        self.oracle.moves.append(move)
        entry_meta = {**new_metadata("<model>", number), "id": id_, **(meta or {})}
        flag = "!" if pending else "*"
        self.entries.append(
            Transaction(entry_meta, day, flag, None, kind, EMPTY_SET, EMPTY_SET, postings)
        )
        return id_

    @rule(
        day=days,
        cell=cells,
        amount=fen,
        how=st.sampled_from(
            [("appropriation", "01"), ("advance", "02"), ("supplement", "03"), ("carry-in", "05")]
        ),
        pending=st.booleans(),
    )
    def grant(
        self, day: date, cell: oracle.Cell, amount: int, how: tuple[str, str], *, pending: bool
    ) -> None:
        kind, code = how
        postings = [post(account(cell, "available"), amount), post(source(cell, code), -amount)]
        meta = {"event": "carry" if kind == "carry-in" else kind}
        self.record(day, kind, [(cell, "available", amount)], postings, meta, pending=pending)

    @rule(day=days, cell=cells, amount=fen)
    def reduce(self, day: date, cell: oracle.Cell, amount: int) -> None:
        postings = [post(account(cell, "available"), -amount), post(source(cell, "04"), amount)]
        meta = {"event": "reduction"}
        self.record(day, "reduction", [(cell, "available", -amount)], postings, meta)

    @rule(day=days, data=st.data(), amount=fen, pending=st.booleans())
    def transfer(self, day: date, data: st.DataObject, amount: int, *, pending: bool) -> None:
        out = data.draw(cells)
        into = data.draw(cells.filter(lambda cell: cell[0] == out[0]))
        parts = [(out, "available", -amount), (into, "available", amount)]
        postings = [post(account(cell, state), change) for cell, state, change in parts]
        self.record(day, "transfer", parts, postings, pending=pending)

    @rule(
        day=days,
        cell=cells,
        amount=fen,
        way=st.sampled_from(
            [
                ("available", "frozen"),
                ("frozen", "available"),
                ("available", "committed"),
                ("committed", "available"),
                ("available", "carried"),
            ]
        ),
        pending=st.booleans(),
    )
    def move(
        self, day: date, cell: oracle.Cell, amount: int, way: tuple[str, str], *, pending: bool
    ) -> None:
        """Freeze, unfreeze, commit, release, carry forward."""
        if way[1] == "carried" and cell[0] == "economic":
            return
        parts = [(cell, way[0], -amount), (cell, way[1], amount)]
        postings = [post(account(cell, state), change) for cell, state, change in parts]
        self.record(day, "-".join(way), parts, postings, pending=pending)

    @rule(day=days, cell=cells, amount=fen)
    def lapse(self, day: date, cell: oracle.Cell, amount: int) -> None:
        parts = [(cell, "available", -amount)]
        to = source(cell, "") if cell[0] == "economic" else account(cell, "lapsed")
        if cell[0] == "line":
            parts.append((cell, "lapsed", amount))
        postings = [post(account(cell, "available"), -amount), post(to, amount)]
        self.record(day, "lapse", parts, postings, {"event": "lapse"})

    @rule(
        day=days,
        spent=st.lists(
            st.tuples(lines, economics, classes, st.booleans(), fen), min_size=1, max_size=3
        ),
        sign=st.sampled_from([1, 1, -1]),
        event=st.sampled_from([None, "payment", "refund", "reversal"]),
        pending=st.booleans(),
    )
    def pay(
        self,
        day: date,
        spent: list[tuple[str, str, str, bool, int]],
        sign: int,
        event: str | None,
        *,
        pending: bool,
    ) -> None:
        """Pay or take back, in parts, some of them against a commitment."""
        parts: list[tuple[oracle.Cell, str, int]] = []
        postings = []
        unfounded: list[tuple[tuple[int, str, str], str, int]] = []
        for line, economic, klass, committed, amount in spent:
            touched, why = oracle.drawn(line, economic, klass, day.year)
            if why:
                unfounded.append(((day.year, line, economic), why, sign * amount))
            drawn = "committed" if committed else "available"
            for cell in touched:
                parts += [(cell, drawn, -sign * amount), (cell, "spent", sign * amount)]
            meta = {"line": line, "class": klass, "commitment": "ht-1" if committed else ""}
            function = LINES[line].function
            postings.append(post(name(f"支出 {function} {economic}"), sign * amount, meta))
            postings.append(post(name("零余额"), -sign * amount))
        meta_ = {"event": event} if event else None
        id_ = self.record(day, "payment", parts, postings, meta_, pending=pending)
        self.unfounded += [oracle.Unfounded(id_, *each) for each in unfounded]

    @invariant()
    def findings_agree(self) -> None:
        reader, control = EventReader(), Control(LAYERS)
        for event in reader.events(self.sorted_entries()):
            control.step(event)
        found = control.finish()
        overdrafts = [
            (o.event.id, tuple(o.cell), o.state.value, in_fen(o.available), in_fen(o.asked))
            for o in found
            if isinstance(o, Overdraft)
        ]
        assert len(overdrafts) == len(set(overdrafts))
        assert set(overdrafts) == self.oracle.overdrafts()
        assert {o.short > 0 for o in found if isinstance(o, Overdraft)} <= {True}
        untold = sorted(u.event.id for u in found if isinstance(u, Unfounded))
        assert untold == oracle.refused(self.unfounded)
        assert {
            (u.event.id, tuple(u.cell), in_fen(u.amount))
            for u in found
            if isinstance(u, Unreviewed)
        } == {each for move in self.oracle.moves for each in move.unreviewed()}

    @invariant()
    def positions_agree(self) -> None:
        events = list(EventReader().events(self.entries))
        for day in DAYS:
            found = positions(events, LAYERS, day)
            for cell in self.cells():
                position = found.of(Cell(*cell))
                assert {s: in_fen(getattr(position, s)) for s in WORDS} == {
                    s: self.oracle.balance(cell, s, day) for s in WORDS
                }
                assert in_fen(position.approved) == self.oracle.granted(cell, APPROVING, day)
                assert in_fen(position.adjusted) == self.oracle.granted(cell, ADJUSTING, day)

    @invariant()
    def availability_agrees(self) -> None:
        """In the cells of the last entry, on its day: every day comes up as steps are added."""
        events = list(EventReader().events(self.entries))
        for move in self.oracle.moves[-1:]:
            for cell, state in {place for place in move.net if place[1] in oracle.LIMITED}:
                least = available(events, LAYERS, Cell(*cell), move.day, State(state))
                assert in_fen(least) == self.oracle.least(cell, state, move.day)

    @invariant()
    def legs_are_balances(self) -> None:
        """What fava's trees show is what the movements say, and every book balances by itself."""
        found = judge([*OPENS, *self.sorted_entries()], Settings(), [Authority])
        written = found.entries
        assert found.findings == []
        sums: dict[str, Decimal] = {}
        for entry in written[len(OPENS) :]:
            books: dict[str, Decimal] = {}
            for posting in entry.postings:
                number, currency = posting.units.number, posting.units.currency
                sums[posting.account] = sums.get(posting.account, Decimal(0)) + number
                books[currency] = books.get(currency, Decimal(0)) + number
            assert not any(books.values())
        for cell in self.cells():
            states = WORDS if cell[0] == "line" else ("available", "frozen", "committed", "spent")
            for state in states:
                shown = sums.get(account(cell, state), Decimal(0))
                assert in_fen(shown) == self.oracle.balance(cell, state, DAYS[-1])

    def sorted_entries(self) -> list[Any]:
        """By date, as beancount gives them to plugins."""
        return sorted(self.entries, key=lambda entry: entry.date)

    def cells(self) -> set[oracle.Cell]:
        """Every cell that anything was done to."""
        return {cell for move in self.oracle.moves for cell, _, _ in move.parts}


@pytest.mark.long
def test_a_year_in_any_order(seed: int) -> None:
    run_machine(Year, seed, steps=4000, in_a_year=25)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_many_years_in_any_order(seed: int) -> None:
    run_machine(Year, seed, steps=200_000, in_a_year=50)
