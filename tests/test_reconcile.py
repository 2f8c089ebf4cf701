"""Statements beside the book: one to one, and what has no counterpart is listed both ways."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.books import approved
from tests.books import pay
from tests.books import run
from tests.books import snapshot
from tests.executions import FOLDER
from tests.executions import PAYMENTS
from tests.executions import rows_of
from tests.executions import write

from yusuan.importers.execution.reconcile import Movement
from yusuan.importers.execution.reconcile import reconcile
from yusuan.importers.execution.record import Record
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from pathlib import Path

STATEMENT = FOLDER / "对账单.csv"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with quota received and two payments from it."""
    book = approved(tmp_path / "账套")
    notice = FOLDER / "额度到账通知书.csv"
    assert run("import", notice, "--book", book, "--yes").exit_code == 0
    rows = rows_of(PAYMENTS)
    vouchers = [rows[1] + ["支付方式"], rows[2] + ["授权支付"], rows[5] + ["授权支付"]]
    file = write(tmp_path / "v.csv", vouchers)
    assert run("import", file, "--book", book, "--yes").exit_code == 0
    return book


def test_everything_agrees(book: Path) -> None:
    before = snapshot(book)
    done = run("reconcile", STATEMENT, book)
    assert (done.exit_code, snapshot(book)) == (0, before), done.output
    for said in ("凭证号和金额", "金额和日期", "逐笔相符", "18,420.00"):
        assert said in done.stdout


def test_both_lists_of_what_does_not_match(book: Path) -> None:
    assert pay(book, amount="33.00", text="账上多的", method="authorised").exit_code == 0
    rows = rows_of(STATEMENT)[:-1]
    file = write(
        book.parent / "s.csv",
        [*rows, ["2020-03-19", "", "7.00", "", "18413.00", "某店", "", "单上多的"]],
    )
    done = run("reconcile", file, book)
    assert done.exit_code == 1
    _, _, rest = done.stdout.partition("对账单有而账上没有：")
    statement, _, recorded = rest.partition("账上有而对账单没有：")
    assert ("单上多的" in statement, "账上多的" in statement) == (True, False)
    assert "账上多的" in recorded


def test_days_apart(book: Path) -> None:
    text = STATEMENT.read_text("utf-8").replace("2020-03-18", "2020-03-20")
    file = book.parent / "s.csv"
    file.write_text(text, "utf-8")
    assert "日期相差 5 天以内" in run("reconcile", file, book).stdout
    assert run("reconcile", file, book, "--days", "1").exit_code == 1


def test_another_account_and_another_file(book: Path) -> None:
    assert run("reconcile", STATEMENT, book, "--account", "money").exit_code == 1
    done = run("reconcile", PAYMENTS, book)
    assert (done.exit_code, "是支付凭证，不是对账单" in done.stdout) == (1, True)
    broken = write(book.parent / "s.csv", rows_of(STATEMENT)[:2] + rows_of(STATEMENT)[3:])
    done = run("reconcile", broken, book)
    assert (done.exit_code, "没有核对" in done.stdout) == (1, True)


def test_of_two_on_one_day_the_payee_tells() -> None:
    records = [
        Record(Where(line=at), Decimal(-5), date(2020, 3, 2), {"payee": payee})
        for at, payee in enumerate(["乙店", "甲店"])
    ]
    recorded = [
        Movement(f"zf-{payee}", date(2020, 3, 2), Decimal(-5), "", payee, "")
        for payee in ("甲店", "丙店", "乙店")
    ]
    found = reconcile(records, recorded, 3)
    assert [pair.movement.id for pair in found.pairs] == ["zf-乙店", "zf-甲店"]
    assert [each.id for each in found.only_book] == ["zf-丙店"]


AMOUNTS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 20), st.sampled_from(["", "P1", "P2"])), max_size=8
)


@given(AMOUNTS, AMOUNTS)
def test_each_is_matched_once_or_listed_once(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]]
) -> None:
    records = [
        Record(Where(line=at), Decimal(amount), date(2020, 3, day), {"number": number})
        for at, (amount, day, number) in enumerate(left)
    ]
    recorded = [
        Movement(f"zf-{at}", date(2020, 3, day), Decimal(amount), number, "", "")
        for at, (amount, day, number) in enumerate(right)
    ]
    found = reconcile(records, recorded, 3)
    places = [pair.record.where for pair in found.pairs] + [r.where for r in found.only_statement]
    assert sorted(map(str, places)) == sorted(str(record.where) for record in records)
    ids = [pair.movement.id for pair in found.pairs] + [each.id for each in found.only_book]
    assert len(ids) == len(set(ids))
    for record, movement, _ in found.pairs:
        assert record.amount == movement.amount
        assert {record.get("number"), movement.number} != {"P1", "P2"}
