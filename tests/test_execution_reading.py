"""Execution files are read by their headings; golden files stand beside the inputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.executions import FOLDER
from tests.executions import HEAD
from tests.executions import PAYMENTS
from tests.executions import heard
from tests.executions import row
from tests.executions import rows_of
from tests.executions import shape
from tests.executions import write

from yusuan.importers.execution import HeadingsError
from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution.record import Kind
from yusuan.importers.persons import is_person
from yusuan.importers.readers import read

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(FOLDER.glob("*.csv"))
TOTAL = ["合计", "", "", "100.00", "", "", "", "", ""]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_kind_reads_to_its_golden_file(path: Path) -> None:
    found, findings = heard(path)
    assert findings == []
    assert shape(found) == json.loads(path.with_suffix(".csv.json").read_text("utf-8"))


def test_there_is_a_file_of_every_kind_and_none_without_its_golden_one() -> None:
    assert {heard(path)[0].kind for path in FILES} == set(Kind)
    assert {path.stem for path in FOLDER.glob("*.json")} == {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_persons_and_accounts_are_dropped_at_the_door(path: Path) -> None:
    kept = repr(heard(path)[0].records)
    for secret in ("31001590", "6222", "3100002000", "'甲'", "'乙'", "张某某"):
        assert secret not in kept


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("张三", True), ("欧阳某某", True), ("买买提·艾山", True), ("张 三", True), ("李某某", True),
        ("张三、李四等5人", True), ("张三（差旅费）", True), ("金山（集团）", False), ("等", False),
        ("物业公司", False), ("纸张商店", False), ("高等院校", False), ("江苏省供电局", False), ("", False),
    ],
)  # fmt: skip
def test_who_is_a_person(name: str, person: bool) -> None:  # noqa: FBT001 -- a column of the table above
    assert is_person(name) is person


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(支付金额="")], "第 2 行第 4 列：金额是空白的"),
        ([row(支付金额="1.234")], "最多两位小数"),
        ([row(支付凭证号="6.2E+18")], "科学计数法"),
        ([row(凭证日期="3月")], "不是日期"),
        ([row(支出功能分类="201030")], "不是支出功能分类的项"),
        ([row(支出功能分类="2010301-机关服务")], "编码 2010301 是“行政运行”"),
        ([[*row(), "多"]], "上面没有列名"),
        ([row(), row(), TOTAL], "合计 100.00 元与各行之和 200.00 元不符"),
        ([row(), TOTAL, TOTAL], "合计出现了两次"),
        ([row(), ["合计2笔", *TOTAL[1:]]], "印的是 2 笔，读到 1 行"),
        ([], "表头下面没有内容"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(
    tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert any(said in finding.message for finding in findings), findings


def test_what_is_not_paid_yet_is_kept_apart(tmp_path: Path) -> None:
    head = [*HEAD, "实际支付金额"]
    rows = [[*row(), "100.00"], [*row(), ""], [*row(), "90.00"], [*row(支付金额="-5"), "-5"]]
    found, findings = heard(write(tmp_path / "a.csv", [head, *rows]))
    assert findings == []
    assert [each.reserved[:6] for each in found.records] == [
        "", "还没有实际支", "支付金额与实", "金额不大于零",
    ]  # fmt: skip


def test_the_headings_in_both_spellings_are_one(tmp_path: Path) -> None:
    codes = ["pay_cert_no", "vou_date", "payee_acct_name", "pay_amt", "fund_type_code",
             "exp_func_code", "dep_bgt_eco_code", "use_des", "账套指标"]  # fmt: skip
    camel = ["payCertNo", "vouDate", "payeeAcctName", "payAmt", "fundTypeCode",
             "expFuncCode", "depBgtEcoCode", "useDes", "账套指标"]  # fmt: skip
    read_as = [heard(write(tmp_path / "a.csv", [head, row()]))[0] for head in (HEAD, codes, camel)]
    assert read_as[0].records == read_as[1].records == read_as[2].records


def test_a_statement_whose_balances_break_off_is_refused(tmp_path: Path) -> None:
    rows = rows_of(FOLDER / "对账单.csv")[:-1]
    assert heard(write(tmp_path / "a.csv", [rows[0], *reversed(rows[1:])]))[1] == []
    _, findings = heard(write(tmp_path / "a.csv", [*rows[:2], *rows[3:]]))
    assert "余额 18420.00 元与上一笔余额加减本笔发生额不符" in findings[0].message


def test_a_voucher_whose_sides_differ_is_refused(tmp_path: Path) -> None:
    rows = rows_of(FOLDER / "记账凭证.csv")
    _, findings = heard(write(tmp_path / "a.csv", rows[:2]))
    assert "凭证 记-1 借贷相差 1500.00 元" in findings[0].message


def test_a_wage_item_that_nobody_knows_shows_in_the_gross_pay(tmp_path: Path) -> None:
    rows = [[cell.replace("生活补贴", "某项补贴") for cell in each]
            for each in rows_of(FOLDER / "工资表.csv")]  # fmt: skip
    _, findings = heard(write(tmp_path / "a.csv", rows))
    assert "应发 3500.00 元与各项之和 3000.00 元不符" in findings[0].message


def test_a_book_adds_headings_of_its_own(tmp_path: Path) -> None:
    head = ["单号" if each == "支付凭证号" else each for each in HEAD]
    file = write(tmp_path / "a.csv", [head, row()])
    assert "列“单号”不认识" in "".join(heard(file)[0].notes)
    (tmp_path / "headings.toml").write_text('[headings]\nnumber = ["单号"]\n', "utf-8")
    assert heard(file, tmp_path)[0].records[0].get("number") == "P1"


@pytest.mark.parametrize(
    ("text", "said"),
    [("[", "不是正确的 TOML"), ("[words]", "只能有 [headings]"), ('[headings]\nx = ["a"]', "没有“x”"),
     ("[headings]\nnumber = 1", "应为列名的列表")],
)  # fmt: skip
def test_a_wrong_headings_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "headings.toml").write_text(text, "utf-8")
    with pytest.raises(HeadingsError) as caught:
        load_vocabulary(tmp_path)
    assert said in str(caught.value)


def test_an_allotment_list_is_no_execution_file() -> None:
    for path in (FOLDER.parent / "allotments").glob("*.csv"):
        assert kind_of(read(path), load_vocabulary()) is None
    assert kind_of(read(PAYMENTS), load_vocabulary()) is not None
