"""指标: on every line of the example the page says what `yusuan lines` and `yusuan available` say."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import add
from tests.books import approved
from tests.books import pay
from tests.books import received
from tests.books import run
from tests.pages import HOSTILE
from tests.pages import site
from tests.webs import EXAMPLE
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.commitments import outstanding
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.tables.line_card import line_card
from yusuan.ledger.web.cards import card
from yusuan.ledger.web.cards import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.pages import Site
    from tests.webs import Server

    from yusuan.ledger.books.view import View

LAST = date(2020, 12, 31)
LINES = [f"2020J{number:02d}" for number in range(1, 8)] + ["2020X01", "2020X02", "2020X03"]
TIMELINE = ".//table[caption[contains(., '最近的在前')]]"
GRANTS = ".//table[caption[contains(., '合计即全年预算')]]"
LIMITS = ".//table[caption[contains(., '每一层')]]"


@pytest.fixture(scope="module")
def example() -> Site:
    return site(EXAMPLE)


@pytest.fixture(scope="module")
def found() -> View:
    return view(load_book(EXAMPLE))


@pytest.fixture(scope="module")
def reported() -> dict[str, dict[str, Any]]:
    """What `yusuan lines` says, by line."""
    report = json.loads(run("lines", EXAMPLE, "--json").output)
    return {row["line"]: row for row in report["rows"]}


def plain(shown: str) -> str:
    """Read an amount as the page groups it."""
    return shown.replace(",", "")


def test_the_list_is_what_lines_says(example: Site, reported: dict[str, dict[str, Any]]) -> None:
    rows = {row[0]: row for row in example.page("LineCards").rows()}
    assert sorted(rows) == sorted(reported) == LINES
    for line, row in rows.items():
        said = reported[line]
        keys = ("available", "committed", "frozen", "spent", "adjusted")
        assert [plain(cell) for cell in row[2:7]] == [said[key] for key in keys], line
    amounts = [Decimal(plain(row[2])) for row in example.page("LineCards").rows()]
    assert amounts == sorted(amounts)


@pytest.mark.parametrize("line", LINES)
def test_a_card_says_what_lines_and_available_say(
    example: Site, reported: dict[str, dict[str, Any]], line: str
) -> None:
    page, said = example.page("LineCards", line=line), reported[line]
    big = [plain(text) for text in page.tree.xpath(".//p[@class='ys-big']/text()")]
    keys = ("adjusted", "available", "committed", "frozen", "spent")
    assert big == [said[key] for key in keys]
    available = json.loads(run("available", EXAMPLE, "--line", line, "--json").output)
    first = page.rows(LIMITS)[0]
    assert plain(first[-1]) == available["available"] == available["layers"][0]["available"]
    assert first[1] == available["layers"][0]["name"]
    assert plain(page.rows(GRANTS)[-1][-1]) == said["adjusted"]
    assert plain(page.rows(TIMELINE)[0][-1]) == said["available"]


@pytest.mark.parametrize("economic", ["30101", "30103", "30211", "30209"])
def test_an_economic_limit_is_what_available_says(example: Site, economic: str) -> None:
    options = ("--line", "2020J01", "--economic", economic, "--json")
    said = json.loads(run("available", EXAMPLE, *options).output)
    [layer] = [each for each in said["layers"] if each["layer"] == "economic"]
    [row] = [
        row
        for row in example.page("LineCards", line="2020J01").rows(LIMITS)
        if row[1] == layer["name"]
    ]
    assert (plain(row[-1]), row[2]) == (layer["available"], "共用")


@pytest.mark.parametrize("day", [date(2020, 1, 15), date(2020, 6, 30), date(2020, 9, 30), LAST])
def test_movements_add_up_to_where_the_line_stands(found: View, day: date) -> None:
    """The sum of what happened is what the execution table has, in every state, on any day."""
    for row in listed(found, day):
        made = line_card(found.events, found.layers, row.line, day)
        for state in State:
            moved = sum((move.changes.get(state, Decimal(0)) for move in made.moves), Decimal(0))
            assert moved == getattr(row.position, state.value), (row.line.id, state)
        assert sum(move.authority for move in made.grants) == row.position.adjusted
        left = sum((contract.left for contract in made.contracts), Decimal(0))
        assert left == row.position.committed


@pytest.mark.parametrize("day", [date(2020, 6, 30), date(2020, 9, 30), LAST])
def test_what_is_left_of_a_commitment(found: View, day: date) -> None:
    events = [event for event in found.events if event.date <= day]
    line = found.layers.register.lines["2020X01"]
    [contract] = line_card(found.events, found.layers, line, day).contracts
    held = outstanding(events, found.layers, contract.id)
    assert contract.left == held[place(line_cell(line.id), State.COMMITTED)]


def test_months_that_were_planned_stand_beside_what_was_paid(tmp_path: Path) -> None:
    book = received(approved(tmp_path / "book"))
    plan = ("--date", "2020-01-05", "--from", "2020J01=50000.00", "--text", "计划")
    for month in ("2", "3"):
        done = run("plan", book, "--month", month, *plan)
        assert done.exit_code == 0, done.output
    assert pay(book, date="2020-03-16", amount="41500.00").exit_code == 0
    opened = view(load_book(book))
    [row] = [row for row in listed(opened, LAST) if row.line.id == "2020J01"]
    months = [
        (m.month, m.planned, m.planned_so_far, m.paid_so_far)
        for m in card(opened, row, LAST).months
    ]
    assert months == [
        ("2020-02", Decimal(50000), Decimal(50000), Decimal(0)),
        ("2020-03", Decimal(50000), Decimal(100000), Decimal("41500.00")),
    ]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("2020x02", ["2020X02"]),
        ("宣传 其他", ["2020X03"]),
        ("20805", ["2020J02", "2020J03", "2020J04"]),
        ("住房公积金", ["2020J06"]),
        ("wwgz", ["2020X01"]),
        ("没有这个", []),
    ],
)
def test_lines_are_found_by_id_name_function_and_fund(
    example: Site, words: str, lines: list[str]
) -> None:
    rows = example.page("LineCards", q=words, sort="id").rows()
    assert [row[0] for row in rows] == lines


def test_favas_filters_choose_the_day_and_the_events(example: Site) -> None:
    page = example.page("LineCards", line="2020X01", time="2020-09")
    rows = page.rows(TIMELINE)
    assert {row[0][:7] for row in rows} == {"2020-09"}
    assert "截至 2020-09-30" in page.said(".//p[@class='ys-note']")
    whole = example.page("LineCards", line="2020X01").rows(TIMELINE)
    assert rows == [row for row in whole if row[0].startswith("2020-09")]
    lawyers = example.page("LineCards", line="2020X01", filter="payee:律师事务所").rows(TIMELINE)
    assert lawyers == [row for row in whole if row[3].startswith("律师事务所")]


def test_an_event_leads_to_its_entry(example: Site) -> None:
    links = example.page("LineCards", line="2020X01").links(f"{TIMELINE}//a")
    contexts = [link.partition("#context-")[2] for link in links if "#context-" in link]
    assert len(contexts) == len(set(contexts)) > 60
    entry = json.loads(example.text("api/context", entry_hash=contexts[0]))["data"]["entry"]
    assert entry["meta"]["id"] == "sh-2020-0001"


def test_a_line_that_is_not_there_is_said_not_to_be(example: Site) -> None:
    page = example.page("LineCards", line=HOSTILE[0])
    assert f"账上没有编号为 {HOSTILE[0]} 的指标" in page.said()
    assert page.faults() == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, text: str) -> None:
    book = approved(tmp_path / "book")
    written = json.dumps(text, ensure_ascii=False)
    path = (
        "Equity:92-可用指标:11-一般公共预算:201-一般公共服务支出:20103-政府办公厅室及相关机构事务"
    )
    add(
        book / "2020" / "budget.beancount",
        f'\n2020-02-01 * {written} {written} ^zj-x\n  id: "zj-x"\n  event: "supplement"\n  doc: {written}\n'
        f"  {path}:2010302-一般行政管理事务:2020X01-维稳工作   1.00 CNY-ZB\n"
        "  Equity:91-指标来源:03-追加:11-一般公共预算   -1.00 CNY-ZB\n",
    )
    opened = site(book)
    page = opened.page("LineCards", line="2020X01")
    assert page.rows(GRANTS)[-2][2] == " ".join(text.split())
    for each in (
        page,
        opened.page("LineCards", q=text),
        opened.page("LineCards", q=text, time=text[:0]),
    ):
        assert each.faults() == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied(tmp_path_factory.mktemp("cards") / "book")) as running:
        yield running


@pytest.mark.browser
@pytest.mark.parametrize(("dark", "narrow"), [(False, False), (True, True)])
def test_the_pages_can_be_used_by_everybody(
    browser: Browser, server: Server, *, dark: bool, narrow: bool
) -> None:
    """By keyboard: search a line, open its card, open an entry."""
    look = f"{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}"
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/LineCards/")
        fava.shoot(f"lines-{look}")
        assert fava.obstacles() == []
        assert fava.page.evaluate(width) <= 0
        fava.page.locator("input[name=q]").fill("维稳")
        fava.page.keyboard.press("Enter")
        link = fava.page.locator("article td a", has_text="2020X01")
        link.focus()
        fava.page.keyboard.press("Enter")
        fava.page.get_by_role("heading", name="额度来源").wait_for()
        fava.shoot(f"card-{look}")
        assert fava.obstacles() == []
        assert fava.page.evaluate(width) <= 0
        fava.page.locator("a[href^='#context']").first.click()
        fava.page.locator("dialog .cm-content").wait_for()
