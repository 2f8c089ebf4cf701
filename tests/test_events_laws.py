"""Laws of the commands: whatever is asked for, in any order, leaves a book that checks."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.books import approved
from tests.books import run
from tests.books import snapshot

from yusuan.ledger.books.load import load_book

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

#: Lines with a 款 of theirs; projects and other money have none.
LIMITED = ("2020J01:30201", "2020J01:30209", "2020J03:30108")
FREE = ("2020X01", "2020X02", "2020X03")
#: Small, like what there is, and more than there ever is.
AMOUNTS = st.sampled_from(["0.01", "99.99", "20000", "49999.99", "60000", "250000", "9000000"])
DAYS = st.dates(
    min_value=date(2020, 1, 1),
    max_value=date(2020, 12, 31),
).map(str)
NUMBERS = st.integers(min_value=1, max_value=3)


def _authority(command: str, *more: str) -> SearchStrategy[list[str]]:
    def words(where: str, amount: str) -> list[str]:
        line, _, economic = where.partition(":")
        asked = ["--line", line, "--amount", amount, "--text", "摘要", *more]
        return [command, *asked, *(["--economic", economic] if economic else [])]

    return st.builds(words, st.sampled_from(LIMITED + FREE), AMOUNTS)


def _spending(command: str, *more: str) -> SearchStrategy[list[str]]:
    def words(where: str, amount: str) -> list[str]:
        line, _, economic = where.partition(":")
        paid = ["--economic", economic or "30201", "--payee", "甲", "--text", "乙"]
        return [command, "--line", line, "--amount", amount, *paid, *more]

    return st.builds(words, st.sampled_from(LIMITED + FREE), AMOUNTS)


def _transfer() -> SearchStrategy[list[str]]:
    places = st.sampled_from(LIMITED + FREE)

    def words(out: str, into: str, amount: str) -> list[str]:
        moved = ["--from", f"{out}={amount}", "--to", f"{into}={amount}"]
        return ["transfer", *moved, "--doc", "文号", "--text", "调剂"]

    return st.builds(words, places, places, AMOUNTS)


def _later() -> SearchStrategy[list[str]]:
    """Refer to the first events of a kind, whether there are any or not."""

    kinds = ("zf", "ht", "zj", "kj", "tj", "dj", "jd", "sh", "th", "gz", "sf")
    reverse = st.builds(
        lambda kind, n: ["reverse", "--of", f"{kind}-2020-000{n}"], st.sampled_from(kinds), NUMBERS
    )
    refund = st.builds(
        lambda n, a: ["refund", "--of", f"zf-2020-000{n}", "--amount", a], NUMBERS, AMOUNTS
    )
    correct = st.builds(
        lambda n, a: [*f"correct --of zf-2020-000{n} --to-economic 30201 --amount {a}".split()],
        NUMBERS,
        AMOUNTS,
    )
    release = st.builds(
        lambda n: ["release", "--commitment", f"ht-2020-000{n}", "--text", "放"], NUMBERS
    )
    part = NUMBERS.flatmap(lambda n: _spending("pay", "--commitment", f"ht-2020-000{n}"))
    return st.one_of(reverse, refund, correct, release, part)


COMMANDS = st.one_of(
    _spending("pay"),
    _authority("supplement", "--doc", "文号"),
    _authority("reduce", "--doc", "文号"),
    _authority("lapse", "--doc", "文号"),
    _authority("freeze"),
    _authority("unfreeze"),
    _authority("commit"),
    _transfer(),
    _later(),
)


def _total(book: Path) -> tuple[Decimal, ...]:
    """Sum the authority of the lines by fund, whatever its state."""
    shown = json.loads(run("lines", book, "--json", "--as-of", "2020-12-31").stdout)
    funds = sorted({row["fund"] for row in shown["rows"]})
    return tuple(
        sum((Decimal(r["adjusted"]) for r in shown["rows"] if r["fund"] == fund), Decimal(0))
        for fund in funds
    )


@pytest.mark.long
@settings(max_examples=25)
@given(asked=st.lists(st.tuples(DAYS, COMMANDS), min_size=1, max_size=10))
def test_no_sequence_of_commands_makes_a_book_that_check_refuses(
    asked: list[tuple[str, list[str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = approved(Path(folder) / "book")
        for day, (command, *words) in asked:
            before, total = snapshot(book), _total(book)
            done = run(command, book, "--date", day, *words)
            assert done.exit_code in {0, 1}, done.output
            assert (snapshot(book) == before) is (done.exit_code == 1)
            assert load_book(book).stops == (), (day, command, words)
            if command == "transfer":
                assert _total(book) == total
