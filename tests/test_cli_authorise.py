"""例外授权 on the command line: recorded, used, shown wherever it touches, refused beyond its cap."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.books import add
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import event
from tests.events import held
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path

J01, X01 = "2020J01", "2020X01"
#: All of 30209 of the basic line, and 100 元 more than there is.
ALL, OVER = "498000.00", "498100.00"
AUTHORISE = f"--rule R01 --line {J01} --cap 100 --until 2020-06-30 --office 财政局 --doc 文号一 --reason 应急"
PAY = f"--line {J01} --economic 30209 --payee 物业公司 --text 应急"
ID = "sq-2020-0001"
NOTE = (
    f"例外授权 {ID}（财政局 文号一，规则 R01，指标 {J01}）："
    "限额 100.00，已用 60.00，余 40.00，有效至 2020-06-30"
)
STANDING = {
    "id": ID,
    "date": "2020-03-16",
    "rule": "R01",
    "line": J01,
    "office": "财政局",
    "doc": "文号一",
    "reason": "应急",
    "cap": "100.00",
    "used": "60.00",
    "left": "40.00",
    "expiry": "2020-06-30",
    "touches": [J01],
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with an authorisation that nobody has used."""
    made = approved(tmp_path / "账套")
    must(made, "authorise", AUTHORISE)
    return made


@pytest.fixture
def over(book: Path) -> Path:
    """The same with a payment of 60 元 more than there is."""
    must(book, "pay", f"{PAY} --amount 498060 --authorisation {ID}")
    return book


def data(*arguments: str | Path) -> Any:
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_it_is_written_into_the_budget_of_the_year(book: Path) -> None:
    assert (
        (book / "2020" / "budget.beancount")
        .read_text("utf-8")
        .endswith(
            f"""
2020-03-16 custom "authorisation" "R01" "{J01}"
  id: "{ID}"
  office: "财政局"
  doc: "文号一"
  reason: "应急"
  cap: 100.00 CNY
  expiry: 2020-06-30
"""
        )
    )
    assert run("check", book, "--strict").exit_code == 0


def test_a_payment_that_it_covers_shows_what_is_left(book: Path) -> None:
    before = snapshot(book)
    shown = must(book, "pay", f"{PAY} --amount 498060 --authorisation {ID} --dry-run")
    assert f'  authorisation: "{ID}"\n' in shown
    assert "警告  " in shown
    assert (
        f"已由财政局 文号一 授权（{ID}，限额 100.00 元，有效至 2020-06-30）\n"
        f"例外授权 {ID}：限额 100.00，此前余 100.00，此后余 40.00，有效至 2020-06-30\n"
    ) in shown
    assert snapshot(book) == before
    must(book, "pay", f"{PAY} --amount 498060 --authorisation {ID}")
    assert run("check", book).exit_code == 0
    assert run("check", book, "--strict").exit_code == 1
    assert held(book, J01, "30209")[1] == "-60.00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--amount 498100.01", "超过限额 0.01 元"),
        ("--amount 498060 --date 2020-07-01", "已于 2020-06-30 到期"),
        ("--amount 498060 --date 2020-03-15", "2020-03-16 起才有效"),
    ],
)
def test_what_it_does_not_cover_is_refused_with_every_byte(
    book: Path, words: str, said: str
) -> None:
    before = snapshot(book)
    done = event(book, "pay", f"{PAY} {words} --authorisation {ID}")
    assert done.exit_code == 1
    assert f"例外授权 {ID} 不能放行：" in done.output
    assert said in done.output
    assert done.output.endswith("没有记账，账套未作改动\n")
    assert snapshot(book) == before


def test_without_naming_it_nothing_passes(book: Path) -> None:
    before = snapshot(book)
    done = event(book, "pay", f"{PAY} --amount {OVER}")
    assert (done.exit_code, "授权" in done.output) == (1, False)
    assert snapshot(book) == before


def test_an_earlier_payment_may_not_make_a_recorded_one_exceed_its_cap(over: Path) -> None:
    """60 of 100 元 are used: 41 元 paid before would make it 101."""
    before = snapshot(over)
    done = event(over, "pay", f"{PAY} --amount 41", date="2020-03-01")
    assert done.exit_code == 1
    assert "本次 101.00 元，超过限额 1.00 元" in done.output
    assert snapshot(over) == before
    must(over, "pay", f"{PAY} --amount 40", date="2020-03-01")
    assert data("check", over)["authorisations"][0]["left"] == "0.00"


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("commit", f"--line {J01} --economic 30209 --amount 498060 --text 合同"),
        ("freeze", f"--line {J01} --economic 30209 --amount 498060 --text 冻结"),
        ("lapse", f"--line {J01} --economic 30209 --amount 498060 --doc 文 --text 收回"),
        ("reduce", f"--line {J01} --economic 30209 --amount 498060 --doc 文 --text 追减"),
        ("transfer", f"--from {J01}:30209=498060 --to {J01}:30201=498060 --doc 文 --text 调剂"),
        ("payroll", f"--part {J01}:30209=498060 --text 工资"),
    ],
)
def test_every_decrease_can_rest_on_one(book: Path, command: str, asked: str) -> None:
    before = snapshot(book)
    assert event(book, command, asked).exit_code == 1
    assert snapshot(book) == before
    must(book, command, asked, "--authorisation", ID)
    assert data("check", book)["authorisations"] == [STANDING]


def test_correct_and_refund_name_one_too(book: Path) -> None:
    must(book, "pay", f"{PAY} --amount {ALL}")
    must(book, "pay", f"--line {J01} --economic 30201 --payee 甲 --text 乙 --amount 100")
    wrong = "--of zf-2020-0002 --amount 60 --to-economic 30209"
    assert event(book, "correct", wrong, date="2020-03-17").exit_code == 1
    must(book, "correct", f"{wrong} --authorisation {ID}", date="2020-03-17")
    refund = f"--of zf-2020-0001 --amount 1 --authorisation {ID}"
    must(book, "refund", refund, date="2020-03-18")
    assert data("check", book)["authorisations"] == [STANDING]


def test_a_reversal_is_not_what_was_authorised(over: Path) -> None:
    """It does not give the cap back either: the payment was let through for a day."""
    said = must(over, "reverse", "--of zf-2020-0001", date="2020-03-17")
    assert "authorisation" not in said
    assert run("check", over).exit_code == 0
    assert data("check", over)["authorisations"] == [STANDING]


def test_check_lists_them(over: Path) -> None:
    assert data("check", over)["authorisations"] == [STANDING]
    said = run("check", over).stdout
    assert "例外授权　单位：元\n编号" in said
    [row] = [line for line in said.splitlines() if line.startswith(ID)]
    assert row.split() == [
        ID, "R01", J01, "财政局", "文号一", "2020-06-30", "100.00", "60.00", "40.00",
    ]  # fmt: skip
    assert "S09" in said.partition("已运行规则")[2].partition("不适用")[0]


@pytest.mark.parametrize(
    ("words", "touched"),
    [
        (["lines"], True),
        (["available", "--line", J01], True),
        (["available", "--line", J01, "--economic", "30209"], True),
        (["available", "--line", X01], False),
        (["execution", "--by", "function"], True),
        (["execution", "--by", "economic"], True),
        (["execution", "--by", "line"], True),
        (["execution", "--by", "project"], False),
        (["lines", "--as-of", "2020-03-15"], False),
    ],
)
def test_every_report_that_it_touches_says_so(over: Path, words: list[str], touched: bool) -> None:  # noqa: FBT001 -- a case
    command, *more = words
    assert (NOTE in run(command, over, *more).stdout) is touched
    assert data(command, over, *more)["authorisations"] == ([STANDING] if touched else [])


def test_so_does_the_workbook(over: Path, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"
    assert run("execution", over, "--by", "line", "--xlsx", file).exit_code == 0
    assert NOTE in str(load_workbook(file).worksheets[0]["A2"].value)


def test_one_for_any_line_touches_what_uses_it(book: Path) -> None:
    must(book, "authorise", AUTHORISE.replace(f"--line {J01} ", ""))
    other = "sq-2020-0002"
    assert data("available", book, "--line", X01)["authorisations"] == []
    must(
        book,
        "pay",
        f"--line {X01} --economic 30201 --amount 2730000.01 --payee 甲 --text 乙 --authorisation {other}",
    )
    [found] = data("available", book, "--line", X01)["authorisations"]
    assert (found["id"], found["line"], found["used"], found["touches"]) == (
        other, None, "0.01", [X01],
    )  # fmt: skip


def test_a_rule_says_that_it_can_be_overridden(book: Path) -> None:
    for rule, can in (("R01", True), ("R17", True), ("S01", False), ("L01", False)):
        said = run("rules", rule).stdout
        assert ("例外：可由登记的例外授权放行（yusuan authorise）" in said) is can
    assert "用 yusuan authorise 登记例外授权" in run("rules", "R01").stdout
    del book


def test_a_faulty_one_written_by_hand_stops_the_book(book: Path) -> None:
    add(
        book / "2020" / "budget.beancount",
        f'\n2020-04-01 custom "authorisation" "R01" "{J01}"\n  id: "sq-2020-0002"\n',
    )
    done = run("check", book)
    assert done.exit_code == 1
    assert (
        "[S09] 2020-04-01 例外授权 sq-2020-0002 要素不全或有误，不能放行：没有写授权单位"
        in done.stdout
    )
