"""Events that rest on one another: contracts, refunds, reversals, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import ASKED
from tests.events import DAY
from tests.events import event
from tests.events import held
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = ("4389103.48", "498000.00")
PAID = "--line 2020J01 --economic 30209 --payee 物业公司 --text 进度款 --commitment ht-2020-0001"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def stopped(book: Path, command: str, asked: str, *more: str, date: str = DAY) -> str:
    """Try an event that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = event(book, command, asked, *more, date=date)
    assert done.exit_code == 1, done.output
    assert snapshot(book) == before
    return done.output


def test_part_payments_draw_on_a_contract_and_the_rest_is_released(book: Path) -> None:
    must(book, "commit", ASKED["commit"])
    assert held(book, "2020J01", "30209") == ("4389003.48", "497900.00")
    for amount, rest in (("30", "70.00"), ("30", "40.00"), ("15.5", "24.50")):
        said = must(book, "pay", f"{PAID} --amount {amount}")
        assert f"此后余 {rest} 元" in said
    assert held(book, "2020J01", "30209") == ("4389003.48", "497900.00")
    assert "只余 24.50 元，不能支付 24.51 元" in stopped(book, "pay", f"{PAID} --amount 24.51")
    said = must(book, "release", "--commitment ht-2020-0001 --amount 4.50 --text 变更")
    assert "此前余 24.50 元，此后余 20.00 元" in said
    must(book, "release", "--commitment ht-2020-0001 --text 终止")
    assert held(book, "2020J01", "30209") == ("4389027.98", "497924.50")
    assert "没有可释放的额度" in stopped(book, "release", "--commitment ht-2020-0001 --text 再放")


def test_one_contract_does_not_draw_on_another(book: Path) -> None:
    for _ in range(2):
        must(book, "commit", ASKED["commit"])
    assert "占用 ht-2020-0001 只余 100.00 元" in stopped(book, "pay", f"{PAID} --amount 100.01")
    said = stopped(book, "release", "--commitment ht-2020-0002 --amount 150 --text 放")
    assert "占用 ht-2020-0002 只余 100.00 元" in said


def test_refunds_add_up_to_what_was_paid_and_no_more(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    must(book, "refund", "--of zf-2020-0001 --amount 40")
    assert held(book, "2020J01", "30209") == ("4389043.48", "497940.00")
    said = stopped(book, "refund", "--of zf-2020-0001 --amount 60.01")
    assert "只余 60.00 元未退回" in said
    must(book, "reverse", "--of th-2020-0001")
    must(book, "refund", "--of zf-2020-0001 --amount 100")
    assert held(book, "2020J01", "30209") == LIMIT
    assert run("check", book, "--strict").exit_code == 0


def test_a_refund_comes_after_its_payment(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    said = stopped(book, "refund", "--of zf-2020-0001 --amount 1", date="2020-03-15")
    assert "早于支付日期" in said


def test_a_refund_goes_back_to_where_it_was_paid_from(book: Path) -> None:
    must(book, "receive", "--to 2020J01=100 --payer 财政局 --text 额度")
    must(book, "pay", ASKED["pay"], "--method", "authorised")
    said = must(book, "refund", "--of zf-2020-0001 --amount 40")
    assert "Assets:8001-资金结存:01-零余额账户用款额度   40.00 CNY" in said
    assert 'method: "authorised"' in said


def test_of_a_payment_in_several_parts_one_is_refunded(book: Path) -> None:
    must(book, "payroll", ASKED["payroll"])
    said = stopped(book, "refund", "--of xc-2020-0001 --amount 10")
    assert "2020J01:30101、2020J03:30108" in said
    must(book, "refund", "--of xc-2020-0001 --line 2020J03 --amount 40")
    assert held(book, "2020J03", "30108") == ("289498.89", "289498.89")
    assert "未退回" in stopped(book, "refund", "--of xc-2020-0001 --line 2020J03 --amount 1")


@pytest.mark.parametrize(
    ("line", "means", "adjusted"),
    [
        (
            "2020X01",
            "8001-资金结存:03-财政应返还额度",
            "8101-财政拨款结转:01-年初余额调整:11-一般公共预算",
        ),
        ("2020X03", "8001-资金结存:02-货币资金", "8201-非财政拨款结转:01-年初余额调整:39-其他收入"),
    ],
)
def test_a_refund_of_an_earlier_year_gives_this_year_nothing(
    book: Path, line: str, means: str, adjusted: str
) -> None:
    before = held(book, line)
    said = must(book, "refund", f"--year 2019 --line {line} --amount 70")
    assert f"Assets:{means}   70.00 CNY" in said
    assert f"Equity:{adjusted}   -70.00 CNY" in said
    assert held(book, line) == before
    assert run("check", book, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("line", "adjusted"),
    [
        ("2020X01", "8102-财政拨款结余:01-年初余额调整:11-一般公共预算"),
        ("2020X03", "8202-非财政拨款结余:01-年初余额调整:39-其他收入"),
    ],
)
def test_a_refund_of_what_is_a_surplus_by_now_adjusts_that(
    book: Path, line: str, adjusted: str
) -> None:
    said = must(book, "refund", f"--year 2018 --line {line} --amount 70 --surplus")
    assert f"Equity:{adjusted}   -70.00 CNY" in said
    assert run("check", book, "--strict").exit_code == 0
    assert event(book, "refund", "--of zf-2020-0001 --amount 1 --surplus").exit_code == 2


def test_a_refund_of_a_part_payment_goes_back_to_its_contract(book: Path) -> None:
    must(book, "commit", ASKED["commit"])
    must(book, "pay", f"{PAID} --amount 60")
    must(book, "refund", "--of zf-2020-0001 --amount 10")
    assert held(book, "2020J01", "30209") == ("4389003.48", "497900.00")
    assert "此前余 50.00 元" in must(book, "release", "--commitment ht-2020-0001 --text 终止")


def tables(book: Path) -> list[str]:
    """Give the execution of the whole year by function and by economic class."""
    words = ("--json", "--as-of", "2020-12-31")
    return [run("execution", book, "--by", by, *words).stdout for by in ("function", "economic")]


@pytest.mark.parametrize(
    "command",
    [
        "pay",
        "commit",
        "supplement",
        "reduce",
        "transfer",
        "freeze",
        "lapse",
        "payroll",
        "assign",
        "receive",
    ],
)
def test_a_reversal_restores_what_there_was_and_is_final(book: Path, command: str) -> None:
    there = tables(book)
    said = must(book, command, ASKED[command])
    id_ = said.rpartition("已记账：")[2].partition("（")[0]
    must(book, "reverse", f"--of {id_}", date="2020-04-01")
    assert tables(book) == there
    assert "只能红冲一次" in stopped(book, "reverse", f"--of {id_}", date="2020-04-02")
    assert "不能再红冲" in stopped(book, "reverse", "--of hc-2020-0001", date="2020-04-02")
    assert run("check", book, "--strict").exit_code == 0


def test_a_reversal_is_the_exact_negative_and_names_the_original(book: Path) -> None:
    paid = must(book, "pay", ASKED["pay"])
    said = must(book, "reverse", "--of zf-2020-0001")
    assert "^hc-2020-0001 ^zf-2020-0001" in said
    assert 'event: "reversal"\n  of: "zf-2020-0001"\n  line: "2020J01"' in said
    amounts = [line.split()[1] for line in paid.splitlines() if line.endswith(" CNY")]
    negative = [line.split()[1] for line in said.splitlines() if line.endswith(" CNY")]
    assert (amounts, negative) == (["100.00", "-100.00"], ["-100.00", "100.00"])


def test_what_something_rests_on_is_not_reversed(book: Path) -> None:
    must(book, "commit", ASKED["commit"])
    must(book, "pay", f"{PAID} --amount 60")
    must(book, "refund", "--of zf-2020-0001 --amount 10")
    assert "th-2020-0001" in stopped(book, "reverse", "--of zf-2020-0001")
    assert "zf-2020-0001" in stopped(book, "reverse", "--of ht-2020-0001")
    for id_ in ("th-2020-0001", "zf-2020-0001", "ht-2020-0001"):
        must(book, "reverse", f"--of {id_}")
    assert held(book, "2020J01", "30209") == LIMIT


def test_a_reversal_comes_after_its_original(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    assert "早于原凭证日期" in stopped(book, "reverse", "--of zf-2020-0001", date="2020-03-15")


def test_an_increase_that_is_spent_is_not_reversed(book: Path) -> None:
    must(book, "supplement", "--line 2020J01 --economic 30209 --amount 1 --doc 文 --text 追加")
    must(book, "pay", "--line 2020J01 --economic 30209 --amount 498001 --payee 甲 --text 乙")
    assert "缺口 1.00 元" in stopped(book, "reverse", "--of zj-2020-0001")


def test_the_advance_is_taken_back_on_the_day_of_the_approval(book: Path) -> None:
    must(
        book,
        "appropriate",
        "--kind advance --to 2020J01:30201=100 --doc 文 --text 提前",
        date="2020-01-02",
    )
    must(book, "reverse", "--of tq-2020-0001", date="2020-01-20")
    shown = run("lines", book, "--as-of", "2020-12-31").stdout
    assert "8,466,201.85" in shown.splitlines()[-1]


def test_a_correction_moves_a_payment_to_the_right_code(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    said = must(book, "correct", "--of zf-2020-0001 --amount 100 --to-economic 30201")
    assert "Income:" not in said
    assert held(book, "2020J01", "30209") == ("4389003.48", "498000.00")
    assert held(book, "2020J01", "30201") == ("4389003.48", "196660.00")
    must(book, "refund", "--of zf-2020-0001 --amount 100 --economic 30201")
    assert held(book, "2020J01", "30201") == ("4389103.48", "196760.00")


def test_a_correction_to_another_line_takes_its_revenue_along(book: Path) -> None:
    must(book, "pay", ASKED["pay"])
    said = must(book, "correct", "--of zf-2020-0001 --amount 30 --to-line 2020X01")
    assert said.count("Income:6001-财政拨款预算收入:11-一般公共预算") == 2
    assert held(book, "2020J01", "30209") == ("4389033.48", "497930.00")
    assert held(book, "2020X01") == ("2729970.00",)
