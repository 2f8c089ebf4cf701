"""检查: every finding of the book, with its entry, its rule and what to do; also while the book has stops."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import run
from tests.pages import HOSTILE
from tests.pages import site
from tests.webs import EXAMPLE
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.rules.catalogue import rules_by_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.pages import Sheet
    from tests.webs import Server

FINDINGS = ".//section//table"
#: One fen too much, paid with the words of somebody who wants to run something.
OVERSPENT = """
2020-04-01 * {payee} {text} ^zf-x
  id: "zf-x"
  line: "2020X02"
  method: "direct"
  Expenses:7101-行政支出:201-一般公共服务支出:20103-政府办公厅室及相关机构事务:2010302-一般行政管理事务:302-商品和服务支出:30202-印刷费   60000.01 CNY
  Income:6001-财政拨款预算收入:11-一般公共预算   -60000.01 CNY
"""  # noqa: E501 -- ledger text


def quoted(text: str) -> str:
    """Write a text as beancount wants it."""
    return json.dumps(text, ensure_ascii=False)


def overspend(book: Path, payee: str = "印刷公司", text: str = "宣传册") -> None:
    """Write into a book by hand what no command would write."""
    add(
        book / "2020" / "2020-04.beancount",
        OVERSPENT.format(payee=quoted(payee), text=quoted(text)),
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


def checks(book: Path, **query: str) -> Sheet:
    return site(book).page("Checks", **query)


def test_a_book_without_findings_says_so_in_a_line(book: Path) -> None:
    page = checks(book)
    ran = len(json.loads(run("check", book, "--json").output)["rules_run"])
    loading = sum(rule.id.startswith("L") for rule in catalogue())
    assert page.said(".//p[contains(@class, 'ys-message')]") == (
        f"检查通过，没有发现问题：已运行规则 {ran + loading} 条。"
    )
    assert page.rows(FINDINGS) == []


def test_a_stop_is_shown_with_its_entry_its_rule_and_what_to_do(book: Path) -> None:
    overspend(book)
    page = checks(book)
    assert "检查未通过" in page.said(".//p[contains(@class, 'ys-message')]")
    [section] = page.tree.xpath(".//section[.//h4[starts-with(., 'R01')]]")
    rule = rules_by_id()["R01"]
    assert [" ".join(each.text_content().split()) for each in section.xpath(".//dd")] == [
        rule.remedy, rule.basis, rule.scope,
    ]  # fmt: skip
    [row] = page.rows(".//section[.//h4[starts-with(., 'R01')]]//table")
    assert (row[0], row[2], row[3]) == ("2020-04-01", "zf-x", "印刷公司宣传册")
    assert "超预算" in row[1]
    assert row[4].startswith("2020/2020-04.beancount:")


def test_it_says_what_check_says(book: Path) -> None:
    overspend(book)
    change(book / "yusuan.toml", "[unit]", '[rules.R03]\nseverity = "off"\n\n[unit]')
    said = json.loads(run("check", book, "--json").output)
    page = checks(book)
    shown = sorted(row[1] for row in page.rows(FINDINGS))
    assert shown == sorted(f["message"].partition("] ")[2] for f in said["findings"])
    for title, key in (
        ("已运行", "rules_run"),
        ("不适用", "not_applicable"),
        ("按", "switched_off"),
    ):
        rows = page.rows(f".//details[summary[starts-with(normalize-space(), '{title}')]]//table")
        ids = {row[0] for row in rows if not row[0].startswith("L")}
        assert ids == set(said[key]), title


def test_the_links_lead_to_the_entry(book: Path) -> None:
    """fava opens the overlay of `#context-` by the hash of the entry with its derived postings."""
    overspend(book)
    opened = site(book)
    links = opened.page("Checks").links(f"{FINDINGS}//a")
    [context] = {link.partition("#context-")[2] for link in links if "#context-" in link}
    entry = json.loads(opened.text("api/context", entry_hash=context))["data"]["entry"]
    assert (entry["payee"], entry["narration"]) == ("印刷公司", "宣传册")
    [journal] = {link for link in links if "journal/" in link}
    assert "filter=^zf-x" in journal


def test_favas_filters_are_followed(book: Path) -> None:
    overspend(book)
    page = checks(book, time="2020-05")
    assert page.rows(FINDINGS) == []
    assert "另有" in page.said(".//p[@class='ys-note']")
    assert len(checks(book, time="2020-04").rows(FINDINGS)) == len(checks(book).rows(FINDINGS))


def test_authorisations_are_shown_with_what_is_left(book: Path) -> None:
    given = ("--rule", "R01", "--line", "2020X02", "--cap", "50.00", "--until", "2020-06-30")
    who = (
        "--office",
        "财政局",
        "--doc",
        "示例函〔2020〕001号",
        "--reason",
        "应急",
        "--date",
        "2020-03-01",
    )
    done = run("authorise", book, *given, *who)
    assert done.exit_code == 0, done.output
    [row] = checks(book).rows(".//table[caption[contains(., '登记在账')]]")
    assert row[1:4] == ["R01", "2020X02", "财政局 示例函〔2020〕001号"]
    assert row[-3:] == ["50.00", "0.00", "50.00"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text(book: Path, text: str) -> None:
    overspend(book, payee=text, text=text)
    page = checks(book)
    assert page.faults() == []
    assert any(row[3] == " ".join(f"{text}{text}".split()) for row in page.rows(FINDINGS))


def test_a_book_that_cannot_be_read_any_more_says_why(book: Path) -> None:
    opened = site(book)
    add(book / "2020" / "2020-04.beancount", "这不是账\n")
    assert "检查未通过" in opened.page("Checks").said()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    book = copied(tmp_path_factory.mktemp("checks") / "book")
    assert (
        pay(book, date="2020-12-30", line="2020X02", economic="30202", amount="0.01").exit_code == 0
    )
    overspend(book, payee=HOSTILE[0], text=HOSTILE[1])
    with serving(book) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, True)])
def test_the_page_can_be_used_by_everybody(
    browser: Browser, server: Server, *, dark: bool, narrow: bool
) -> None:
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/Checks/")
        fava.shoot(f"checks-{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}")
        assert fava.obstacles() == []
        assert fava.page.evaluate("window.ran") is None
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert fava.page.evaluate(width) <= 0
        fava.page.locator("article tr:has-text('zf-x') a[href^='#context']").first.click()
        fava.page.locator("dialog .cm-content").wait_for()
        assert "zf-x" in fava.page.locator("dialog").inner_text()


def test_the_example_has_a_hint_and_nothing_else() -> None:
    [row] = checks(EXAMPLE).rows(FINDINGS)
    assert "30107" in row[1]
