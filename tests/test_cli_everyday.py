"""What an accountant runs into on an ordinary day: said at once, and refused where nothing would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import run
from tests.books import snapshot
from tests.events import ASKED
from tests.events import event
from tests.events import held
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path

J01, X01, X03 = "2020J01", "2020X01", "2020X03"
#: An authorisation to pay a 款 that the budget has nothing for.
UNBUDGETED = (
    f"--rule R01 --line {J01} --cap 100 --until 2020-06-30 --office 财政局 --doc 文 --reason 急"
)
PAY = f"--line {J01} --economic 30213 --payee 甲 --text 抢修"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def refused(book: Path, command: str, asked: str, *more: str) -> str:
    before = snapshot(book)
    done = event(book, command, asked, *more)
    assert (done.exit_code in {1, 2}, snapshot(book)) == (True, before)
    return done.output


@pytest.fixture
def unbudgeted(book: Path) -> Path:
    """A book with 100 元 paid, by an authorisation, for what is not in the budget."""
    must(book, "authorise", UNBUDGETED)
    must(book, "pay", f"{PAY} --amount 100 --authorisation sq-2020-0001")
    return book


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("refund", "--of zf-2020-0001 --amount 100"),
        ("reverse", "--of zf-2020-0001"),
        ("correct", "--of zf-2020-0001 --amount 100 --to-economic 30201"),
    ],
)
def test_what_was_paid_without_a_budget_may_come_back(
    unbudgeted: Path, command: str, asked: str
) -> None:
    before = held(unbudgeted, J01)
    must(unbudgeted, command, asked)
    back = command != "correct"
    assert (held(unbudgeted, J01) != before) is back


def test_no_more_comes_back_than_was_paid_without_a_budget(unbudgeted: Path) -> None:
    assert "只余 100.00 元未退回" in refused(
        unbudgeted, "refund", "--of zf-2020-0001 --amount 100.01"
    )


@pytest.mark.parametrize(
    "same", [f"--from {J01}:30201=5 --to {J01}:30201=5", f"--from {X01}=5 --to {X01}=5"]
)
def test_a_transfer_to_itself_is_none(book: Path, same: str) -> None:
    assert "什么也没有变动" in refused(book, "transfer", f"{same} --doc 文 --text 调剂")


@pytest.mark.parametrize("method", ["direct", "authorised"])
def test_the_treasury_does_not_pay_the_units_own_money(book: Path, method: str) -> None:
    asked = f"--line {X03} --economic 30201 --amount 1 --payee 甲 --text 乙"
    assert "请用 --method own" in refused(book, "pay", asked, "--method", method)


def test_own_money_does_not_come_as_quota(book: Path) -> None:
    asked = f"--to {X03}=1 --payer 单位 --text 经费 --into quota"
    assert "没有用款额度可以到账" in refused(book, "receive", asked)


def test_of_a_refund_nothing_is_refunded(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    must(book, "refund", ASKED["refund"])
    assert "不是支付凭证" in refused(book, "refund", "--of th-2020-0001 --amount 1")


def test_a_reversed_payment_is_not_asked_which_part_is_meant(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    must(book, "correct", ASKED["correct"])
    must(book, "reverse", "--of gz-2020-0001")
    must(book, "reverse", "--of zf-2020-0001")
    assert "没有未退回的支出" in refused(book, "refund", "--of zf-2020-0001 --amount 1")


def test_a_payment_of_long_ago_may_come_back(book: Path) -> None:
    assert "2016年支付退回" in must(book, "refund", f"--year 2016 --line {X01} --amount 20")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("pay", "--payee"),
        ("pay", "--text"),
        ("payroll", "--payee"),
        ("receive", "--payer"),
        ("supplement", "--doc"),
    ],
)
def test_blank_is_no_answer(book: Path, command: str, option: str) -> None:
    assert f"选项 {option} 不对：不能是空白" in refused(book, command, ASKED[command], option, " ")


def test_what_was_paid_last_year_is_not_reversed_this_year(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    change(book / "yusuan.toml", "    2020,\n", "    2020,\n    2021,\n")
    done = run("reverse", book, "--date", "2021-03-01", "--of", "zf-2020-0001")
    assert (done.exit_code, "refund --year" in done.stderr) == (1, True)
    done = run("refund", book, "--date", "2021-03-01", "--of", "zf-2020-0001", "--amount", "1")
    assert (done.exit_code, "改用 --year 2020" in done.stderr) == (1, True)


def test_what_may_not_be_spent_is_bound_by_nothing(book: Path) -> None:
    shown = run("available", book, "--line", J01, "--economic", "30213").stdout
    assert "没有额度" in shown
    assert "最紧" not in shown


def test_the_money_is_shown_before_and_after(book: Path) -> None:
    first = must(book, "receive", f"--to {J01}=100 --payer 财政局 --text 用款额度")
    assert "零余额账户用款额度（一般公共预算）：此前余 0.00 元，此后余 100.00 元" in first
    paid = f"--line {J01} --economic 30201 --payee 甲 --text 乙 --method authorised"
    assert "此前余 100.00 元，此后余 40.00 元" in must(book, "pay", f"{paid} --amount 60")
    assert "此前余 40.00 元，此后余 -1.00 元" in refused(book, "pay", f"{paid} --amount 41")
    assert "资金　" not in must(book, "pay", ASKED["pay"])


def test_of_settings_that_cannot_be_used_no_plugin_is_blamed(book: Path) -> None:
    add(book / "yusuan.toml", '\n[rules.R01]\nperiod = "week"\n')
    done = run("check", book)
    assert done.exit_code == 1
    assert "period 应为" in done.stdout
    assert done.stdout.count("不通过  ") == 2


def test_an_id_is_of_letters_and_digits(book: Path) -> None:
    assert "只能有半角字母、数字" in refused(book, "pay", ASKED["pay"], "--id", "付款一")


@pytest.mark.parametrize(
    ("command", "asked", "said"),
    [
        ("pay", f"--line {X01} --economic 30101 --amount 1 --payee 甲 --text 乙", "警告  新凭证：[R05]"),
        ("transfer", f"--from {X01}=1 --to 2020X02=1 --doc 文 --text 调", "警告  新凭证：[R07]"),
    ],
)  # fmt: skip
def test_a_warning_is_given_when_the_entry_is_made(
    book: Path, command: str, asked: str, said: str
) -> None:
    assert said in must(book, command, asked)


def test_what_is_refused_for_an_earlier_entry_is_said_so(book: Path) -> None:
    must(book, "commit", f"--line {X01} --amount 2730000 --text 合同")
    said = refused(book, "freeze", f"--line {X01} --amount 1 --text 冻结")
    assert "记入这笔新凭证，它们就不再通过" in said
