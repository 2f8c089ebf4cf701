"""图: every chart has its figures in a table, and what draws it ships with the package."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from lxml import html
from tests.books import approved
from tests.books import empty
from tests.books import pay
from tests.books import run
from tests.lists import HEAD
from tests.lists import row
from tests.lists import write
from tests.pages import site
from tests.webs import EXAMPLE
from tests.webs import ROOT
from tests.webs import Server
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.tables.execution import By
from yusuan.ledger.web.app import application
from yusuan.ledger.web.pictured import months
from yusuan.ledger.web.pictured import pictured
from yusuan.ledger.web.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

CHARTS = ["function", "economic", "months", "publics", "projects"]
D3 = ROOT / "ledger" / "web" / "pages" / "d3"
#: Of `dist/d3.min.js` in the package d3 7.9.2, as the npm registry gives it.
D3_DIGEST = "912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1"


@pytest.fixture(scope="module")
def held() -> Standing:
    return Standing(view(load_book(EXAMPLE)))


def test_the_leaves_of_the_structure_add_up_to_the_budget(held: Standing) -> None:
    drawn = pictured(held, date(2020, 9, 30)).drawn()
    for by in (By.FUNCTION, By.ECONOMIC):
        leaves = drawn[by.value]
        assert isinstance(leaves, list)
        total = held.execution(by, date(2020, 9, 30)).total.position
        assert total is not None
        assert sum(Decimal(leaf["amount"]) for leaf in leaves) == total.adjusted


def test_the_months_add_up_to_what_was_spent(held: Standing) -> None:
    found = pictured(held, date(2020, 9, 15)).months
    assert [each.spent is None for each in found] == [False] * 9 + [True] * 3
    total = held.execution(By.LINE, date(2020, 9, 15)).total
    assert total.position is not None
    assert sum((each.spent or Decimal() for each in found), Decimal()) == total.position.spent
    assert found[8].rate == total.rate
    assert found[5].pace == Decimal("0.4973")
    assert {each.last for each in found} == {None}


def test_the_year_before_is_drawn_where_the_book_has_it(held: Standing) -> None:
    last, this = months(held, date(2020, 12, 31)), months(held, date(2021, 3, 31))
    assert [each.last for each in this] == [each.rate for each in last]
    assert [each.spent for each in this] == [Decimal("0.00")] * 3 + [None] * 9


def test_projects_aim_at_what_their_lines_declare(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    chart = book / "chart.beancount"
    before = chart.read_text("utf-8")
    named = '  line: "2020X02"\n'
    assert named in before
    chart.write_text(before.replace(named, f'{named}  target: "98"\n'), "utf-8")
    found = pictured(Standing(view(load_book(book))), date(2020, 6, 30)).projects
    assert {each.code: each.target for each in found} == {
        "2020X01": None, "2020X02": Decimal("0.98"), "2020X03": None,
    }  # fmt: skip


def test_three_public_is_shown_in_a_book_that_limits_none(tmp_path: Path) -> None:
    """A book from a 指标 list has no special limits."""
    book, file = empty(tmp_path / "book"), tmp_path / "a.csv"
    write(file, [HEAD, row(部门支出经济分类="30217-公务接待费", 金额="500.00")])
    assert run("import", file, "--book", book, "--yes").exit_code == 0
    for month in ("03", "05"):
        made = pay(book, economic="30217", amount="40.00", date=f"2020-{month}-16")
        assert made.exit_code == 0, made.output
    found = pictured(Standing(view(load_book(book))), date(2020, 4, 30))
    assert [(each.code, each.limit, each.spent) for each in found.publics] == [
        ("0102", None, Decimal("40.00"))
    ]
    assert found.drawn()["publics"] == []
    page = site(book).page("Pictures")
    assert page.rows(".//table[@id='ys-table-publics']") == [["0102公务接待费", "—", "80.00"]]


def test_the_library_is_what_its_makers_published() -> None:
    assert hashlib.sha256((D3 / "d3.min.js").read_bytes()).hexdigest() == D3_DIGEST
    assert "Mike Bostock" in (D3 / "LICENSE").read_text("utf-8")


def test_each_chart_has_a_table() -> None:
    client = application(EXAMPLE / "main.beancount").test_client()
    base = client.get("/").headers["Location"].split("/")[1]
    found = client.get(f"/{base}/extension/Pictures/?partial=true&time=2020-06")
    page = html.fromstring(f"<div>{found.data.decode()}</div>")
    shown = page.xpath("//@data-chart")
    assert [name for name in CHARTS if name in shown] == shown
    for name in shown:
        assert page.xpath(f"//table[@id='ys-table-{name}']//td"), name
    assert json.loads(page.xpath("//script[@id='ys-drawn']/text()")[0])["months"][6]["rate"] is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied(tmp_path_factory.mktemp("web") / "book")) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, False), (False, True)])
def test_it_can_be_looked_at(browser: Browser, server: Server, *, dark: bool, narrow: bool) -> None:
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/Pictures/?time=2020-01+-+2020-09")
        fava.page.locator("[data-chart=projects] svg").wait_for()
        if not narrow:
            # fava's pages scroll within their frame: all of this one is to be on the picture.
            fava.page.set_viewport_size({"width": 1300, "height": 2000})
        boxes = fava.page.locator("[data-chart]").count()
        assert fava.page.locator("[data-chart] svg").count() == boxes
        fava.shoot(f"pictures-{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}")
        assert fava.obstacles() == []
        assert fava.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        # A cell leads to the row that it stands for, and back.
        fava.page.locator("[data-chart=function] a").first.press("Enter")
        fava.page.locator("#ys-shown").wait_for()
        assert "extension/Execution/?search=" in fava.where
        fava.page.go_back()
        fava.page.locator("[data-chart=projects] svg").wait_for()


@pytest.mark.browser
def test_a_book_without_a_budget_has_nothing_to_draw(browser: Browser, tmp_path: Path) -> None:
    with serving(empty(tmp_path / "book")) as running, looking(browser, running) as fava:
        fava.open("extension/Pictures/")
        fava.page.locator("[data-chart=months] svg").wait_for()
        assert fava.page.locator("[data-chart=function]").inner_text() == "没有预算数。"
