"""The identities, on documents of our own: scopes, tolerances and real counter-examples."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read
from yusuan.importers.readers import txt
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.identities import CATALOGUE
from yusuan.ledger.tables.identities import Check
from yusuan.ledger.tables.identities import verify
from yusuan.ledger.tables.model import Cell
from yusuan.ledger.tables.model import Document
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table

FILE = Path(__file__).parent / "documents" / "rows.txt"
DOCUMENT = recognise(read(FILE))
COUNTED = "\n本部门中，行政单位{}家，事业单位{}家。\n"


def changed(*changes: tuple[str, str]) -> Document:
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return recognise(txt.read(text.encode(), "rows.txt"))


def added(text: str) -> Document:
    """Read the document with a paragraph more."""
    return changed(("2023年政府采购预算4.00万元", f"{text}\n2023年政府采购预算4.00万元"))


def failed(document: Document) -> set[str]:
    """Give the identities that fail beyond the one the document has by design."""
    found = verify(document).failed
    return {check.id for check in found if "申报金额之和" not in check.message}


def checks(document: Document, identity: str) -> list[Check]:
    return [check for check in verify(document).checks if check.id == identity]


def test_the_catalogue_is_complete() -> None:
    assert [each.id for each in CATALOGUE] == [f"B{n:02}" for n in range(1, 19)]
    assert all(each.title and each.scope and each.basis for each in CATALOGUE)


def test_a_failing_table_identity_stops_and_names_its_cells() -> None:
    document = changed(
        (
            "201\t03\t01\t行政运行\t100,100.10\t100,100.10\t\t\t\t",
            "201\t03\t01\t行政运行\t100,100.11\t100,100.10\t\t\t\t",
        )
    )
    found = verify(document)
    assert found.stops
    assert {check.id for check in found.failed if check.severity == Severity.STOP} == {"B02", "B03"}
    across = next(check for check in found.failed if "应等于 各列之和" in check.message)
    assert len(across.cells) == 6  # the total and the five columns
    assert across.difference == Decimal("0.01")
    assert "T2“2010301 行政运行”合计 100,100.11（第 23 行）" in across.message
    assert across.finding().source["lineno"] == 23


def test_absent_inputs_are_no_failures() -> None:
    nothing = replace(DOCUMENT, tables=(), projects=(), figures=())
    found = verify(nothing)
    assert found.checks == ()
    assert found.not_applicable == tuple(each.id for each in CATALOGUE)
    for table in DOCUMENT.tables:
        rest = tuple(each for each in DOCUMENT.tables if each is not table)
        expected = {"B05", "B06", "B07", "B13"} if table.id == "T6" else set()
        assert failed(replace(DOCUMENT, tables=rest)) <= expected


@pytest.mark.parametrize(
    ("administrative", "institutions", "applies"), [(1, 0, True), (1, 1, False), (0, 2, False)]
)
def test_running_costs_are_operating_costs_of_administrative_units_only(
    administrative: int,
    institutions: int,
    applies: bool,  # noqa: FBT001 - a column of a table
) -> None:
    document = added(COUNTED.format(administrative, institutions))
    assert bool(checks(document, "B11")) is applies
    assert "B11" not in failed(document)


def test_running_costs_of_a_department_with_institutions_may_differ() -> None:
    """建管委 2026: 124.56 万元 against 公用 8,307,651.20."""
    document = changed(("\t1.00\t\t1.00\t2.00", "\t1.00\t\t1.00\t1.00"))
    assert "B11" not in failed(document)
    counted = changed(
        ("\t1.00\t\t1.00\t2.00", "\t1.00\t\t1.00\t1.00"),
        ("2023年政府采购预算4.00万元", "本部门中，行政单位1家。\n2023年政府采购预算4.00万元"),
    )
    assert "B11" in failed(counted)


def test_personnel_spending_may_be_printed_as_operating() -> None:
    """文旅局 2026: class 303 with 公用 452,720."""
    document = changed(
        (
            "301\t\t工资福利支出\t80,100.10\t80,100.10\t",
            "303\t\t对个人和家庭的补助\t80,100.10\t80,100.10\t",
        ),
        ("301\t01\t基本工资", "303\t02\t退休费"),
    )
    assert failed(document) == set()


def test_public_reception_may_exceed_basic_spending_but_not_the_reverse() -> None:
    fits = changed(("1.50\t\t0.50\t1.00", "1.60\t\t0.60\t1.00"))
    assert "B12" not in failed(fits)
    short = changed(("1.50\t\t0.50\t1.00", "1.40\t\t0.40\t1.00"))
    assert "B12" in failed(short)


def test_prose_may_truncate_but_not_err() -> None:
    """财政局 2025 truncates: 877,080 is printed as 87.70."""
    truncated = changed(("“一般行政管理事务”科目4.00万元", "“一般行政管理事务”科目3.99万元"))
    assert "B13" not in failed(truncated)
    wrong = changed(("“一般行政管理事务”科目4.00万元", "“一般行政管理事务”科目40.00万元"))
    (check,) = [check for check in verify(wrong).failed if check.id == "B13"]
    assert check.severity == Severity.WARN
    assert [cited.table for cited in check.cells] == ["编制说明", "T5"]


def test_a_subject_is_of_fiscal_scope() -> None:
    """T3 has 50,000 for 一般行政管理事务; the sentence says the 40,000 of T5, and is right."""
    assert [check.holds for check in checks(DOCUMENT, "B13")] == [True, True]


def test_a_subject_that_no_table_has_is_named() -> None:
    document = changed(("“一般行政管理事务”科目4.00万元", "“信访业务”科目4.00万元"))
    assert "没有的科目" in next(c.message for c in verify(document).failed if c.id == "B13")


@pytest.mark.parametrize(
    ("old", "new", "identity"),
    [
        ("收入预算17.01万元，其中", "收入预算16.01万元，其中", "B14"),
        ("涉及项目预算资金7.00万元", "涉及项目预算资金7.10万元", "B15"),
        ("政府采购服务预算1.00万元", "政府采购服务预算1.10万元", "B16"),
        (
            "预留给小型和微型企业的政府采购项目预算为2.00万元",
            "预留给小型和微型企业的政府采购项目预算为3.10万元",
            "B16",
        ),
        ("增长6.73%", "增长6.75%", "B17"),
        ("注：本部门2023年无国有资本经营", "注：本部门2023年无政府性基金", "B18"),
        ("\t1.00\t\t1.00\t2.00", "\t1.10\t\t1.00\t2.00", "B10"),
    ],
)
def test_prose_and_rounded_tables_warn(old: str, new: str, identity: str) -> None:
    found = verify(changed((old, new)))
    assert identity in {check.id for check in found.failed}
    assert not found.stops


def test_an_empty_table_needs_its_note_and_a_filled_one_must_not_have_it() -> None:
    note = "注：本部门2023年无国有资本经营预算财政拨款安排的预算，故本表为空表。\n"
    assert "B18" in failed(changed((note, "")))
    assert "B18" in failed(
        changed(("20,000.00\t0.00\t20,000.00\n", "20,000.00\t0.00\t20,000.00\n注：本表为空表。\n"))
    )


def test_other_income_makes_the_overviews_differ_and_is_no_failure() -> None:
    """T1 = T4 holds only where all money is 财政拨款; here 10,000 are 事业收入."""
    assert failed(DOCUMENT) == set()
    first, fourth = DOCUMENT.table("T1"), DOCUMENT.table("T4")
    assert first is not None
    assert fourth is not None
    totals = [table.total("revenue") for table in (first, fourth)]
    assert [row.amount("total") for row in totals if row] == [
        Decimal("170100.10"),
        Decimal("160100.10"),
    ]


def test_a_project_under_administration_is_no_failure() -> None:
    """财政局 2025: 2010601 has 138,514.80 of 项目支出."""
    changes = [
        ("行政运行\t100,100.10\t100,100.10\t\n", "行政运行\t100,100.10\t90,100.10\t10,000.00\n"),
        ("\t150,100.10\t100,100.10\t50,000.00", "\t150,100.10\t90,100.10\t60,000.00"),
        ("\t170,100.10\t100,100.10\t70,000.00", "\t170,100.10\t90,100.10\t80,000.00"),
        ("\t140,100.10\t100,100.10\t40,000.00", "\t140,100.10\t90,100.10\t50,000.00"),
        ("\t80,100.10\t80,100.10\t", "\t70,100.10\t70,100.10\t"),
        ("合  计\t100,100.10\t80,100.10", "合  计\t90,100.10\t70,100.10"),
    ]
    assert failed(changed(*changes)) == {"B15"}  # the forms now leave 10,000 of projects out


def column(*amounts: str) -> Table:
    """T3 with a 合计 row last and one 类 row for each other amount, printed in 万元."""
    rows = []
    for position, text in enumerate(amounts):
        last = position == len(amounts) - 1
        cell = Cell(Decimal(text) * 10_000, text, DOCUMENT.tables[0].where)
        code = "" if last else f"2{position:02}"
        rows.append(Row("合计" if last else "类", code, "", {"total": cell}, cell.where))
    return Table("T3", "支出预算总表", "万元", ("total",), tuple(rows))


def test_sums_of_rounded_cells_may_be_off_by_half_a_unit_a_cell() -> None:
    """社会工作部 2024: 95.36 + 10.23 against 105.58."""
    assert (
        verify(replace(DOCUMENT, tables=(column("95.36", "10.23", "105.58"),), projects=())).failed
        == ()
    )
    found = verify(
        replace(DOCUMENT, tables=(column("95.36", "10.23", "105.56"),), projects=(), figures=())
    )
    assert [(check.id, check.severity) for check in found.failed] == [("B03", Severity.WARN)]


AMOUNTS = [
    (table.id, at, key)
    for table in DOCUMENT.tables
    if table.measure == "元"
    for at, row in enumerate(table.rows)
    for key, cell in row.amounts.items()
    if cell.amount is not None
]


@given(st.sampled_from(AMOUNTS), st.integers(1, 10**12), st.booleans())
def test_no_single_amount_can_change_unnoticed(
    place: tuple[str, int, str],
    fen: int,
    less: bool,  # noqa: FBT001 - drawn
) -> None:
    table_id, at, key = place
    table = DOCUMENT.table(table_id)
    assert table is not None
    row = table.rows[at]
    before = row.amounts[key]
    assert before.amount is not None
    moved = before.amount + Decimal(-fen if less else fen) / 100
    amounts = {**row.amounts, key: replace(before, amount=moved)}
    rows = (*table.rows[:at], replace(row, amounts=amounts), *table.rows[at + 1 :])
    tables = tuple(replace(t, rows=rows) if t is table else t for t in DOCUMENT.tables)
    assert verify(replace(DOCUMENT, tables=tables)).stops
