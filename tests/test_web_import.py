"""fava's import page in a browser, on a book that says nothing of importers: a file goes in, payments come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.executions import HEAD
from tests.executions import row
from tests.executions import write
from tests.webs import looking
from tests.webs import serving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_file_is_uploaded_looked_through_and_recorded(browser: Browser, tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    file = write(tmp_path / "支付.csv", [HEAD, row(), row(支付凭证号="P2", 用途="4月物业费")])
    with serving(book) as server, looking(browser, server) as fava:
        fava.open("import/")
        page = fava.page
        page.locator("article input[type=file]").set_input_files(file)
        page.get_by_role("button", name="上传").click()
        page.get_by_role("button", name="导出").click()
        entry = page.locator("dialog")
        # The accounts of the first payment of a 款 are opened with it: the form must take them.
        entry.get_by_role("button", name="下一个").click()
        entry.get_by_role("button", name="保存").click()
        page.get_by_text("已记账 2 笔").wait_for()
    assert "4月物业费" in (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert run("check", book).exit_code == 0
