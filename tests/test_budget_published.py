"""Published budgets and final accounts of several offices: every table, against the printed page."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pdfplumber
import pytest

from yusuan.importers.budget import recognise
from yusuan.importers.plan import PlanError
from yusuan.importers.plan import build_plan
from yusuan.importers.readers import read
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Table

STREET = "上海市普陀区人民政府万里街道办事处23年预算.pdf"
OFFICE = "上海市普陀区人民政府办公室25年预算.pdf"
BUREAU = "上海市普陀区财政局部门25年预算.pdf"
UNIVERSITY = "西南大学2023年度部门预算.pdf"
SETTLED = "中共上海市普陀区委社会工作部_2024_年度部门决算.pdf"
TEMPLATES = (
    "附件2：部门决算模板.pdf",
    "department_budget_template.xlsx",
    "unit_budget_template.xlsx",
)

NINE = [f"T{number}" for number in range(1, 10)]
#: Who, when, what, and how many rows each table has, counted on the pages.
WHAT = {
    STREET: ("上海市普陀区人民政府万里街道办事处", 2023, "budget", NINE),
    OFFICE: ("上海市普陀区人民政府办公室", 2025, "budget", NINE),
    BUREAU: ("上海市普陀区财政局", 2025, "budget", NINE),
    UNIVERSITY: ("西南大学", 2023, "budget", ["T1", "T2", "T3", "T10"]),
    SETTLED: ("中共上海市普陀区委社会工作部", 2024, "final", NINE),
}
#: The faults that the documents themselves contain: rule and place.
FAULTS = {
    STREET: [("B15", "第 35 页第 6 行第 8 列"), ("B15", "第 31 页第 6 行第 5 列")],
    OFFICE: [],
    BUREAU: [
        ("B13", "第 7 页第 21 行"),  # 职业年金 887.36 for 87.36
        ("B13", "第 8 页第 20 行"),
        ("B18", "第 18 页第 18 行第 5 列"),  # the note of the other table
    ],
    UNIVERSITY: [
        ("B03", "第 8 页第 7 行第 3 列"),
        ("B03", "第 8 页第 8 行第 3 列"),  # 小学教育 is 0.50 less than its columns
    ],
    SETTLED: [],
}
#: The pages of the coded tables, and what the printed total of each is.
CODED = [
    (STREET, "T2", range(11, 15), "164978640"),
    (STREET, "T3", range(15, 19), "164978640"),
    (STREET, "T5", range(20, 24), "164978640"),
    (OFFICE, "T2", range(9, 11), None),
    (OFFICE, "T3", range(11, 13), None),
    (OFFICE, "T5", range(14, 16), None),
    (BUREAU, "T2", range(10, 12), None),
    (BUREAU, "T3", range(12, 14), None),
    (BUREAU, "T5", range(15, 17), None),
    (UNIVERSITY, "T3", range(9, 10), "468779.07"),
    (UNIVERSITY, "T10", range(10, 11), "230876.38"),
    (SETTLED, "T2", range(6, 8), "307.82"),
    (SETTLED, "T3", range(8, 10), "307.82"),
    (SETTLED, "T5", range(12, 13), "307.82"),
]
_ITEM = re.compile(r"(\d{3} ?\d{2} ?\d{2}) .*?((?:-?[\d,]+(?:\.\d+)? ?)+)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d+\.\d{2}")

_READ: dict[str, Document] = {}


def document(documents: Path, name: str) -> Document:
    """Read a document once for all tests of this file."""
    if not (documents / name).is_file():
        pytest.skip(f"{name} is not on this machine")
    if name not in _READ:
        _READ[name] = recognise(read(documents / name))
    return _READ[name]


def table(doc: Document, table_id: str) -> Table:
    found = doc.table(table_id)
    assert found is not None
    return found


def printed(path: Path, pages: range) -> list[str]:
    """The lines of some pages by the height of their words alone, without any table finding."""
    lines: list[str] = []
    with pdfplumber.open(path) as pdf:
        for number in pages:
            rows: dict[int, list[tuple[float, str]]] = {}
            for word in pdf.pages[number - 1].extract_words():
                middle = round((word["top"] + word["bottom"]) / 2)
                near = next((each for each in rows if abs(each - middle) <= 3), middle)
                rows.setdefault(near, []).append((word["x0"], word["text"]))
            lines += [" ".join(text for _, text in sorted(row)) for _, row in sorted(rows.items())]
    return lines


@pytest.mark.parametrize("name", WHAT)
def test_who_when_and_which_tables(documents: Path, name: str) -> None:
    doc = document(documents, name)
    found = (doc.unit, doc.year, doc.kind, [each.id for each in doc.tables])
    assert found == WHAT[name]


@pytest.mark.parametrize("name", WHAT)
def test_the_only_faults_are_those_of_the_document(documents: Path, name: str) -> None:
    doc = document(documents, name)
    assert doc.findings == ()  # everything was understood
    failed = [(each.id, str(each.finding().source["where"])) for each in verify(doc).failed]
    assert failed == FAULTS[name]


@pytest.mark.parametrize(("name", "table_id", "pages", "total"), CODED)
def test_the_items_of_the_page_add_up_to_the_total_that_was_read(
    documents: Path, name: str, table_id: str, pages: range, total: str | None
) -> None:
    read_table = table(document(documents, name), table_id)
    scale = 10_000 if read_table.measure == "万元" else 1
    items = {}
    for line in printed(documents / name, pages):
        found = _ITEM.fullmatch(line)
        if found:
            first = found[2].split()[0].replace(",", "")
            items[found[1].replace(" ", "")] = Decimal(first) * scale
    rows = {row.code: row.amount("total") for row in read_table.rows if row.level == "项"}
    assert items == rows
    last = read_table.total()
    assert last is not None
    assert sum(items.values()) == last.amount("total")
    if total is not None:
        assert last.amount("total") == Decimal(total) * scale


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        (STREET, [*range(10, 24), 26, 27, 28]),
        (OFFICE, [*range(8, 16), 18, 19]),
        (BUREAU, [*range(9, 17), 19, 20]),
        (UNIVERSITY, range(7, 11)),
        (SETTLED, range(5, 14)),
    ],
)
def test_every_number_of_the_pages_is_in_a_table(
    documents: Path, name: str, pages: list[int]
) -> None:
    doc = document(documents, name)
    lines = [line for page in pages for line in printed(documents / name, range(page, page + 1))]
    on_pages = Counter(text for line in lines for text in _NUMBER.findall(line))
    cells = [
        cell
        for each in doc.tables
        for row in each.rows
        for cell in row.amounts.values()
        if cell.where.page in pages
    ]
    assert Counter(text for cell in cells for text in _NUMBER.findall(cell.text)) == on_pages


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_empty_template_is_empty_and_has_no_fault(documents: Path, name: str) -> None:
    doc = document(documents, name)
    assert [each.id for each in doc.tables] == NINE
    amounts = [row.amount(key) for each in doc.tables for row in each.rows for key in row.amounts]
    assert not any(amounts)
    assert doc.findings == ()
    assert verify(doc).failed == ()


def test_tables_side_by_side_keep_their_subtotals(documents: Path) -> None:
    basic = table(document(documents, SETTLED), "T8")
    found = {row.name: row.amount("total") for row in basic.rows if row.level == "小计"}
    assert found == {"人员经费合计": Decimal("953600.00"), "公用经费合计": Decimal("102300.00")}
    codes = [row.code for row in basic.rows if row.level == "类"]
    assert codes == ["301", "303", "302", "310"]


def test_a_unit_among_the_subjects_is_no_subject(documents: Path) -> None:
    spending = table(document(documents, UNIVERSITY), "T3")
    assert [(row.code, row.name) for row in spending.rows if row.level == "单位"] == [
        ("105236", "西南大学")
    ]


def test_the_forms_of_another_office(documents: Path) -> None:
    forms = document(documents, UNIVERSITY).projects
    assert len(forms) == 24
    for form in forms:
        assert form.annual is not None
        assert form.annual.amount == sum(each.amount.amount or 0 for each in form.funding)
        assert sum(each.weight or 0 for each in form.indicators) == form.points == 90


def test_an_empty_final_table_keeps_its_own_note(documents: Path) -> None:
    doc = document(documents, SETTLED)
    for table_id, word in (("T6", "政府性基金"), ("T7", "国有资本经营")):
        note = table(doc, table_id).note
        assert word in note
        assert "无数据" in note
        assert len(note) < 160


def test_final_accounts_are_no_budget(documents: Path) -> None:
    with pytest.raises(PlanError, match="这是决算，不是预算"):
        build_plan(document(documents, SETTLED))
