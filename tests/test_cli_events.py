"""Every command for an event: previewed, refused with every byte as it was, recorded and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import ASKED
from tests.events import event
from tests.events import held
from tests.events import must
from tests.events import prepared

from yusuan.ledger.cli import COMMANDS
from yusuan.ledger.cli import EVENTS

if TYPE_CHECKING:
    from pathlib import Path

J01, X01 = "2020J01", "2020X01"
#: An authorisation but for its rule and line.
ALLOWED = "--cap 100 --until 2020-06-30 --office 财政局 --doc 文号 --reason 应急"
#: What is refused, command by command, and what is said.
REFUSED = [
    ("appropriate", f"--kind approval --to {J01}=1 --doc 文 --text 批", "没有写经济分类款"),
    ("assign", f"--line {X01} --to 2020X09 --amount 1 --text 分", "请用 --name 写明项目名称"),
    ("assign", f"--line {X01} --to X-9 --name 甲 --amount 1 --text 分", "只能有数字和字母"),
    ("assign", f"--line {J01} --to 2020X09 --name 甲 --amount 1 --text 分", "只有项目支出可以分解"),
    ("assign", f"--line {X01} --to 2020X03 --amount 1 --text 分", "资金性质和功能科目须相同"),
    ("assign", f"--line {X01} --to {X01} --amount 1 --text 分", "须是另一条项目指标"),
    ("assign", f"--line {X01} --to 2020X09 --name 甲 --amount 2730000.01 --text 分", "缺口 0.01 元"),
    ("receive", f"--to {J01}:30201=1 --payer 财 --text 额", "到账不分经济分类"),
    ("receive", f"--to {J01}=1 --to 2020X03=1 --payer 财 --text 额", "请分开记录"),
    ("pay", f"--line {J01} --economic 30209 --amount 1e9 --payee 甲 --text 乙", "不是金额"),
    ("pay", f"--line {J01} --economic 30209 --amount 498000.01 --payee 甲 --text 乙", "缺口 0.01 元"),
    ("payroll", f"--part {J01}:30101=1 --part 2020Z09:30108=1 --text 工资", "没有编号为 2020Z09 的指标"),
    ("payroll", f"--part {J01}=1 --text 工资", "须写明款"),
    ("payroll", f"--part {J01}:30101=1 --part 2020X03:30201=1 --text 工资", "请分开记录"),
    ("payroll", f"--part {J01}:30101=573240.01 --text 工资", "缺口 0.01 元"),
    ("refund", "--of zf-2020-0001 --amount 100.01", "只余 100.00 元未退回"),
    ("refund", "--of zf-2020-0009 --amount 1", "没有编号为 zf-2020-0009"),
    ("refund", "--of pf-2020-001 --amount 1", "不是支付凭证"),
    ("refund", "--of zf-2020-0001 --economic 30201 --amount 1", "没有这样的支出"),
    ("refund", "--year 2020 --line 2020X01 --amount 1", "不是以前年度"),
    ("refund", "--year 2019 --amount 1", "须用 --line 注明指标"),
    ("refund", "--year 2019 --line 2020X01 --economic 30201 --amount 1", "请不写 --economic"),
    ("refund", "--year 2019 --line 2020X01 --class 公用 --amount 1", "不记经济分类"),
    ("refund", "--year 2019 --of zf-2020-0001 --amount 1", "二者写其一"),
    ("refund", "--amount 1", "二者写其一"),
    ("reverse", "--of zf-2020-0009", "没有编号为 zf-2020-0009"),
    ("reverse", "--of pf-2020-001", "是导入的批复"),
    ("correct", "--of zf-2020-0001 --amount 1", "更正前后完全一样"),
    ("correct", "--of zf-2020-0001 --amount 100.01 --to-economic 30201", "只余 100.00 元"),
    ("correct", "--of zf-2020-0001 --amount 1 --to-line 2020X03", "更正不改变资金性质"),
    ("correct", "--of zf-2020-0001 --amount 1 --to-economic 30212", "未列入预算的不得支出"),
    ("commit", f"--line {J01} --amount 1 --text 合同", "没有写经济分类款"),
    ("commit", f"--line {J01} --economic 30209 --amount 498000.01 --text 合同", "缺口 0.01 元"),
    ("release", "--commitment ht-2020-0001 --amount 100.01 --text 终止", "只余 100.00 元，不能释放 100.01 元"),
    ("release", "--commitment ht-2020-0009 --text 终止", "没有编号为 ht-2020-0009 的占用"),
    ("supplement", f"--line {J01} --amount 1 --doc 文 --text 追加", "没有写经济分类款"),
    ("supplement", f"--line {X01} --economic 30201 --amount 1 --doc 文 --text 追加", "不应写经济分类"),
    ("supplement", f"--line {X01} --amount 1 --text 追加", "缺少选项 --doc"),
    ("reduce", f"--line {J01} --amount 1 --doc 文 --text 追减", "没有写经济分类款"),
    ("reduce", f"--line {X01} --amount 2730000.01 --doc 文 --text 追减", "缺口 0.01 元"),
    ("reduce", f"--line {X01} --amount 1 --quota 2 --doc 文 --text 追减", "请核对 --quota"),
    ("transfer", f"--from {X01}=2 --to 2020X02=1 --doc 文 --text 调", "相差 -1.00 元"),
    ("transfer", f"--from {X01}=1 --to 2020X03=1 --doc 文 --text 调", "跨资金性质"),
    ("transfer", f"--from {X01}=1 --to {J01}=1 --doc 文 --text 调", "没有写经济分类款"),
    ("transfer", f"--from {J01}:30201=196760.01 --to {J01}:30209=196760.01 --doc 文 --text 调", "缺口 0.01"),
    ("transfer", f"--from {X01} --to {J01}:30201=1 --doc 文 --text 调", "应写作 指标=金额"),
    ("transfer", f"--from {X01}=1 --to {J01}:30201:其他=1 --doc 文 --text 调", "类别应为人员或公用"),
    ("freeze", f"--line {X01} --amount 2730000.01 --text 冻", "缺口 0.01 元"),
    ("unfreeze", f"--line {J01} --economic 30201 --amount 100.01 --text 解", "冻结 100.00 元"),
    ("plan", "--month 13 --line 2020J01 --amount 1 --text 计划", "应为 1 至 12 之间的整数"),
    ("plan", "--month 3 --line 2020Z09 --amount 1 --text 计划", "没有编号为 2020Z09 的指标"),
    ("authorise", f"--rule S03 {ALLOWED}", "规则 S03 关系账套的完整，不能由例外授权放行"),
    ("authorise", f"--rule R99 {ALLOWED}", "没有规则 R99"),
    ("authorise", f"--rule R01 --line 2020Z09 {ALLOWED}", "没有编号为 2020Z09 的指标"),
    ("authorise", f"--rule R01 {ALLOWED.replace('2020-06-30', '2020-03-15')}", "早于授权日期"),
    ("authorise", f"--rule R01 {ALLOWED} --cap 0", "金额应大于零"),
    ("pay", f"--line {J01} --economic 30209 --amount 1 --payee 甲 --text 乙 --authorisation sq-9",
     "没有编号为 sq-9 的例外授权"),
    ("lapse", f"--line {X01} --amount 2730000.01 --doc 文 --text 收", "缺口 0.01 元"),
]  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def test_every_event_is_tried_here() -> None:
    assert set(EVENTS) == set(ASKED)
    assert {command for command, _, _ in REFUSED} == set(EVENTS)
    assert set(EVENTS) <= set(COMMANDS)


@pytest.mark.parametrize(("command", "asked", "said"), REFUSED)
def test_a_refusal_leaves_every_byte(book: Path, command: str, asked: str, said: str) -> None:
    prepared(book, command)
    before = snapshot(book)
    done = event(book, command, asked)
    assert done.exit_code in {1, 2}, done.output
    assert said in done.output
    assert "程序内部错误" not in done.output
    assert snapshot(book) == before


@pytest.mark.parametrize("command", EVENTS)
def test_an_event_is_shown_and_then_recorded(book: Path, command: str) -> None:
    prepared(book, command)
    before = snapshot(book)
    shown = must(book, command, ASKED[command], "--dry-run")
    assert shown.endswith("以上为预览，没有记账（--dry-run）\n")
    assert snapshot(book) == before
    said = must(book, command, ASKED[command])
    entry = shown.rpartition("以上为预览")[0]
    assert said.startswith(entry)
    assert "已记账：" in said
    assert snapshot(book) != before
    checked = run("check", book, "--strict")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize("command", EVENTS)
def test_a_book_that_does_not_check_takes_no_event(book: Path, command: str) -> None:
    prepared(book, command)
    add(book / "2020" / "2020-03.beancount", "\n* 藏起来的一行\n")
    before = snapshot(book)
    done = event(book, command, ASKED[command])
    assert done.exit_code == 1
    assert "账套检查未通过，没有记账" in done.output
    assert snapshot(book) == before


@pytest.mark.parametrize("command", EVENTS)
def test_a_year_that_the_book_does_not_keep_takes_no_event(book: Path, command: str) -> None:
    prepared(book, command)
    before = snapshot(book)
    done = event(book, command, ASKED[command], date="2021-03-16")
    assert done.exit_code in {1, 2}
    assert "程序内部错误" not in done.output
    assert snapshot(book) == before


@pytest.mark.parametrize("command", EVENTS)
def test_each_kind_of_event_has_ids_of_its_own(book: Path, command: str) -> None:
    prepared(book, command)
    said = must(book, command, ASKED[command])
    prefix = said.rpartition("已记账：")[2].split("-")[0]
    others = [
        c
        for c in EVENTS
        if c != command and c not in {"refund", "reverse", "correct", "release", "unfreeze"}
    ]
    for other in others:
        again = must(book, other, ASKED[other].replace("2020X09", "2020X08"))
        assert again.rpartition("已记账：")[2].split("-")[0] != prefix


def test_a_line_that_is_opened_by_an_assignment_can_be_spent(book: Path) -> None:
    must(book, "assign", ASKED["assign"])
    must(book, "pay", "--line 2020X09 --economic 30201 --amount 100 --payee 甲 --text 乙")
    assert held(book, "2020X09") == ("0.00",)
    must(book, "assign", f"--line {X01} --to 2020X09 --amount 5 --text 再分解")
    assert held(book, "2020X09") == ("5.00",)
    assert held(book, X01) == ("2729895.00",)


def test_a_directive_that_is_no_plan_is_none_to_take_from(book: Path) -> None:
    must(book, "plan", ASKED["plan"])
    written = book / "2020" / "budget.beancount"
    text = written.read_text("utf-8") + '\n2020-03-01 custom "spending-plan" "4月" "2020J01"\n'
    written.write_text(text, "utf-8")
    settings = book / "yusuan.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[rules.R02]\nseverity = "off"\n', "utf-8")
    done = event(book, "plan", ASKED["plan"].replace("100", "100.01"), "--less")
    assert done.exit_code == 1
    assert "4月的用款计划只有 100.00 元" in done.output


def test_quota_goes_back_with_the_authority(book: Path) -> None:
    must(book, "receive", f"--to {X01}=100 --payer 财政局 --text 额度")
    said = must(book, "reduce", f"--line {X01} --amount 100 --quota 60 --doc 文 --text 追减")
    assert "Income:6001-财政拨款预算收入:11-一般公共预算   60.00 CNY" in said
    assert "Assets:8001-资金结存:01-零余额账户用款额度   -60.00 CNY" in said


def test_a_transfer_inside_a_line_leaves_the_line_alone(book: Path) -> None:
    before = held(book, J01, "30201"), held(book, J01, "30209")
    must(book, "transfer", f"--from {J01}:30201=10 --to {J01}:30209=10 --doc 文 --text 调剂")
    assert before == (("4389103.48", "196760.00"), ("4389103.48", "498000.00"))
    assert held(book, J01, "30201") == ("4389103.48", "196750.00")
    assert held(book, J01, "30209") == ("4389103.48", "498010.00")


def test_a_plan_is_a_note_that_moves_nothing(book: Path) -> None:
    before = held(book, J01, "30209")
    said = must(book, "plan", ASKED["plan"], "--doc", "文号")
    assert '2020-03-16 custom "spending-plan" "2020-04" "2020J01" 100.00 CNY' in said
    assert "控制层" not in said
    assert held(book, J01, "30209") == before
    assert "已记账：yk-2020-0002" in must(book, "plan", ASKED["plan"])


def test_a_plan_is_lowered_but_not_below_nothing_nor_below_what_was_paid(book: Path) -> None:
    must(book, "plan", ASKED["plan"])
    said = must(book, "plan", ASKED["plan"].replace("100", "30"), "--less")
    assert '2020-03-16 custom "spending-plan" "2020-04" "2020J01" -30.00 CNY' in said
    before = snapshot(book)
    done = event(book, "plan", ASKED["plan"], "--less")
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "4月的用款计划只有 70.00 元，不能调减 100.00 元" in done.output
    paid = f"--line {J01} --economic 30209 --amount 60 --payee 某公司 --text 付"
    must(book, "pay", paid, date="2020-04-02")
    done = event(book, "plan", ASKED["plan"].replace("100", "20"), "--less", date="2020-04-03")
    assert done.exit_code == 1
    assert "[R02]" in done.output
