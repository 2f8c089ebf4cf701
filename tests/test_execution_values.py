"""Cells as real systems print them: days with times, combined codes, measures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.executions import HEAD
from tests.executions import heard
from tests.executions import row
from tests.executions import write

if TYPE_CHECKING:
    from pathlib import Path

GUID = "F522AB99C43B9A2A4DD4C30CB75B50C7"
BLANK = [""] * (len(HEAD) - 1)


@pytest.mark.parametrize(
    "day",
    [
        "2020-3-6", "2020/03/06", "2020.3.6", "20200306", "2020年3月6日", "2020 年 3 月 6 日",
        "2020-03-06 00:00:00", "2020-03-06 10:20:30.0", "2020/3/6 9:05", "2020-03-06T10:20:30",
        "20200306102030",
    ],
)  # fmt: skip
def test_a_day_may_have_its_time(tmp_path: Path, day: str) -> None:
    found, findings = heard(write(tmp_path / "a.csv", [HEAD, row(凭证日期=day)]))
    assert (findings, str(found.records[0].day)) == ([], "2020-03-06")


@pytest.mark.parametrize("day", ["20-03-06", "43896", "2020-03-06 上午", "2020-13-06", "10:20:30"])
def test_what_is_no_day_is_refused(tmp_path: Path, day: str) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, row(凭证日期=day)]))
    assert any("不是日期" in finding.message for finding in findings)


@pytest.mark.parametrize(
    "changes",
    [
        {"支出功能分类": f"2010301##行政运行##{GUID}", "资金性质": "11##一般公共预算##9"},
        {
            "支出功能分类": f"{GUID}##2010301##行政运行",
            "资金性质": f"{GUID}##111##一般公共预算资金",
        },
        {"支出功能分类": "2010301-行政运行", "资金性质": "11 一般公共预算"},
    ],
)
def test_an_id_may_stand_on_either_side(tmp_path: Path, changes: dict[str, str]) -> None:
    found, findings = heard(write(tmp_path / "a.csv", [HEAD, row(**changes)]))
    assert findings == []
    assert (found.records[0].get("function"), found.records[0].get("fund")) == ("2010301", "11")


@pytest.mark.parametrize(
    ("above", "heading", "amount"),
    [
        ("下达50万元专项经费的支付清单", "支付金额", "100"),
        ("单位：万元", "支付金额", "1000000"),
        ("金额单位：人民币元", "支付金额", "100"),
        ("编制单位：示例单位　　单 位：万 元", "支付金额", "1000000"),
        ("单位：万元", "支付金额（元）", "100"),
        ("支付清单（万元）", "支付金额", "1000000"),
        ("", "支付金额（万元）", "1000000"),
    ],
)
def test_a_measure_is_said_and_not_heard_in_a_title(
    tmp_path: Path, above: str, heading: str, amount: str
) -> None:
    head = [heading if each == "支付金额" else each for each in HEAD]
    found, findings = heard(write(tmp_path / "a.csv", [[above, *BLANK], head, row(支付金额="100")]))
    assert (findings, found.records[0].amount) == ([], Decimal(amount))


@pytest.mark.parametrize("measure", ["分", "角", "千元", "亿元"])
def test_a_measure_that_is_not_read_is_refused(tmp_path: Path, measure: str) -> None:
    rows = [[f"单位：{measure}", *BLANK], HEAD, row()]
    _, findings = heard(write(tmp_path / "a.csv", rows))
    assert f"金额的计量单位是“{measure}”" in findings[0].message


def test_each_column_has_its_own_measure(tmp_path: Path) -> None:
    head = [
        *("支付金额（元）" if each == "支付金额" else each for each in HEAD),
        "实际支付金额（万元）",
    ]
    found, findings = heard(write(tmp_path / "a.csv", [head, [*row(支付金额="100"), "0.01"]]))
    assert (findings, found.records[0].amount, found.records[0].reserved) == ([], Decimal(100), "")
