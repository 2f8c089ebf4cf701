"""Statements as banks print them: one column of amounts or two, and the balances at both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.executions import heard
from tests.executions import write

from yusuan.importers.execution.record import Kind

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要"]
ROWS = [
    ["2020-03-02", "", "200.00", "300.00", "财政局", "额度"],
    ["2020-03-17", "50.00", "", "250.00", "物业公司", "物业费"],
]


def amounts(tmp_path: Path, *rows: list[str]) -> list[str]:
    found, findings = heard(write(tmp_path / "a.csv", list(rows)))
    assert (found.kind, findings) == (Kind.STATEMENT, [])
    return [str(each.amount) for each in found.records]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["记账日期", "交易金额", "借贷标志", "对方名称", "摘要"],
         [["2020-03-02", "200.00", "贷", "财政局", "x"], ["2020-03-17", "50.00", "借", "甲公司", "y"]]),
        (["交易时间", "发生额", "收支", "余额", "摘要"],
         [["2020-03-02 10:00:00", "200.00", "收入", "300", "x"], ["2020-03-17 9:00", "50", "支出", "250", "y"]]),
        (["交易日期", "交易金额", "账户余额", "对方户名"],
         [["20200302", "+200.00", "300.00", "财政局"], ["20200317", "-50.00", "250.00", "甲公司"]]),
    ],
)  # fmt: skip
def test_one_column_of_amounts_is_enough(
    tmp_path: Path, head: list[str], rows: list[list[str]]
) -> None:
    assert amounts(tmp_path, head, *rows) == ["200.00", "-50.00"]


def test_a_side_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    head = ["记账日期", "交易金额", "借贷标志", "摘要"]
    for side, said in (("某", "不认识的借贷标志"), ("", "“借贷标志”是空白的")):
        _, findings = heard(write(tmp_path / "a.csv", [head, ["2020-03-02", "200.00", side, "x"]]))
        assert any(said in each.message for each in findings), findings


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_balances_at_both_ends_are_compared(tmp_path: Path, *, newest_first: bool) -> None:
    """A row at the edge that is gone shows there alone."""
    opening, closing = (
        ["期初余额", "", "", "100.00", "", ""],
        ["期末余额", "", "", "250.00", "", ""],
    )
    rows = ROWS[::-1] if newest_first else ROWS
    assert sorted(amounts(tmp_path, HEAD, opening, *rows, closing)) == ["-50.00", "200.00"]
    for lost in (rows[:1], rows[1:]):
        _, findings = heard(write(tmp_path / "a.csv", [HEAD, opening, *lost, closing]))
        assert "与各笔的余额接不上" in findings[0].message
