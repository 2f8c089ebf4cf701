"""fava on the example book: no page fails, all say that the book is synthetic, and 92 is a tree."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl
from urllib.parse import quote
from urllib.parse import unquote
from urllib.parse import urlencode
from urllib.parse import urlsplit

import pytest
from tests.books import run
from tests.webs import TITLE
from tests.webs import Fava
from tests.webs import Server
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger import web

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FAVA = [
    "损益表", "资产负债表", "试算表", "日记账", "查询",
    "资产", "通货", "凭证文档", "事件", "统计",
    "编辑器", "导入", "选项", "帮助",
]  # fmt: skip
#: Ours come after fava's, in the order of their names.
OURS = [getattr(web, name).report_title for name in sorted(web.__all__)]
#: They stand below 查询.
QUERIES = ["本月支付", "各指标可用", "三公支出", "按收款人合计", "未复核凭证"]
SIDEBAR = [*FAVA[:5], *QUERIES, *FAVA[5:], *OURS]
AVAILABLE = "Equity:92-可用指标"
GENERAL = f"{AVAILABLE}:11-一般公共预算"
#: Pages that no link on a page leads to: people get there by the fields and buttons at the top.
BY_HAND = [
    "errors/",
    "balance_sheet/?time=2020-06",
    "balance_sheet/?account=92-可用指标",
    "balance_sheet/?filter=payee:物业公司",
    "balance_sheet/?conversion=at_value",
    "balance_sheet/?conversion=units",
    "income_statement/?interval=quarter&conversion=CNY",
    "trial_balance/?time=2020-q1",
    "journal/?time=2020-12&account=2010302",
    "journal/?filter=^zf-2020-0031",
]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("web") / "book")


@pytest.fixture(scope="module")
def server(book: Path) -> Iterator[Server]:
    with serving(book) as running:
        yield running


@pytest.fixture
def fava(browser: Browser, server: Server) -> Iterator[Fava]:
    with looking(browser, server) as window:
        yield window


def crawl(fava: Fava, book: Path, kind: Callable[[str], Hashable]) -> list[str]:
    """Follow links from page to page, to one page of each kind; give the addresses."""
    fava.open("income_statement/")
    files = (f"editor/?file_path={path}" for path in sources(book))
    by_hand = [fava.base + quote(address, safe="/?=&") for address in (*BY_HAND, *files)]
    waiting = [*by_hand, *fava.links()]
    seen: set[Hashable] = set()
    visited = []
    while waiting:
        url = waiting.pop(0).partition("#")[0]
        found = url if url in by_hand else kind(url)
        if found in seen:
            continue
        seen |= {found, kind(url)}
        fava.follow(url)
        assert TITLE in fava.page.inner_text("header"), fava.where
        visited.append(fava.where)
        # Behind a filter stand the same pages, filtered.
        waiting += [] if filters(url) else fava.links()
    return visited


def sources(book: Path) -> list[Path]:
    """Give the files that fava's editor opens: the plugins add the settings to the ledger's own."""
    return [*sorted(book.rglob("*.beancount")), book / "yusuan.toml"]


def filters(url: str) -> set[str]:
    """Give the names of the filters that an address sets."""
    query = dict(parse_qsl(urlsplit(url).query))
    return query.keys() & {"account", "conversion", "filter", "interval", "time"}


def one_of_each(url: str) -> Hashable:
    """Take pages to be of one kind that differ by a name, a day or a place in a file only."""
    parts = urlsplit(url)
    report, *rest = unquote(parts.path).split("/")[2:]
    query = dict(parse_qsl(parts.query))
    if report == "editor":
        return report, query.get("file_path")
    if report != "account" or filters(url):
        return report, *rest[:-1], *sorted(query)
    account = rest[0].split(":")
    return (account[0], query["r"]) if "r" in query else (account[0] == "Equity", len(account))


def every_account(url: str) -> Hashable:
    """Take only pages that a filter sets apart to be of one kind."""
    return one_of_each(url) if filters(url) or "editor" in url else url


@pytest.mark.long
def test_no_page_fails(fava: Fava, book: Path) -> None:
    visited = crawl(fava, book, one_of_each)
    reports = {page.partition("/")[0] for page in visited}
    assert len(reports) == len(FAVA) + 3  # the pages of accounts, of errors, and ours
    ours = {page.split("/")[1] for page in visited if page.startswith("extension/")}
    assert len(ours) == len(OURS)
    levels = {page.count(":") for page in visited if page.startswith("account/Equity")}
    assert levels == set(range(7))


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_no_page_of_any_account_fails(fava: Fava, book: Path) -> None:
    assert len(crawl(fava, book, every_account)) > 1000


def test_the_sidebar_is_chinese_and_its_pages_open_from_a_bookmark(
    fava: Fava, server: Server
) -> None:
    fava.open("trial_balance/")
    entries = fava.page.inner_text("aside").split("\n")
    assert [name for name in entries if name[:1] >= "\u4e00"] == SIDEBAR
    for url in fava.links()[: len(SIDEBAR)]:
        assert TITLE in server.get(url.removeprefix(server.base)).decode()


def test_there_are_no_errors(fava: Fava) -> None:
    fava.open("errors/")
    assert fava.page.inner_text("article").strip() == "没有错误。"


def test_available_authority_is_a_tree_by_functional_class(fava: Fava, book: Path) -> None:
    """fund → 类 → 款 → 项 → 指标, every row what `yusuan` itself reports at the end of the year."""
    fava.open("balance_sheet/")
    shown = {name: row for name, row in fava.rows().items() if name.startswith(AVAILABLE)}
    assert {tuple(row) for row in shown.values()} == {("CNY", "CNY-JJ", "CNY-ZB", "CNY-ZX", "其他")}
    assert all(not row[column] for row in shown.values() for column in row if column != "CNY-ZB")
    assert all(row["CNY-ZB"][:1] != "-" for row in shown.values())
    tree = {codes(name): amount(row["CNY-ZB"]) for name, row in shown.items()}
    assert tree == reported(book)
    by_function: dict[str, Decimal] = defaultdict(Decimal)
    for path, available in tree.items():
        if len(path) in {2, 3, 4}:
            by_function[path[-1]] += available
    report = json.loads(run("execution", book, "--by", "function", "--json").output)
    assert by_function == {row["code"]: Decimal(row["available"]) for row in report["rows"]}
    assert tree[()] == Decimal(report["total"]["available"])


def reported(book: Path, *options: str) -> dict[tuple[str, ...], Decimal]:
    """Sum up what `yusuan lines` says is available, along fund → 类 → 款 → 项 → 指标."""
    tree: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in json.loads(run("lines", book, "--json", *options).output)["rows"]:
        function = row["function"]
        path = (row["fund"], function[:3], function[:5], function, row["line"])
        for length in range(len(path) + 1):
            tree[path[:length]] += Decimal(row["available"])
    return tree


def codes(account: str) -> tuple[str, ...]:
    """Give the codes of an account's components below 92."""
    return tuple(part.partition("-")[0] for part in account.split(":")[2:])


def amount(text: str) -> Decimal:
    """Read an amount as fava writes it."""
    return Decimal(text.replace(",", "") or "0")


def test_the_tree_folds(fava: Fava) -> None:
    fava.open("balance_sheet/")
    name = f"{GENERAL}:208-社会保障和就业支出"
    row = fava.page.locator(f"[data-account-name='{name}']")
    below = fava.page.locator(f"[data-account-name^='{name}:']")
    whole = fava.rows()[name]["CNY-ZB"]
    assert below.count() == 7
    row.locator("button").click()
    assert below.count() == 0
    assert fava.rows()[name]["CNY-ZB"] == whole
    row.locator("button").click()
    assert below.count() == 7


def test_until_june_it_shows_what_was_left_in_june(fava: Fava, book: Path) -> None:
    fava.open("balance_sheet/?time=2020-01+-+2020-06")
    shown = {name: row for name, row in fava.rows().items() if name.startswith(AVAILABLE)}
    tree = {codes(name): amount(row["CNY-ZB"]) for name, row in shown.items()}
    assert tree == reported(book, "--as-of", "2020-06-30")


def test_a_query_answers_and_can_be_downloaded(fava: Fava) -> None:
    query = (
        "SELECT leaf(account) AS line, sum(position) AS left"
        " WHERE account ~ ':92.*:2020X02' GROUP BY line"
    )
    fava.open("query/?" + urlencode({"query_string": query}))
    table = fava.page.locator("article table")
    table.wait_for()
    assert "3,350.00 CNY-ZB" in table.inner_text()
    with fava.page.expect_download() as downloading:
        fava.page.locator("a[href*='query_result.csv']").click()
    rows = list(csv.reader(downloading.value.path().read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "line"
    assert rows[1][0] == "2020X02-宣传与推广宣传资料编制"
    assert "3350.00" in rows[1]


def test_an_entry_shows_its_derived_postings(fava: Fava) -> None:
    fava.open("journal/?time=2020-12-17&filter=" + quote("payee:物业公司"))
    fava.page.locator("li.transaction a[href^='#context']").first.click()
    shown = fava.page.locator("dialog")
    shown.locator(".cm-content").wait_for()
    balances = shown.locator("table").first.text_content() or ""
    for account in ("92-可用指标", "95-已执行指标", "02-可用:2-公用经费", "03-已执行:2-公用经费"):
        assert account in balances
    assert "Equity" not in shown.locator(".cm-content").inner_text()


def test_the_journal_is_downloaded_as_it_was_written(server: Server) -> None:
    text = server.get("download-journal/?time=2020-03").decode()
    assert "3月物业管理费" in text
    assert "Equity:95-已执行指标" not in text
