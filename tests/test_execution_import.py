"""Payments from files: recorded once and whole, by the rules; what is unclear waits for a person."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import pay
from tests.books import received
from tests.books import run
from tests.books import snapshot
from tests.executions import FOLDER
from tests.executions import HEAD
from tests.executions import PAYMENTS
from tests.executions import row
from tests.executions import rows_of
from tests.executions import write

from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.readers import read

if TYPE_CHECKING:
    from click.testing import Result

BARE = {"预算指标": "", "支出功能分类": "", "部门支出经济分类": ""}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def take(book: Path, *files: Path, more: tuple[str, ...] = ()) -> Result:
    return run("import", *files, "--book", book, "--yes", *more)


def paid(book: Path, *rows: list[str], name: str = "a.csv") -> Result:
    return take(book, write(book.parent / name, [HEAD, *rows]))


def spent(book: Path) -> str:
    found = json.loads(run("execution", book, "--by", "line", "--json").stdout)
    return str(found["total"]["spent"])


def ids(book: Path) -> list[str]:
    text = "".join(path.read_text("utf-8") for path in sorted((book / "2020").glob("2020-*")))
    return re.findall(r'^  id: "(zf-.+)"$', text, re.MULTILINE)


def in_order(book: Path) -> None:
    assert run("check", book).exit_code == 0


def test_vouchers_are_recorded_with_what_they_come_from(book: Path) -> None:
    done = take(book, PAYMENTS)
    assert done.exit_code == 0, done.output
    assert (ids(book), spent(book)) == (["zf-2020-0001", "zf-2020-0002", "zf-2020-0003"], "1980.00")
    text = (book / "2020" / "2020-03.beancount").read_text("utf-8")
    for said in (
        'pay_cert_no: "P2020030001"',
        'mof_div_code: "310117000"',
        'source: "支付凭证.csv"',
    ):
        assert said in text
    assert text.count("200.00 CNY") == 2  # two equal rows are two
    assert not re.search("张某|6222|31001590", text)
    in_order(book)


def test_a_dry_run_shows_everything_and_writes_nothing(book: Path) -> None:
    before = snapshot(book)
    done = take(book, PAYMENTS, more=("--dry-run",))
    assert (done.exit_code, snapshot(book)) == (0, before)
    for said in (
        "3月物业管理费",
        "1,980.00",
        "的合计 1980.00 元与各行之和相符",
        "没有写入任何内容",
    ):
        assert said in done.stdout


def test_the_preview_says_which_way_is_paid_and_whose_rows_these_are(book: Path) -> None:
    head = [*HEAD, "支付方式", "预算单位编码", "预算单位名称"]
    rows = [[*row(), "", "101", "示例"], [*row(支付凭证号="P2"), "财政直接支付", "102", "某中心"]]
    said = take(book, write(book.parent / "a.csv", [head, *rows]), more=("--dry-run",)).stdout
    assert re.search(r"财政直接支付 +日期和指标（文件没有写） +1 +100\.00", said), said
    assert re.search(r"财政直接支付 +文件 +1 +100\.00", said), said
    assert "文件里有几个单位（示例、某中心），账套只记一个单位" in said
    said = take(book, write(book.parent / "a.csv", [head, rows[0]]), more=("--dry-run",)).stdout
    assert "警告" not in said
    said = take(book, write(book.parent / "a.csv", [head, rows[1]]), more=("--dry-run",)).stdout
    assert "文件的单位是“某中心”，账套的单位是“示例单位”" in said


def test_the_same_again_renamed_shuffled_overlapping_changes_nothing(
    book: Path, tmp_path: Path
) -> None:
    rows = rows_of(PAYMENTS)
    assert take(book, PAYMENTS).exit_code == 0
    before = snapshot(book)
    renamed = Path(shutil.copy(PAYMENTS, tmp_path / "另存.csv"))
    shuffled = write(tmp_path / "s.csv", [*rows[:2], *reversed(rows[2:-1]), rows[-1]])
    part = write(tmp_path / "p.csv", [*rows[:2], rows[2]])
    done = take(book, PAYMENTS, renamed, shuffled, part, PAYMENTS)
    assert (done.exit_code, snapshot(book)) == (0, before)
    assert done.stdout.count("已经导入过，账套没有变化") == 5
    more = write(tmp_path / "m.csv", [*rows[:-1], ["P9", *rows[2][1:]]])
    assert take(book, more).exit_code == 0
    assert len(ids(book)) == 4
    in_order(book)


def test_a_shuffled_file_gives_the_same_ids(tmp_path: Path) -> None:
    rows = [row(支付凭证号="", 用途=f"第{each}项", 支付金额=f"{each}.00") for each in range(1, 6)]
    texts = []
    for name, each in (("a", rows), ("b", rows[::-1])):
        book = approved(tmp_path / name)
        assert paid(book, *each).exit_code == 0
        text = (book / "2020" / "2020-03.beancount").read_text("utf-8")
        texts.append(re.sub(r'sha256: ".+"', "", text))
    assert texts[0] == texts[1]


def test_equal_rows_without_numbers_are_both_kept_and_known_again(book: Path) -> None:
    same = row(支付凭证号="")
    assert paid(book, same, same).exit_code == 0
    assert spent(book) == "200.00"
    assert "账套没有变化" in paid(book, same, name="b.csv").stdout
    assert "账套没有变化" in paid(book, same, same, name="c.csv").stdout
    assert paid(book, same, same, same, name="d.csv").exit_code == 0
    assert spent(book) == "300.00"
    in_order(book)


def test_twice_in_a_batch_is_once(book: Path, tmp_path: Path) -> None:
    copy = write(tmp_path / "b.csv", rows_of(PAYMENTS))
    assert take(book, PAYMENTS, copy).exit_code == 0
    assert spent(book) == "1980.00"


def test_a_voucher_with_another_amount_is_refused(book: Path) -> None:
    assert paid(book, row()).exit_code == 0
    before = snapshot(book)
    done = paid(book, row(支付金额="101.00"), row(支付凭证号="P2"), name="b.csv")
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "支付凭证号 P1已记账为 zf-2020-0001，账上 100.00 元，文件 101.00 元" in done.stdout


def test_a_batch_and_its_persons_are_one_payment(book: Path, tmp_path: Path) -> None:
    coded = {
        "支付凭证号": "P2020030009",
        "收款人": "代发户",
        "支付金额": "1000.00",
        "部门支出经济分类": "30201",
    }
    assert paid(book, row(**coded)).exit_code == 0
    before = snapshot(book)
    details = write(tmp_path / "b.csv", rows_of(FOLDER / "支付明细.csv"))
    assert "账套没有变化" in take(book, details).stdout
    fewer = write(tmp_path / "c.csv", rows_of(FOLDER / "支付明细.csv")[:2])
    assert "已记账为 zf-2020-0001，账上 1000.00 元，文件 500.00 元" in take(book, fewer).stdout
    assert snapshot(book) == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(), row(支付凭证号="P2", 支付金额="99999999.00")], "[R01]"),
        ([row(), row(支付凭证号="P2", 部门支出经济分类="30211", 支付金额="999999.00")], "缺口"),
        ([row(凭证日期="")], "没有日期；请填写，或用 --date 注明"),
        ([row(凭证日期="2021-01-01")], "不在账套的年度（2020）内"),
        ([row(), row(凭证日期="2020-03-18")], "各行日期不同"),
        ([row(资金性质="39", 支出功能分类="2010302", 预算指标="2020X03")], "货币资金"),
        ([row(用途="纸\u202e")], "不可见字符"),
        ([row(支付金额="x")], "不是金额"),
    ],
)
def test_the_whole_file_or_nothing(book: Path, rows: list[list[str]], said: str) -> None:
    before = snapshot(book)
    done = paid(book, *rows)
    assert (done.exit_code in {1, 2}, snapshot(book)) == (True, before), done.output
    assert said in done.output


def test_what_a_rule_stops_is_said_with_its_row(book: Path) -> None:
    done = paid(book, row(), row(支付凭证号="P2", 支付金额="9999999.00"))
    assert done.exit_code == 1
    assert "不通过  a.csv:3: 第 3 行第 1 列（zf-2020-0002）：[R01]" in done.stdout


def test_a_contract_that_nothing_is_set_aside_for_is_said(book: Path) -> None:
    file = write(book.parent / "a.csv", [[*HEAD, "合同号"], [*row(), "某合同1号"]])
    assert "警告  合同号 某合同1号 在账套中没有占用" in take(book, file).stdout


def test_the_unit_s_own_money_is_paid_when_it_is_there(book: Path) -> None:
    received(book)
    own = row(资金性质="39", 支出功能分类="2010302", 部门支出经济分类="30201", 预算指标="")
    assert paid(book, own).exit_code == 0
    assert '  method: "own"' in (book / "2020" / "2020-03.beancount").read_text("utf-8")


def test_what_cannot_be_coded_waits_in_a_review_file_and_the_rest_is_recorded(book: Path) -> None:
    pay(book, payee="物业公司", text="2月物业管理费")
    unclear = row(支付凭证号="P2", 用途="4月物业管理费", **BARE)
    done = paid(book, row(), unclear)
    assert done.exit_code == 0, done.output
    assert (spent(book), len(ids(book))) == ("200.00", 2)
    review = book.parent / "a-待核对.csv"
    head, waiting, total = rows_of(review)
    found = dict(zip(head, waiting, strict=True))
    assert (found["提议指标"], found["提议经济分类"], found["预算指标"]) == ("2020J01", "30209", "")
    assert float(found["得分"]) > 0.9
    assert "与 zf-2020-0001（物业公司，2月物业管理费）相近" in found["提议的理由"]
    assert (total[0], total[1]) == ("合计（1笔）", "100.00")
    # Nobody has looked at it yet: nothing is booked by a guess.
    again = take(book, review)
    assert (again.exit_code, spent(book)) == (0, "200.00")
    accepted = ["是" if name == "采用提议" else cell for name, cell in found.items()]
    done = take(book, write(review, [list(found), accepted, total]))
    assert (done.exit_code, spent(book)) == (0, "300.00"), done.output
    text = (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert 'pay_cert_no: "P2"' in text
    assert text.count('source: "a.csv"') == 2
    assert "账套没有变化" in take(book, review, book.parent / "a.csv").stdout
    in_order(book)


def test_a_line_may_be_written_into_the_review_file(book: Path) -> None:
    assert paid(book, row(支付凭证号="", **BARE), row(支付凭证号="", **BARE)).exit_code == 0
    review = book.parent / "a-待核对.csv"
    head, *waiting, total = rows_of(review)
    at = {name: place for place, name in enumerate(head)}
    for each in waiting:
        each[at["预算指标"]], each[at["部门支出经济分类"]] = "2020J01", "30201"
    done = take(book, write(review, [head, *waiting, total]))
    assert (done.exit_code, spent(book)) == (0, "200.00"), done.output
    assert "账套没有变化" in take(book, review, book.parent / "a.csv").stdout


def test_a_review_file_that_is_being_filled_in_is_not_written_over(book: Path) -> None:
    assert paid(book, row(**BARE)).exit_code == 0
    review = book.parent / "a-待核对.csv"
    review.write_text("在填", "utf-8")
    assert "a-待核对-2.csv" in paid(book, row(**BARE)).stdout
    assert review.read_text("utf-8") == "在填"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"预算指标": "2020J99"}, "账套没有指标 2020J99"),
        ({"支出功能分类": "2080505"}, "功能分类 2080505 与指标 2020J01 的 2010301 不一致"),
        ({"部门支出经济分类": ""}, "没有部门支出经济分类的款"),
        ({"部门支出经济分类": "302"}, "没有部门支出经济分类的款"),
        ({"预算指标": "", "支出功能分类": "2010302"}, "有几条指标都合（2020X01、2020X02）"),
        ({"预算指标": "", "支出功能分类": "2010399"}, "没有与资金性质、科目、项目相合的指标"),
        ({"支付金额": "-5"}, "退回的请用 yusuan refund"),
    ],
)
def test_why_a_row_waits(book: Path, changes: dict[str, str], why: str) -> None:
    done = paid(book, row(**changes))
    assert (done.exit_code, ids(book)) == (0, []), done.output
    assert why in done.stdout


def test_rules_of_the_book_propose_first(book: Path) -> None:
    rule = '[[rule]]\npayee = "物业"\nline = "2020X01"\neconomic = "30227"\n'
    (book / "coding.toml").write_text(rule, "utf-8")
    pay(book)
    assert paid(book, row(**BARE)).exit_code == 0
    assert "2020X01,30227,,1.00,coding.toml 第 1 条规则" in (
        book.parent / "a-待核对.csv"
    ).read_text("utf-8-sig")
    more = rule + '[[rule]]\ntext = "费"\nline = "2020J01"\neconomic = "30201"\n'
    (book / "coding.toml").write_text(more, "utf-8")
    assert (
        "互相矛盾"
        in (paid(book, row(**BARE)), (book.parent / "a-待核对-2.csv").read_text("utf-8"))[1]
    )


@pytest.mark.parametrize(
    "text", ["[", "[rules]", "rule = 1", "[[rule]]\nx = 1", '[[rule]]\nline = "a"\neconomic = "b"']
)
def test_wrong_rules_are_refused(book: Path, text: str) -> None:
    (book / "coding.toml").write_text(text, "utf-8")
    done = paid(book, row(**BARE))
    assert (done.exit_code, "coding.toml：" in done.stderr) == (2, True)


def test_what_was_booked_in_two_ways_is_not_proposed(book: Path) -> None:
    for economic in ("30209", "30201"):
        assert pay(book, economic=economic, text="费用").exit_code == 0
    assert paid(book, row(用途="费用", **BARE)).exit_code == 0
    found = (book.parent / "a-待核对.csv").read_text("utf-8-sig")
    assert "相近的支付有几种记法：2020J01 30201（1 笔）；2020J01 30209（1 笔）" in found


def test_a_payroll_is_booked_by_its_items_and_never_twice_on_two_days(
    book: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(FOLDER / "工资表.csv", tmp_path / "工资表.csv"))
    assert take(book, file, more=("--date", "2020-03-10")).exit_code == 0
    review = tmp_path / "工资表-待核对.csv"
    head, *waiting, total = rows_of(review)
    at = {name: place for place, name in enumerate(head)}
    for each in waiting:
        each[at["预算指标"]], each[at["部门支出经济分类"]] = "2020J01", "30101"
    done = take(book, write(review, [head, *waiting, total]))
    assert (done.exit_code, spent(book)) == (0, "6800.00"), done.output
    assert ids(book) == ["zf-2020-0001"]  # one payment, as a statement has it
    assert "账套没有变化" in take(book, file, more=("--date", "2020-03-10")).stdout
    done = take(book, file, more=("--date", "2020-04-10"))
    assert (done.exit_code, "同一文件已按 2020-03-10 导入过" in done.stdout) == (1, True)


def test_another_system_s_vouchers_are_known_again(book: Path) -> None:
    assert take(book, FOLDER / "记账凭证.csv").exit_code == 0
    assert spent(book) == "1500.00"
    assert "pay_cert_no" not in (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert "账套没有变化" in take(book, FOLDER / "记账凭证.csv").stdout


@pytest.mark.parametrize(
    ("name", "said"), [("支付申请", "申请还没有支付"), ("对账单", "支付请导入支付凭证")]
)
def test_what_is_no_event_is_not_recorded(book: Path, name: str, said: str) -> None:
    before = snapshot(book)
    done = take(book, FOLDER / f"{name}.csv")
    assert (done.exit_code, said in done.stdout, snapshot(book)) == (1, True, before)


def test_a_review_text_is_no_formula(book: Path) -> None:
    assert paid(book, row(用途="=1+1", **BARE)).exit_code == 0
    assert ", =1+1," in (book.parent / "a-待核对.csv").read_text("utf-8-sig")


def test_a_quota_notice_is_received_and_spent(book: Path, tmp_path: Path) -> None:
    notice = FOLDER / "额度到账通知书.csv"
    done = take(book, notice)
    assert done.exit_code == 0, done.output
    text = (book / "2020" / "2020-03.beancount").read_text("utf-8")
    assert '  event: "receipt"' in text
    assert '  doc: "额〔2020〕3号"' in text
    assert paid_from_quota(book, tmp_path).exit_code == 0
    assert "账套没有变化" in take(book, notice).stdout
    in_order(book)


def paid_from_quota(book: Path, tmp_path: Path) -> Result:
    file = write(tmp_path / "b.csv", [[*HEAD, "支付方式"], [*row(), "授权支付"]])
    return take(book, file)


def test_there_is_no_quota_for_own_money_nor_for_an_unknown_line(
    book: Path, tmp_path: Path
) -> None:
    head, notice, _ = rows_of(FOLDER / "额度到账通知书.csv")
    own = [*notice[:2], "其他收入", "2010302", "2020X03", *notice[5:]]
    done = take(book, write(tmp_path / "a.csv", [head, own]))
    assert (done.exit_code, "不是财政资金，没有用款额度可以到账" in done.stdout) == (1, True)
    unknown = [*notice[:4], "2020J99", *notice[5:]]
    done = take(book, write(tmp_path / "b.csv", [head, unknown]))
    assert (done.exit_code, "账套没有指标 2020J99" in done.stdout) == (1, True)
    assert not list(tmp_path.glob("*待核对*"))


@pytest.mark.parametrize("command", ["read", "verify"])
def test_the_commands_for_published_budgets_say_what_a_file_is(command: str) -> None:
    done = run(command, PAYMENTS)
    assert (done.exit_code, "是支付凭证，不是公开的预算" in done.stderr) == (2, True)


def test_a_file_that_nobody_knows_is_said_how_to_make_known(book: Path) -> None:
    done = take(book, write(book.parent / "a.csv", [["单据", "数目"], ["P1", "5"]]))
    assert (done.exit_code, "用 yusuan headings 对照" in done.stdout) == (1, True)


def test_a_published_budget_is_no_execution_file(root: Path) -> None:
    vocabulary = load_vocabulary()
    assert not any(kind_of(read(path), vocabulary) for path in root.rglob("examples/**/source/*"))
    assert not any(kind_of(read(path), vocabulary) for path in root.glob("tests/documents/*.csv"))
