"""A row that was changed before it was exported again is not booked beside its former self."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.executions import HEAD
from tests.executions import row
from tests.executions import write

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def take(book: Path, *rows: list[str], head: list[str] = HEAD) -> Result:
    return run("import", write(book.parent / "a.csv", [head, *rows]), "--book", book, "--yes")


def test_a_voucher_that_is_printed_otherwise_is_said(book: Path) -> None:
    assert take(book, row(), row(支付凭证号="P2")).exit_code == 0
    before = snapshot(book)
    done = take(book, row(凭证日期="2020-03-17", 部门支出经济分类="30201"), row(支付凭证号="P2"))
    assert (done.exit_code, snapshot(book)) == (0, before)
    assert "支付凭证号 P1已记账为 zf-2020-0001，日期、经济分类与账上不同" in done.stdout
    assert done.stdout.count("警告") == 1
    done = take(book, row(收款人="物业有限公司"))
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "已记账为 zf-2020-0001，收款人是“物业公司”" in done.stdout


@pytest.mark.parametrize(
    "changes",
    [{"支付金额": "90.00"}, {"凭证日期": "2020-03-18"}, {"收款人": "甲公司"}, {"用途": "另一笔"}],
    ids=["amount", "day", "payee", "text"],
)
def test_a_row_without_a_number_waits_where_it_may_have_been_changed(
    book: Path, changes: dict[str, str]
) -> None:
    others = [row(支付凭证号="", 凭证日期=f"2020-03-{day}", 用途=f"{day}日") for day in (10, 20)]
    assert take(book, row(支付凭证号=""), *others).exit_code == 0
    before = snapshot(book)
    done = take(book, row(支付凭证号="", **changes), *others)
    assert snapshot(book) == before, done.output
    assert "像是 zf-2020-0002 的那一行改动后重新导出" in done.stdout
    review = book.parent / "a-待核对.csv"
    done = run("import", review, "--book", book, "--yes")
    assert (done.exit_code, "zf-2020-0004" in done.stdout) == (0, True), done.output


def test_an_overlapping_export_is_no_changed_one(book: Path) -> None:
    months = [row(支付凭证号="", 凭证日期=f"2020-0{month}-10") for month in (1, 2, 3)]
    assert take(book, *months[:2]).exit_code == 0
    done = take(book, *months[1:])
    assert ("zf-2020-0003" in done.stdout, "像是" in done.stdout) == (True, False), done.output
