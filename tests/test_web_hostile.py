"""Hostile text in every field of a ledger: no page of fava or ours runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote
from urllib.parse import unquote
from urllib.parse import urlencode
from urllib.parse import urlsplit

import pytest
from fava.application import create_app
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.webs import book_of
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser
    from tests.webs import Fava
    from tests.webs import Server

pytestmark = pytest.mark.browser

#: Each closes what it may stand in: text, an attribute, a script, a template, a link.
HOSTILE = "</script></textarea><img src=/ran onerror=alert(1)>'\"><svg onload=alert(1)>{{7*7}}"
LINK = "javascript:alert(1)"
QUOTED = HOSTILE.replace('"', '\\"')
REPORTS = [
    "income_statement/", "balance_sheet/", "trial_balance/", "journal/", "query/", "holdings/",
    "commodities/", "documents/", "events/", "statistics/", "editor/", "import/", "options/", "errors/",
    "help/", "account/Equity:92-可用指标/", "account/Equity:92-可用指标/?r=changes",
    f"journal/?filter={quote(HOSTILE)}",
    f"journal/?account={quote(HOSTILE)}",
    f"journal/?time={quote(HOSTILE)}",
    f"query/?{urlencode({'query_string': 'SELECT payee, narration, any_meta(' + repr('remark') + '), account'})}",
    f"query/?{urlencode({'query_string': HOSTILE})}",
]  # fmt: skip
ENTRIES = f"""
2020-03-16 note Equity:92-可用指标 "{QUOTED}"
  remark: "{QUOTED}"
2020-03-16 event "{QUOTED}" "{QUOTED}"
2020-03-16 query "{QUOTED}" "SELECT '{LINK}', payee, narration"
2020-03-16 custom "{QUOTED}" "{QUOTED}"
2020-03-16 custom "fava-sidebar-link" "{QUOTED}" "/sign-in?{quote(HOSTILE)}"
2020-03-16 document Equity:92-可用指标 "../导入/{QUOTED.replace("/", "∕")}"
2020-03-17 balance Equity:92-可用指标  1.00 CNY-ZB
  remark: "{QUOTED}"
2020-03-17 commodity XX
  name: "{QUOTED}"
2020-03-17 open Expenses:7101-行政支出:999-其他 CNY
  name: "{QUOTED}"
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = approved(tmp_path_factory.mktemp("hostile") / "book")
    assert pay(folder, payee=HOSTILE, text=HOSTILE, id="zf-2020-0001").exit_code == 0
    march = folder / "2020" / "2020-03.beancount"
    change(
        march,
        '  id: "zf-2020-0001"',
        f'  id: "zf-2020-0001"\n  remark: "{QUOTED}"\n  document: "{QUOTED}"\n  link: "{LINK}"',
    )
    inbox = folder / "导入"
    inbox.mkdir()
    (inbox / HOSTILE.replace("/", "∕")).write_text("a,b\n", "utf-8")
    add(march, ENTRIES)
    main, settings = folder / "main.beancount", folder / "yusuan.toml"
    change(main, 'option "title" "示例单位 预算账套"', f'option "title" "{QUOTED}"')
    add(main, '2020-01-01 custom "fava-option" "import-dirs" "导入"\n')
    change(settings, 'name = "示例单位"', f"name = '''{HOSTILE}'''\nnotes = ['''{HOSTILE}''']")
    return folder


@pytest.fixture(scope="module")
def server(book: Path) -> Iterator[Server]:
    with serving(book) as running:
        yield running


@pytest.fixture
def fava(browser: Browser, server: Server) -> Iterator[Fava]:
    with looking(browser, server) as window:
        window.page.on("dialog", lambda shown: window.faults.append(f"dialog: {shown.message}"))
        yield window


def test_the_hostile_text_is_in_the_book(server: Server) -> None:
    """What the other tests do not find run must be there to be run."""
    said = server.get("api/journal").decode()
    assert said.count("<img src=/ran") >= 8


@pytest.mark.parametrize("make", [application, lambda main: create_app([str(main)])])
def test_the_journal_is_escaped(book: Path, make: Callable[[Path], Flask]) -> None:
    """fava turns escaping off in this one template; under plain fava our extension turns it on."""
    client = make(book / "main.beancount").test_client()
    base = book_of(client)
    shown = json.loads(client.get(f"{base}api/journal_page?page=1&order=asc").data)["data"][
        "journal"
    ]
    assert shown.count("&lt;img src=/ran") >= 8
    assert "<img" not in shown
    assert "<svg" not in shown
    assert "<strong class='payee'>" in shown


def test_no_page_runs_it(fava: Fava) -> None:
    fava.open("journal/")
    linked = {url for url in fava.links() if "/extension/" in url}
    for address in [*REPORTS, *(url.removeprefix(fava.base) for url in sorted(linked))]:
        fava.open(address)
        fava.page.wait_for_timeout(100)
    # What fava says of a filter or a query that is none is no fault of a page.
    fava.faults[:] = [each for each in fava.faults if not said_of_input(each)]
    asked = {urlsplit(each).path for each in fava.faults}
    assert "/ran" not in asked


def said_of_input(fault: str) -> bool:
    return (
        unquote(fault).startswith(("400 ", "500 "))
        or "status of 400" in fault
        or "HTTP 400" in fault
    )


def test_no_entry_of_the_journal_runs_it(fava: Fava) -> None:
    fava.open("journal/?filter=" + quote("^zf-2020-0001"))
    fava.page.locator("li.transaction a[href^='#context']").first.click()
    fava.page.locator("dialog .cm-content").wait_for()
    for note in ("note", "document", "custom", "balance"):
        fava.open("journal/")
        fava.page.locator(f"li.{note} a[href^='#context']").first.click()
        fava.page.locator("dialog").wait_for()
