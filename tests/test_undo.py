"""`yusuan undo`: the last import goes, to the byte, unless something rests on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import empty
from tests.books import pay
from tests.books import run
from tests.books import snapshot
from tests.executions import FOLDER
from tests.executions import HEAD
from tests.executions import PAYMENTS
from tests.executions import row
from tests.executions import write
from tests.lists import FIRST
from tests.lists import LATER

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def take(book: Path, file: Path) -> None:
    done = run("import", file, "--book", book, "--yes")
    assert done.exit_code == 0, done.output


def undo(book: Path, *more: str) -> Result:
    return run("undo", book, "--yes", *more)


def entries(book: Path) -> dict[str, str]:
    """The files of entries; accounts that were opened do no harm and stay."""
    return {name: digest for name, digest in snapshot(book).items() if name != "chart.beancount"}


def test_the_last_import_goes_to_the_byte_and_then_the_one_before(book: Path) -> None:
    pay(book)
    before = entries(book)
    take(book, PAYMENTS)
    pay(book, text="其后的支付")
    between = entries(book)
    take(
        book,
        write(book.parent / "a.csv", [HEAD, row(), row(支付凭证号="P2", 凭证日期="2020-04-01")]),
    )
    assert entries(book) != between
    done = undo(book)
    assert (done.exit_code, entries(book)) == (0, between), done.output
    assert "已撤销 dr-0002：2 笔" in done.stdout
    assert undo(book).exit_code == 0
    left = entries(book)
    assert {name for name in left if left[name] != before[name]} == {"2020/2020-03.beancount"}
    assert "其后的支付" in (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert run("check", book).exit_code == 0
    done = undo(book)
    assert (done.exit_code, "没有可以撤销的" in done.stdout) == (1, True)
    take(book, PAYMENTS)


def test_a_dry_run_shows_what_would_go(book: Path) -> None:
    take(book, PAYMENTS)
    before = snapshot(book)
    done = undo(book, "--dry-run")
    assert (done.exit_code, snapshot(book)) == (0, before)
    assert "3月物业管理费" in done.stdout
    assert "1,980.00" in done.stdout
    assert run("undo", book).exit_code == 1  # nobody is at a terminal to agree
    assert snapshot(book) == before


def test_what_something_rests_on_stays(book: Path) -> None:
    take(book, PAYMENTS)
    refund = run("refund", book, "--of", "zf-2020-0001", "--amount", "10", "--date", "2020-03-20")
    assert refund.exit_code == 0, refund.output
    before = snapshot(book)
    done = undo(book)
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "没有撤销：后来的凭证" in done.stdout


def test_what_a_balance_asserts_stays(book: Path) -> None:
    take(book, PAYMENTS)
    add(book / "2020" / "2020-04.beancount",
        "\n2020-04-01 balance Income:6001-财政拨款预算收入:11-一般公共预算  -1980.00 CNY\n")  # fmt: skip
    before = snapshot(book)
    done = undo(book)
    assert (done.exit_code, snapshot(book)) == (1, before), done.output
    assert "该期间可能已经对账或封存" in done.stdout


@pytest.mark.parametrize(
    ("name", "count", "total"),
    [("指标调整明细", 3, "10,700.00"), ("用款计划", 3, "691,500.50")],
)
def test_adjustments_and_plans_go_to_the_byte(
    book: Path, name: str, count: int, total: str
) -> None:
    before = entries(book)
    take(book, FOLDER / f"{name}.csv")
    done = undo(book)
    assert (done.exit_code, entries(book)) == (0, before), done.output
    assert f"已撤销 dr-0001：{count} 笔" in done.stdout
    assert total in done.stdout
    take(book, FOLDER / f"{name}.csv")


def test_lists_go_one_after_another_and_can_be_taken_again(tmp_path: Path) -> None:
    book = empty(tmp_path / "账套")
    take(book, FIRST)
    between = entries(book)
    take(book, LATER)
    after = entries(book)
    assert undo(book).exit_code == 0
    assert entries(book) == between
    take(book, LATER)
    assert entries(book) == after
    assert [undo(book).exit_code for _ in range(3)] == [0, 0, 1]
    take(book, FIRST)
    assert entries(book) == between
    assert run("check", book).exit_code == 0


def test_authority_that_was_spent_stays(book: Path) -> None:
    file = write(book.parent / "a.csv", [
        ["调整日期", "调整文号", "调整类型", "预算指标", "部门支出经济分类", "调整金额"],
        ["2020-02-01", "文1号", "追加", "2020J01", "30209", "10.00"],
    ])  # fmt: skip
    take(book, file)
    left = json.loads(
        run("available", book, "--line", "2020J01", "--economic", "30209", "--json").stdout
    )
    assert pay(book, economic="30209", amount=left["available"]).exit_code == 0
    before = snapshot(book)
    done = undo(book)
    assert (done.exit_code, snapshot(book)) == (1, before), done.output
    assert "撤销后账套不再通过检查" in done.stdout


def test_a_payment_that_was_reversed_stays_with_its_reversal(book: Path) -> None:
    take(book, PAYMENTS)
    back = run("reverse", book, "--of", "zf-2020-0001", "--date", "2020-03-20", "--text", "红冲")
    assert back.exit_code == 0, back.output
    assert "没有撤销：后来的凭证 hc-2020-0001" in undo(book).stdout


def test_an_import_says_what_went_where(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book may be named as people type it, beside where they are."""
    monkeypatch.chdir(book.parent)
    done = run("import", PAYMENTS, "--book", book.name, "--yes")
    assert (done.exit_code, "2020/2020-03.beancount：3 笔" in done.stdout) == (0, True), done.output
