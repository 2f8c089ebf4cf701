"""A year of commands at random against an oracle: what is refused, and every balance of every layer.

Each step is a real command with real options. The oracle (`year_oracle`, in integers of fen, from
DESIGN §2 alone) says whether it is accepted and what every balance is afterwards; what is asked
for is around what is left, often all of it or one fen more. Most years are kept in memory
(`year_book`: the commands are the real ones, only loading and writing are replaced) and written,
loaded and compared at their end; a few are kept on disk and loaded after every step.

The seed is printed at the end of the test run; `YUSUAN_SEED=… pytest …` repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import precondition
from hypothesis.stateful import rule
from tests.machines import run_machine
from tests.year_book import Disk
from tests.year_machine import DAYS
from tests.year_machine import ORDERLY
from tests.year_machine import SIZES
from tests.year_machine import SPENT
from tests.year_machine import YearMachine
from tests.year_machine import changes
from tests.year_machine import days
from tests.year_machine import docs
from tests.year_machine import grants
from tests.year_machine import one
from tests.year_machine import options
from tests.year_machine import sizes
from tests.year_machine import spelled
from tests.year_machine import spendings
from tests.year_machine import together
from tests.year_machine import within
from tests.year_machine import yuan
from tests.year_model import Part
from tests.year_model import Share
from tests.year_oracle import PAID
from tests.year_oracle import PAYMENTS
from tests.year_oracle import STEPS

if TYPE_CHECKING:
    from datetime import date

    from tests.year_book import Store
    from tests.year_model import Place

methods = st.sampled_from([*[""] * 5, *PAID])
#: How often years are run before a command counts as never accepted, or never refused.
_TURNS = 4
approvers = st.sampled_from(["财政局", "财政局", "", "本单位"])
#: Assignments that are in order, and such as are not.
ASSIGNED = [
    ("2020X01", "2020Y01"),
    ("2020X08", "2020Y08"),
    ("2020Q01", "2020Y09"),
    ("2020X03", "2020Y03"),
]
MISASSIGNED = [
    ("2020J01", "2020X03"), ("2020K01", "2020X08"), ("2020X08", "2020K01"), ("2020X01", "2020X01"),
    ("2020X01", "2020X08"), ("2020Q02", "2020Y09"), ("2020K01", "2020Y07"), ("2020Q01", "2020Q02"),
]  # fmt: skip


class YearOfCommands(YearMachine):
    """Asks for anything, in any order, on any day; what is not allowed has to leave no trace."""

    @rule(
        day=days,
        kind=st.sampled_from(["approval", "advance"]),
        shares=st.lists(st.tuples(changes, grants), min_size=1, max_size=2),
    )
    def appropriate(self, day: date, kind: str, shares: list[tuple[Share, int]]) -> None:
        granted = [share._replace(fen=fen) for share, fen in shares]
        words = [*options(kind=kind, doc="文号"), *_each("to", granted)]
        prefix = {"approval": "pf", "advance": "tq"}[kind]
        self.ask("appropriate", day, words, self.oracle.grant, prefix, granted)

    @rule(day=days, share=changes, fen=grants, doc=docs)
    def supplement(self, day: date, share: Share, fen: int, doc: str) -> None:
        more = share._replace(fen=fen)
        words = [*one(more), *options(doc=doc)]
        self.ask("supplement", day, words, self.oracle.grant, "zj", [more], doc)

    @rule(day=days, share=changes, size=sizes, returned=sizes, quota=st.booleans(), doc=docs)
    def reduce(
        self, day: date, share: Share, size: str, returned: str, doc: str, *, quota: bool
    ) -> None:
        less = self.share(share, size, day)
        back = max(1, SIZES[returned](less.fen)) if quota else 0
        words = [*one(less), *options(doc=doc, quota=yuan(back) if back else "")]
        self.ask("reduce", day, words, self.oracle.reduce, less, back, doc)

    @rule(
        day=days,
        outs=st.lists(st.tuples(together, sizes), min_size=1, max_size=2),
        ins=st.lists(together, min_size=1, max_size=2),
        over=st.sampled_from([0] * 9 + [1]),
        doc=docs,
        approver=approvers,
    )
    def transfer(
        self,
        day: date,
        outs: list[tuple[Share, str]],
        ins: list[Share],
        over: int,
        doc: str,
        approver: str,
    ) -> None:
        """What comes in is divided evenly; by chance it is a fen more than what goes out."""
        moved = [self.share(share, size, day) for share, size in outs]
        total = sum(share.fen for share in moved) + over
        parts = [total - total // 2, total // 2] if len(ins) > 1 else [total]
        taken = [share._replace(fen=max(1, fen)) for share, fen in zip(ins, parts, strict=True)]
        words = [*_each("from", moved), *_each("to", taken), *options(doc=doc, approver=approver)]
        self.ask("transfer", day, words, self.oracle.transfer, moved, taken, doc, approver)

    @rule(
        day=days, command=st.sampled_from(["freeze", "commit", "lapse"]), share=changes, size=sizes
    )
    def step(self, day: date, command: str, share: Share, size: str) -> None:
        asked = self.share(share, size, day, STEPS[command][1])
        words = [*one(asked), *options(doc="文号")]
        self.ask(command, day, words, self.oracle.step, command, asked)

    @precondition(lambda self: self.frozen())
    @rule(day=days, data=st.data(), odd=changes, size=sizes)
    def unfreeze(self, day: date, data: st.DataObject, odd: Share, size: str) -> None:
        share = data.draw(st.sampled_from([odd, *self.frozen()]))
        self.step(day, "unfreeze", share, size)

    @precondition(lambda self: self.oracle.of_kinds("ht"))
    @rule(data=st.data(), size=st.sampled_from(["", *SIZES]))
    def release(self, data: st.DataObject, size: str) -> None:
        contract, day = self.pick(data, self.oracle.of_kinds("ht"))
        left = [self.oracle.total(place) for place in self._of_contract(contract)]
        fen = max(1, SIZES[size](min(left, default=100))) if size else None
        words = options(commitment=contract, amount=yuan(fen) if fen else "")
        self.ask("release", day, words, self.oracle.release, contract, fen)

    @rule(day=days, share=spendings, size=sizes, method=methods)
    def pay(self, day: date, share: Share, size: str, method: str) -> None:
        paid = self._paid(share, size, day, method, "")
        words = [*one(paid), *options(payee="某公司", method=method)]
        self.ask("pay", day, words, self.oracle.pay, "zf", [paid], method)

    @precondition(lambda self: self.oracle.of_kinds("ht"))
    @rule(data=st.data(), size=sizes, method=methods, odd=st.none() | spendings)
    def pay_on_contract(
        self, data: st.DataObject, size: str, method: str, odd: Share | None
    ) -> None:
        contract, day = self.pick(data, self.oracle.of_kinds("ht"))
        of = {place[0]: place for place in self._of_contract(contract)}
        share = odd or Share("2020X01", "30201")
        if of and data.draw(st.sampled_from([True, True, False])):
            economic = of.get("economic", ("", "", "30201", ""))
            klass = {"1": "人员", "2": "公用"}.get(economic[1], "")
            share = Share(of["line"][1], economic[2], "" if of["line"][1] == "2020R01" else klass)
        paid = self._paid(share, size, day, method, contract)
        words = [*one(paid), *options(payee="某公司", method=method, commitment=contract)]
        self.ask("pay", day, words, self.oracle.pay, "zf", [paid], method, contract)

    @rule(
        day=days,
        shares=st.lists(
            st.tuples(spendings | together.filter(lambda share: bool(share.economic)), sizes),
            min_size=2,
            max_size=3,
        ),
        method=methods,
    )
    def payroll(self, day: date, shares: list[tuple[Share, str]], method: str) -> None:
        paid = [self._paid(share, size, day, method, "") for share, size in shares]
        words = [*_each("part", paid), *options(method=method)]
        self.ask("payroll", day, words, self.oracle.pay, "xc", paid, method)

    @precondition(lambda self: self.oracle.of_kinds(*PAYMENTS))
    @rule(data=st.data(), size=sizes)
    def refund(self, data: st.DataObject, size: str) -> None:
        of, day, choice = self._part(data, size)
        words = [*one(choice), *options(of=of)]
        self.ask("refund", day, words, self.oracle.refund, of, choice)

    @rule(day=days, share=changes, fen=grants, year=st.sampled_from([2019, 2019, 2020]))
    def refund_of_earlier_year(self, day: date, share: Share, fen: int, year: int) -> None:
        words = options(line=share.line, year=str(year), amount=yuan(fen))
        foreseen = self.oracle.refund_of_earlier_year
        self.ask("refund", day, words, foreseen, year, share.line, fen)

    @precondition(lambda self: self.oracle.of_kinds(*PAYMENTS))
    @rule(data=st.data(), size=sizes, to=spendings, keep=st.sampled_from(["", "", "line", "all"]))
    def correct(self, data: st.DataObject, size: str, to: Share, keep: str) -> None:
        of, day, choice = self._part(data, size)
        near = [share for share in SPENT if share.line == choice.line]
        to = data.draw(st.sampled_from([to, *near * 3]))
        # What was paid out of 财政应返还额度 is not corrected to a line that is paid out of revenue.
        spent = self.oracle.entries[of].parts if of in self.oracle.entries else ()
        earlier = "2019J01" in {to.line, *(part.line for part in spent)}
        line = "" if keep or earlier else to.line
        right = Share(line, "" if keep == "all" else to.economic, to.klass)
        target = {"to-line": line, "to-economic": right.economic, "to-class": right.klass}
        words = [*one(choice), *options(of=of, **target)]
        self.ask("correct", day, words, self.oracle.correct, of, choice, right)

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        of, day = self.pick(data, self.oracle.reversible())
        self.ask("reverse", day, options(of=of), self.oracle.reverse, of)

    @rule(
        day=days,
        shares=st.lists(st.tuples(changes, grants), min_size=1, max_size=2),
        into=st.sampled_from(["", "", "quota", "money"]),
    )
    def receive(self, day: date, shares: list[tuple[Share, int]], into: str) -> None:
        received = [Share(share.line, fen=fen) for share, fen in shares]
        words = [*_each("to", received), *options(into=into, payer="财政局")]
        self.ask("receive", day, words, self.oracle.receive, received, into)

    @rule(
        day=days,
        pair=st.sampled_from(ASSIGNED * 4 + MISASSIGNED),
        size=sizes,
        name=st.sampled_from(["某项目", "某项目", ""]),
    )
    def assign(self, day: date, pair: tuple[str, str], size: str, name: str) -> None:
        line, to = pair
        fen = self.sized(size, lambda: [("line", line, "", "available")], day)
        words = options(line=line, to=to, name=name, amount=yuan(fen))
        self.ask("assign", day, words, self.oracle.assign, line, to, name, fen)

    @rule(day=st.sampled_from(DAYS), share=spendings, size=sizes, taken=st.booleans())
    def try_out(self, day: date, share: Share, size: str, *, taken: bool) -> None:
        """A payment tried out, or with an id that is taken, is not recorded."""
        paid = self._paid(share, size, day, "", "")
        entry = self.oracle.asked(self.oracle.pay, day, "zf", [paid], "")
        how = options(id="pf-2020-0001") if taken else ["--dry-run"]
        words = [*one(paid), *options(date=str(day), payee="某公司", text="摘要"), *how]
        state = self.book.state()
        done = self.book.run("pay", words)
        accepted = entry is not None
        assert done.exit_code == ((2 if taken else 0) if accepted else done.exit_code), done.output
        assert done.exit_code in ({2, 1} if taken else {0 if accepted else 1}), done.output
        assert self.book.state() == state

    def frozen(self) -> list[Share]:
        """List the changes that would find something frozen."""
        return [s for s in ORDERLY if self.oracle.total((*self.oracle.moves(s)[-1], "frozen"))]

    def _paid(self, share: Share, size: str, day: date, method: str, contract: str) -> Share:
        """Give a payment its amount: around what is left of authority, and of the money it is made from."""

        def places() -> list[Place]:
            part = Part(share.line, share.economic, share.klass, contract, 0)
            found = within(self.oracle.spends(part, self.oracle.limits), contract or "available")
            fund = self.oracle.fund(share.line)
            means = self.oracle.paid(share.line, method or ("direct" if fund == "11" else "own"))
            return [*found, *([("means", means, fund, "available")] if means else ())]

        return share._replace(fen=self.sized(size, places, day))

    def _part(self, data: st.DataObject, size: str) -> tuple[str, date, Share]:
        """Draw a part of a payment, said as a whole, by its 款 alone, or not at all."""
        of, day = self.pick(data, self.oracle.of_kinds(*PAYMENTS))
        left = self.oracle.left(of) if of in self.oracle.entries else {}
        if not left:
            return of, day, Share("", "", "", 100)
        key = data.draw(st.sampled_from(sorted(left)))
        fen = max(1, SIZES[size](left[key]))
        line, economic, klass, _contract = key
        said = [Share(line, economic, klass, fen), Share("", economic, "", fen), Share("", fen=fen)]
        return of, day, data.draw(st.sampled_from(said))

    def _of_contract(self, contract: str) -> list[Place]:
        entry = self.oracle.entries.get(contract)
        return [place for place in entry.changes if place[3] == contract] if entry else []


class YearOnDisk(YearOfCommands):
    """The same, on a book that is on disk all the time."""

    store: ClassVar[type[Store]] = Disk


def _each(option: str, shares: list[Share]) -> list[str]:
    return [word for share in shares for word in (f"--{option}", spelled(share))]


def _run(machine: type[YearOfCommands], seed: int, steps: int) -> set[str]:
    """Run years; give the commands that were not both accepted and refused in them.

    Some years more are run for those: what is rare need not happen in so many steps.
    """
    machine.done.clear()
    missing: set[str] = set()
    for turn in range(_TURNS):
        run_machine(machine, seed + turn * 1_000, steps=steps, in_a_year=50)
        commands = {command for command, _ in machine.done}
        missing = {c for c in commands if not (machine.done[c, True] and machine.done[c, False])}
        if not missing:
            break
    return missing


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("_turn", [1, 2])
def test_years_of_commands(seed: int, _turn: int) -> None:
    """2 × 2900 steps; a machine that never gets a thing done, or never is refused it, tests nothing."""
    assert _run(YearOfCommands, seed, 2900) == set()


@pytest.mark.long
@pytest.mark.timeout(900)
def test_years_of_commands_on_disk(seed: int) -> None:
    run_machine(YearOnDisk, seed, steps=250, in_a_year=50)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_many_years_of_commands(seed: int) -> None:
    assert _run(YearOfCommands, seed, 200_000) == set()
