"""Authority is an account balance: `balance` directives on 92, 98 and 99 hold in every way of loading."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from yusuan.ledger.books.assertions import balances
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.record import DuplicateIdError
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.view import view
from yusuan.ledger.events import payment

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "songjiang-xinfang-2020" / "book"
DECEMBER = Path("2020") / "2020-12.beancount"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example book, in which December asserts nothing yet."""
    return Path(
        shutil.copytree(EXAMPLE, tmp_path / "book", ignore=shutil.ignore_patterns("*.lock"))
    )


def add(folder: Path, text: str) -> None:
    path = folder / DECEMBER
    path.write_text(f"{path.read_text('utf-8')}\n{text}", "utf-8")


def item(folder: Path, id_: str, day: date) -> Item:
    line = view(load_book(folder)).layers.register.lines["2020X02"]
    part = payment.Part(line, "30202", Decimal("1.00"))
    paid = payment.Payment(day, id_, (part,), "印刷公司", "补印", payment.Method.DIRECT)
    names = view(load_book(folder)).names(day)
    return Item(payment.draft(paid, names), payment.leaves(paid))


def test_what_is_written_holds(folder: Path) -> None:
    text = balances(view(load_book(folder)), date(2020, 12, 31))
    assert text.splitlines() == [
        "2021-01-01 balance Assets:8001-资金结存:01-零余额账户用款额度   2579.50 CNY",
        "2021-01-01 balance Assets:8001-资金结存:02-货币资金   1350.00 CNY",
        "2021-01-01 balance Assets:8001-资金结存:03-财政应返还额度   3200.00 CNY",
        "2021-01-01 balance Equity:92-可用指标   96156.39 CNY-ZB",
        "2021-01-01 balance Equity:98-经济分类控制:02-可用   27234.39 CNY-JJ",
        "2021-01-01 balance Equity:99-专项控制:02-可用   0.00 CNY-ZX",
    ]
    add(folder, text)
    assert load_book(folder).stops == ()


def test_one_fen_off_stops(folder: Path) -> None:
    add(folder, "2021-01-01 balance Equity:92-可用指标   96156.40 CNY-ZB\n")
    assert [finding.rule for finding in load_book(folder).stops] == ["L09"]


def test_a_payment_into_an_asserted_month_is_refused(folder: Path) -> None:
    book = load_book(folder)
    names = view(book).names(date(2020, 11, 30))
    november = prepare(book, [item(folder, "zf-x", date(2020, 11, 30))], names)
    december = prepare(book, [item(folder, "zf-x", date(2020, 12, 31))], names)
    assert {finding.rule for finding in november.findings} == {"L09"}
    assert december.findings == ()


def test_events_recorded_together_have_different_ids(folder: Path) -> None:
    twice = [item(folder, "zf-x", date(2020, 12, 31))] * 2
    with pytest.raises(DuplicateIdError, match="zf-x"):
        prepare(load_book(folder), twice, view(load_book(folder)).names(date(2020, 12, 31)))
