"""Cells as real systems print them: days with times, combined codes, measures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.executions import HEAD
from tests.executions import heard
from tests.executions import row
from tests.executions import write

from yusuan.importers.execution.record import Kind

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


@pytest.mark.parametrize(
    ("payee", "text", "kept"),
    [
        (
            "李小明",
            "李小明报销差旅费 310000199001011234 13800000000",
            "个人报销差旅费 （略） （略）",
        ),
        ("李小明、王小红等3人", "差旅费", "差旅费"),
        ("6222000000000000003", "合同 310000199013331234 尾款", "合同 310000199013331234 尾款"),
    ],
)
def test_persons_are_in_no_text(tmp_path: Path, payee: str, text: str, kept: str) -> None:
    found, findings = heard(write(tmp_path / "a.csv", [HEAD, row(收款人=payee, 用途=text)]))
    assert (findings, found.records[0].get("text")) == ([], kept)
    assert found.records[0].get("payee") == ("" if payee.isdecimal() else "个人")


def test_a_message_does_not_repeat_a_person(tmp_path: Path) -> None:
    rows = [row(凭证日期="李小明"), row(凭证日期="310000199001011234"), row(凭证日期="三月")]
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    said = "".join(finding.message for finding in findings)
    assert ("李小明" in said, "19900101" in said, "“三月”不是日期" in said) == (False, False, True)


@pytest.mark.parametrize(
    "below",
    [
        ["制单人：张三", "", "", "", "", "审核人：李四"],
        ["制单人：", "张三", "", "审核人：", "李四", "", "打印日期：2020-03-31"],
        ["单位负责人（签章）：", "", "会计主管：王五"],
        ["第1页,共1页", "", "打印时间：2020-03-31 10:00"],
        ["代理银行：某银行", "", "", "经办：张三"],
    ],
)
def test_what_stands_below_is_no_record(tmp_path: Path, below: list[str]) -> None:
    total = ["合计", "", "", "100.00", *BLANK[3:]]
    rows = [HEAD, row(), total, [*below, *[""] * (len(HEAD) - len(below))]]
    found, findings = heard(write(tmp_path / "a.csv", rows))
    assert (findings, len(found.records)) == ([], 1)
    assert "第 4 行第 1 列所在的一行是签章、时间或页码，不是记录" in found.notes


def test_who_signs_is_no_footer_where_money_is_paid(tmp_path: Path) -> None:
    found, _ = heard(write(tmp_path / "a.csv", [HEAD, row(支付凭证号="会计")]))
    assert len(found.records) == 1


def test_what_is_marked_as_deleted_is_not_read(tmp_path: Path) -> None:
    rows = [[*HEAD, "is_deleted"], [*row(), "2"], [*row(支付凭证号="P2"), "1"]]
    found, findings = heard(write(tmp_path / "a.csv", rows))
    assert (findings, [each.get("number") for each in found.records]) == ([], ["P1"])
    assert "第 3 行第 1 列所在的一行已标记为删除，没有读取" in found.notes


def test_only_what_is_paid_is_a_payment(tmp_path: Path) -> None:
    states = ["已支付", "支付失败", "已退回", ""]
    rows = [[*row(支付凭证号=f"P{at}"), state] for at, state in enumerate(states)]
    found, findings = heard(write(tmp_path / "a.csv", [[*HEAD, "支付状态"], *rows]))
    assert findings == []
    assert [each.reserved for each in found.records] == [
        "", "支付状态是“支付失败”", "支付状态是“已退回”", "",
    ]  # fmt: skip


def test_columns_that_say_one_thing(tmp_path: Path) -> None:
    head = [*HEAD, "摘要", "记账日期", "实际支付日期", "支付日期"]
    more = ["3月", "2020-03-20", "2020-03-17", "2020-03-18"]
    found, findings = heard(write(tmp_path / "a.csv", [head, [*row(), *more]]))
    assert (findings, found.records[0].get("text")) == ([], "物业费；3月")
    assert str(found.records[0].day) == "2020-03-17"
    assert "“实际支付日期”和“支付日期”两列意思相同，取“实际支付日期”" in found.notes
    _, findings = heard(write(tmp_path / "a.csv", [[*HEAD, "付款金额"], [*row(), "1"]]))
    assert "“支付金额”和“付款金额”两列意思相同，请只留一列" in findings[0].message


def part(name: str, amount: str) -> list[str]:
    return [name, "", "", amount, *BLANK[3:]]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([row(), part("小计", "100"), row(), row(), part("小计", "200"), part("总计", "300")], False),
        ([row(), part("甲小计", "100"), row(), part("乙小计", "100"), part("一般公共预算合计", "200")], False),
        ([part("小计", "200"), row(), row(), part("小计", "100"), row(), part("合计", "300")], False),
        ([row(), part("小计", "100"), part("合计（大写）：壹佰元整", "100"), part("合计", "100")], False),
        ([row(), part("小计", "90"), row(), part("合计", "200")], True),
        ([row(), part("合计（大写）：壹佰元整", "90")], True),
    ],
)  # fmt: skip
def test_each_part_must_add_up(tmp_path: Path, rows: list[list[str]], *, wrong: bool) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert bool(findings) is wrong, findings


@pytest.mark.parametrize(
    ("head", "cells", "said"),
    [
        (["姓名", "岗位工资", "某某补贴", "实发合计"], ["王某", "100", "20", "120"], "实发 120.00 元与各项之和"),
        (["姓名", "岗位工资", "某某补贴", "月份"], ["王某", "100", "20", "3"], "“某某补贴”一列不认识，却有金额"),
        (
            ["姓名", "岗位工资", "应发合计", "代扣合计", "实发合计"],
            ["王某", "100", "100", "10", "80"],
            "减代扣 10.00 元不符",
        ),
        (["姓名", "岗位工资", "应发合计", "公积金", "实发合计"], ["王某", "100", "100", "10", "90"], ""),
    ],
)  # fmt: skip
def test_no_wage_item_is_lost(tmp_path: Path, head: list[str], cells: list[str], said: str) -> None:
    found, findings = heard(write(tmp_path / "a.csv", [head, cells]))
    assert (said in "".join(each.message for each in findings)) if said else not findings
    assert said or "应发 100.00 元，实发 90.00 元，代扣 10.00 元" in "".join(found.notes)


def test_headings_may_stand_over_two_rows(tmp_path: Path) -> None:
    head = ["支付凭证号", "凭证日期", "收款人", "", "", "支付金额", "资金性质", "", "用途"]
    below = ["", "", "全称", "账号", "开户银行", "", "编码", "名称", ""]
    cells = [
        "P1",
        "2020-03-06",
        "物业公司",
        "31001590000000000001",
        "某行",
        "100",
        "11",
        "",
        "物业费",
    ]
    rows = [["支付凭证清单", *[""] * 8], head, below, cells, head, below, cells]
    found, findings = heard(write(tmp_path / "a.csv", rows))
    assert (findings, found.notes) == (
        [],
        ("文件没有印合计，行数和金额无从核对，请自行核对上面的合计",),
    )
    assert [(each.get("payee"), each.get("fund")) for each in found.records] == [
        ("物业公司", "11"), ("物业公司", "11"),
    ]  # fmt: skip


def test_a_request_may_call_its_amount_a_payment(tmp_path: Path) -> None:
    head = ["支付申请编号", "申请日期", "收款人", "支付金额", "资金用途"]
    found, findings = heard(
        write(tmp_path / "a.csv", [head, ["S1", "2020-03-06", "甲公司", "5", "x"]])
    )
    assert (found.kind, findings, found.records[0].amount) == (Kind.REQUEST, [], Decimal(5))
    found, _ = heard(write(tmp_path / "a.csv", [[*HEAD, *head[:2]], [*row(), "S1", "2020-03-06"]]))
    assert found.kind is Kind.PAYMENT
