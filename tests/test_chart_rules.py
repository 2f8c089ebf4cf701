"""The chart plugin: codes, levels, paths, commodities, and lines that are what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from beancount import loader
from tests.ledgers import CHART
from tests.ledgers import LINES
from tests.ledgers import NAMES
from tests.ledgers import book
from tests.ledgers import header
from tests.ledgers import load
from tests.ledgers import load_text
from tests.ledgers import name

from yusuan.ledger.budget.line import Line
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import account_name

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found

PAID = """
{date} * "支付" ^zf-1
  line: "2020X01"
  支出 {function} {economic}      1.00
  零余额                        -1.00
"""


def judged(whole: str) -> Found:
    """Load a few directives under the chart plugin alone."""
    return load_text(header([CHART]) + whole)


def spent(date: str, function: str = "2010302", economic: str = "30201") -> Found:
    """Spend on a code on a day, under the chart plugin alone."""
    return load(PAID.format(date=date, function=function, economic=economic), [CHART])


def test_a_book_of_the_chart_is_clean() -> None:
    found = load("", [CHART])
    assert found.messages == []
    assert found.advice == []


@pytest.mark.parametrize(
    ("date", "function", "rules"),
    [
        ("2023-12-31", "2013901", ["R03", "R04"]),  # 社会工作事务, from 2024
        ("2024-01-01", "2013901", ["R04"]),
        ("2024-03-28", "2300412", ["R03", "R04"]),  # added (增补) during the year
        ("2024-03-29", "2300412", ["R04"]),
    ],
)
def test_a_code_is_judged_by_the_day(date: str, function: str, rules: list[str]) -> None:
    assert sorted(spent(date, function).rules) == rules


def test_the_message_names_the_year_and_the_code() -> None:
    found = spent("2023-12-31", "2013901")
    assert (
        "[R03] 2023年无此科目 2013901：支出功能分类编码 2013901 在该日期无效；请改用当年有效的编码"
    ) in found.messages


def test_every_entry_of_a_bad_code_is_told_its_own_year() -> None:
    years = ("2021", "2022", "2022")
    short = "".join(
        PAID.format(date=f"{y}-05-05", function="2013901", economic="30201") for y in years
    )
    told = [message[6:10] for message in load(short, [CHART]).messages if "R03" in message]
    assert told == list(years)


@pytest.mark.parametrize(
    ("function", "economic", "said"),
    [
        ("9010302", "30201", "支出功能分类编码 9010302 不是正确的科目编码"),
        ("2010302", "90201", "部门预算支出经济分类编码 90201 不是正确的科目编码"),
    ],
)
def test_a_code_that_is_none_stops(function: str, economic: str, said: str) -> None:
    parts = [name("支出 2010302 30201").split(":")[1]]
    parts += [function[:3], function[:5], function, economic[:3], economic]
    account = ":".join(["Expenses", *parts])
    found = judged(
        f"""
2020-01-01 open {account} CNY
2020-01-01 open {name("零余额")} CNY
2020-03-01 * "支付"
  {account}   1.00 CNY
  {name("零余额")}  -1.00 CNY
"""
    )
    assert found.rules == ["R03"]
    assert said in found.messages[0]


def test_a_code_no_table_knows_is_only_advice() -> None:
    found = spent("2020-03-01", "2010302", "30288")
    assert found.messages == []
    assert [(f.rule, f.severity.value) for f in found.advice] == [("R03", "warn")]
    assert found.advice[0].message == (
        "[R03] 待确认：部门预算支出经济分类科目30288在2020年的科目表中没有找到；请核对编码，或导入当年的正式科目表。"
    )


def test_a_code_in_doubt_is_told_once_where_it_was_first_used() -> None:
    short = PAID.format(date="2020-03-02", function="2010302", economic="30288")
    short += PAID.format(date="2020-03-01", function="2010302", economic="30288")
    [advice] = load(short, [CHART]).advice
    assert advice.entry.date.isoformat() == "2020-03-01"  # type: ignore[attr-defined]


def test_an_imported_table_of_the_year_is_complete(tmp_path: Path) -> None:
    """Where the year's own table was imported, a code that is not in it stops (ABSENT)."""
    folder = tmp_path / "codes"
    folder.mkdir()
    rows = "code,name,level,parent\n302,商品和服务支出,类,\n30201,办公费,款,302\n"
    (folder / "economic-2020.csv").write_text(rows, "utf-8")
    top = tmp_path / "main.beancount"
    short = PAID.format(date="2020-03-01", function="2010302", economic="30209")
    top.write_text(book(short, [CHART]), "utf-8")
    _, errors, _ = loader.load_file(str(top))
    assert ["30209 不在已导入的当年科目表中" in error.message for error in errors] == [True]


def test_postings_belong_on_the_last_level() -> None:
    level = name("可用 2020X01").rpartition(":")[0]
    entry = f"""
2020-03-0{{}} * "记到上级"
  {level}                 1.00 CNY-ZB
  {name("来源 01 11")}   -1.00 CNY-ZB
"""
    found = load_text(book("", [CHART]) + entry.format(1) + entry.format(2))
    assert found.messages == [
        f"[S05] 2020-03-0{day} 记账到了非末级科目 {level}；请记到最末一级" for day in (1, 2)
    ]


def test_a_bad_path_is_refused_where_it_is_opened_and_where_it_is_used() -> None:
    bad = "Expenses:7101-行政支出:201:20203"
    found = judged(
        f"""
2020-01-01 open {bad} CNY
2020-01-01 open {name("零余额")} CNY
2020-03-01 * "支付"
  {bad}              1.00 CNY
  {name("零余额")}  -1.00 CNY
"""
    )
    why = f"[S06] 科目 {bad} 不符合账套科目表：功能分类代码 20203 不在上级 201 之下"
    assert found.messages == [why, why]


@pytest.mark.parametrize(
    ("commodities", "held"),
    [("", "任意"), ("CNY", "CNY"), ("CNY-ZB,CNY", "CNY-ZB、CNY"), ("CNY,CNY-ZB", "CNY、CNY-ZB")],
)
def test_each_account_holds_the_commodity_of_its_book_and_no_other(
    commodities: str, held: str
) -> None:
    account = name("来源 01 11")
    found = judged(f"2020-01-01 open {account} {commodities}\n")
    assert found.messages == [
        f"[S04] 科目 {account} 只能以 CNY-ZB 开立，现为 {held}；请改正 open 指令"
    ]


@pytest.mark.parametrize(
    "account", ["Assets:Bank", "Expenses:92-可用指标", "Equity:98经济", "Income:１１"]
)
def test_accounts_outside_the_chart_are_refused(account: str) -> None:
    found = judged(f"2020-01-01 open {account} CNY\n")
    assert found.messages == [f"[S04] 科目 {account} 不在账套科目表中，不能记入账套"]


def test_financial_accounts_have_a_book_of_their_own() -> None:
    assert judged("2020-01-01 open Assets:1002-银行存款 CNY-CW\n").messages == []
    assert judged("2020-01-01 open Assets:1002-银行存款 CNY\n").rules == ["S04"]


def test_a_line_stands_in_one_place() -> None:
    elsewhere = LineState("92", "11", "2010350", "2020X01")
    found = load_text(
        book("", [CHART]) + f"2020-01-01 open {account_name(elsewhere, NAMES)} CNY-ZB\n"
    )
    assert found.rules == ["S07"]
    assert "指标编号 2020X01 用在了两处：" in found.messages[0]


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ('line: "2020X02"', "的 line 写作“2020X02”，应为 2020X01"),
        (
            'class: "临时"',
            "指标 2020X01 的 class 写作“临时”，应为 基本、人员、公用、项目、未分 之一",
        ),
        ('origin: "去年"', "指标 2020X01 的 origin 写作“去年”，应为四位年份"),
    ],
)
def test_what_a_line_declares_must_be_so(meta: str, said: str) -> None:
    account = name("可用 2020X01")
    found = judged(f"2020-01-01 open {account} CNY-ZB\n  {meta}\n")
    assert found.rules == ["S07"]
    assert said in found.messages[0]


def test_a_line_may_not_be_called_like_a_scope() -> None:
    line = Line("1", "11", "2010302", "项目", 2020, "")
    account = account_name(LineState("92", line.fund, line.function, line.id), NAMES)
    found = judged(f"2020-01-01 open {account} CNY-ZB\n")
    assert found.rules == ["S06"]
    assert "指标编号 1 与经济分类控制的范围“人员经费”重名" in found.messages[0]


@pytest.mark.parametrize("written", ['"2020"', "2020"])
def test_a_line_may_be_named_by_a_number(written: str) -> None:
    """`line: 2020` without quotes is a number to beancount; it names the line all the same."""
    line = account_name(LineState("92", "11", "2010350", "2020"), NAMES)
    spending, means = name("支出 2010302 30201"), name("零余额")
    found = judged(
        f"""
2020-01-01 open {line} CNY-ZB
2020-01-01 open {spending} CNY
2020-01-01 open {means} CNY
2020-03-01 * "支付"
  line: {written}
  {spending}   1.00 CNY
  {means}     -1.00 CNY
"""
    )
    assert found.rules == ["R04"]
    assert LINES.keys() & {"2020"} == set()
