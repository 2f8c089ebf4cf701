"""Positions by way of the months are those of all events, on every day."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.webs import EXAMPLE

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.months import Months
from yusuan.ledger.budget.position import positions

if TYPE_CHECKING:
    from yusuan.ledger.books.view import View


@pytest.fixture(scope="module")
def book() -> View:
    return view(load_book(EXAMPLE))


def test_on_every_day_of_the_year_and_around_it(book: View) -> None:
    months = Months(book.events, book.layers)
    for after in range(-1, 370, 3):
        day = date(2020, 1, 1) + timedelta(days=after)
        assert months.at(day) == positions(book.events, book.layers, day)


def test_the_order_of_the_events_does_not_matter(book: View) -> None:
    months = Months(reversed(book.events), book.layers)
    day = date(2020, 7, 15)
    assert months.at(day) == positions(book.events, book.layers, day)


def test_what_is_given_may_be_changed(book: View) -> None:
    months, day = Months(book.events, book.layers), date(2020, 6, 30)
    months.at(day).cells.clear()
    for position in months.at(day).cells.values():
        position.spent += 1
    assert months.at(day) == positions(book.events, book.layers, day)


def test_without_events_there_is_nothing(book: View) -> None:
    assert Months([], book.layers).at(date(2020, 1, 1)).cells == {}
