"""The example's year added up anew from its commands alone, and compared with what the book says."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from beancount.core.data import Transaction

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import View
from yusuan.ledger.books.view import view
from yusuan.ledger.chart import Means
from yusuan.ledger.cli import EVENTS
from yusuan.ledger.entries import meaning
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "songjiang-xinfang-2020"
#: What was published, by line: T3 by function, T9 and the project tables.
APPROVED = {
    "2020J01": "4389103.48", "2020J02": "24100.00", "2020J03": "289498.89", "2020J04": "144749.44",
    "2020J05": "171889.96", "2020J06": "294860.08", "2020J07": "312000.00",
    "2020X01": "2730000.00", "2020X02": "60000.00", "2020X03": "50000.00",
}  # fmt: skip
OWN = "2020X03"
#: T9 says 0.00 万元; the cap on what is known in 万元 only is that and 100 元 (HANDBOOK §4, R09).
THREE_PUBLIC = {"30212", "30217", "30231"}
CAP = Decimal("100.00")
Sums = dict[str, Decimal]


@dataclass(frozen=True)
class Command:
    """One command of the year: its word and its options, each with all its values."""

    word: str
    options: dict[str, list[str]]

    def one(self, name: str, default: str = "") -> str:
        return self.options.get(name, [default])[0]

    @property
    def amount(self) -> Decimal:
        return Decimal(self.one("amount"))

    def shares(self, name: str) -> list[tuple[str, str, Decimal]]:
        """Read 2020J01:30201=100.00 as line, 款 and amount."""
        read = (re.fullmatch(r"(\w+)(?::(\d+))?=([\d.]+)", text) for text in self.options[name])
        return [(found[1], found[2] or "", Decimal(found[3])) for found in read if found]


@pytest.fixture(scope="module")
def year() -> list[Command]:
    """Every command of the year, in order."""
    return [command for month in range(1, 13) for command in month_of(month)]


@pytest.fixture(scope="module")
def found() -> View:
    """The committed book."""
    return view(load_book(EXAMPLE / "book"))


def month_of(month: int) -> list[Command]:
    text = (EXAMPLE / "year" / f"2020-{month:02d}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [parsed(shlex.split(line)) for line in lines]


def parsed(words: list[str]) -> Command:
    options: dict[str, list[str]] = defaultdict(list)
    for name, value in zip(words[1::2], words[2::2], strict=True):
        assert name.startswith("--"), words
        options[name.removeprefix("--")].append(value)
    return Command(words[0], dict(options))


def only(year: Iterable[Command], *words: str) -> list[Command]:
    return [command for command in year if command.word in words]


def paid(year: list[Command], of: str) -> Command:
    [command] = [command for command in year if command.one("id") == of]
    return command


def spent(year: list[Command]) -> Sums:
    """Add up by line what was paid, less what came back of it this year; a correction of a 款 moves nothing."""
    sums: Sums = defaultdict(Decimal)
    for command in year:
        match command.word:
            case "pay":
                sums[command.one("line")] += command.amount
            case "payroll":
                for line, _, amount in command.shares("part"):
                    sums[line] += amount
            case "refund" if "of" in command.options:
                sums[paid(year, command.one("of")).one("line")] -= command.amount
            case "reverse" if command.one("of").startswith("zf-"):
                original = paid(year, command.one("of"))
                sums[original.one("line")] -= original.amount
            case _:
                pass
    return sums


def adjusted(year: list[Command]) -> Sums:
    """Add up by line 年初 + 追加 − 追减 ± 调剂 − 收回."""
    sums: Sums = {line: Decimal(amount) for line, amount in APPROVED.items()}
    sign = {"supplement": 1, "reduce": -1, "lapse": -1}
    for command in only(year, *sign):
        sums[command.one("line")] += sign[command.word] * command.amount
    for command in only(year, "transfer"):
        for name, direction in (("from", -1), ("to", 1)):
            for line, _, amount in command.shares(name):
                sums[line] += direction * amount
    return sums


def quota(year: list[Command]) -> Decimal:
    """Add up 零余额账户用款额度: received, paid, come back, withdrawn."""
    got = sum(
        (x for c in only(year, "receive") for line, _, x in c.shares("to") if line != OWN),
        Decimal(0),
    )
    gone = sum(c.amount for c in only(year, "pay") if c.one("method") == "authorised")
    back = [c for c in only(year, "refund") if "of" in c.options]
    assert all(paid(year, c.one("of")).one("method") == "authorised" for c in back)
    taken = sum(Decimal(c.one("quota", "0")) for c in only(year, "reduce"))
    return got - gone + sum(c.amount for c in back) - taken


def own(year: list[Command]) -> Decimal:
    """Add up 货币资金: other income received, less what was paid of it."""
    got = sum(
        (x for c in only(year, "receive") for line, _, x in c.shares("to") if line == OWN),
        Decimal(0),
    )
    return got - sum((c.amount for c in only(year, "pay") if c.one("line") == OWN), Decimal(0))


def returned(year: list[Command]) -> Decimal:
    """Add up 财政应返还额度: what came back of last year's payments."""
    return sum((c.amount for c in only(year, "refund") if "year" in c.options), Decimal(0))


def test_every_word_is_a_command_for_an_event(year: list[Command]) -> None:
    assert {command.word for command in year} <= set(EVENTS)
    assert all(len(only(month_of(month), "pay", "payroll")) >= 10 for month in range(1, 13))


def test_the_days_of_a_month_follow_each_other_in_its_file() -> None:
    for month in range(1, 13):
        days = [command.one("date") for command in month_of(month)]
        assert days == sorted(days)
        assert {day[:7] for day in days} == {f"2020-{month:02d}"}


def test_each_line_ends_where_its_commands_lead(year: list[Command], found: View) -> None:
    last = found.last_day()
    assert last is not None
    rows = {
        row.line.id: row.position
        for row in found.execution(By.LINE, last).rows
        if row.line is not None and row.position is not None
    }
    authority, gone = adjusted(year), spent(year)
    assert {line: row.approved for line, row in rows.items()} == {
        line: Decimal(amount) for line, amount in APPROVED.items()
    }
    assert {line: row.adjusted for line, row in rows.items()} == authority
    assert {line: row.spent for line, row in rows.items()} == gone
    assert {line: row.available for line, row in rows.items()} == {
        line: authority[line] - gone[line] for line in APPROVED
    }


def test_the_means_are_what_came_in_less_what_was_paid_from_them(
    year: list[Command], found: View
) -> None:
    held: Sums = defaultdict(Decimal)
    for entry in found.book.entries:
        for posting in entry.postings if isinstance(entry, Transaction) else ():
            account = meaning(posting.account)
            if isinstance(account, Means) and posting.units and posting.units.number:
                held[account.detail] += posting.units.number
    assert held == {"01": quota(year), "02": own(year), "03": returned(year)}


def test_a_contract_is_paid_in_three_parts_and_the_rest_released(year: list[Command]) -> None:
    [contract] = only(year, "commit")
    parts = [command for command in only(year, "pay") if "commitment" in command.options]
    [rest] = only(year, "release")
    assert len(parts) == 3
    assert sum(command.amount for command in parts) + rest.amount == contract.amount


def test_authority_is_transferred_in_every_way(year: list[Command]) -> None:
    ways = set()
    for command in only(year, "transfer"):
        [(out, _, _)], [(into, _, _)] = command.shares("from"), command.shares("to")
        ways.add((out == into, out[4], into[4]))
    within, lines, projects = (True, "J", "J"), (False, "J", "J"), (False, "X", "X")
    assert ways == {within, lines, projects}


def test_reductions_are_of_quota_received_and_not(year: list[Command]) -> None:
    assert {"quota" in command.options for command in only(year, "reduce")} == {True, False}
    frozen, thawed = only(year, "freeze"), only(year, "unfreeze")
    assert [c.amount for c in frozen] == [c.amount for c in thawed]


def test_refunds_are_of_this_year_and_of_the_last(year: list[Command]) -> None:
    assert [(c.one("year"), bool(c.one("of"))) for c in only(year, "refund")] == [
        ("2019", False),
        ("", True),
    ]


def test_the_three_public_expenses_are_inside_a_project_and_under_their_cap(
    year: list[Command],
) -> None:
    public = [c for c in only(year, "pay") if c.one("economic") in THREE_PUBLIC]
    assert {c.one("line") for c in public} == {"2020X01"}
    assert Decimal(0) < sum(c.amount for c in public) <= CAP
