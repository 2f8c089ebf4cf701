"""指标调整明细 and 用款计划: the same events as by command, whole or not at all, and never twice."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import empty
from tests.books import run
from tests.books import snapshot
from tests.executions import FOLDER
from tests.executions import rows_of
from tests.executions import write
from tests.lists import FIRST

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ADJUSTMENTS, PLANS = FOLDER / "指标调整明细.csv", FOLDER / "用款计划.csv"
HEAD = ["调整日期", "调整文号", "调整类型", "预算指标", "部门支出经济分类", "调整金额", "摘要"]
#: A row that is in order; tests change one cell at a time.
ROW = ["2020-05-06", "文1号", "追加", "2020J01", "30209", "100.00", "追加物业费"]
PLAN_HEAD = ["计划月份", "预算指标", "部门支出经济分类", "计划金额"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def row(**changes: str) -> list[str]:
    return [changes.get(name, value) for name, value in zip(HEAD, ROW, strict=True)]


def take(book: Path, file: Path, *more: str) -> Result:
    return run("import", file, "--book", book, "--yes", *more)


def written(book: Path, *rows: list[str], head: list[str] = HEAD) -> Path:
    return write(book.parent / "a.csv", [head, *rows])


def refused(book: Path, file: Path, *more: str) -> str:
    """Import a file that must change nothing; give what is said."""
    before = snapshot(book)
    done = take(book, file, *more)
    assert (done.exit_code, snapshot(book)) == (1, before), done.output
    return done.stdout


def available(book: Path, economic: str, line: str = "2020J01") -> str:
    said = run("available", book, "--line", line, "--economic", economic, "--json").stdout
    layers = {each["layer"]: each["available"] for each in json.loads(said)["layers"]}
    return str(layers["economic"])


def test_a_file_of_adjustments_is_as_the_commands_would_have_it(book: Path, tmp_path: Path) -> None:
    assert take(book, ADJUSTMENTS).exit_code == 0
    other = approved(tmp_path / "另一账套")
    line = ("--line", "2020J01", "--economic")
    up = ("--date", "2020-05-06", "--doc", "财调〔2020〕1号", "--text", "追加物业费")
    down = ("--date", "2020-05-06", "--doc", "财调〔2020〕2号", "--text", "追减办公费")
    moved = ("--date", "2020-05-07", "--doc", "财调〔2020〕3号", "--text", "款间调剂")
    share = "2020J01:{}={}".format
    for command in (
        ("supplement", other, *line, "30209", "--amount", "10000", *up),
        ("reduce", other, *line, "30201", "--amount", "500", *down),
        ("transfer", other, "--from", share("30201", 200), "--to", share("30209", 200),
         "--from", share("30211", 100), "--to", share("30201", 100), *moved),
    ):  # fmt: skip
        done = run(*command)
        assert done.exit_code == 0, done.output
    for by in ("line", "economic"):
        mine, theirs = (run("execution", each, "--by", by, "--json") for each in (book, other))
        assert json.loads(mine.stdout)["rows"] == json.loads(theirs.stdout)["rows"]
    # What the commands recorded is known by its documents, and what the file did too.
    for each in (book, other):
        assert "账套没有变化" in take(each, ADJUSTMENTS).stdout


def test_neither_the_name_nor_the_order_of_a_file_matters(book: Path) -> None:
    take(book, ADJUSTMENTS)
    head, *rows, total = rows_of(ADJUSTMENTS)
    before = snapshot(book)
    shuffled = write(book.parent / "b.csv", [head, *reversed(rows), total])
    assert "账套没有变化" in take(book, shuffled).stdout
    assert snapshot(book) == before
    # Another export with a document more adds that document alone.
    more = [*["" for _ in head]]
    for name, text in zip(("调整日期", "调整文号", "预算指标", "部门支出经济分类", "调整金额"),
                          ("2020-06-01", "财调〔2020〕4号", "2020J01", "30201", "7.00"), strict=True):  # fmt: skip
        more[head.index(name)] = text
    done = take(book, write(book.parent / "c.csv", [head, *rows, more]))
    assert (done.exit_code, "zj-2020-0002" in done.stdout) == (0, True), done.output


def test_a_document_that_is_recorded_otherwise_is_refused(book: Path) -> None:
    assert take(book, written(book, row())).exit_code == 0
    said = refused(book, written(book, row(调整金额="101.00")))
    assert "文号 文1号 2020-05-06 的追加已记账为 zj-2020-0001，内容与文件不同" in said


def test_a_document_whose_day_was_changed_is_refused(book: Path) -> None:
    assert take(book, ADJUSTMENTS).exit_code == 0
    head, first, *_ = rows_of(ADJUSTMENTS)
    first[head.index("调整日期")] = "2020-05-08"
    said = refused(book, write(book.parent / "b.csv", [head, first]))
    assert "文号 财调〔2020〕1号 的追加已按 2020-05-06 记账为 zj-2020-0001" in said


def test_the_sign_or_a_second_line_tells_what_a_row_without_a_word_does(book: Path) -> None:
    head = [
        "adj_sub_id",
        "adjDate",
        "cor_bgt_doc_no",
        "调出预算指标",
        "预算指标",
        "dep_bgt_eco_code",
        "调出经济分类",
        "add_amount",
    ]
    rows = [
        ["1", "2020-05-06", "文1号", "", "2020J01", "30209", "", "100.00"],
        ["2", "2020-05-06", "文2号", "", "2020J01", "30209", "", "-40.00"],
        ["3", "2020-05-06", "文3号", "2020J01", "2020J01", "30209", "30201", "7.00"],
    ]  # fmt: skip
    done = take(book, written(book, *rows, head=head))
    assert done.exit_code == 0, done.output
    assert all(id_ in done.stdout for id_ in ("zj-2020-0001", "kj-2020-0001", "tj-2020-0001"))


def test_two_equal_rows_of_a_document_are_both_kept(book: Path) -> None:
    before = available(book, "30209")
    assert take(book, written(book, row(), row())).exit_code == 0
    assert Decimal(available(book, "30209")) - Decimal(before) == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"调整类型": "追减"}, "是追减，金额却是 100.00 元；增加写正数，减少写负数"),
        ({"调整类型": "调剂"}, "调入与调出相差 100.00 元"),
        ({"调整类型": "挪用"}, "不认识的调整类型“挪用”"),
        ({"预算指标": "2020J99"}, "账套没有指标 2020J99"),
        ({"部门支出经济分类": ""}, "没有写经济分类款"),
        ({"调整文号": ""}, "没有文号"),
        ({"调整日期": ""}, "没有日期"),
        ({"调整日期": "2021-05-06"}, "不在账套的年度"),
        ({"调整类型": "追减", "调整金额": "-99999999.00"}, "R0"),
    ],
)
def test_what_is_not_in_order_is_refused_whole(
    book: Path, changes: dict[str, str], said: str
) -> None:
    good = row(调整文号="文2号")
    assert said in refused(book, written(book, good, row(**changes)))


def test_day_and_document_may_be_given_with_the_command(book: Path) -> None:
    file = written(book, row(调整文号="", 调整日期=""))
    given = ("--date", "2020-05-06", "--doc", "文9号")
    assert take(book, file, *given).exit_code == 0
    assert 'doc: "文9号"' in (book / "2020" / "budget.beancount").read_text("utf-8")
    assert "账套没有变化" in take(book, file, *given).stdout
    said = refused(book, file, "--date", "2020-05-07", "--doc", "文9号")
    assert "同一文件已按 2020-05-06 导入过" in said


def test_a_line_may_be_told_by_its_keys(book: Path) -> None:
    head = [
        "调整日期",
        "文号",
        "调整类型",
        "资金性质",
        "支出功能分类",
        "项目类别",
        "部门支出经济分类",
        "调整金额",
    ]
    keys = ["2020-05-06", "文1号", "追加", "11", "2010301", "公用经费", "30209", "5.00"]  # fmt: skip
    assert take(book, written(book, keys, head=head)).exit_code == 0


def test_the_issuer_s_ids_tell_the_lines_of_a_list(tmp_path: Path) -> None:
    book = empty(tmp_path / "账套")
    assert take(book, FIRST).exit_code == 0
    heads = ["adj_sub_id", "adj_date", "adj_batch_no", "cor_bgt_doc_no", "bgt_id", "dep_bgt_eco_code",
             "ori_bgt_id", "add_amount"]  # fmt: skip
    up = ["1", "2020-05-06", "b1", "文1号", "B7001", "30227", "", "5.00"]
    done = take(book, write(tmp_path / "a.csv", [heads, up]))
    assert done.exit_code == 0, done.output
    camel = ["planId", "planMonth", "bgtId", "planAmt"]
    done = take(book, write(tmp_path / "b.csv", [camel, ["p1", "202003", "B7001", "100.00"]]))
    assert done.exit_code == 0, done.output
    assert available(book, "30227", "B7001") == "200005.00"


def test_plans_of_a_file_are_recorded_once(book: Path) -> None:
    done = take(book, PLANS)
    assert (done.exit_code, "yk-2020-0001 至 yk-2020-0003" in done.stdout) == (0, True)
    before = snapshot(book)
    head, *rows, _ = rows_of(PLANS)
    assert "账套没有变化" in take(book, write(book.parent / "b.csv", [head, *rows[::-1]])).stdout
    assert snapshot(book) == before
    changed = [*rows[0]]
    changed[head.index("计划金额")] = "1.00"
    said = refused(book, write(book.parent / "c.csv", [head, changed]))
    assert "行标识 YK01已记账为 yk-2020-0001，账上 300000.00 元，文件 1.00 元" in said


def test_a_plan_whose_number_stands_twice_is_refused(book: Path) -> None:
    head, row, *_ = rows_of(PLANS)
    said = refused(book, write(book.parent / "b.csv", [head, row, row]))
    assert "计划编号 YK01 有 2 行，请核对是否重行" in said


def test_equal_plans_without_numbers_are_both_kept_and_known_again(book: Path) -> None:
    twice = written(book, *[["3", "2020J01", "", "100.00"]] * 2, head=PLAN_HEAD)
    assert "yk-2020-0001 至 yk-2020-0002" in take(book, twice).stdout
    assert "账套没有变化" in take(book, twice).stdout


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (["13", "2020J01", "", "1.00"], "“13”不是月份，应写作 3 或 2020-03"),
        (["2021-03", "2020J01", "", "1.00"], "不在日期或账套的年度内"),
        (["3", "2020J99", "", "1.00"], "账套没有指标 2020J99"),
        (["3", "2020J01", "", "-1.00"], "调减的请用 yusuan plan --less 登记"),
    ],
)
def test_a_plan_that_is_not_in_order_is_refused(book: Path, plan: list[str], said: str) -> None:
    assert said in refused(book, written(book, ["3", "2020J01", "", "5.00"], plan, head=PLAN_HEAD))
