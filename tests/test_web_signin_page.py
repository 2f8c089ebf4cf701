"""The page to sign in at, in a browser: from a bookmark into the book, and out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.books import approved
from tests.webs import LOOPBACK
from tests.webs import looking
from tests.webs import serving

from yusuan.ledger.web import register
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from playwright.sync_api import Page
    from tests.webs import Server

pytestmark = pytest.mark.browser

NAME, TYPED = "会计甲", "一个足够长的密码"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("signin")
    register.put(folder / "users.toml", NAME, [Role.RECORD], TYPED)
    with serving(approved(folder / "book"), "--users", str(folder / "users.toml")) as running:
        yield running


def obstacles(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def sign_in(page: Page, typed: str) -> None:
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("密码").fill(typed)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("dark", [False, True])
def test_in_and_out(browser: Browser, server: Server, *, dark: bool) -> None:
    with looking(browser, server, dark=dark, narrow=dark) as fava:
        page = fava.page
        page.goto(f"http://{LOOPBACK}:{server.port}/")
        assert page.get_by_label("姓名").evaluate("field => field === document.activeElement")
        assert obstacles(page) == []
        sign_in(page, "不对的密码")
        assert page.get_by_role("alert").inner_text() == "姓名或密码不对"
        assert obstacles(page) == []
        fava.shoot(f"signin-{'dark-narrow' if dark else 'light'}")
        fava.faults.clear()  # the browser notes the refusal on its console
        sign_in(page, TYPED)
        # Every page of ours says under whose name it records, and leads out.
        page.locator(".ys-who", has_text=f"{NAME}（登记）").wait_for()
        page.get_by_role("link", name="退出登录").click()
        page.wait_for_url("**/sign-in")
        assert "权限：登记" in page.inner_text("main")
        assert obstacles(page) == []
        page.get_by_role("button", name="退出登录").click()
        page.get_by_label("密码").wait_for()
        page.goto(f"http://{LOOPBACK}:{server.port}/")
        assert page.get_by_role("button", name="登录").is_visible()
