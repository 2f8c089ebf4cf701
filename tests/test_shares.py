"""Several shares in one document: each command that takes one line takes several, in one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import event
from tests.events import held
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path

TWO = "2020J01:30201=60", "2020X01=40"
#: Each command with the option that takes its shares, and what else it asks for.
SHARED = {
    "commit": ("--from", "--payee 公司 --text 合同"),
    "freeze": ("--from", "--text 拟追减"),
    "lapse": ("--from", "--doc 文号 --text 收回"),
    "reduce": ("--from", "--doc 文号 --text 追减"),
    "supplement": ("--to", "--doc 文号 --text 追加"),
    "plan": ("--from", "--month 3 --text 用款"),
}
THERE = ("4389103.48", "196760.00"), ("2730000.00",)
LESS = ("4389043.48", "196700.00"), ("2729960.00",)
MORE = ("4389163.48", "196820.00"), ("2730040.00",)
AFTER = {"supplement": MORE, "plan": THERE}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def asked(command: str) -> str:
    """Ask for two shares."""
    flag, rest = SHARED[command]
    return " ".join([*(f"{flag} {share}" for share in TWO), rest])


def left(book: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what is available of both shares' lines, and of the limit of the one that has one."""
    return held(book, "2020J01", "30201"), held(book, "2020X01")


def refused(book: Path, command: str, words: str, status: int = 1) -> str:
    """Try an event that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = event(book, command, words)
    assert (done.exit_code, snapshot(book)) == (status, before), done.output
    return done.output


@pytest.mark.parametrize("command", SHARED)
def test_two_shares_are_one_entry(book: Path, command: str) -> None:
    assert left(book) == THERE
    said = must(book, command, asked(command))
    assert said.count(" * ") == (0 if command == "plan" else 1)
    assert left(book) == AFTER.get(command, LESS)
    assert run("check", book, "--strict").exit_code == 0


def test_unfreeze_takes_two_shares(book: Path) -> None:
    must(book, "freeze", asked("freeze"))
    must(book, "unfreeze", " ".join([*(f"--to {share}" for share in TWO), "--text 解冻"]))
    assert left(book) == THERE


@pytest.mark.parametrize("command", SHARED)
def test_one_share_and_several_are_not_mixed(book: Path, command: str) -> None:
    said = refused(book, command, f"{asked(command)} --line 2020X01 --amount 1", 2)
    assert "与 --line、--economic、--class、--amount 不能同时写" in said


@pytest.mark.parametrize("command", SHARED)
def test_some_share_is_asked_for(book: Path, command: str) -> None:
    flag, rest = SHARED[command]
    said = refused(book, command, rest, 2)
    assert f"缺少选项 --line；几条指标用 {flag} 指标[:款]=金额 各写一个" in said
    assert "缺少选项 --amount；" in refused(book, command, f"{rest} --line 2020X01", 2)


def test_one_share_that_is_short_refuses_all(book: Path) -> None:
    said = refused(book, "commit", "--from 2020X01=1 --from 2020X02=60000.01 --text 合同")
    assert "缺口 0.01 元" in said


def test_shares_of_one_line_are_one_posting(book: Path) -> None:
    said = must(book, "commit", "--from 2020J01:30201=60 --from 2020J01:30209=40 --text 合同")
    assert said.count("2020J01-基本支出   -100.00 CNY-ZB") == 1
    assert said.count("2020J01-基本支出   100.00 CNY-ZB") == 1


def test_a_plan_for_several_lines_has_an_id_for_each(book: Path) -> None:
    said = must(book, "plan", asked("plan"))
    assert 'custom "spending-plan" "2020-03" "2020J01" 60.00 CNY' in said
    assert 'custom "spending-plan" "2020-03" "2020X01" 40.00 CNY' in said
    assert "已记账：yk-2020-0001、yk-2020-0002（用款计划）" in said
    said = must(book, "plan", asked("plan"), "--id", "own-1")
    assert "已记账：own-1、own-1-2（用款计划）" in said
    said = refused(book, "plan", "--month 3 --from 2020J01:30399:公用=1 --text 计划")
    assert "用款计划不分人员和公用" in said


def test_quota_of_several_lines_goes_back_line_by_line(book: Path) -> None:
    must(book, "receive", "--to 2020J01=60 --to 2020X01=40 --payer 财政局 --text 额度")
    said = must(book, "reduce", asked("reduce"), "--quota", "2020J01=50", "--quota", "2020X01=40")
    revenue = "Income:6001-财政拨款预算收入:11-一般公共预算"
    assert f'{revenue}   50.00 CNY\n    line: "2020J01"' in said
    assert f'{revenue}   40.00 CNY\n    line: "2020X01"' in said
    assert "Assets:8001-资金结存:01-零余额账户用款额度   -90.00 CNY" in said
    assert run("check", book, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("quota", "why"),
    [
        ("--quota 50", "--quota 应写作 指标=金额"),
        ("--quota 2020X01=40.01", "指标 2020X01 退回的用款额度 40.01 元多于追减 40"),
        ("--quota 2020X01=20 --quota 2020X01=21", "多于追减"),
        ("--quota 2020X02=1", "指标 2020X02 退回的用款额度 1.00 元多于追减 0.00 元"),
    ],
)
def test_quota_that_is_not_of_the_lines_is_refused(book: Path, quota: str, why: str) -> None:
    assert why in refused(book, "reduce", f"{asked('reduce')} {quota}")


CONTRACT = "--from 2020J01:30201=60 --from 2020J01:30209=40 --from 2020X01=30 --text 合同"
PAID = "--payee 公司 --text 进度款 --commitment ht-2020-0001"


def test_all_that_is_left_of_a_contract_is_released_over_all_its_lines(book: Path) -> None:
    before = left(book), held(book, "2020J01", "30209")
    must(book, "commit", CONTRACT)
    must(book, "commit", CONTRACT)
    must(book, "pay", f"--line 2020J01 --economic 30209 --amount 15 {PAID}")
    said = must(book, "release", "--commitment ht-2020-0001 --text 终止")
    assert "占用 ht-2020-0001：此前余 115.00 元，此后余 0.00 元" in said
    assert "没有可释放的额度" in refused(book, "release", "--commitment ht-2020-0001 --text 再")
    must(book, "release", "--commitment ht-2020-0002 --text 终止")
    (line, limit), other = before[0]
    assert (left(book), held(book, "2020J01", "30209")) == (
        (("4389088.48", limit), other),
        ("4389088.48", "497985.00"),
    )
    assert line == "4389103.48"
    assert run("check", book, "--strict").exit_code == 0


def test_shares_of_a_contract_are_released_one_by_one(book: Path) -> None:
    must(book, "commit", CONTRACT)
    release = "release", "--commitment ht-2020-0001 --text 变更"
    said = must(book, release[0], f"{release[1]} --to 2020J01:30209=10 --to 2020X01=30")
    assert "此前余 130.00 元，此后余 90.00 元" in said
    assert "用 --to 写明释放哪条指标的哪个款" in refused(
        book, release[0], f"{release[1]} --amount 1"
    )
    said = refused(book, release[0], f"{release[1]} --to 2020J01:30209=30.01")
    assert "只余 30.00 元，不能释放 30.01 元（经济分类 30209）" in said
    assert "没有写经济分类款" in refused(book, release[0], f"{release[1]} --to 2020J01=1")
    assert "不能同时写" in refused(book, release[0], f"{release[1]} --to 2020X01=1 --amount 1", 2)


def test_a_share_of_another_line_is_not_the_contracts(book: Path) -> None:
    must(book, "commit", "--from 2020J01:30201=60 --text 合同")
    must(book, "commit", "--from 2020X01=60 --text 合同")
    said = refused(book, "release", "--commitment ht-2020-0001 --to 2020X01=1 --text 放")
    assert "占用 ht-2020-0001 只余 0.00 元，不能释放 1.00 元（指标 2020X01）" in said


def test_a_hand_written_payment_is_held_to_its_contract_too(book: Path) -> None:
    for _ in range(2):
        must(book, "commit", "--from 2020X01=60 --text 合同")
    must(book, "pay", f"--line 2020X01 --economic 30201 --amount 60 {PAID}")
    month = book / "2020" / "2020-03.beancount"
    month.write_text(month.read_text("utf-8").replace("60.00 CNY", "60.01 CNY"), "utf-8")
    checked = run("check", book)
    assert checked.exit_code == 1
    assert "[S11] 2020-03-16 占用 ht-2020-0001 只余 60.00 元，不能支付 60.01 元" in checked.output
    assert "[R01]" not in checked.output
