"""The shortcuts of loading give what beancount's own booking and validation give."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount.core.data import Transaction
from beancount.ops import validation
from beancount.parser import booking
from beancount.parser import parser

from yusuan.ledger.books import shortcuts

if TYPE_CHECKING:
    from pathlib import Path

HEADER = """
option "tolerance_multiplier" "0"
2020-01-01 open Assets:A
2020-01-01 open Assets:B
2020-01-01 open Equity:C
"""
EVEN = """
2020-01-02 * "a sum of zero in each commodity"
  Assets:A   10.01 CNY
  Assets:B   -10.01 CNY
  Assets:A   7.00 CNY-ZB
  Equity:C   -3.00 CNY-ZB
  Equity:C   -4.00 CNY-ZB
"""
ONE_FEN = """
2020-01-03 * "one fen is missing"
  Assets:A   10.01 CNY
  Assets:B   -10.00 CNY
"""
MISSING = """
2020-01-03 * "an amount that nobody wrote"
  Assets:A   10.01 CNY
  Assets:B
"""
COST = """
2020-01-03 * "a cost"
  Assets:A   10 HOOL {2.00 CNY}
  Assets:B   -20.00 CNY
"""
PRICE = """
2020-01-03 * "a price"
  Assets:A   10 HOOL @ 2.00 CNY
  Assets:B   -20.00 CNY
"""


def parsed(text: str) -> tuple[list[Any], dict[str, Any]]:
    entries, errors, options = parser.parse_string(HEADER + text)
    assert not errors
    return entries, options


def bare(entries: list[Any]) -> list[Any]:
    """Leave out the tolerances that booking notes in the metadata and nobody reads."""
    return [
        e._replace(meta={k: v for k, v in e.meta.items() if k != "__tolerances__"})
        if type(e) is Transaction
        else e
        for e in entries
    ]


@pytest.mark.parametrize("text", [EVEN, ONE_FEN, MISSING, COST, PRICE, EVEN + COST])
def test_the_same_entries_and_the_same_errors_as_beancount(text: str) -> None:
    ours, errors = shortcuts.book(*parsed(text))
    entries, options = parsed(text)
    theirs, expected = booking.book(entries, options)
    assert bare(ours) == bare(theirs)
    assert errors == expected
    found, wanted = shortcuts.validate(ours, options), validation.validate(theirs, options)
    assert [(e.source["lineno"], e.message) for e in found] == [
        (e.source["lineno"], e.message) for e in wanted
    ]


def test_one_fen_is_reported() -> None:
    entries, options = parsed(ONE_FEN)
    [error] = shortcuts.validate(shortcuts.book(entries, options)[0], options)
    assert "0.01 CNY" in error.message


def test_the_example_book_is_booked_as_beancount_books_it(root: Path) -> None:
    files = sorted((root / "examples/songjiang-xinfang-2020/book").rglob("*.beancount"))
    text = "\n".join(path.read_text("utf-8") for path in files if path.name != "main.beancount")
    entries, _, options = parser.parse_string(text)
    again, _, _ = parser.parse_string(text)
    assert len(entries) > 250
    ours, errors = shortcuts.book(entries, options)
    theirs, expected = booking.book(again, options)
    assert bare(ours) == bare(theirs)
    assert errors == expected == []
