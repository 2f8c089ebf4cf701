"""The sample document, every figure of it; skipped visibly where it is not on the machine."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read
from yusuan.importers.readers import txt
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yusuan.ledger.tables.model import Document

NAME = "松江区信访办2020部门预算.txt"
TITLES = {
    "2020年部门收入预算总表": "T2",
    "2020年部门支出预算总表": "T3",
    "2020年部门一般公共预算支出功能分类预算表": "T5",
    "2020年部门一般公共预算拨款基本支出经济分类预算表": "T8",
}
KEYS = {
    "T2": ("total", "fiscal", "institution", "business", "other"),
    "T3": ("total", "basic", "project"),
    "T5": ("total", "basic", "project"),
    "T8": ("total", "personnel", "operating"),
}
AMOUNT = re.compile(r"\t([\d,]+\.\d\d)")


@pytest.fixture(scope="module")
def path(documents: Path) -> Path:
    found = documents / NAME
    if not found.is_file():
        pytest.skip("the sample document is not on this machine")
    return found


@pytest.fixture(scope="module")
def sample(path: Path) -> Document:
    return recognise(read(path))


def plainly(path: Path) -> Iterator[tuple[str, str, int, tuple[Decimal | None, ...]]]:
    """Read the coded tables once more in the plainest way: table, code, line, amounts."""
    table = ""
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate(lines, 1):
        table = TITLES.get(line.strip(), "" if line.strip().endswith("预算表") else table)
        parts = 2 if table == "T8" else 3
        if table and re.fullmatch(r"\t\d{3}", line) and lines[number - 2] == "\t":
            cells = [text[1:] for text in lines[number - 1 : number + parts + len(KEYS[table])]]
            amounts = [text.replace(",", "") for text in cells[parts + 1 :]]
            values = tuple(Decimal(text) if text else None for text in amounts)
            yield table, "".join(cells[:parts]), number, values


def figures(document: Document) -> dict[tuple[str, str | None, str, str, str], Decimal | None]:
    """Every amount by table, side, code or name, and key."""
    return {
        (each.id, row.side, row.code, row.name, key): cell.amount
        for each in document.tables
        for row in each.rows
        for key, cell in row.amounts.items()
    }


def test_every_row_of_the_coded_tables_is_right_to_the_cent(path: Path, sample: Document) -> None:
    expected = list(plainly(path))
    read_rows = [
        (each.id, row.code, row.where.line, tuple(row.amount(key) for key in KEYS[each.id]))
        for each in sample.tables
        if each.id in KEYS
        for row in each.coded()
    ]
    assert read_rows == expected
    assert len(expected) == 3 * 16 + 23


@pytest.mark.parametrize(
    ("table", "side", "amounts"),
    [
        ("T1", "revenue", {"total": "8466201.85"}),
        ("T1", "expenditure", {"total": "8466201.85"}),
        ("T2", None, {"total": "8466201.85", "fiscal": "8416201.85", "other": "50000.00"}),
        ("T3", None, {"total": "8466201.85", "basic": "5626201.85", "project": "2840000.00"}),
        ("T4", "revenue", {"total": "8416201.85"}),
        ("T4", "expenditure", {"total": "8416201.85", "general": "8416201.85", "fund": "0.00"}),
        ("T5", None, {"total": "8416201.85", "basic": "5626201.85", "project": "2790000.00"}),
        ("T6", None, {"total": "0.00", "basic": "0.00", "project": "0.00"}),
        ("T8", None, {"total": "5626201.85", "personnel": "4777922.50", "operating": "848279.35"}),
        ("T9", None, {"total": "0.00", "vehicle_running": "0.00", "running_costs": "848300.00"}),
    ],
)
def test_totals(sample: Document, table: str, side: str | None, amounts: dict[str, str]) -> None:
    found = sample.table(table)
    assert found is not None
    total = found.total(side)
    assert total is not None
    assert {key: str(total.amount(key)) for key in amounts} == amounts


def test_blank_is_not_zero(sample: Document) -> None:
    income = sample.table("T2")
    assert income is not None
    row = income.by_code()["2010301"]
    assert row.amount("institution") is None
    assert row.amount("other") == 0


def test_the_rest_of_the_document(sample: Document) -> None:
    assert (sample.unit, sample.year, sample.kind) == (
        "上海市松江区人民政府信访办公室",
        2020,
        "budget",
    )
    assert [each.id for each in sample.tables] == ["T1", "T2", "T3", "T4", "T5", "T6", "T8", "T9"]
    assert {each.measure for each in sample.tables if each.id != "T9"} == {"元"}
    assert sample.findings == ()
    assert len(sample.figures_of("subject")) == 8
    assert sample.figures_of("expenditure_percent")[0].amount == Decimal("-17.10")


@pytest.mark.parametrize("cut", [False, True])
def test_the_other_layout_says_the_same(path: Path, sample: Document, *, cut: bool) -> None:
    """A row a line, in an old encoding, with and without the blank cells at the end of a row."""
    lines = ["\t".join(row.texts) for row in read(path).rows]
    text = "\n".join(line.rstrip("\t") if cut else line for line in lines)
    other = recognise(txt.read(text.encode("gb18030"), NAME))
    assert figures(other) == figures(sample)
    assert other.findings == ()
    assert [each.amount for each in other.figures] == [each.amount for each in sample.figures]
    assert [len(each.indicators) for each in other.projects] == [26, 19, 14]
    assert [check.id for check in verify(other).failed] == ["B14"]


def test_project_forms(sample: Document) -> None:
    totals = [project.total.amount for project in sample.projects if project.total]
    assert [str(total) for total in totals] == ["2730000.00", "60000.00", "50000.00"]
    assert [len(project.indicators) for project in sample.projects] == [26, 19, 14]
    for project in sample.projects:
        assert sum(each.weight or 0 for each in project.indicators) == 100
        assert [each.name for each in project.components] == [
            each.item for each in project.breakdown
        ]
    first = sample.projects[0]
    assert first.indicators[1].level == first.indicators[0].level == "投入管理"
    assert {each.group for each in first.indicators} == {
        "投入和管理类",
        "产出目标",
        "效果目标",
        "影响力目标",
    }
    assert (first.start, first.end) == ("2020-01-01", "2020-12-31")
    assert first.prior_spent is not None
    assert first.prior_spent.amount == Decimal("2365001.57")


def test_only_the_sentence_that_is_wrong_fails(sample: Document) -> None:
    verification = verify(sample)
    arithmetic = [check for check in verification.checks if "得分" not in check.message]
    assert len(arithmetic) >= 290
    (failed,) = verification.failed
    assert (failed.id, failed.severity) == ("B14", Severity.WARN)
    assert (str(failed.left), str(failed.right)) == ("8416200.00", "8466201.85")
    assert [cited.cell.where.line for cited in failed.cells] == [33, 138]
    assert verification.not_applicable == ("B12",)
    assert not verification.stops


def test_the_retyped_example_has_the_same_figures(sample: Document, root: Path) -> None:
    folder = root / "examples" / "songjiang-xinfang-2020" / "source"
    retyped = recognise(read(folder / "部门预算2020.csv"))

    assert figures(retyped) == figures(sample)
    assert (retyped.unit, retyped.year, retyped.findings) == (sample.unit, sample.year, ())
    assert verify(retyped).failed == ()
    for mine, theirs in zip(retyped.projects, sample.projects, strict=True):
        assert mine.name == theirs.name
        assert [each.name for each in mine.components] == [each.name for each in theirs.components]
        assert mine.total is not None
        assert theirs.total is not None
        assert mine.total.amount == theirs.total.amount


def cells_of_tables(lines: list[str]) -> list[int]:
    """Give the lines of T1–T8 that hold an amount (T9 is printed in 万元, to two decimals)."""
    end = next(i for i, line in enumerate(lines) if line.startswith("\t部门“三公”经费"))
    return [i for i, line in enumerate(lines[:end]) if AMOUNT.fullmatch(line)]


def caught(lines: list[str], at: int, change: Decimal) -> bool:
    """Say whether changing one amount is found and stops."""
    match = AMOUNT.fullmatch(lines[at])
    assert match
    value = Decimal(match[1].replace(",", "")) + change
    changed = [*lines[:at], f"\t{value:,.2f}", *lines[at + 1 :]]
    document = recognise(txt.read("\n".join(changed).encode(), NAME))
    found = (*document.findings, *verify(document).findings())
    return any(finding.severity == Severity.STOP for finding in found)


def test_a_cent_in_any_cell_is_found(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = cells_of_tables(lines)
    assert len(cells) == 281
    assert all(caught(lines, at, Decimal("0.01")) for at in cells[::12])


@pytest.mark.soak
def test_a_cent_more_or_less_in_every_cell_is_found(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    changes = [(at, sign * Decimal("0.01")) for at in cells_of_tables(lines) for sign in (1, -1)]
    assert [(at, change) for at, change in changes if not caught(lines, at, change)] == []


def rows_of_tables(lines: list[str]) -> list[tuple[int, int]]:
    """Give the lines from and to of every coded row of T2, T3, T5 and T8."""
    starts = [i for i, line in enumerate(lines) if re.fullmatch(r"\t\d{3}", line)]
    ends = [next(j for j in range(i, len(lines)) if not lines[j]) for i in starts]
    return [(start - 1, end) for start, end in zip(starts, ends, strict=True)]


def test_a_row_lost_or_doubled_is_found(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for start, end in rows_of_tables(lines)[::4]:
        without = [*lines[:start], *lines[end:]]
        doubled = [*lines[:end], "", *lines[start:end], *lines[end:]]
        for changed in (without, doubled):
            document = recognise(txt.read("\n".join(changed).encode(), NAME))
            assert verify(document).stops, lines[start:end]
