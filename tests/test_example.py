"""The example book: a whole synthetic year that is in order every day, and always comes out the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Balance
from beancount.core.data import Transaction

from yusuan.ledger.books.load import Book
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import View
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.position import positions
from yusuan.ledger.chart import CarryOver
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.entries import meaning
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "songjiang-xinfang-2020"
BOOK = EXAMPLE / "book"
SYNTHETIC = "合成演示数据，非真实收支"
#: Whom the book pays, and who pays it: kinds of payees, never a person or a company by name.
PARTIES = frozenset({
    "在职职工", "编外聘用人员", "退休人员", "社保经办机构", "住房公积金管理中心", "税务机关", "工会组织",
    "机关食堂", "物业公司", "办公用品公司", "电信运营商", "图书报刊发行公司", "设备维修公司", "保洁公司",
    "培训机构", "医疗体检机构", "印刷公司", "宣传制作公司", "安保服务公司", "律师事务所", "心理咨询机构",
    "人民调解组织", "社会组织", "街镇救助经办机构", "区财政局", "实习基地经费拨款单位",
    "批复", "提前下达", "追加", "追减", "调剂",
})  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Book:
    """The committed book."""
    return load_book(BOOK)


@pytest.fixture(scope="module")
def found(book: Book) -> View:
    """Its events."""
    return view(book)


@pytest.fixture(scope="module")
def days(book: Book) -> list[tuple[date, list[Any]]]:
    """Its transactions, day by day."""
    by_day: dict[date, list[Any]] = defaultdict(list)
    for entry in transactions(book):
        by_day[entry.date].append(entry)
    return sorted(by_day.items())


def transactions(book: Book) -> Iterator[Any]:
    return (entry for entry in book.entries if isinstance(entry, Transaction))


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a book but the lock, which is not the book's."""
    paths = (
        path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_book_is_in_order(book: Book) -> None:
    assert [finding.message for finding in book.findings if finding.severity != "info"] == []


def test_plain_beancount_finds_nothing_either() -> None:
    entries, errors, _ = loader._load([(str(BOOK / "main.beancount"), True)], None, None, None)
    assert errors == []
    assert sum(isinstance(entry, Balance) for entry in entries) >= 11 * 3


def example(script: str, *arguments: str | Path, **environment: str) -> str:
    """Run one of the example's scripts, which has to succeed."""
    done = subprocess.run(
        [sys.executable, EXAMPLE / script, *arguments],
        capture_output=True,
        check=False,
        env=os.environ | environment,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_the_book_is_in_order_after_every_command(tmp_path: Path) -> None:
    """bean-check and `check --strict` after each; if a change of the bytes is meant: `python record.py`."""
    environment = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Shanghai"}
    example("record.py", tmp_path / "book", "--check-each-step", **environment)
    assert files(tmp_path / "book") == files(BOOK)


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_the_demo_runs_through(tmp_path: Path) -> None:
    """The same bytes, whatever the hash seed and the time zone."""
    said = example("demo.py", tmp_path, PYTHONHASHSEED="0", TZ="UTC")
    assert "缺口 0.01 元" in said
    assert len(list(tmp_path.glob("*.xlsx"))) == 3
    assert files(tmp_path / "book") == files(BOOK)


def test_every_file_says_that_it_is_synthetic() -> None:
    made = [path for path in BOOK.rglob("*") if path.suffix in {".beancount", ".toml"}]
    year = list((EXAMPLE / "year").glob("*.txt"))
    assert len(made) == 18
    assert len(year) == 12
    silent = [p for p in made if SYNTHETIC not in "".join(p.read_text("utf-8").splitlines()[:3])]
    silent += [p for p in year if SYNTHETIC not in p.read_text("utf-8").splitlines()[0]]
    assert silent == []


def test_nobody_is_named(book: Book) -> None:
    assert {entry.payee for entry in transactions(book) if entry.payee} - PARTIES == set()


def test_it_has_about_240_payments_and_every_event(book: Book) -> None:
    paid = [entry for entry in transactions(book) if "event" not in entry.meta]
    assert len(paid) == 239
    assert {entry.meta["method"] for entry in paid} == {"direct", "authorised", "own"}
    assert {entry.meta.get("event") for entry in transactions(book)} - {None} == {
        "appropriation", "advance", "receipt", "refund", "reversal", "correction", "commitment",
        "release", "supplement", "reduction", "transfer", "freeze", "unfreeze", "lapse",
    }  # fmt: skip


def test_every_posting_to_6_and_7_has_its_line(book: Book, found: View) -> None:
    lines = found.layers.register.lines
    for entry in transactions(book):
        for posting in entry.postings:
            if posting.account.startswith(("Income:6", "Expenses:7")):
                assert (posting.meta.get("line") or entry.meta.get("line")) in lines


def test_no_part_of_the_means_is_ever_below_zero(days: list[tuple[date, list[Any]]]) -> None:
    held: dict[str, Decimal] = defaultdict(Decimal)
    for day, entries in days:
        for posting in (posting for entry in entries for posting in entry.postings):
            if isinstance(meaning(posting.account), Means):
                held[posting.account] += posting.units.number
        assert all(amount >= 0 for amount in held.values()), (day, held)
    assert [amount > 0 for amount in held.values()] == [True, True, True]


def test_money_is_received_within_authority_and_within_its_line(
    days: list[tuple[date, list[Any]]], found: View
) -> None:
    """Quota and direct payment of a line stay within its authority on every day; spending within both."""
    received: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for day, entries in days:
        for entry in entries:
            for posting in entry.postings:
                line = (posting.meta or {}).get("line") or entry.meta.get("line", "")
                if isinstance(meaning(posting.account), Revenue):
                    received[line] -= posting.units.number
                elif posting.account.startswith("Expenses:"):
                    spent[line] += posting.units.number
        cells = positions(found.events, found.layers, day).cells
        authority = {c.scope: held.adjusted for c, held in cells.items() if c.layer == LINE_LAYER}
        for line, amount in received.items():
            assert spent[line] <= amount <= authority[line], (day, line)


def test_states_sum_to_sources_on_every_day(
    days: list[tuple[date, list[Any]]], found: View
) -> None:
    granted = Decimal(0)
    for day, entries in days:
        for posting in (posting for entry in entries for posting in entry.postings):
            if isinstance(meaning(posting.account), Source):
                granted -= posting.units.number
        cells = positions(found.events, found.layers, day).cells
        lines = [held for cell, held in cells.items() if cell.layer == LINE_LAYER]
        limits = [held for cell, held in cells.items() if cell.layer != LINE_LAYER]
        assert sum(getattr(held, state.value) for held in lines for state in State) == granted, day
        assert all(held.available >= 0 for held in (*lines, *limits)), day


def test_the_year_ends_as_published_and_adds_up_in_every_table(found: View) -> None:
    last = found.last_day()
    assert last is not None
    function = found.execution(By.FUNCTION, last)
    assert function.total.position is not None
    assert function.total.position.approved == Decimal("8466201.85")
    totals = {by: found.execution(by, last).total.position for by in (By.FUND, By.LINE)}
    assert set(map(repr, totals.values())) == {repr(function.total.position)}
    tops = [row.position for row in function.rows if row.level == "类" and row.position]
    assert sum(position.spent for position in tops) == function.total.position.spent


def test_the_economic_layer_is_the_basic_lines_of_the_general_budget(found: View) -> None:
    last = found.last_day()
    assert last is not None
    economic = found.execution(By.ECONOMIC, last).total
    lines = [row for row in found.execution(By.LINE, last).rows if row.line and row.position]
    basic = [
        row.position for row in lines if row.line and row.line.klass == "基本" and row.position
    ]
    projects = [
        row.position for row in lines if row.line and row.line.klass == "项目" and row.position
    ]
    assert economic.position is not None
    for figure in ("approved", "adjusted", "available", "spent"):
        whole = sum(getattr(position, figure) for position in basic)
        assert getattr(economic.position, figure) == whole
    assert economic.outside == sum(position.spent for position in projects)


def test_rates_are_those_of_an_ordinary_year(found: View) -> None:
    last = found.last_day()
    assert last is not None
    for row in found.execution(By.LINE, last).rows:
        assert row.line is not None
        assert row.rate is not None
        low, high = ("0.85", "0.98") if row.line.klass == "项目" else ("0.97", "1")
        assert Decimal(low) <= row.rate <= Decimal(high), row.code


def test_balances_per_fund(book: Book) -> None:
    """What came in is what was spent and what is left, for each fund by itself."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    means: dict[str, Decimal] = defaultdict(Decimal)
    fund_of = {"01": "11", "02": "39", "03": "11"}
    for entry in transactions(book):
        for posting in entry.postings:
            account = meaning(posting.account)
            if isinstance(account, Revenue | CarryOver):
                left[account.fund] -= posting.units.number
            elif isinstance(account, Means):
                means[fund_of[account.detail]] += posting.units.number
            elif posting.account.startswith("Expenses:"):
                line = (posting.meta or {}).get("line") or entry.meta["line"]
                left["39" if line == "2020X03" else "11"] -= posting.units.number
    assert left == means
    assert min(left.values()) > 0
