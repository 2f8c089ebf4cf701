"""Projects are assigned to function and fund only where the figures leave one way."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import SOURCE
from tests.books import add
from tests.books import empty
from tests.books import run

from yusuan.importers.plan import assign
from yusuan.importers.plan.assign import only_way
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view

if TYPE_CHECKING:
    from pathlib import Path

SMALL = st.integers(1, 6).map(Decimal)


def ways(
    amounts: list[Decimal], room: list[Decimal], fixed: list[int | None]
) -> list[tuple[int, ...]]:
    """Try every way there is."""
    full = sum(amounts) == sum(room)
    found = []
    for way in product(range(len(room)), repeat=len(amounts)):
        left = list(room)
        for amount, place in zip(amounts, way, strict=True):
            left[place] -= amount
        asked = all(want in (None, place) for want, place in zip(fixed, way, strict=True))
        if asked and min(left, default=Decimal(0)) >= 0 and not (full and any(left)):
            found.append(way)
    return found


@given(st.data(), st.lists(SMALL, max_size=5), st.lists(SMALL, min_size=1, max_size=3))
def test_unique_if_and_only_if_brute_force_says_so(
    data: st.DataObject, amounts: list[Decimal], room: list[Decimal]
) -> None:
    places = st.one_of(st.none(), st.integers(0, len(room) - 1))
    size = len(amounts)
    fixed = data.draw(st.lists(places, min_size=size, max_size=size))
    every = ways(amounts, room, fixed)
    assert only_way(amounts, room, fixed) == (every[0] if len(every) == 1 else None)


@given(st.data(), st.lists(SMALL, min_size=1, max_size=5), st.integers(1, 3))
def test_where_everything_is_placed_it_ties_out(
    data: st.DataObject, amounts: list[Decimal], count: int
) -> None:
    way = data.draw(
        st.lists(st.integers(0, count - 1), min_size=len(amounts), max_size=len(amounts))
    )
    room = [Decimal(0)] * count
    for amount, place in zip(amounts, way, strict=True):
        room[place] += amount
    found = only_way(amounts, room)
    assert found is None or list(found) == way


def test_two_equal_amounts_are_two_ways() -> None:
    one, two = Decimal(1), Decimal(2)
    assert only_way([one, one], [one, one]) is None
    assert only_way([one, one], [one, one], [1, None]) == (1, 0)
    assert only_way([one, two], [one, two]) == (0, 1)
    assert only_way([two], [one, one]) is None
    assert only_way([], [one]) == ()


def test_a_search_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assign, "MAX_STEPS", 3)
    amounts = [Decimal(number) for number in (3, 5, 7, 11)]
    assert only_way(amounts, [Decimal(8), Decimal(18)]) is None


def lines(book: Path) -> dict[str, tuple[str, str, str]]:
    found = view(load_book(book)).layers.register.lines.values()
    return {
        line.name: (line.id, line.function, line.fund) for line in found if line.klass == "项目"
    }


@pytest.fixture
def two_alike(tmp_path: Path) -> Path:
    """A document whose two smaller projects could change places: 60,000 twice, in two funds."""
    text = SOURCE.read_text("utf-8")
    # The fund of 其他收入 and its project grow by 10,000, and everything above them.
    for old, new in (
        ('"50,000.00"', '"60,000.00"'),
        ('"2,840,000.00"', '"2,850,000.00"'),
        ('"7,229,103.48"', '"7,239,103.48"'),
        ('"8,466,201.85"', '"8,476,201.85"'),
    ):
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "document.csv"
    file.write_text(text, "utf-8")
    return file


def test_several_ways_leave_authority_on_the_function(two_alike: Path, tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    done = run("import", two_alike, "--book", book, "--yes")
    assert done.exit_code == 0, done.output
    assert "多种对应" in done.output
    assert "[[assign]]" in done.output
    found = view(load_book(book)).layers.register.lines.values()
    projects = sorted(
        (line.function, line.fund, line.name) for line in found if line.klass == "项目"
    )
    assert projects == [("2010302", "11", "项目支出"), ("2010302", "39", "项目支出")]


def test_the_accountant_overrules(two_alike: Path, tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    add(
        book / "yusuan.toml",
        '\n[[assign]]\nproject = "宣传与推广"\ncomponent = "宣传资料编制"\nfunction = "2010302"\nfund = "39"\n',
    )
    done = run("import", two_alike, "--book", book, "--yes")
    assert done.exit_code == 0, done.output
    assert "按 yusuan.toml 指定" in done.output
    found = lines(book)
    assert found["宣传与推广（宣传资料编制）"][1:] == ("2010302", "39")
    assert found["宣传与推广（新招公务员实习基地经费）"][1:] == ("2010302", "11")


def test_an_assignment_to_where_no_project_is_is_wrong(two_alike: Path, tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    add(
        book / "yusuan.toml",
        '\n[[assign]]\nproject = "维稳工作"\nfunction = "2010301"\nfund = "11"\n',
    )
    done = run("import", two_alike, "--book", book, "--yes")
    assert done.exit_code == 2
    assert "那里没有项目支出" in done.stderr
