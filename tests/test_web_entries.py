"""fava's entry form on the example book: a payment copied with the legs that fava shows."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from tests.books import python
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
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser

DECEMBER = "2020/2020-12.beancount"
LEGS = ["92-可用指标", "95-已执行指标", "98-经济分类控制:02-可用", "98-经济分类控制:03-已执行"]


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


def copied_payment(fava: Fava) -> Locator:
    """Open the form, choose a payee, and make of the last payment to it another, of 500 元."""
    fava.open("balance_sheet/")
    fava.page.locator("aside a.add-transaction").click()
    form = fava.page.locator("dialog form")
    form.locator("input[type=date]").fill("2020-12-28")
    form.get_by_placeholder("收款人").fill("电信")
    form.locator("li[role=option]", has_text="运营商").click()
    form.get_by_placeholder("金额").nth(6).wait_for()
    enter(form.get_by_placeholder("摘要"), "补缴电话费 ^zf-2020-0247")
    enter(form.locator("input.value").first, "zf-2020-0247")
    for amount in form.get_by_placeholder("金额").all()[:6]:
        enter(amount, amount.input_value().replace("6120.00", "500.00"))
    return form


def enter(field: Locator, text: str) -> None:
    """Write into a field and leave it: a list of suggestions would cover the button to save."""
    field.fill(text)
    field.blur()


def save(form: Locator) -> None:
    """Save, and wait until fava has loaded the book again: then it asks for the errors."""
    with form.page.expect_response("**/api/errors"):
        form.get_by_role("button", name="保存").click()


def bean_check(book: Path) -> int:
    """Give the exit status of beancount's own command."""
    script = "from beancount.scripts.check import main; main()"
    return python(script, "--no-cache", book / "main.beancount").returncode


def test_a_copied_payment_is_in_order(fava: Fava, book: Path) -> None:
    """It goes to its month's file with the copied legs, which are what is derived anyway."""
    before = snapshot(book)
    save(copied_payment(fava))
    changed = [name for name, digest in snapshot(book).items() if before.get(name) != digest]
    assert changed == [DECEMBER]
    written = (book / DECEMBER).read_text("utf-8").split("\n\n")[-1]
    assert '2020-12-28 * "电信运营商" "补缴电话费" ^zf-2020-0247\n' in written
    assert [leg in written for leg in LEGS] == [True] * 4
    assert re.findall(r"-?[0-9.]+(?= CNY)", written) == [
        "500.00", "-500.00", "500.00", "500.00", "-500.00", "-500.00",
    ]  # fmt: skip
    assert run("check", book).exit_code == 0
    assert bean_check(book) == 0
    fava.open("balance_sheet/?filter=^zf-2020-0247")
    available = next(row for name, row in fava.rows().items() if name.endswith("92-可用指标"))
    assert available["CNY-ZB"] == "-500.00"


def test_a_copied_leg_that_is_changed_is_refused(fava: Fava, book: Path) -> None:
    """Nothing is written, the rule says why, and the form keeps what was typed."""
    before = snapshot(book)
    form = copied_payment(fava)
    for amount in form.get_by_placeholder("金额").all():
        if "CNY-ZB" in amount.input_value():
            enter(amount, amount.input_value().replace("500.00", "400.00"))
    with form.page.expect_response("**/api/add_entries") as answered:
        form.get_by_role("button", name="保存").click()
    assert answered.value.status == HTTPStatus.CONFLICT
    said = fava.page.locator(".notifications .error")
    said.wait_for()
    assert "[S01]" in said.inner_text()
    assert form.get_by_placeholder("摘要").input_value() == "补缴电话费 ^zf-2020-0247"
    assert snapshot(book) == before
    # The browser notes the refusal on its console.
    assert [fault for fault in fava.faults if "409" not in fault and "[S01]" not in fault] == []
    fava.faults.clear()
