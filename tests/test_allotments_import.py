"""A book that starts from a 指标 list and is added to by others: the text, the refusals, the year after."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import SOURCE
from tests.books import approved
from tests.books import empty
from tests.books import pay
from tests.books import python
from tests.books import run
from tests.books import snapshot
from tests.events import event
from tests.events import held
from tests.events import must
from tests.lists import FIRST
from tests.lists import FOLDER
from tests.lists import HEAD
from tests.lists import LATER
from tests.lists import ROW
from tests.lists import as_workbook
from tests.lists import row
from tests.lists import take
from tests.lists import write

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view

if TYPE_CHECKING:
    from pathlib import Path

DATED = [*HEAD, "文件日期", "指标来源", "来源年度"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return empty(tmp_path / "账套")


@pytest.fixture
def begun(book: Path) -> Path:
    """A book whose approval is the golden list."""
    assert take(book, FIRST).exit_code == 0
    return book


def budget(book: Path) -> str:
    return (book / "2020" / "budget.beancount").read_text("utf-8")


def added(book: Path, file: Path, *more: str) -> str:
    """Import a list that is in order, and give what it adds to the year's budget file."""
    before = budget(book)
    done = take(book, file, *more)
    assert done.exit_code == 0, done.output
    assert run("check", book, "--strict").exit_code == 0
    assert budget(book).startswith(before)
    return budget(book).removeprefix(before).lstrip("\n")


def refused(book: Path, file: Path, *more: str) -> str:
    """Import a list that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = take(book, file, *more)
    assert (done.exit_code, snapshot(book)) == (1, before), done.output
    return done.output


def listed(book: Path, *rows: list[str], head: list[str] = HEAD, name: str = "a.csv") -> Path:
    return write(book.parent / name, [head, *rows])


def lines(book: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("lines", book, "--json").stdout)["rows"]
    return found


def nameless(text: str) -> str:
    return re.sub(r'  (source|sha256): ".*"\n', "", text)


def test_the_golden_lists_become_the_golden_text(book: Path) -> None:
    for file in (FIRST, LATER):
        assert added(book, file) == file.with_suffix(".beancount").read_text("utf-8")


def test_a_workbook_makes_the_same_book_as_a_csv(book: Path, tmp_path: Path) -> None:
    for number, file in enumerate((FIRST, LATER)):
        workbook = as_workbook(file, tmp_path / f"{number}.xlsx")
        golden = file.with_suffix(".beancount").read_text("utf-8")
        assert nameless(added(book, workbook)) == nameless(golden)
    other = empty(tmp_path / "other")
    added(other, FIRST)
    added(other, LATER)
    assert snapshot(book)["chart.beancount"] == snapshot(other)["chart.beancount"]


def test_bean_check_passes(begun: Path) -> None:
    assert take(begun, LATER).exit_code == 0
    main = begun / "main.beancount"
    done = python("from beancount.scripts.check import main; main()", "-C", main)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_controls_are_shown_and_nothing_is_written_unasked(book: Path) -> None:
    before = snapshot(book)
    preview = run("import", FIRST, "--book", book, "--dry-run")
    assert preview.exit_code == 0
    for word in ("1,000,000.00", "80,000.50", "示财预〔2020〕1号", "1,288,000.60", "8,000.10"):
        assert word in preview.output
    unasked = run("import", FIRST, "--book", book)
    assert (unasked.exit_code, "请加 --yes" in unasked.output) == (1, True)
    assert snapshot(book) == before


def test_importing_again_changes_no_byte(begun: Path, tmp_path: Path) -> None:
    before = snapshot(begun)
    copy = tmp_path / "另一个名字.csv"
    copy.write_bytes(FIRST.read_bytes())
    for file in (FIRST, copy):
        done = take(begun, file)
        assert (done.exit_code, snapshot(begun)) == (0, before)
        assert "已经导入过" in done.output


def test_the_same_rows_in_another_file_are_not_doubled(begun: Path, tmp_path: Path) -> None:
    before = snapshot(begun)
    done = take(begun, as_workbook(FIRST, tmp_path / "again.xlsx"))
    assert (done.exit_code, snapshot(begun)) == (0, before)
    assert done.output.count("已从另一个文件导入，不重复记录") == 6
    text = FIRST.read_text("utf-8").splitlines()
    shuffled = tmp_path / "shuffled.csv"
    shuffled.write_text("\n".join([*text[:3], *reversed(text[3:-1])]), "utf-8")
    assert (take(begun, shuffled).exit_code, snapshot(begun)) == (0, before)


def test_equal_rows_of_one_file_all_count_and_as_many_are_recognised(book: Path) -> None:
    added(book, listed(book, row(), row()))
    assert lines(book)[0]["adjusted"] == "200.00"
    again = listed(book, row(), row(), row(), name="b.csv")
    said = added(book, again, "--date", "2020-05-01")
    assert said.count("100.00 CNY-ZB") == 2
    assert lines(book)[0]["adjusted"] == "300.00"


def test_an_id_that_was_recorded_with_another_amount_is_refused(begun: Path) -> None:
    again = row(指标ID="B7001", 指标文号="示财预〔2020〕2号", 部门支出经济分类="30227", 金额="5")
    said = refused(begun, listed(begun, again), "--date", "2020-05-01")
    assert "指标 B7001（示财预〔2020〕2号，30227）已按 200000.00 元导入，这里是 5.00 元" in said


def test_rows_that_differ_in_class_alone_are_one_line(book: Path) -> None:
    keyed = row(项目类别="项目支出", 项目="甲")
    file = listed(book, keyed, row(项目类别="项目支出", 项目="甲", 部门支出经济分类="30202"), row())
    added(book, file)
    register = view(load_book(book)).layers.register
    assert {i: sorted(line.economics) for i, line in register.lines.items()} == {
        "2020J01": ["30201"],
        "2020X01": ["30201", "30202"],
    }


@pytest.mark.parametrize(
    ("own", "line"),
    [
        (["B7001"], "B7001"),
        (["B7001", "B7001"], "B7001"),
        (["B7001", "B7002"], "2020J01"),
        (["B-7001"], "2020J01"),
        (["b7001"], "2020J01"),
        (["1"], "2020J01"),
        (["2020J01"], "2020J01"),
        (["B" * 17], "2020J01"),
    ],
)
def test_a_line_has_its_issuers_id_where_that_is_fit(book: Path, own: list[str], line: str) -> None:
    economics = ("30201", "30202")
    rows = [row(指标ID=i, 部门支出经济分类=e) for i, e in zip(own, economics, strict=False)]
    added(book, listed(book, *rows))
    assert [each["line"] for each in lines(book)] == [line]


def test_numbers_go_on_where_the_book_ends(begun: Path) -> None:
    file = listed(begun, row(支出功能分类="2080505"), row(支出功能分类="2080506"))
    added(begun, file, "--date", "2020-05-01")
    assert {"2020J03", "2020J04"} <= {each["line"] for each in lines(begun)}


def test_a_line_may_get_a_class_later(begun: Path) -> None:
    added(begun, LATER)
    line = view(load_book(begun)).layers.register.lines["B7001"]
    assert line.economics == {"30227", "30211"}
    must(begun, "pay", "--line B7001 --economic 30211 --amount 20000 --payee 甲 --text 差旅",
         "--method", "direct", date="2020-06-06")  # fmt: skip
    assert held(begun, "B7001", "30211") == ("200000.00", "0.00")


def test_each_kind_of_row_has_its_source(book: Path) -> None:
    added(book, FIRST)
    added(book, LATER)
    totals = {}
    for each in lines(book):
        totals[each["line"]] = (each["approved"], each["adjusted"])
    assert totals == {
        "2020J01": ("1000000.00", "1000000.00"),
        "2020J02": ("80000.50", "70000.00"),
        "B7001": ("200000.00", "220000.00"),
        "B7002": ("8000.10", "8000.10"),
        "B7005": ("0.00", "15000.00"),
    }


def test_a_first_list_may_itself_say_what_was_supplemented(book: Path) -> None:
    rows = [
        [*row(), "2019-12-20", "年初预算", ""],
        [*row(指标文号="文〔2020〕9号", 金额="7"), "2020-06-01", "追加", ""],
        [*row(指标文号="文〔2020〕9号", 金额="-2"), "2020-06-01", "追加", ""],
    ]
    text = added(book, listed(book, *rows, head=DATED))
    assert re.findall(r'^(\S+) \* "(..)"', text, re.MULTILINE) == [
        ("2020-01-01", "批复"), ("2020-06-01", "追加"), ("2020-06-01", "追减"),
    ]  # fmt: skip
    assert (lines(book)[0]["approved"], lines(book)[0]["adjusted"]) == ("100.00", "105.00")


def test_day_and_document_may_be_given_once_for_all(begun: Path) -> None:
    bare = listed(begun, row(指标文号=""))
    assert "没有文号；请填写，或用 --doc 注明" in refused(begun, bare)
    assert "没有日期" in refused(begun, bare, "--doc", "文〔2020〕8号")
    text = added(begun, bare, "--doc", "文〔2020〕8号", "--date", "2020-05-01")
    assert '2020-05-01 * "追加"' in text
    assert '  doc: "文〔2020〕8号"' in text


@pytest.mark.parametrize(
    ("changes", "rest", "said"),
    [
        ({}, ["2021-01-01", "", ""], "日期 2021-01-01 不在2020年"),
        ({}, ["", "结转", ""], "结转指标没有写明以前的来源年度"),
        ({}, ["", "结转", "2020"], "结转指标没有写明以前的来源年度"),
        ({}, ["", "", "2021"], "来源年度 2021 在预算年度 2020 之后"),
        ({"金额": "-1"}, ["", "", ""], "[R01] 2020-01-01 超预算"),
        ({"指标文号": "文\u202e"}, ["", "", ""], None),
    ],
)
def test_what_cannot_be_recorded(
    book: Path, changes: dict[str, str], rest: list[str], said: str | None
) -> None:
    before = snapshot(book)
    done = take(book, listed(book, [*row(**changes), *rest], head=DATED))
    assert (done.exit_code in {1, 2}, snapshot(book)) == (True, before)
    assert (said or "不可见字符") in done.output


def test_a_fault_in_one_cell_leaves_the_book_as_it_was(begun: Path) -> None:
    said = refused(begun, listed(begun, row(), row(金额="")))
    assert "a.csv:3: 第 3 行第 8 列：金额是空白的" in said
    assert "没有写入任何内容" in said


def test_more_than_is_left_is_not_taken_back(begun: Path) -> None:
    must(begun, "pay", "--line 2020J02 --economic 30201 --amount 45000 --payee 甲 --text 纸",
         "--method", "direct")  # fmt: skip
    assert "缺口 5000.00 元" in refused(begun, LATER)


def test_a_zero_is_no_authority(book: Path) -> None:
    file = listed(book, row(), row(支出功能分类="2080505", 金额="0.00"))
    assert "金额为零" in take(book, file).output
    assert [each["function"] for each in lines(book)] == ["2010301"]


def test_one_approval_a_year(begun: Path, tmp_path: Path) -> None:
    assert "账套中已有2020年的批复" in refused(begun, SOURCE)
    published = approved(tmp_path / "published")
    said = refused(published, FIRST)
    assert "年初批复已从公开的部门预算导入，分不清这是它的明细还是追加" in said
    rows = [[*row(), "2020-05-01", "追加", ""], [*row(金额="5"), "2020-05-01", "", "2019"]]
    added(published, listed(published, *rows, head=DATED))
    found = {each["line"]: each["adjusted"] for each in lines(published)}
    assert (found["2020J08"], found["2020J09"]) == ("100.00", "5.00")


def test_a_list_of_another_year_or_of_two_units_is_refused(book: Path) -> None:
    other = listed(book, [*ROW, "2021"], head=[*HEAD, "年度"])
    assert "文件是2021年的指标，账套是2020年的" in refused(book, other)
    assert "日期 2021-01-01 不在2020年" in refused(
        book, listed(book, [*ROW, "2020"], head=[*HEAD, "年度"]), "--date", "2021-01-01"
    )
    two = listed(book, [*ROW, "甲"], [*ROW, "乙"], head=[*HEAD, "预算单位"])
    assert "文件中有几个单位（甲、乙）" in refused(book, two)
    one = listed(book, [*ROW, "甲"], head=[*HEAD, "预算单位"])
    assert "账套的单位是“示例单位”" in run("import", one, "--book", book, "--dry-run").output


def test_a_year_on_lines_with_classes_of_their_own(begun: Path) -> None:
    added(begun, LATER)
    done = pay(begun, line="2020J02", economic="30209", method="direct")
    assert "经济分类  公用经费 30209 物业管理费  30,000.00  29,900.00  ← 最紧" in done.stdout
    assert "没有额度，未列入预算的不得支出" in pay(begun, line="2020J02", economic="30211").output
    assert "缺口 0.01 元" in pay(begun, line="2020J02", economic="30209", amount="29900.01",
                              method="direct").output  # fmt: skip
    must(begun, "payroll", "--part 2020J01:30101=50000 --part 2020J01:30102=30000 --text 3月工资")
    must(begun, "commit", "--line B7001 --economic 30227 --amount 900 --payee 甲 --text 合同")
    must(begun, "pay", "--line B7001 --economic 30227 --amount 400 --payee 甲 --text 进度款"
         " --commitment ht-2020-0001", "--method", "direct")  # fmt: skip
    must(begun, "release", "--commitment ht-2020-0001 --text 终止")
    must(begun, "refund", "--of zf-2020-0001 --amount 40")
    must(begun, "correct", "--of zf-2020-0001 --amount 60 --to-economic 30201")
    must(begun, "transfer", "--from 2020J02:30209=1000 --to 2020J02:30213=1000 --doc 文 --text 调")
    must(begun, "freeze", "--line 2020J02 --economic 30213 --amount 100 --text 冻")
    must(begun, "supplement", "--line 2020J02 --economic 30217 --amount 5 --doc 文 --text 追")
    must(begun, "reduce", "--line B7001 --economic 30227 --amount 5 --doc 文 --text 减")
    must(begun, "lapse", "--line B7001 --economic 30227 --amount 5 --doc 文 --text 收")
    assert run("check", begun).exit_code == 0
    table = json.loads(run("execution", begun, "--by", "economic", "--json").stdout)
    spent = {each["code"]: each["spent"] for each in table["rows"] if each["spent"] != "0.00"}
    assert spent["30201"] == "60.00"
    assert spent["30227"] == "400.00"
    assert table["total"]["spent"] == "80460.00"
    assert all(each["spent_outside"] == "0.00" for each in table["rows"])
    amounts = json.loads(run("available", begun, "--line", "2020J02", "--economic", "30213",
                             "--json").stdout)  # fmt: skip
    assert [each["available"] for each in amounts["layers"]] == ["69845.00", "900.00"]


def test_the_list_decides_how_a_line_is_paid_by_default(begun: Path) -> None:
    done = event(begun, "pay", "--line 2020J01 --economic 30101 --amount 1 --payee 甲 --text 薪",
                 "--dry-run")  # fmt: skip
    assert 'method: "direct"' in done.stdout
    done = event(begun, "pay", "--line 2020J02 --economic 30201 --amount 1 --payee 甲 --text 纸",
                 "--dry-run")  # fmt: skip
    assert 'method: "authorised"' in done.stdout


@pytest.mark.parametrize("command", ["read", "verify"])
def test_the_commands_for_published_budgets_say_what_a_list_is_for(command: str) -> None:
    done = run(command, FIRST)
    assert (done.exit_code, "是指标表，不是公开的预算；请用 yusuan import" in done.stderr) == (
        2,
        True,
    )


def test_the_golden_files_are_all_used() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == [
        "年初.beancount", "年初.csv", "追加.beancount", "追加.csv",
    ]  # fmt: skip


def test_a_line_with_economic_limits_is_not_assigned_without_them(begun: Path) -> None:
    before = snapshot(begun)
    asked = "--line B7001 --to 2020X9 --name 子项目 --amount 1 --text 分解"
    done = event(begun, "assign", asked)
    assert (done.exit_code, snapshot(begun)) == (1, before)
    assert "请改用 transfer" in done.stderr
