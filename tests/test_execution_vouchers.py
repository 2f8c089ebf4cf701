"""Vouchers of another system: what they were paid from is theirs to say, and not all are payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.executions import FOLDER
from tests.executions import heard
from tests.executions import write

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.record import Record

HEAD = [
    "凭证日期", "凭证号", "科目编码", "科目名称", "借方金额", "贷方金额", "摘要", "支出功能分类编码",
    "部门支出经济分类编码", "资金性质编码",
]  # fmt: skip
LINE = ["2010301", "30209", "11"]


def side(code: str, name: str, debit: str = "", credit: str = "", *line: str) -> list[str]:
    return ["2020-03-16", "记-1", code, name, debit, credit, "物业费", *(line or ("", "", ""))]


SPENT = side("7101", "行政支出", "100.00", "", *LINE)


def only(tmp_path: Path, *rows: list[str]) -> Record:
    found, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert findings == []
    (record,) = found.records
    return record


@pytest.mark.parametrize(
    ("code", "name", "source", "method"),
    [
        ("6001", "财政拨款预算收入", "6", ""),
        ("6001.01.02", "财政拨款预算收入\\基本支出", "6", ""),
        ("8001", "资金结存-零余额账户用款额度", "01", "authorised"),
        ("800102", "货币资金", "02", "own"),
        ("8001-03", "资金结存", "03", ""),
    ],
)
def test_the_other_side_says_what_was_paid_from(
    tmp_path: Path, code: str, name: str, source: str, method: str
) -> None:
    record = only(tmp_path, SPENT, side(code, name, "", "100.00"))
    assert (record.get("paid_from"), record.get("method"), record.reserved) == (source, method, "")


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([side("7101", "行政支出", "", "100.00", *LINE), side("6001", "收入", "100.00")], "金额不大于零"),
        ([side("7101", "行政支出", "-100.00", "", *LINE), side("6001", "收入", "", "-100.00")], "金额不大于零"),
        ([SPENT, side("8101", "财政拨款结转", "", "100.00")], "凭证的另一方是 8101，不是支付"),
        ([SPENT, side("1002", "银行存款", "", "100.00")], "凭证里没有预算收入或资金结存"),
        ([SPENT, side("6001", "收入", "", "60.00"), side("800102", "", "", "40.00")], "分不出由哪一方支付"),
        ([SPENT, side("8001", "资金结存", "", "100.00")], "凭证的另一方是 8001"),
    ],
)  # fmt: skip
def test_what_is_no_payment_waits(tmp_path: Path, rows: list[list[str]], why: str) -> None:
    assert why in only(tmp_path, *rows).reserved


def test_an_account_with_dots_is_read_and_none_of_expenditure_is_said(tmp_path: Path) -> None:
    rows = [side("7101.01-基本支出", "", "100.00", "", *LINE), side("6001.01", "", "", "100.00")]
    assert only(tmp_path, *rows).get("function") == "2010301"
    rows = [side("5001", "业务活动费用", "100.00"), side("4001", "财政拨款收入", "", "100.00")]
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert "没有借方是预算支出（7 开头的科目）的分录" in findings[0].message


def test_a_voucher_on_the_quota_draws_on_the_quota(tmp_path: Path) -> None:
    book = approved(tmp_path / "账套")
    assert run("import", FOLDER / "额度到账通知书.csv", "--book", book, "--yes").exit_code == 0
    file = write(tmp_path / "a.csv", [HEAD, SPENT, side("8001", "零余额账户", "", "100.00")])
    assert run("import", file, "--book", book, "--yes").exit_code == 0
    text = (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert "Assets:8001-资金结存:01-零余额账户用款额度   -100.00 CNY" in text
    assert text.count("6001") == 1  # the receipt of the quota alone
    returned = side("8001", "财政应返还额度", "", "100.00")
    file = write(tmp_path / "b.csv", [HEAD, SPENT, returned])
    said = run("import", file, "--book", book, "--dry-run").stdout
    assert "凭证由财政应返还额度支付，与指标 2020J01 的资金或来源年度不合" in said
