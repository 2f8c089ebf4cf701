"""`yusuan verify BOOK`: the identities over the tables that a book holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import change
from tests.books import run
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An approved book."""
    return approved(tmp_path / "账套")


def test_an_approved_budget_ties_out(book: Path) -> None:
    done = run("verify", book)
    assert done.exit_code == 0
    assert "B09     经济分类表各行、各类加总" in done.stdout
    assert "，不符 0 项" in done.stdout
    told = json.loads(run("verify", book, "--json").stdout)
    assert (told["schema"], told["ok"], told["failed"]) == ("yusuan.verify/1", True, 0)
    assert told["checked"] > 100
    assert "B13" in told["not_applicable"]  # a book has no prose


def test_a_difference_between_the_tables_is_said(book: Path) -> None:
    """More for cars than the special limit has: as in a document, a warning."""
    asked = "--economic 30231 --class 公用 --amount 600 --doc 文号 --text 追加"
    must(book, "supplement", f"--line 2020J01 {asked}")
    assert "不符 0 项" in run("verify", book).stdout  # as approved
    done = run("verify", book, "--stage", "adjusted")
    assert done.exit_code == 0
    assert "警告  “三公”经费不小于基本支出中的对应款" in done.stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [(["--year", "2021"], "账套没有2021年；有 2020"), (["--stage", "final"], "选项 --stage 不对")],
)
def test_what_a_book_has_not_is_wrong_usage(book: Path, more: list[str], words: str) -> None:
    done = run("verify", book, *more)
    assert (done.exit_code, words in done.stderr) == (2, True)


def test_a_book_that_does_not_check_is_not_verified(book: Path) -> None:
    change(book / "main.beancount", 'plugin "yusuan.plugins.strict"', "")
    done = run("verify", book)
    assert done.exit_code == 1
    assert "账套检查未通过" in done.output
