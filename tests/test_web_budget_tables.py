"""预算表: the tables of the book on a page, every cell leading to the postings that it is the sum of."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from fava.core import FavaLedger
from tests.books import SOURCE
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.pages import HOSTILE
from tests.pages import site
from tests.webs import EXAMPLE
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.published import published_of
from yusuan.ledger.books.view import view
from yusuan.ledger.tables.published.holdings import Stage
from yusuan.ledger.web import evidence as evidences
from yusuan.ledger.web.evidence import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.pages import Sheet
    from tests.pages import Site
    from tests.webs import Server

    from yusuan.ledger.books.view import View

IDENTITIES = ".//table[thead//th[contains(., '勾稽关系')]]"


@pytest.fixture(scope="module")
def example() -> Site:
    return site(EXAMPLE)


@pytest.fixture(scope="module")
def ledger() -> FavaLedger:
    """The example as plain fava has it."""
    return FavaLedger(str(EXAMPLE / "main.beancount"))


@pytest.fixture(scope="module")
def found() -> View:
    return view(load_book(EXAMPLE))


def shown(page: Sheet, table: str) -> list[list[str]]:
    return page.rows(f".//section[@id='{table}']//table")


def posted(ledger: FavaLedger, account: str, entries: str) -> Decimal:
    """Sum what fava's journal shows behind a link: the postings that match its pattern."""
    pattern = re.compile(account, re.IGNORECASE)
    total = Decimal("0.00")
    for entry in ledger.get_filtered(account=account, filter=entries).entries:
        for posting in getattr(entry, "postings", ()):
            if pattern.search(posting.account):
                total += posting.units.number
    return total


@pytest.mark.parametrize("stage", list(Stage))
def test_every_cell_is_the_sum_of_the_postings_it_leads_to(
    found: View, ledger: FavaLedger, stage: Stage
) -> None:
    sums: dict[Any, Decimal] = {}
    linked = 0
    for made in published_of(found, 2020, stage).made:
        for (at, key), cells in made.evidence.items():
            behind = evidence(cells, found.layers.register, stage)
            if behind not in sums:
                sums[behind] = posted(ledger, behind.account, behind.filter)
            assert sums[behind] == made.table.rows[at].amount(key), (made.table.id, at, key)
            linked += 1
    assert linked > 180


def test_of_very_many_lines_the_address_names_what_they_share(
    found: View, ledger: FavaLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidences, "MOST_NAMED", 1)
    table = published_of(found, 2020, Stage.ADJUSTED).made[6 - 2]  # T5
    total = len(table.table.rows) - 1
    behind = evidence(table.evidence[total, "total"], found.layers.register, Stage.ADJUSTED)
    assert behind.account.endswith(":11-一般公共预算:")
    assert posted(ledger, behind.account, behind.filter) == table.table.rows[total].amount("total")


def test_the_page_shows_the_tables_of_the_document(example: Site) -> None:
    page = example.page("BudgetTables")
    document = recognise(read(SOURCE))
    for table in document.tables:
        if table.id in {"T1", "T4", "T9"}:
            continue
        printed = [[f"{row.amount(key) or 0:,.2f}" for key in table.columns] for row in table.rows]
        assert [row[-len(table.columns) :] for row in shown(page, table.id)] == printed
        codes = [row.code for row in table.coded()]
        assert [row[0] for row in shown(page, table.id)][: len(codes)] == codes
    assert ["合计", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "84.83"] in shown(page, "T9")
    assert "本表为空表" in page.said(".//section[@id='T7']")


def test_identities_are_shown_to_hold(example: Site) -> None:
    for stage in Stage:
        page = example.page("BudgetTables", **{"as": stage.value})
        assert "勾稽关系没有不符" in page.said(".//p[contains(@class, 'ys-message')]")
        said = {row[0]: row[2] for row in page.rows(IDENTITIES)}
        assert {said[f"B{number:02d}"] for number in range(1, 11)} == {"相符"}
        assert said["B13"] == "不适用"


def test_the_stage_is_chosen_by_the_address(example: Site) -> None:
    before, after = (example.page("BudgetTables", **{"as": stage.value}) for stage in Stage)
    assert before.rows(".//section[@id='T3']//table")[-1][-3:] == [
        "8,466,201.85", "5,626,201.85", "2,840,000.00",
    ]  # fmt: skip
    assert (
        after.rows(".//section[@id='T3']//table")[-1]
        != before.rows(".//section[@id='T3']//table")[-1]
    )
    assert example.page("BudgetTables", year="1999", **{"as": "?"}).rows() == before.rows()


def test_a_link_leads_to_what_fava_filters(example: Site) -> None:
    [link] = {
        link for link in example.page("BudgetTables").links(".//section[@id='T5']//tr[last()]//a")
        if "2020X" not in link
    }  # fmt: skip
    assert "/journal/?" in link
    assert "(2020J01|" in link


def test_a_table_that_does_not_tie_out_says_so(tmp_path: Path) -> None:
    book = copied(tmp_path / "book")
    path = "1-人员经费:301-工资福利支出:30103-奖金"
    text = (book / "2020" / "budget.beancount").read_text("utf-8")
    text += (
        '\n2020-12-31 * "追加" ^zj-x\n  id: "zj-x"\n  event: "supplement"\n  doc: "示例"\n'
        f"  Equity:98-经济分类控制:02-可用:{path}   1.00 CNY-JJ\n"
        f"  Equity:98-经济分类控制:01-来源:{path}   -1.00 CNY-JJ\n"
    )
    (book / "2020" / "budget.beancount").write_text(text, "utf-8")
    page = site(book).page("BudgetTables", **{"as": "adjusted"})
    assert "勾稽关系有 1 条不符" in page.said(".//p[contains(@class, 'ys-stop')]")
    assert "B08" in page.said(".//p[contains(@class, 'ys-stop')]")
    assert "B08" not in site(book).page("BudgetTables").said(".//p[contains(@class, 'ys-stop')]")


def test_a_book_without_a_budget_has_empty_tables(tmp_path: Path) -> None:
    page = site(empty(tmp_path / "book")).page("BudgetTables")
    assert "账上没有按经济分类的额度" in page.said()
    assert "勾稽关系没有不符" in page.said()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_names(tmp_path: Path, text: str) -> None:
    book = approved(tmp_path / "book")
    change(book / "yusuan.toml", '"示例单位"', json.dumps(text, ensure_ascii=False))
    page = site(book).page("BudgetTables", **{"as": text, "year": text})
    assert page.faults() == []
    assert " ".join(text.split()) in page.said()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied(tmp_path_factory.mktemp("tables") / "book")) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, True)])
def test_the_page_can_be_used_by_everybody(
    browser: Browser, server: Server, *, dark: bool, narrow: bool
) -> None:
    """From a cell by keyboard to the entries behind it, and back."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/BudgetTables/")
        fava.shoot(f"tables-{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}")
        assert fava.obstacles() == []
        assert fava.page.evaluate(width) <= 0
        fava.page.get_by_role("link", name="调整后").click()
        fava.page.locator("a[aria-current]", has_text="调整后").wait_for()
        cell = fava.page.locator("#T9 td a").first
        cell.focus()
        fava.page.keyboard.press("Enter")
        fava.page.locator("li.transaction").first.wait_for()
        assert "维稳工作调剂用于宣传资料编制" in fava.page.locator("article").inner_text()
