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
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.position import positions
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
    "批复", "提前下达", "追加", "调剂",
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


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("4711", "Asia/Shanghai")])
def test_making_it_again_gives_the_same_bytes(tmp_path: Path, seed: str, zone: str) -> None:
    """Whatever the hash seed and the time zone. If the change is meant: `python replay.py`."""
    code = "import sys; from pathlib import Path; import replay; replay.make(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(EXAMPLE)}
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "book"],
        capture_output=True,
        check=False,
        env=environment,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert files(tmp_path / "book") == files(BOOK)


def test_the_demo_runs_through(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, EXAMPLE / "demo.py", tmp_path], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "缺口 0.01 元" in done.stdout
    assert len(list(tmp_path.glob("*.xlsx"))) == 3
    assert files(tmp_path / "book") == files(BOOK)


def test_every_file_says_that_it_is_synthetic() -> None:
    made = [path for path in BOOK.rglob("*") if path.suffix in {".beancount", ".toml"}]
    year = list((EXAMPLE / "year").glob("*.csv"))
    assert len(made) == 17
    assert len(year) == 5
    silent = [p for p in made if SYNTHETIC not in "".join(p.read_text("utf-8").splitlines()[:3])]
    silent += [p for p in year if SYNTHETIC not in p.read_text("utf-8").splitlines()[0]]
    assert silent == []


def test_nobody_is_named(book: Book) -> None:
    assert {entry.payee for entry in transactions(book)} - PARTIES == set()


def test_it_has_about_250_payments_of_every_kind(book: Book) -> None:
    methods = [entry.meta["method"] for entry in transactions(book) if "method" in entry.meta]
    assert len(methods) == 246
    assert set(methods) == {"direct", "authorised", "own"}
    events = {entry.meta.get("event") for entry in transactions(book)}
    assert events == {None, "appropriation", "advance", "supplement", "transfer", "receipt"}


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
    assert [amount > 0 for amount in held.values()] == [True, True]


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
        authority = {cell.scope: held.adjusted for cell, held in cells.items() if not cell.code}
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
        lines = [held for cell, held in cells.items() if not cell.code]
        limits = [held for cell, held in cells.items() if cell.code]
        assert sum(getattr(held, state.value) for held in lines for state in State) == granted, day
        assert all(held.available >= 0 for held in (*lines, *limits)), day


def test_the_year_ends_as_published_plus_the_supplement(found: View) -> None:
    last = found.last_day()
    assert last is not None
    function = found.execution(By.FUNCTION, last)
    assert function.total.position is not None
    assert function.total.position.approved == Decimal("8466201.85")
    assert function.total.position.adjusted == Decimal("8586201.85")
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
    fund_of = {"01": "11", "02": "39"}
    for entry in transactions(book):
        revenue = [posting for posting in entry.postings if posting.account.startswith("Income:")]
        for posting in entry.postings:
            account = meaning(posting.account)
            if isinstance(account, Revenue):
                left[account.fund] -= posting.units.number
            elif isinstance(account, Means):
                means[fund_of[account.detail]] += posting.units.number
            elif posting.account.startswith("Expenses:"):
                own = entry.meta.get("method") == "own"
                left["39" if own else "11"] -= posting.units.number
                assert own or revenue or entry.meta["method"] == "authorised"
    assert left == means == {"11": Decimal("1917.50"), "39": Decimal("1350.00")}
