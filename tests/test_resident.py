"""A book in memory: what was recorded through it is there as if it had been read from disk."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import snapshot

from yusuan.ledger.books.fold import folded
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.resident import Resident
from yusuan.ledger.books.write import BusyError
from yusuan.ledger.books.write import ChangedError
from yusuan.ledger.books.write import locked
from yusuan.ledger.desk.making.payment import PaymentForm
from yusuan.ledger.desk.share import Share
from yusuan.ledger.desk.trying import try_out
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.books.view import View


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


def test_many_who_ask_at_once_have_it_read_once(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = Resident(book)
    loads = []

    def counted(path: Path) -> Book:
        loads.append(path)
        time.sleep(0.2)  # long enough for all to come in
        return load_book(path)

    monkeypatch.setattr("yusuan.ledger.books.resident.load_book", counted)
    for _ in range(2):
        with ThreadPoolExecutor(8) as threads:
            views = list(threads.map(lambda _: resident.view(), range(8)))
        assert len(set(map(id, views))) == 1
        assert len(loads) == 1
        add(book / "2020" / "2020-03.beancount", "; a comment\n")
        loads.clear()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2020-03-31 balance Equity:92-可用指标 1/0 CNY-ZB\n", "[L03]"),
        ('include "nothing.beancount"\n', "[L04]"),
        ("\0\n", "[L06]"),
    ],
)
def test_text_that_must_not_be_parsed_leaves_the_book_as_it_was(
    book: Path, text: str, why: str
) -> None:
    """beancount's parser dies of a division by zero, and would take the server with it."""
    assert pay(book, amount="100.01").exit_code == 0
    resident, march = Resident(book), book / "2020" / "2020-03.beancount"
    assert spent(resident) == Decimal("100.01")
    good = march.read_bytes()
    add(march, text)
    assert spent(resident) == Decimal("100.01")
    [stop] = resident.view().book.stops
    assert why in stop.message
    assert resident.view() is resident.view()
    march.write_bytes(good)
    assert not resident.view().book.stops


def test_a_file_that_is_there_at_last_is_read(book: Path) -> None:
    resident = Resident(book)
    resident.view()
    add(book / "main.beancount", 'include "late.beancount"\n')
    assert resident.view().book.stops
    (book / "late.beancount").write_text("; here\n", "utf-8")
    assert not resident.view().book.stops


def test_a_book_that_is_away_for_a_moment_stays_in_memory(book: Path) -> None:
    resident = Resident(book)
    assert not resident.view().book.stops
    main = book / "main.beancount"
    main.rename(book / "away")
    assert [stop.rule for stop in resident.view().book.stops] == ["L04"]
    (book / "away").rename(main)
    assert not resident.view().book.stops


ACCOUNT = (
    "Expenses:7101-行政支出:201-一般公共服务支出:20103-政府办公厅室及相关机构事务"
    ":2010301-行政运行:302-商品和服务支出:30209-物业管理费"
)


@pytest.mark.parametrize("name", ["main.beancount", "2020/2020-03.beancount"])
def test_a_file_that_is_away_while_it_would_be_read_is_read_when_it_is_back(
    book: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert pay(book, amount="1.00").exit_code == 0
    resident, file = Resident(book), book / name
    resident.view()

    def unlucky(path: Path) -> Book:
        file.rename(book / "away")
        try:
            return load_book(path)
        finally:
            (book / "away").rename(file)

    file.touch()
    with monkeypatch.context() as patched:
        patched.setattr("yusuan.ledger.books.resident.load_book", unlucky)
        assert resident.view().book.stops
    assert not resident.view().book.stops
    assert spent(resident) == Decimal("1.00")


#: What somebody writes with an editor into a file that the next payment does not go to.
BY_HAND = f"""
2020-05-06 * "物业公司" "手工登记" ^zf-2020-9001
  id: "zf-2020-9001"
  line: "2020J01"
  {ACCOUNT}   100.01 CNY
  Income:6001-财政拨款预算收入:11-一般公共预算   -100.01 CNY
"""


def tried(found: View) -> Recording:
    form = PaymentForm(
        date(2020, 3, 16), Share("2020J01", "30209", "", Decimal("5.00")), "物业公司", "物业费"
    )
    return try_out(found, form.day, form.make).recording


def test_what_an_editor_saves_before_an_entry_is_written_is_not_passed_by(book: Path) -> None:
    assert pay(book, amount="1.00").exit_code == 0  # opens the accounts
    resident, may = Resident(book), book / "2020" / "2020-05.beancount"
    for look in (lambda: None, resident.view):  # whether or not somebody has looked since
        with resident.writing() as found:
            recording = tried(found)
            add(may, "; a comment\n")
            look()
            before = snapshot(book)
            with pytest.raises(ChangedError, match="什么都没有写入"):
                resident.write(recording)
            assert snapshot(book) == before
    add(may, BY_HAND)
    with resident.writing() as found:
        resident.write(tried(found))
    assert spent(resident) == Decimal("106.01")


def test_what_an_editor_saves_while_an_entry_is_written_is_read(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pay(book, amount="1.00").exit_code == 0
    resident = Resident(book)

    def late(recording: Recording) -> Book | None:
        add(book / "2020" / "2020-05.beancount", BY_HAND)
        return folded(recording)

    monkeypatch.setattr("yusuan.ledger.books.resident.folded", late)
    with resident.writing() as found:
        resident.write(tried(found))
    assert spent(resident) == Decimal("106.01")


def test_all_who_wait_for_a_command_are_told_together(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resident = Resident(book)
    resident.view()
    monkeypatch.setattr("yusuan.ledger.books.write.LOCK_SECONDS", 0.5)

    def ask(_at: int) -> None:
        with pytest.raises(BusyError), resident.writing():
            pass

    with locked(book), ThreadPoolExecutor(8) as threads:
        began = time.monotonic()
        list(threads.map(ask, range(8)))
        assert time.monotonic() - began < 2.5  # one after the other they would wait for 4 seconds
    with resident.writing():
        pass
