"""登记 in a browser: a payment by the keyboard, what is refused, what stays, and two accountants at once."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import pay
from tests.books import run
from tests.books import snapshot
from tests.webs import Fava
from tests.webs import Server
from tests.webs import copied
from tests.webs import looking
from tests.webs import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ADDRESS = "extension/Recording/"
DECEMBER = "2020/2020-12.beancount"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return copied(tmp_path / "book")


@pytest.fixture
def server(book: Path) -> Iterator[Server]:
    with serving(book) as running:
        yield running


@pytest.fixture
def fava(browser: Browser, server: Server) -> Iterator[Fava]:
    with looking(browser, server) as window:
        yield window


def opened(fava: Fava) -> Page:
    """Open the page and wait for the form to be ready."""
    fava.open(ADDRESS)
    fava.page.locator("form[data-ready=yes]").wait_for()
    return fava.page


def fill(page: Page, amount: str, payee: str = "物业公司") -> None:
    """Fill in a payment for 办公费 as people do who know pinyin, never touching the mouse."""
    keys = page.keyboard
    page.locator("#ysr-date").fill("2020-12-28")
    page.get_by_role("combobox", name="指标").focus()
    keys.type("jbzc")
    page.get_by_role("option", name="2020J01 基本支出").wait_for()
    keys.press("Enter")
    keys.press("Tab")
    keys.type("bgf")
    page.get_by_role("option", name="30201 办公费").wait_for()
    keys.press("Enter")
    keys.press("Tab")
    keys.type(amount)
    page.get_by_role("combobox", name="收款人", exact=True).fill(payee)
    page.get_by_label("摘要").fill("12月办公费")


def room(page: Page) -> str:
    """Read what the layer that binds allows, beside the amount."""
    cell = page.locator("#ysr-layers tr", has_text="30201 办公费（最紧）").locator("td").nth(2)
    return cell.inner_text().replace(",", "")


def said(page: Page) -> str:
    """Wait for the answer and read it."""
    page.locator("#ysr-said .ys-message").first.wait_for()
    return page.locator("#ysr-said").inner_text()


def written(book: Path) -> str:
    return (book / DECEMBER).read_text("utf-8")


def test_a_payment_by_the_keyboard_alone(fava: Fava, book: Path) -> None:
    page = opened(fava)
    fill(page, "1,000.00")
    available = room(page)
    page.locator("#ysr-layers td", has_text=f"{float(available) - 1000:,.2f}").first.wait_for()
    fava.shoot("recording-filled")
    assert fava.obstacles() == []
    page.keyboard.press("Control+Enter")
    found = re.search(r"已记账：(zf-2020-\d+)", said(page))
    assert found
    assert f'2020-12-28 * "物业公司" "12月办公费" ^{found[1]}' in written(book)
    assert run("check", book).exit_code == 0
    # The next one begins with what stays the same.
    assert page.get_by_role("combobox", name="指标").input_value() == "2020J01"
    assert page.get_by_role("textbox", name="金额（元）").input_value() == ""
    page.locator("#ysr-done a").click()
    page.locator("article", has_text="12月办公费").wait_for()


def test_one_fen_too_much_is_refused_and_what_was_typed_stays(fava: Fava, book: Path) -> None:
    page = opened(fava)
    fill(page, "1")
    most = room(page)
    page.get_by_role("textbox", name="金额（元）").fill(f"{float(most) + 0.01:.2f}")
    before = snapshot(book)
    with page.expect_response(re.compile("/yusuan/desk/payment")) as answer:
        page.get_by_role("button", name="记账").click()
    assert answer.value.status == 409
    assert "按公用经费经济分类额度可用" in said(page)
    assert "缺口 0.01 元" in said(page)
    fava.shoot("recording-refused")
    assert snapshot(book) == before
    assert page.get_by_role("combobox", name="收款人", exact=True).input_value() == "物业公司"
    page.get_by_role("textbox", name="金额（元）").fill(most)
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：").wait_for()
    assert run("check", book).exit_code == 0
    fava.faults = [fault for fault in fava.faults if "409" not in fault]


def test_a_field_that_is_wrong_is_marked(fava: Fava, book: Path) -> None:
    page = opened(fava)
    fill(page, "1.005")
    before = snapshot(book)
    page.get_by_role("button", name="预览凭证").click()
    assert "金额以元计，最多两位小数" in said(page)
    assert page.locator("[aria-invalid=true]").get_attribute("name") == "amount"
    assert snapshot(book) == before
    fava.faults = [fault for fault in fava.faults if "422" not in fault]


def test_other_events(fava: Fava, book: Path) -> None:
    page = opened(fava)
    page.locator("#ysr-date").fill("2020-12-28")
    page.get_by_label("占用", exact=True).check()
    share = page.locator("[data-shares=shares]:visible .ysr-row").first
    share.get_by_label("指标").fill("2020J01")
    page.get_by_role("option", name="2020J01").click()
    share.get_by_label("经济分类").fill("30201")
    page.get_by_role("option", name="30201").click()
    share.get_by_label("金额").fill("500")
    layer = page.locator("#ysr-layers tr", has_text="30201 办公费（最紧）")
    layer.locator("td").nth(3).filter(has_text=".").wait_for()
    left = [text.replace(",", "") for text in layer.locator(".ys-num").all_inner_texts()]
    assert Decimal(left[0]) - Decimal(left[1]) == 500
    page.get_by_role("combobox", name="收款人", exact=True).fill("印刷公司")
    page.get_by_label("摘要").fill("印刷合同")
    page.get_by_role("button", name="预览凭证").click()
    page.get_by_text("可以记账。").wait_for()
    fava.shoot("recording-commitment")
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：ht-2020-").wait_for()
    assert run("check", book).exit_code == 0


def test_what_is_said_of_one_payment_is_not_said_of_the_next(fava: Fava, book: Path) -> None:
    """It stands in details that may be shut: procurement, and whose limit a 款 of two classes is paid from."""
    page = opened(fava)
    page.locator("#ysr-class").select_option("人员", force=True)
    fill(page, "1000")
    assert page.locator("#ysr-class").input_value() == ""
    page.locator("#ysr-procurement").select_option("服务", force=True)
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：").wait_for()
    assert page.locator("#ysr-procurement").input_value() == ""
    assert written(book).count("procurement:") == 1


def test_what_was_typed_stays_when_somebody_else_has_recorded(fava: Fava, book: Path) -> None:
    """fava offers to draw the page anew; and one may look something up on another page meanwhile."""
    page = opened(fava)
    fill(page, "1000")
    available = room(page)
    paid = pay(book, date="2020-12-28", economic="30201", amount="1.00")
    assert paid.exit_code == 0, paid.output
    page.get_by_text("检测到文件发生变化").click()
    left = f"{Decimal(available) - 1:,.2f}"
    page.locator("#ysr-layers td", has_text=left).first.wait_for()
    fava.follow(fava.base + "extension/LineCards/")
    fava.follow(fava.base + ADDRESS)
    assert page.get_by_role("textbox", name="金额（元）").input_value() == "1000"
    assert page.get_by_role("combobox", name="收款人", exact=True).input_value() == "物业公司"
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：").wait_for()
    fava.follow(fava.base + "extension/LineCards/")
    fava.follow(fava.base + ADDRESS)
    page.locator("form[data-ready=yes]").wait_for()
    assert page.locator("#ysr-done li").count() == 0


def test_what_is_changed_after_an_answer_got_lost_is_not_taken_to_be_recorded(
    fava: Fava, book: Path
) -> None:
    """The first amount is in the ledger; the second goes there when it is asked for once more."""
    page = opened(fava)
    fill(page, "1000")
    # The server has it, and its answer does not arrive.
    page.route("**/yusuan/desk/payment", lambda route: (route.fetch(), route.abort()), times=1)
    page.get_by_role("button", name="记账").click()
    assert "没有收到答复" in said(page)
    page.get_by_role("textbox", name="金额（元）").fill("2000")
    page.get_by_role("button", name="记账").click()
    page.get_by_text("先前已经记账（zf-2020-").wait_for()
    assert page.locator("#ysr-done li").count() == 0
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：zf-2020-").wait_for()
    assert re.findall(r"12月办公费[^@]*?  (\d+)\.00 CNY", written(book)) == ["1000", "2000"]
    fava.faults = [f for f in fava.faults if "409" not in f and "ERR_FAILED" not in f]


def test_keys_pressed_twice_are_told_once(fava: Fava, book: Path) -> None:
    page = opened(fava)
    fill(page, "1000")
    page.evaluate(
        "() => { const form = document.getElementById('ysr');"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    page.get_by_text("已记账：").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.locator("#ysr-done li").count() == 1
    assert written(book).count("12月办公费") == 1


@pytest.mark.parametrize(("dark", "narrow"), [(True, False), (False, True)])
def test_in_the_dark_and_on_a_narrow_screen(
    browser: Browser, server: Server, *, dark: bool, narrow: bool
) -> None:
    with looking(browser, server, dark=dark, narrow=narrow) as fava:
        page = opened(fava)
        fill(page, "1000")
        room(page)
        fava.shoot(f"recording-{'dark' if dark else 'narrow'}")
        assert fava.obstacles() == []
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide


def test_two_accountants_cannot_overspend_together(
    browser: Browser, server: Server, book: Path
) -> None:
    with looking(browser, server) as one, looking(browser, server) as other:
        pages = [opened(one), opened(other)]
        fill(pages[0], "1")
        fill(pages[1], "1", "保洁公司")
        most = room(pages[0])
        for page in pages:
            page.get_by_role("textbox", name="金额（元）").fill(most)
        for page in pages:
            page.evaluate("document.getElementById('ysr').requestSubmit()")
        answers = sorted(said(page)[:4] for page in pages)
        assert answers == ["不通过：", "已记账："]
        for window in (one, other):
            window.faults = [fault for fault in window.faults if "409" not in fault]
    assert run("check", book).exit_code == 0


def test_hostile_words_do_not_run(fava: Fava, book: Path) -> None:
    page = opened(fava)
    page.on("dialog", lambda _: fava.faults.append("a script ran"))
    fill(page, "1000", '"><img src=x onerror=alert(1)><script>alert(2)</script>')
    page.get_by_role("button", name="预览凭证").click()
    page.get_by_text("可以记账。").wait_for()
    page.get_by_role("button", name="记账").click()
    page.get_by_text("已记账：").wait_for()
    opened(fava)
    page.get_by_role("combobox", name="收款人", exact=True).fill("img")
    page.get_by_role("option", name="onerror").wait_for()
    assert run("check", book).exit_code == 0
