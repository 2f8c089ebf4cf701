"""预算执行 in a browser: by mouse and by keys, light and dark, wide and narrow, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.webs import Fava
from tests.webs import Server
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(copied(tmp_path_factory.mktemp("web") / "book")) as running:
        yield running


@pytest.fixture
def fava(browser: Browser, server: Server) -> Iterator[Fava]:
    with looking(browser, server) as window:
        yield window


def codes(fava: Fava) -> list[str]:
    return fava.page.locator("#ys-shown .ys-code").all_inner_texts()


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_can_be_looked_at(browser: Browser, server: Server, *, dark: bool, narrow: bool) -> None:
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        fava.open("extension/Execution/?as_of=2020-09-30")
        fava.shoot(f"execution-{'dark' if dark else 'light'}-{'narrow' if narrow else 'wide'}")
        assert fava.obstacles() == []
        assert fava.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if not dark and not narrow:
            fava.page.emulate_media(media="print")
            fava.shoot("execution-print")


def test_typing_searches_and_keeps_the_place(fava: Fava) -> None:
    fava.open("extension/Execution/")
    field = fava.page.get_by_label("搜索编码或名称")
    field.press_sequentially("住房")
    fava.page.locator("#ys-shown[data-note='3 行']").wait_for()
    assert codes(fava) == ["221", "22102", "2210201"]
    assert fava.page.evaluate("document.activeElement.id") == "ys-search"
    assert fava.where.endswith("?search=住房")
    assert fava.page.locator("#ys-status").inner_text() == "3 行"


def test_rows_are_opened_and_sorted_by_keys_alone(fava: Fava) -> None:
    fava.open("extension/Execution/?level=1")
    fava.page.locator("#ys-turn-201").focus()
    fava.page.keyboard.press("Enter")
    fava.page.locator("#ys-turn-201[aria-expanded=true]").wait_for()
    assert codes(fava) == ["201", "20103", "208", "210", "221"]
    assert fava.page.evaluate("document.activeElement.id") == "ys-turn-201"
    fava.page.locator("#ys-sort-available").focus()
    fava.page.keyboard.press("Enter")
    fava.page.locator("th[aria-sort=descending] #ys-sort-available:focus").wait_for()
    assert codes(fava) == ["201", "20103", "208", "221", "210"]
    assert fava.where.endswith("?sort=available&down=1&level=1&turned=201")
    fava.page.go_back()
    fava.page.locator("th[aria-sort=ascending] #ys-sort-code").wait_for()
    assert codes(fava) == ["201", "20103", "208", "210", "221"]


def test_favas_filter_and_a_figure_lead_on(fava: Fava) -> None:
    fava.open("extension/Execution/?by=line&as_of=2020-03-31")
    fava.page.get_by_label("截止日期").fill("2020-06-30")
    fava.page.get_by_text("截至 2020-06-30").wait_for()
    fava.page.get_by_placeholder("时间").fill("2020-03")
    fava.page.keyboard.press("Enter")
    fava.page.locator("#ys-sort-within").wait_for()
    assert "as_of=2020-06-30" in fava.where
    row = fava.page.locator("#ys-shown tr", has_text="2020J02")
    spent = row.locator("td").nth(4)
    figure = spent.inner_text()
    fava.follow(spent.locator("a").evaluate("link => link.href"))
    fava.page.locator("ol.journal").last.wait_for()
    assert figure.strip() in fava.page.inner_text("article")


def test_what_is_shown_is_downloaded(fava: Fava) -> None:
    fava.open("extension/Execution/?by=project")
    with fava.page.expect_download() as downloading:
        fava.page.get_by_text("导出 Excel").click()
    assert downloading.value.suggested_filename.endswith("（按项目）2020-12-31.xlsx")
