"""Payment methods by date: the defaults, a book's own days, the usual one, what each is paid from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from beancount.core.data import Open
from tests.books import add
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import event
from tests.events import must
from tests.ledgers import LINES
from tests.ledgers import NAMES

from yusuan.ledger.books import text
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import openings
from yusuan.ledger.config import ConfigError
from yusuan.ledger.config import load_settings
from yusuan.ledger.events import payment
from yusuan.ledger.events.payment import METHOD_NAMES
from yusuan.ledger.events.payment import Method
from yusuan.ledger.events.payment import Part
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.payment import usual_method
from yusuan.ledger.methods import terms
from yusuan.ledger.methods import unavailable

if TYPE_CHECKING:
    from pathlib import Path

#: Until the middle of 2020 as it was before, from then on as it has been since 2022.
MIDYEAR = """
[methods.direct]
until = 2020-06-30
[methods.authorised]
until = 2020-06-30
[methods.unified]
since = 2020-07-01
"""
BEFORE, AFTER = "2020-06-30", "2020-07-01"
PAY = "--line 2020J01 --economic 30209 --amount 100 --payee 物业公司 --text 物业费"
QUOTA = "Assets:8001-资金结存:01-零余额账户用款额度"
RETURNABLE = "Assets:8001-资金结存:03-财政应返还额度"
REVENUE = "Income:6001-财政拨款预算收入:11-一般公共预算"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book that changes its methods in the middle of its year."""
    made = approved(tmp_path / "账套")
    add(made / "yusuan.toml", MIDYEAR)
    return made


def refused(book: Path, command: str, asked: str, *more: str, day: str) -> str:
    """Try an event that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = event(book, command, asked, *more, date=day)
    assert (done.exit_code, snapshot(book)) == (1, before), done.output
    return done.output


def test_the_data_knows_every_method_and_no_other() -> None:
    assert list(terms()) == [method.value for method in Method]
    assert METHOD_NAMES[Method.UNIFIED] == "国库集中支付"


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2019-01-01", ["direct", "authorised", "own"]),
        ("2021-12-31", ["direct", "authorised", "own"]),
        ("2022-01-01", ["unified", "own"]),
        ("2026-06-30", ["unified", "own"]),
    ],
)
def test_what_there_is_by_default(day: str, there: list[str]) -> None:
    on = date.fromisoformat(day)
    assert [word for word in terms() if not unavailable(word, on, terms())] == there


def test_a_book_sets_its_own_days_and_keeps_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "yusuan.toml"
    file.write_text("[methods.authorised]\nuntil = 2022-06-30\n", "utf-8")
    known = load_settings(file).methods
    assert known["authorised"].covers(date(2022, 6, 30))
    assert not known["authorised"].covers(date(2022, 7, 1))
    assert {word: known[word] for word in known if word != "authorised"} == {
        word: term for word, term in terms().items() if word != "authorised"
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("methods = 1", r"methods 应为一节 \[methods\]"),
        ("[methods.cash]\nuntil = 2022-06-30", r"\[methods\] 有不认识的设置 cash"),
        ("[methods.direct]\nto = 2022-06-30", r"\[methods.direct\] 有不认识的设置 to"),
        ('[methods.direct]\nuntil = "2022-06-30"', "应写不加引号的日期"),
        ("[methods.direct]\nuntil = 2022-06-30T00:00:00", "应写不加引号的日期"),
        ("[methods.direct]\nsince = 2022-06-30", "since 晚于 until"),
    ],
)
def test_other_settings_are_refused(tmp_path: Path, said: str, why: str) -> None:
    file = tmp_path / "yusuan.toml"
    file.write_text(f"{said}\n", "utf-8")
    with pytest.raises(ConfigError, match=why):
        load_settings(file)


@pytest.mark.parametrize(
    ("line", "day", "method"),
    [
        ("2020X01", date(2021, 12, 31), Method.DIRECT),
        ("2020X01", date(2022, 1, 1), Method.UNIFIED),
        ("2020Q01", date(2021, 12, 31), Method.OWN),
        ("2020Q01", date(2022, 1, 1), Method.OWN),
    ],
)
def test_the_usual_method_follows_fund_and_date(line: str, day: date, method: Method) -> None:
    assert usual_method(LINES[line], day, terms()) is method


@pytest.mark.parametrize(
    ("line", "method", "account"),
    [
        ("2020X01", Method.UNIFIED, REVENUE),
        ("2020X01", Method.DIRECT, REVENUE),
        ("2019J01", Method.UNIFIED, RETURNABLE),
        ("2019J01", Method.DIRECT, RETURNABLE),
        ("2019J01", Method.AUTHORISED, QUOTA),
    ],
)
def test_a_line_of_an_earlier_year_is_paid_from_what_was_set_aside(
    line: str, method: Method, account: str
) -> None:
    """E3: this year's 指标 from revenue, earlier ones from 财政应返还额度; quota is quota."""
    part = Part(LINES[line], "30201", Decimal("70.00"))
    paid = Payment(date(2020, 3, 16), "zf-1", (part,), "甲", "乙", method)
    debit, credit = payment.draft(paid, NAMES).postings
    assert debit.account.startswith("Expenses:7101-行政支出:")
    assert (credit.account, credit.amount) == (account, Decimal("-70.00"))
    assert len(payment.leaves(paid)) == 2


def test_a_payment_of_lines_of_both_years_is_paid_from_both() -> None:
    parts = tuple(
        Part(LINES[line], "30201", Decimal(amount))
        for line, amount in (("2020J01", "10.00"), ("2019J01", "20.00"), ("2020J02", "30.00"))
    )
    paid = Payment(date(2020, 3, 16), "zf-1", parts, "甲", "乙", Method.UNIFIED)
    found = payment.draft(paid, NAMES).postings[3:]
    assert [(p.account, p.amount, p.meta.get("line")) for p in found] == [
        (REVENUE, Decimal("-10.00"), "2020J01"),
        (RETURNABLE, Decimal("-20.00"), None),
        (REVENUE, Decimal("-30.00"), "2020J02"),
    ]


def test_the_usual_method_follows_the_books_own_days(book: Path) -> None:
    assert 'method: "direct"' in must(book, "pay", PAY, date=BEFORE)
    said = must(book, "pay", PAY, date=AFTER)
    assert 'method: "unified"' in said
    assert REVENUE in said
    assert "已记账：zf-2020-0002（国库集中支付）" in said
    assert run("check", book, "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("method", "day", "why"),
    [
        (
            "unified",
            BEFORE,
            "2020-06-30 不能用国库集中支付（unified），该支付方式自 2020-07-01 起；",
        ),
        ("direct", AFTER, "2020-07-01 不能用财政直接支付（direct），该支付方式至 2020-06-30 止；"),
        ("authorised", AFTER, "当日可用的有 unified（国库集中支付）、own（单位资金支付）"),
    ],
)
@pytest.mark.parametrize("command", ["pay", "payroll"])
def test_a_method_that_the_day_does_not_have_is_refused(
    book: Path, command: str, method: str, day: str, why: str
) -> None:
    asked = PAY if command == "pay" else "--part 2020J01:30101=60 --text 工资"
    assert why in refused(book, command, asked, "--method", method, day=day)


def test_quota_is_received_only_while_there_is_authorised_payment(book: Path) -> None:
    asked = "--to 2020J01=100 --payer 财政局 --text 额度"
    assert QUOTA in must(book, "receive", asked, date=BEFORE)
    said = refused(book, "receive", asked, day=AFTER)
    assert "2020-07-01 没有财政授权支付，不再有零余额账户用款额度可以到账" in said
    refused(book, "receive", asked, "--into", "quota", day=AFTER)
    assert "02-货币资金" in must(book, "receive", asked, "--into", "money", date=AFTER)


def test_a_refund_goes_back_the_way_it_came_after_the_change(book: Path) -> None:
    must(book, "receive", "--to 2020J01=100 --payer 财政局 --text 额度", date=BEFORE)
    must(book, "pay", PAY, "--method", "authorised", date=BEFORE)
    said = must(book, "refund", "--of zf-2020-0001 --amount 40", date=AFTER)
    assert f"{QUOTA}   40.00 CNY" in said
    assert 'method: "authorised"' in said
    assert run("check", book, "--strict").exit_code == 0


@pytest.fixture
def carried(book: Path) -> Path:
    """The book with a line of 2019 that has 100.00 of authority and 70.00 set aside for it."""
    loaded = load_book(book)
    first, old = date(2020, 1, 1), LINES["2019J01"]
    names = replace(view(loaded).names(first), lines={old.id: old.name})
    leaves = [LineState(state, old.fund, old.function, old.id) for state in chart_data().states]
    said = {"line": old.id, "class": old.klass, "origin": "2019"}
    opened = {entry.account for entry in loaded.entries if isinstance(entry, Open)}
    chart = openings([(leaves[0], said), *((leaf, {}) for leaf in leaves[1:])], names, opened)
    add(book / "chart.beancount", "".join(text.opening(each, first) for each in chart))
    add(
        book / "2020" / "budget.beancount",
        f"""
2020-01-02 * "财政局" "上年结转" ^jz-2020-0001
  id: "jz-2020-0001"
  event: "carry"
  {account_name(leaves[0], names)}   100.00 CNY-ZB
  Equity:91-指标来源:05-上年结转:11-一般公共预算   -100.00 CNY-ZB
""",
    )
    must(book, "refund", "--year 2019 --line 2020X01 --amount 70", date=BEFORE)
    return book


OLD = "--line 2019J01 --economic 30209 --payee 物业公司 --text 上年物业费"


def test_a_carried_line_is_paid_and_refunded_from_what_was_set_aside(carried: Path) -> None:
    said = must(carried, "pay", f"{OLD} --amount 70", date=AFTER)
    assert f"{RETURNABLE}   -70.00 CNY" in said
    assert 'method: "unified"' in said
    assert "缺口 0.01 元" in refused(carried, "pay", f"{OLD} --amount 0.01", day=AFTER)
    back = must(carried, "refund", "--of zf-2020-0001 --amount 20", date=AFTER)
    assert f"{RETURNABLE}   20.00 CNY" in back
    assert run("check", carried, "--strict").exit_code == 0


def test_a_correction_does_not_cross_the_years(carried: Path) -> None:
    """This year's line is paid from revenue, the other from what was set aside."""
    must(carried, "pay", f"{OLD} --amount 30", date=AFTER)
    said = refused(carried, "correct", "--of zf-2020-0001 --amount 30 --to-line 2020X01", day=AFTER)
    assert "本年的指标和以前年度的指标不由同一处支付；请红冲后重新支付" in said
    must(
        carried,
        "pay",
        "--line 2020X01 --economic 30209 --amount 30 --payee 甲 --text 乙",
        date=AFTER,
    )
    refused(carried, "correct", "--of zf-2020-0002 --amount 30 --to-line 2019J01", day=AFTER)


def test_a_hand_written_method_of_another_day_is_a_warning(book: Path) -> None:
    must(book, "pay", PAY, date=AFTER)
    month = book / "2020" / "2020-07.beancount"
    month.write_text(month.read_text("utf-8").replace('"unified"', '"direct"'), "utf-8")
    checked = run("check", book)
    assert checked.exit_code == 0
    assert "[S10] 2020-07-01 不能用财政直接支付（direct）" in checked.output
    assert run("check", book, "--strict").exit_code == 1


def test_a_method_that_is_no_more_is_not_the_usual_one() -> None:
    """Lists of later years still say 直接支付; the line is paid all the same."""
    line = replace(LINES["2020X01"], method="direct")
    assert usual_method(line, date(2021, 12, 31), terms()) is Method.DIRECT
    assert usual_method(line, date(2022, 1, 1), terms()) is Method.UNIFIED
