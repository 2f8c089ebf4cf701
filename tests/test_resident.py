"""A book in memory: what was recorded through it is there as if it had been read from disk."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import change
from tests.books import pay

from yusuan.ledger.books.resident import Resident
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


def spent(resident: Resident) -> Decimal:
    found = resident.view()
    day = found.last_day()
    assert day is not None
    total = found.execution(By.LINE, day).total.position
    assert total is not None
    return total.spent


def test_it_is_read_once(book: Path) -> None:
    resident = Resident(book)
    assert resident.view() is resident.view()


def test_what_others_record_is_read(book: Path) -> None:
    resident = Resident(book)
    assert spent(resident) == Decimal("0.00")
    assert pay(book, amount="100.01").exit_code == 0
    assert spent(resident) == Decimal("100.01")


def test_settings_that_change_are_read(book: Path) -> None:
    resident = Resident(book)
    assert not resident.view().book.stops
    change(book / "yusuan.toml", '"行政"', '"机关"')
    assert resident.view().book.stops
