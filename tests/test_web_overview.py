"""概览: what a head of department sees first, on the example book and on books in other states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.books import pay
from tests.books import run
from tests.webs import EXAMPLE
from tests.webs import Server
from tests.webs import book_of
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.commitments import outstanding
from yusuan.ledger.budget.commitments import unpaid
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.overview import Overview
from yusuan.ledger.tables.overview import overview
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from yusuan.ledger.books.view import View


@pytest.fixture(scope="module")
def held() -> View:
    return view(load_book(EXAMPLE))


def on(held: View, day: date) -> Overview:
    return overview(held.execution(By.LINE, day), held.execution(By.PROJECT, day))


def text(book: Path, query: str = "") -> str:
    """Give what the first page says."""
    client = application(book / "main.beancount").test_client()
    where = client.get("/").headers["Location"]
    assert where.endswith("/extension/Overview/")
    found = client.get(f"{where}?partial=true&{query}")
    assert found.status_code == 200
    page = html.fromstring(f"<div>{found.data.decode()}</div>")
    return " ".join(page.text_content().split())


def test_spending_is_measured_by_the_year(held: View) -> None:
    found = on(held, date(2020, 9, 30))
    assert found.total.spent == Decimal("5973559.34")
    assert found.ahead == Decimal("0.7098") - Decimal("0.7486")


def test_the_projects_with_the_most_to_spend_come_first(held: View) -> None:
    assert [row.code for row in on(held, date(2020, 9, 30)).idle] == [
        "2020X01", "2020X02", "2020X03",
    ]  # fmt: skip


def test_a_line_runs_out_where_less_is_left_of_it_than_of_the_year(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    assert pay(book, line="2020X02", economic="30202", amount="54000.00").exit_code == 0
    # A tenth is left: not less.
    assert on(view(load_book(book)), date(2020, 6, 30)).short == ()
    assert pay(book, line="2020X02", economic="30202", amount="0.01").exit_code == 0
    found = view(load_book(book))
    assert [row.code for row in on(found, date(2020, 6, 30)).short] == ["2020X02"]
    # Little is left of the year too.
    assert on(found, date(2020, 12, 31)).short == ()


def test_what_is_left_of_commitments_is_what_each_has_left(held: View) -> None:
    for day in (date(2020, 6, 9), date(2020, 6, 10), date(2020, 9, 30), date(2020, 12, 31)):
        events = [event for event in held.events if event.date <= day]
        places = outstanding(events, held.layers, "ht-2020-0001").items()
        left = {
            p.cell.scope: amount for p, amount in places if p.cell.layer == LINE_LAYER and amount
        }
        assert {each.line: each.left for each in unpaid(held.events, held.layers, day)} == left
    [september] = unpaid(held.events, held.layers, date(2020, 9, 30))
    assert (september.id, september.line, september.left) == (
        "ht-2020-0001", "2020X01", Decimal("36000.00"),
    )  # fmt: skip
    assert september.since == date(2020, 6, 10)


def test_it_says_all_in_one_sentence() -> None:
    said = text(EXAMPLE, "time=2020-09")
    assert (
        "截至 2020-09-30，已执行 597.36 万元，占全年预算的 70.98%，慢于序时进度 3.88 个百分点。"
        in said
    )
    assert "信访老户帮扶教育合同36,000.00已 112 天" in said
    assert "0 不通过 0 警告 1 提示" in said
    assert "合成演示数据" in said


@pytest.mark.parametrize(
    ("page", "query", "passed_over"),
    [
        ("Overview", "time=2020-09&account=2010301&filter=payee:a", "账户、条件"),
        ("Overview", "time=2020-09", ""),
        ("Pictures", "account=2010301", "账户"),
        ("BudgetTables", "time=2020-09", "时间"),
        ("Execution", "time=2020-09&account=2010301&filter=payee:a", ""),
    ],
)
def test_a_filter_that_changes_nothing_is_said_to(page: str, query: str, passed_over: str) -> None:
    """Else the total of all is taken for that of the account in the field above."""
    client = application(EXAMPLE / "main.beancount").test_client()
    found = client.get(f"{book_of(client)}extension/{page}/?{query}").get_data(as_text=True)
    assert (f"{passed_over}筛选不影响本页" in found) == bool(passed_over)
    assert found.count("筛选不影响本页") == bool(passed_over)


def test_an_empty_book_has_an_overview(tmp_path: Path) -> None:
    said = text(empty(tmp_path / "book"))
    assert "账上还没有预算。先用 yusuan import 导入" in said
    assert said.count("没有 ") >= 3


def test_what_is_overdue_stands_first(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    share = ("--line", "2020J01", "--economic", "30201", "--amount", "100")
    for day, due in (
        ("2020-02-03", ""),
        ("2020-02-10", "2020-12-31"),
        ("2020-03-02", "2020-04-30"),
    ):
        until = ("--due", due) if due else ()
        made = run("commit", book, "--date", day, *share, "--text", f"{day[5:]}合同", *until)
        assert made.exit_code == 0, made.output
    said = text(book, "time=2020-05-10")
    assert "逾期 1 项" in said
    terms = ("03-02合同100.00逾期 10 天", "02-03合同100.00已 97 天", "02-10合同100.002020-12-31")
    places = [said.index(term) for term in terms]
    assert places == sorted(places)
    early = run(
        "commit", book, "--date", "2020-05-01", *share, "--text", "误", "--due", "2020-04-30"
    )
    assert "到期日 2020-04-30 早于占用日期 2020-05-01" in early.output


def test_a_commitment_on_several_lines_is_one(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    client = application(book / "main.beancount").test_client()
    shares = [
        {"line": "2020J01", "economic": "30201", "amount": "100.00"},
        {"line": "2020X01", "amount": "100.00"},
    ]
    form = {"date": "2020-03-02", "due": "2020-04-30", "shares": shares, "text": "合同"}
    made = client.post("/yusuan/desk/commitment", json=form)
    assert made.status_code == 200, made.get_json()
    said = text(book, "time=2020-05-10")
    assert said.count("合同100.00逾期 10 天") == 2
    assert "逾期 1 项" in said


def test_a_book_that_does_not_check_says_so(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    change(book / "yusuan.toml", '"行政"', '"机关"')
    assert run("check", book).exit_code == 1
    assert "账套检查未通过" in text(book)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied(tmp_path_factory.mktemp("web") / "book")) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, False), (False, True)])
def test_it_can_be_looked_at(browser: Browser, server: Server, *, dark: bool, narrow: bool) -> None:
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/Overview/?time=2020-01+-+2020-09")
        fava.shoot(f"overview-{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}")
        assert fava.obstacles() == []
        assert fava.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
