"""指标 lists: which file is one, what each cell says, and one sentence with its cell for what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.books import SOURCE
from tests.lists import FIRST
from tests.lists import HEAD
from tests.lists import ROW
from tests.lists import as_workbook
from tests.lists import heard
from tests.lists import row
from tests.lists import write

from yusuan.importers.allotments import WordsError
from yusuan.importers.allotments import is_list
from yusuan.importers.allotments import load_words
from yusuan.importers.allotments import read_list
from yusuan.importers.readers import read
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yusuan.ledger.budget.allotment import Row

SNAKE = "bgt_id,fund_type_code,exp_func_code,dep_bgt_eco_code,pro_cat_code,pro_code,cor_bgt_doc_no,amount"
CAMEL = "bgtId,fundTypeName,expFuncCode,depBgtEcoCode,proCatName,proName,corBgtDocNo,amount"


def only(folder: Path, *rows: Sequence[str], head: Sequence[str] = HEAD) -> Row:
    """Read a list of one row, which must be in order."""
    listed, findings = heard(write(folder / "a.csv", [head, *(rows or [ROW])]))
    assert findings == []
    (found,) = listed.rows
    return found


def wrong(folder: Path, *rows: Sequence[str], head: Sequence[str] = HEAD) -> str:
    """Read a list with one fault, and give what is said of it."""
    listed, findings = heard(write(folder / "a.csv", [head, *rows]))
    assert [each.message for each in findings[1:]] == []
    assert (
        len(listed.rows) < len(rows) or "合计" in findings[0].message or findings[0].rule == "I06"
    )
    return findings[0].message


def test_a_published_budget_is_no_list() -> None:
    assert not is_list(read(SOURCE), load_words())
    assert is_list(read(FIRST), load_words())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_has_all_its_keys(tmp_path: Path, encoding: str) -> None:
    names = [*HEAD, "指标来源", "支付方式", "是否政府采购", "来源年度", "文件日期", "预算单位"]
    rest = ["1-年初预算", "12-授权支付", "是", "2019年", "2020年1月5日", "001-示例单位"]
    path = write(
        tmp_path / "a.csv", [names, [*row(项目="310001-接访", 指标ID="B1"), *rest]], encoding
    )
    listed, findings = heard(path)
    assert (findings, listed.units) == ([], ("示例单位",))
    assert listed.names == {"2010301": "行政运行", "30201": "办公费"}
    (found,) = listed.rows
    assert (found.fund, found.function, found.klass, found.economic) == (
        "11",
        "2010301",
        "公用",
        "30201",
    )
    assert (found.project, found.name, found.id, found.doc) == (
        "310001",
        "接访",
        "B1",
        "文〔2020〕1号",
    )
    assert (found.source, found.method, found.procurement) == ("01", "authorised", True)
    assert (found.origin, found.day, found.amount) == (2019, date(2020, 1, 5), Decimal("100.00"))
    assert found.where == "第 2 行第 8 列"


@pytest.mark.parametrize("head", [SNAKE, CAMEL, SNAKE.upper(), "*" + SNAKE.replace(",", ",*")])
def test_field_codes_are_headers_in_both_spellings(tmp_path: Path, head: str) -> None:
    found = only(tmp_path, ROW, head=head.split(","))
    assert (found.fund, found.function, found.economic, found.klass) == (
        "11",
        "2010301",
        "30201",
        "公用",
    )


@pytest.mark.parametrize(
    "text",
    [
        "2010301",
        "2010301-行政运行",
        "2010301 行政运行",
        "2010301##行政运行##a1",
        "2010301：行政运行",
    ],
)
def test_a_code_may_stand_with_its_name(tmp_path: Path, text: str) -> None:
    assert only(tmp_path, row(支出功能分类=text)).function == "2010301"


def test_a_name_may_have_a_column_beside_its_code(tmp_path: Path) -> None:
    head = [*HEAD, "项目名称", "支出功能分类名称"]
    found = only(tmp_path, [*row(项目="12", 支出功能分类="2010301"), "接访", "行政运行"], head=head)
    assert (found.project, found.name) == ("12", "接访")
    bare = only(tmp_path, [*ROW[:5], "接访", *ROW[6:], "12"], head=[*HEAD, "项目编码"])
    assert (bare.project, bare.name) == ("12", "接访")


@pytest.mark.parametrize(
    "changes", [{"支出功能分类": "2010301-机关服务"}, {"部门支出经济分类": "30201 津贴补贴"}]
)
def test_a_name_must_be_its_code_s(tmp_path: Path, changes: dict[str, str]) -> None:
    assert "编码和名称不一致" in wrong(tmp_path, row(**changes))


def test_a_name_that_our_table_does_not_certify_is_noted(tmp_path: Path) -> None:
    rows = [HEAD, row(支出功能分类="2010303-某某抚恤"), row(支出功能分类="2010303-某某抚恤")]
    listed, findings = heard(write(tmp_path / "a.csv", rows))
    assert (findings, len(listed.rows)) == ([], 2)
    (note,) = [each for each in listed.notes if "未经核实" in each]
    assert "文件写的是“某某抚恤”" in note


def test_a_year_at_the_head_of_a_name_is_no_code(tmp_path: Path) -> None:
    found = only(tmp_path, row(项目="2020-2022年规划编制"))
    assert (found.project, found.name) == ("2020-2022年规划编制",) * 2


@pytest.mark.parametrize(
    ("column", "text", "field", "meaning"),
    [
        ("资金性质", "11", "fund", "11"),
        ("资金性质", "一般公共预算资金", "fund", "11"),
        ("资金性质", "111 一般公共预算资金", "fund", "11"),
        ("资金性质", "11111##经费拨款补助##x", "fund", "11"),
        ("资金性质", "其他收入", "fund", "39"),
        ("项目类别", "1 人员类", "klass", "人员"),
        ("项目类别", "运转类-公用", "klass", "公用"),
        ("项目类别", "其他运转类", "klass", "项目"),
        ("项目类别", "基本支出", "klass", "基本"),
    ],
)
def test_words(tmp_path: Path, column: str, text: str, field: str, meaning: str) -> None:
    assert getattr(only(tmp_path, row(**{column: text, "项目": "接访"})), field) == meaning


@pytest.mark.parametrize(
    ("changes", "rule", "said"),
    [
        (
            {"资金性质": "财政拨款"},
            "I03",
            "第 2 行第 2 列：不认识的资金性质“财政拨款”，可用的有：11 一般公共预算",
        ),
        ({"资金性质": "12-一般公共预算"}, "I03", "“12-一般公共预算”的编码和名称不是一回事"),
        ({"资金性质": "11-甲乙"}, "I03", "不认识的资金性质“11-甲乙”"),
        ({"项目类别": "运转类"}, "I03", "第 2 行第 5 列：不认识的类别“运转类”，可用的有"),
        ({"资金性质": ""}, "I02", "第 2 行第 2 列：“资金性质”是空白的"),
        ({"支出功能分类": ""}, "I02", "第 2 行第 3 列：“支出功能分类”是空白的"),
        ({"支出功能分类": "20103"}, "I03", "“20103”不是支出功能分类的项（7位）编码"),
        ({"支出功能分类": "行政运行"}, "I03", "“行政运行”不是支出功能分类的项（7位）编码"),
        ({"部门支出经济分类": "50201"}, "I03", "“50201”不是部门预算支出经济分类的款（5位）编码"),
        ({"项目": "3.1E+20"}, "I03", "编码“3.1E+20”已被表格软件改成科学计数法"),
        ({"项目类别": "项目支出"}, "I02", "第 2 行第 6 列：项目支出没有写项目"),
        ({"金额": ""}, "I04", "第 2 行第 8 列：金额是空白的，空白不等于零"),
        ({"金额": "-"}, "I04", "空白不等于零"),
        ({"金额": "一百"}, "I04", "第 2 行第 8 列：“一百”不是金额"),
        ({"金额": "0.001"}, "I04", "最多两位小数"),
        ({"金额": "2020-01-05"}, "I04", "不是金额"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(
    tmp_path: Path, changes: dict[str, str], rule: str, said: str
) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, row(**changes)]))
    assert [each.rule for each in findings] == [rule]
    assert said in findings[0].message


def test_every_fault_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    rows = [row(金额=""), row(), row(资金性质="甲", 项目类别="乙")]
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert [each.message.split("：")[0] for each in findings] == [
        "第 2 行第 8 列", "第 4 行第 5 列", "第 4 行第 2 列",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("文件日期", "去年", "“去年”不是日期"),
        ("文件日期", "2020-02-30", "不是日期"),
        ("来源年度", "20", "“20”不是年份"),
        ("调减金额", "5", "有调减 5.00 元而没有文号"),
        ("支付方式", "现金", "不认识的支付方式“现金”"),
        ("指标来源", "本级", "不认识的指标来源“本级”"),
        ("政府采购", "可能", "不认识的政府采购标识“可能”"),
    ],
)
def test_what_may_be_blank_may_not_be_anything(
    tmp_path: Path, column: str, text: str, said: str
) -> None:
    assert said in wrong(tmp_path, [*ROW, text], head=[*HEAD, column])
    assert only(tmp_path, [*ROW, ""], head=[*HEAD, column]).amount == 100


@pytest.mark.parametrize(
    ("head", "below", "said"),
    [
        ([*HEAD[:1], "甲", *HEAD[2:]], ROW, "表头没有资金性质一列"),
        ([*HEAD[:4], "甲", *HEAD[5:]], ROW, "表头没有项目类别一列"),
        ([*HEAD, "金额"], [*ROW, "5"], "第 1 行第 9 列：“金额”一列出现了两次"),
        (
            [
                "指标文号",
                "资金性质",
                "支出功能分类",
                "",
                "部门支出经济分类",
                "",
                "项目类别",
                "金额",
            ],
            ["", "", "类", "款", "类", "款", "", ""],
            "第 2 行第 3 列：“类”上面的表头是合并的单元格",
        ),
    ],
)
def test_a_header_that_cannot_be_read(
    tmp_path: Path, head: list[str], below: list[str], said: str
) -> None:
    assert said in wrong(tmp_path, below, head=head)


def test_headings_over_two_rows_are_one(tmp_path: Path) -> None:
    head = ["指标文号", "资金性质", "支出功能分类", "", "部门支出经济分类", "", "项目类别", "金额"]
    below = ["", "", "编码", "名称", "编码", "名称", "", ""]
    cells = ["文1号", "11", "2010301", "行政运行", "30201", "办公费", "公用经费", "100"]
    rows = [["2020年指标表", *[""] * 7], head, below, cells, head, below, cells]
    listed, findings = heard(write(tmp_path / "a.csv", rows))
    assert findings == []
    assert [(each.function, each.economic) for each in listed.rows] == [("2010301", "30201")] * 2


@pytest.mark.parametrize(
    "total",
    [
        ["合计", *[""] * 6, "200.00"],
        ["", "合　计：", *[""] * 5, "200"],
        ["", "", "", "", "", "", "总计", "200.00"],
        ["小计", *[""] * 6, "7"],
        ["", "一般公共预算小计", *[""] * 5, "7"],
        ["", "11-一般公共预算", "201 一般公共服务支出合计", *[""] * 4, "7"],
        ["本页小计", *[""] * 6, ""],
        ["注：本表为合成数据", *[""] * 7],
        HEAD,
    ],
)
def test_what_is_no_line_is_not_taken_for_one(tmp_path: Path, total: list[str]) -> None:
    listed, findings = heard(write(tmp_path / "a.csv", [HEAD, row(), row(), total]))
    assert (len(listed.rows), findings) == (2, [])
    assert len(listed.notes) == (0 if total is HEAD else 1)


def test_a_total_without_a_word_is_refused(tmp_path: Path) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD, row(), [*[""] * 7, "100.00"]]))
    assert {each.rule for each in findings} == {"I02"}


def test_the_rows_must_add_up_to_the_total(tmp_path: Path) -> None:
    said = wrong(tmp_path, row(), row(金额="0.01"), ["合计", *[""] * 6, "100.00"])
    assert "第 4 行第 8 列：合计 100.00 元与各行之和 100.01 元不符" in said


def test_one_id_document_and_class_stand_once(tmp_path: Path) -> None:
    assert "与第 2 行第 8 列的重复" in wrong(tmp_path, row(指标ID="B1"), row(指标ID="B1", 金额="5"))
    rows = [row(指标ID="B1"), row(指标ID="B1", 部门支出经济分类="30202"), row(), row()]
    listed, findings = heard(write(tmp_path / "a.csv", [HEAD, *rows]))
    assert (len(listed.rows), findings) == (4, [])


@pytest.mark.parametrize(
    ("above", "header", "amount", "expected"),
    [
        ("", "金额（元）", "1.5", "1.50"),
        ("", "金额（万元）", "1.5", "15000.00"),
        ("单位：万元", "金额", "0.0001", "1.00"),
        ("单位：万元", "金额（元）", "1.5", "1.50"),
        ("下达50万元专项的指标表", "金额", "1.5", "1.50"),
    ],
)
def test_the_measure_is_heeded(
    tmp_path: Path, above: str, header: str, amount: str, expected: str
) -> None:
    rows = [[above], [*HEAD[:-1], header], row(金额=amount)]
    listed, findings = heard(write(tmp_path / "a.csv", rows))
    assert findings == []
    assert listed.rows[0].amount == Decimal(expected)


def test_a_measure_that_is_not_read_is_refused(tmp_path: Path) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [["单位：分"], HEAD, row()]))
    assert "金额的计量单位是“分”" in findings[0].message


def test_less_than_a_fen_of_wan_is_refused(tmp_path: Path) -> None:
    assert "折合到分以下" in wrong(
        tmp_path, row(金额="0.0000001"), head=[*HEAD[:-1], "金额（万元）"]
    )


def test_a_workbook_says_the_same_as_a_csv(tmp_path: Path) -> None:
    one, two = heard(FIRST), heard(as_workbook(FIRST, tmp_path / "a.xlsx"))
    assert one[1] == two[1] == []
    assert len(one[0].rows) == 6

    def said(rows: Sequence[Row]) -> list[tuple[object, ...]]:
        return [(each.key(2020), each.economic, each.amount, each.doc, each.id) for each in rows]

    assert said(one[0].rows) == said(two[0].rows)
    assert two[0].rows[0].where == "工作表“Sheet”第 4 行第 11 列"


def test_every_sheet_with_a_header_counts_and_others_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, rows in (("甲", [HEAD, row()]), ("乙", [HEAD, row(金额="5")]), ("说明", [["无"]])):
        sheet = book.create_sheet(title)
        for each in rows:
            sheet.append(each)
    book.save(tmp_path / "a.xlsx")
    listed, findings = heard(tmp_path / "a.xlsx")
    assert findings == []
    assert [each.amount for each in listed.rows] == [100, 5]
    assert listed.notes == ("说明没有指标表的表头，没有读取",)


def test_a_list_is_of_one_year(tmp_path: Path) -> None:
    rows = [[*HEAD, "年度"], [*ROW, "2020"], [*ROW, "2021年"]]
    _, findings = heard(write(tmp_path / "a.csv", rows))
    assert [each.message for each in findings] == ["有几个年度（2020、2021），请每个年度一个文件"]
    assert heard(write(tmp_path / "a.csv", rows[:2]))[0].year == 2020


def test_a_header_alone_is_no_list(tmp_path: Path) -> None:
    _, findings = heard(write(tmp_path / "a.csv", [HEAD]))
    assert [each.message for each in findings] == ["表头下面没有指标"]


def test_a_book_adds_words_of_its_own(tmp_path: Path) -> None:
    own = '[headers]\nfund = ["钱"]\n[fund]\n"本级财力" = "11"\n[class]\n"运转类" = "公用"\n'
    (tmp_path / "words.toml").write_text(own, "utf-8")
    rows = [[*HEAD[:1], "钱", *HEAD[2:]], row(资金性质="本级财力", 项目类别="运转类")]
    listed, findings = read_list(
        read(write(tmp_path / "a.csv", rows)), load_words(tmp_path), load()
    )
    assert findings == []
    assert (listed.rows[0].fund, listed.rows[0].klass) == ("11", "公用")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "不是正确的 TOML 文件"),
        ('[money]\n"甲" = "11"', "没有 [money] 这一节"),
        ('fund = "11"', "fund 应写成一节"),
        ('[fund]\n"甲" = "99"', "“甲”应为 11、12"),
        ('[headers]\n"甲" = ["乙"]', "没有“甲”这一列"),
        ('[headers]\nfund = "乙"', "fund 应为列名的列表"),
    ],
)
def test_words_that_cannot_be_used(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "words.toml").write_text(text, "utf-8")
    with pytest.raises(WordsError) as refused:
        load_words(tmp_path)
    assert said in str(refused.value)
