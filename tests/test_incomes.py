"""Revenue and expenditure accounts by fund: what a receipt is revenue of, and what business money is spent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import event
from tests.events import must
from tests.ledgers import load
from tests.ledgers import told
from tests.lists import HEAD
from tests.lists import row
from tests.lists import write

if TYPE_CHECKING:
    from pathlib import Path

ASKED = "--to 2020X03=100 --payer 拨款单位 --text 到账"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """An approved book; its line 2020X03 is of 其他收入."""
    return approved(tmp_path / "账套")


@pytest.mark.parametrize(
    ("income", "account"),
    [
        ("", "Income:6609-其他预算收入:39-其他收入"),
        ("--income 6601", "Income:6601-非同级财政拨款预算收入:39-其他收入"),
        ("--income 6602", "Income:6602-投资预算收益:39-其他收入"),
    ],
)
def test_other_money_is_revenue_of_what_the_receipt_says(
    book: Path, income: str, account: str
) -> None:
    said = must(book, "receive", ASKED, *income.split())
    assert f"{account}   -100.00 CNY" in said
    assert "[R17]" not in said
    must(book, "pay", "--line 2020X03 --economic 30216 --amount 100 --payee 甲 --text 培训")


def test_money_is_no_revenue_of_another_kind(book: Path) -> None:
    before = snapshot(book)
    done = event(book, "receive", ASKED, "--income", "6001")
    assert done.exit_code == 1
    assert "收入科目可以是 6609 其他预算收入、6601 非同级财政拨款预算收入" in done.output
    assert snapshot(book) == before


def test_business_money_is_spent_on_business(tmp_path: Path) -> None:
    file = write(
        tmp_path / "指标.csv",
        [
            HEAD,
            row(),
            row(资金性质="34-经营收入", 支出功能分类="2010350", 项目类别="特定目标类", 项目="经营"),
        ],
    )
    book = tmp_path / "账套"
    run("init", book, "--unit", "某中心", "--year", "2020", "--kind", "事业")
    assert run("import", file, "--book", book, "--date", "2020-01-20", "--yes").exit_code == 0
    must(book, "receive", "--to 2020X01=100 --payer 客户 --text 经营收入")
    said = must(book, "pay", "--line 2020X01 --economic 30201 --amount 60 --payee 甲 --text 用品")
    assert "Expenses:7301-经营支出:" in said
    must(book, "refund", "--of zf-2020-0001 --amount 10")
    said = must(book, "pay", "--line 2020J01 --economic 30201 --amount 60 --payee 甲 --text 用品")
    assert "Expenses:7201-事业支出:" in said
    assert run("check", book).exit_code == 0


def test_a_receipt_for_a_line_that_there_is_not_is_refused() -> None:
    found = load("""
    2020-03-16 * "到账" ^dz-1
      event: "receipt"
      line: "2020X30"
      货币资金     100.00
      收入 39     -100.00
    """)
    assert told(found, "R17") == [("stop", "dz-1")]
    assert "收入注明的指标 2020X30 不在账上" in found.messages[0]
