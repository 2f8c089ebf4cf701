"""`yusuan pay`: shown, tried out, written; or refused with every byte as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import SOURCE
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.books import pay
from tests.books import received
from tests.books import run
from tests.books import snapshot

if TYPE_CHECKING:
    from pathlib import Path

FUNCTION = "201-一般公共服务支出:20103-政府办公厅室及相关机构事务:2010301-行政运行"

SHOWN = f"""\
2020-03-16 * "物业公司" "3月物业管理费" ^zf-2020-0001
  id: "zf-2020-0001"
  line: "2020J01"
  method: "direct"
  Expenses:7101-行政支出:{FUNCTION}:302-商品和服务支出:30209-物业管理费   100.00 CNY
  Income:6001-财政拨款预算收入:11-一般公共预算   -100.00 CNY

控制层    额度                               可用        支付后
--------  -------------------------  ------------  ------------  ------
指标      指标 2020J01 基本支出      4,389,103.48  4,389,003.48
经济分类  公用经费 30209 物业管理费    498,000.00    497,900.00  ← 最紧
已记账：zf-2020-0001（财政直接支付）
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def stopped(book: Path, *more: str, **changes: str) -> str:
    """Try a payment that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = pay(book, *more, **changes)
    assert done.exit_code == 1, done.output
    assert snapshot(book) == before
    return done.output


def test_pay_shows_writes_and_says(book: Path) -> None:
    done = pay(book)
    assert done.exit_code == 0
    assert done.stdout == SHOWN
    written = (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert written.endswith(done.stdout.partition("\n\n")[0] + "\n")
    assert run("check", book, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("line", "economic", "all_", "layer"),
    [
        ("2020J01", "30209", "498000.00", "公用经费"),
        ("2020X03", "30201", "50000.00", "指标额度"),
        ("2020J03", "30108", "289498.89", "人员经费"),
    ],
)
def test_exactly_what_is_available_and_not_a_fen_more(
    book: Path, line: str, economic: str, all_: str, layer: str
) -> None:
    received(book, more := str(Decimal(all_) + Decimal("0.01")))
    said = stopped(book, line=line, economic=economic, amount=more)
    assert "[R01] 2020-03-16 超预算" in said
    for part in (line, economic, layer, f"可用 {all_} 元", f"申请 {more} 元", "缺口 0.01 元"):
        assert part in said
    assert pay(book, line=line, economic=economic, amount=all_).exit_code == 0
    assert run("check", book).exit_code == 0
    assert "缺口 0.01 元" in stopped(book, line=line, economic=economic, amount="0.01")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"line": "2020Z99"}, "没有编号为 2020Z99 的指标，无指标不得支出"),
        ({"economic": "30212"}, "没有额度，未列入预算的不得支出"),
        ({"economic": "30239", "line": "2020J01"}, "没有额度"),
        ({"economic": "30209", "class": "人员"}, "没有额度"),
    ],
)
def test_what_no_budget_stands_behind(book: Path, changes: dict[str, str], said: str) -> None:
    assert said in stopped(book, **changes)


def test_money_spent_later_is_not_there_before(book: Path) -> None:
    assert pay(book, date="2020-06-01", amount="498000").exit_code == 0
    assert "缺口 1.00 元" in stopped(book, date="2020-03-01", amount="1")


def test_nothing_before_the_approval(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    assert run("import", SOURCE, "--book", book, "--yes", "--date", "2020-02-10").exit_code == 0
    assert "可用 0.00 元" in stopped(book, date="2020-02-09")
    assert pay(book, date="2020-02-10").exit_code == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": "2021-03-16"}, "日期 2021-03-16 不在账套的年度（2020）内"),
        ({"id": "pf-2020-001"}, "编号 pf-2020-001 在账套中已经有了"),
        ({"id": "支付1"}, "编号“支付1”不能写入账本"),
        ({"payee": "甲\n乙"}, "含有换行、控制或不可见字符"),
        ({"economic": "abc"}, "科目编码“abc”：不合规"),
        ({"economic": "5020"}, "科目编码“5020”：不合规"),
        ({"economic": "302"}, "[S05] 2020-03-16 记账到了非末级科目"),
        ({"commitment": "ht-1"}, "占用 0.00 元，申请 100.00 元，缺口 100.00 元"),
    ],
)
def test_what_cannot_be_written(book: Path, changes: dict[str, str], said: str) -> None:
    before = snapshot(book)
    done = pay(book, **changes)
    assert done.exit_code in {1, 2}
    assert said in done.output
    assert snapshot(book) == before


def test_a_preview_writes_nothing(book: Path) -> None:
    before = snapshot(book)
    done = pay(book, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.endswith("以上为预览，没有记账（--dry-run）\n")
    assert snapshot(book) == before
    assert "超预算" in stopped(book, "--dry-run", amount="498000.01")


def test_ids_follow_one_another(book: Path) -> None:
    assert "已记账：zf-2020-0001" in pay(book).stdout
    assert "已记账：自-1" not in pay(book, id="own/1").stdout
    assert "已记账：zf-2020-0002" in pay(book).stdout
    assert pay(book, id="zf-2020-0100").exit_code == 0
    assert "已记账：zf-2020-0101" in pay(book).stdout
    done = pay(book, id="zf-2020-0001")
    assert (done.exit_code, "已经有了" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("method", "account"),
    [
        ("direct", "Income:6001-"),
        ("unified", "Income:6001-"),
        ("authorised", "Assets:8001-资金结存:01-"),
        ("own", "Assets:8001-资金结存:02-"),
    ],
)
def test_methods(book: Path, method: str, account: str) -> None:
    add(book / "yusuan.toml", "\n[methods.unified]\nsince = 2020-01-01\n")
    assert account in pay(book, "--dry-run", "--method", method).stdout


def test_money_that_is_not_fiscal_comes_from_the_unit(book: Path) -> None:
    done = pay(book, "--dry-run", line="2020X03", economic="30201")
    assert "Assets:8001-资金结存:02-货币资金" in done.stdout


def test_a_book_that_does_not_check_takes_no_payment(book: Path) -> None:
    add(book / "2020" / "2020-03.beancount", "\n* 藏起来的一行\n")
    assert "账套检查未通过，没有记账" in stopped(book)


def test_a_month_that_is_not_included_takes_no_payment(book: Path) -> None:
    change(book / "main.beancount", 'include "2020/2020-03.beancount"\n', "")
    before = snapshot(book)
    done = pay(book)
    assert (done.exit_code, snapshot(book)) == (2, before)
    assert "没有包含" in done.stderr
    assert pay(book, date="2020-04-01").exit_code == 0


def test_the_top_file_names_the_book_as_well(book: Path) -> None:
    assert pay(book / "main.beancount").exit_code == 0
    assert run("check", book / "main.beancount").exit_code == 0


def test_another_place_is_no_book(tmp_path: Path) -> None:
    for command in (["check"], ["lines"], ["execution", "--by", "line"]):
        assert run(command[0], tmp_path, *command[1:]).exit_code == 2
    assert pay(tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []
