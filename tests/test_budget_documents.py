"""Small documents of our own in each layout: golden JSON, and what other departments print."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from yusuan.importers.budget import recognise
from yusuan.importers.budget.coded import join_code
from yusuan.importers.readers import csv
from yusuan.importers.readers import read
from yusuan.importers.readers import txt
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables import json as shapes
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from yusuan.ledger.tables.model import Document

FOLDER = Path(__file__).parent / "documents"
NAMES = ("cells.txt", "rows.txt", "rectangular.csv")


def rows(*changes: tuple[str, str]) -> Document:
    """Read `rows.txt` after replacing texts in it; each must be there."""
    text = (FOLDER / "rows.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return recognise(txt.read(text.encode(), "rows.txt"))


def table(text: str) -> Document:
    """Read one table, a row a line with `|` between the cells."""
    return recognise(txt.read(text.replace("|", "\t").encode(), "t.txt"))


def figures(document: Document) -> dict[tuple[str, str | None, str, str, str], Decimal | None]:
    """Every amount by table, side, code or name, and key."""
    return {
        (each.id, row.side, row.code, row.name, key): cell.amount
        for each in document.tables
        for row in each.rows
        for key, cell in row.amounts.items()
    }


def rules(document: Document) -> list[str]:
    return [finding.rule for finding in document.findings]


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    """To renew after a deliberate change: write the shape back with json.dumps, and read the diff."""
    shape = shapes.document(recognise(read(FOLDER / name)))
    golden = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert shape == golden


@pytest.mark.parametrize("name", NAMES)
def test_the_layouts_say_the_same(name: str) -> None:
    assert figures(recognise(read(FOLDER / name))) == figures(recognise(read(FOLDER / NAMES[0])))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_without_faults_has_no_findings_that_stop(name: str) -> None:
    document = recognise(read(FOLDER / name))
    assert document.findings == ()
    assert [check.id for check in verify(document).failed] == ["B15"]  # 申报 asks more than 下达


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_contact_person_is_kept(name: str) -> None:
    text = json.dumps(shapes.document(recognise(read(FOLDER / name))), ensure_ascii=False)
    assert "示例人" not in text
    assert "00000000" not in text


def test_an_old_encoding_says_the_same() -> None:
    text = (FOLDER / "rows.txt").read_text(encoding="utf-8")
    assert figures(recognise(txt.read(text.encode("gb18030"), "rows.txt"))) == figures(rows())


def test_who_when_and_what() -> None:
    document = rows()
    assert (document.unit, document.year, document.kind) == ("示例区综合服务中心", 2023, "budget")
    assert [each.id for each in document.tables] == [f"T{n}" for n in range(1, 10)]


def test_tables_are_found_by_title_words_not_by_order() -> None:
    text = (FOLDER / "rows.txt").read_text(encoding="utf-8")
    cut = text.index("2023年部门一般公共预算支出功能分类预算表")
    first = text.index("2023年部门收支预算总表")
    moved = text[cut:] + "\n" + text[first:cut]
    document = recognise(txt.read(moved.encode(), "rows.txt"))
    assert figures(document) == figures(rows())


def test_a_list_of_contents_is_not_a_table() -> None:
    contents = "目录\n1. 2023年部门收支预算总表\n2. 2023年部门收入预算总表 ……… 3\n"
    text = (FOLDER / "rows.txt").read_text(encoding="utf-8")
    document = recognise(txt.read((contents + text).encode(), "rows.txt"))
    assert figures(document) == figures(rows())
    assert len(document.figures) == len(rows().figures)  # the prose after the list is still read


def test_a_number_that_lands_in_no_row_is_a_finding() -> None:
    document = rows(("合  计\t140,100.10", "9.99\n合  计\t140,100.10"))
    assert rules(document) == ["D01"]
    assert "9.99" in document.findings[0].message
    assert document.findings[0].severity == Severity.STOP
    assert document.findings[0].source["lineno"] == 64


def test_an_unreadable_amount_is_a_finding() -> None:
    document = rows(("\t15,000.00\t\t15,000.00", "\t1,5000.00\t\t15,000.00"))
    assert rules(document) == ["D02"]
    assert "1,5000.00" in document.findings[0].message


def test_an_unknown_column_loses_no_number() -> None:
    document = table(
        "2023年部门支出预算总表\n编制部门：某局|单位：元\n科目编码|科目名称|合计|基本支出|其他列\n"
        "201|一般公共服务支出|3.00|2.00|1.00\n合计||3.00|2.00|\n"
    )
    assert rules(document) == ["D01"]
    assert {check.id for check in verify(document).failed} == {"B03"}


def test_a_header_that_cannot_be_read_stops() -> None:
    document = table("2023年部门支出预算总表\n编制部门：某局|单位：元\n甲|乙\n201|3.00\n")
    assert rules(document) == ["D03"]


def test_a_missing_measure_warns_and_an_unknown_one_stops() -> None:
    head = "科目编码|科目名称|合计\n201|一般公共服务支出|3.00\n合计||3.00\n"
    missing = table("2023年部门支出预算总表\n" + head)
    assert [(each.rule, each.severity) for each in missing.findings] == [("D04", Severity.WARN)]
    other = table("2023年部门支出预算总表\n某局|单位：千元\n" + head)
    assert [(each.rule, each.severity) for each in other.findings] == [("D04", Severity.STOP)]


def test_a_table_twice_is_refused() -> None:
    text = (FOLDER / "rows.txt").read_text(encoding="utf-8")
    document = recognise(txt.read((text + text).encode(), "rows.txt"))
    assert set(rules(document)) == {"D05"}


def test_a_table_of_an_unknown_kind_is_named() -> None:
    document = rows(
        ("编报绩效目标", "2023年新增资产配置表\n名称\t金额\n电脑\t5,000.00\n编报绩效目标")
    )
    assert rules(document) == ["D06"]
    assert "新增资产配置表" in document.findings[0].message
    assert document.figures_of("performance")


def test_no_table_at_all_is_said() -> None:
    assert rules(recognise(txt.read("通知\n请查收。\n".encode(), "a.txt"))) == ["D08"]


def test_a_row_without_a_code_warns_and_stays() -> None:
    document = rows(
        (
            "201\t03\t01\t行政运行\t100,100.10\t100,100.10\t\n201\t03\t02\t一般行政管理事务\t40",
            "\t\t\t行政运行\t100,100.10\t100,100.10\t\n201\t03\t02\t一般行政管理事务\t40",
        )
    )
    assert rules(document) == ["D07"]
    assert verify(document).stops


def test_tables_in_wan_are_read_in_yuan() -> None:
    document = table(
        "某局支出预算总表\n编制单位：某局|单位：万元\n科目编码|科目名称|合计|基本支出|项目支出\n"
        "20101|人大事务|236.64|200.01|36.62\n合计||236.64|200.01|36.62\n"
    )
    spending = document.table("T3")
    assert spending is not None
    assert spending.rows[0].amount("total") == Decimal("2366400.00")
    assert verify(document).failed == ()  # 0.01 万元 off: each printed cell may hide half a unit


def test_cells_of_a_merged_total_and_of_a_cut_off_end() -> None:
    document = table(
        "某局收入预算总表\n编制单位：某局|单位：元\n"
        "功能分类科目编码|功能分类科目名称|合计|财政拨款收入|事业收入|其他收入\n类|款|项|||||\n"
        "201|||一般公共服务支出|3.00|3.00\n"  # the blank end was cut off
        "201|01||人大事务|3.00|3.00||\n"
        "合 计|3.00|3.00||\n"  # 类, 款, 项 and the name are one merged cell
    )
    income = document.table("T2")
    assert income is not None
    assert [row.amount("fiscal") for row in income.rows] == [Decimal("3.00")] * 3
    assert document.findings == ()


def test_a_header_of_the_income_table_with_groups() -> None:
    document = recognise(
        csv.read(
            "某局收入预算总表,,,,,,\n编制单位：某局,,单位：元,,,,\n"
            "科目编码,科目名称,合计,财政拨款收入,,,事业单位\n,,,小计,一般公共预算,政府性基金,经营收入\n"
            "201,一般公共服务支出,6.00,5.00,3.00,2.00,1.00\n合计,,6.00,5.00,3.00,2.00,1.00\n".encode(),
            "a.csv",
        )
    )
    income = document.table("T2")
    assert income is not None
    assert income.columns == ("total", "fiscal", "general", "fund", "business")
    assert verify(document).failed == ()


def test_a_unit_prints_its_expenditure_by_columns_in_the_overview() -> None:
    """The unit's set splits the right side of T1 over three header rows."""
    head = "某单位收支预算总表\n编制单位：某单位|单位：元\n"
    rows = (
        "一、财政拨款收入|9.00|一、教育支出|9.00|5.00|1.00|3.00\n"
        "收入总计|9.00|支出总计|9.00|5.00|1.00|3.00\n"
    )
    ragged = "项目|预算数|项目|预算数\n|||合计|基本支出|项目支出\n||||人员经费|公用经费|\n"
    padded = "项目|预算数|项目|预算数|||\n|||合计|基本支出||项目支出\n||||人员经费|公用经费|\n"
    for header in (ragged, padded):
        document = table(head + header + rows)
        first = document.table("T1")
        assert first is not None
        assert first.columns == ("total", "personnel", "operating", "project")
        assert document.findings == ()
        assert verify(document).failed == ()


@pytest.mark.parametrize(
    ("parts", "before", "code"),
    [
        (["201", "03", "01"], "", "2010301"),
        (["201", "", ""], "", "201"),
        (["201", "20103", "2010301"], "", "2010301"),
        (["2010301"], "", "2010301"),
        (["201-03-01"], "", "2010301"),
        (["", "03", "01"], "2010201", "2010301"),
        (["", "", "02"], "2010301", "2010302"),
        (["201", "3", "1"], "", "2010301"),  # a spreadsheet ate the leading zeros
        (["301", "01"], "", "30101"),
        (["", "", ""], "2010301", ""),
    ],
)
def test_codes_are_put_together(parts: list[str], before: str, code: str) -> None:
    assert join_code(parts, before) == code


def test_a_code_of_a_wrong_length_stops() -> None:
    document = rows(
        (
            "229\t60\t02\t用于社会福利的彩票公益金支出\t20,000.00\t\t20",
            "229\t60\t022\t用于社会福利的彩票公益金支出\t20,000.00\t\t20",
        )
    )
    assert "D09" in rules(document)


def test_wrapped_prose_is_put_together_and_keeps_its_lines() -> None:
    document = rows(("财政拨款支出预算16.01万元。财政", "财政拨款支出\n预算16.01万元。财政"))
    stated = document.figures_of("fiscal_expenditure")[0]
    assert stated.amount == Decimal("160100.00")
    assert stated.where.line == 2
    assert document.figures_of("general_expenditure")[0].where.line == 3


@pytest.mark.parametrize(
    "header",
    [
        "项目|收入预算\n功能分类科目编码|功能分类科目名称|合计|财政拨款收入|事业单位经营收入\n类|款|项||||\n",
        "项目|收入预算\n功能分类科目编码|功能分类科目名称|合计|财政拨款收入|事业单位经营收入\n类|款|项\n",
        "功能分类科目编码|功能分类科目名称|合计|财政拨款收入|事业单位\n类|款|项||||经营收入\n",
        "类|款|项|科目名称|合计|财政拨款|经营收入\n",
    ],
)
def test_headers_of_one_table_printed_in_other_ways(header: str) -> None:
    document = table(
        f"某局收入预算总表\n编制单位：某局|单位：元\n{header}"
        "201|||一般公共服务支出|3.00|2.00|1.00\n合 计|3.00|2.00|1.00\n"
    )
    income = document.table("T2")
    assert income is not None
    assert income.columns == ("total", "fiscal", "business")
    assert document.findings == ()
    assert verify(document).failed == ()


@pytest.mark.parametrize("last", ["||||", "|"])
def test_the_header_of_t9_without_its_blank_cells(last: str) -> None:
    lower = "|||小计|购置费|运行费|" if last == "||||" else "小计|购置费|运行费"
    document = table(
        "“三公”经费和机关运行经费预算表\n编制部门：某局|单位：万元\n三公经费预算数|机关运行经费预算数\n"
        f"合计|因公出国（境）费|公务接待费|公务用车购置及运行费|\n{lower}\n"
        "0.60|0.10|0.20|0.30||0.30|1.00\n"
    )
    public = document.table("T9")
    assert public is not None
    assert public.rows[0].amount("vehicle_running") == Decimal("3000.00")
    assert public.rows[0].amount("running_costs") == Decimal("10000.00")
    assert document.findings == ()


def test_revenue_carried_over_and_subtotals() -> None:
    document = table(
        "某局收支预算总表\n编制单位：某局|单位：元\n收入|支出\n项目|预算数|项目|预算数\n"
        "一、一般公共预算拨款收入|8.00|一、教育支出|7.00\n二、政府性基金预算拨款收入|1.00|二、其他支出|1.00\n"
        "本年收入合计|9.00|本年支出合计|8.00\n上年结转结余|1.00|结转下年|2.00\n收入总计|10.00|支出总计|10.00\n"
    )
    first = document.table("T1")
    assert first is not None
    assert [row.key for row in first.rows if row.side == "revenue"] == [
        "general",
        "fund",
        "total",
        "opening",
        "total",
    ]
    assert verify(document).failed == ()
    assert document.findings == ()
