"""Import → book → tables: T1–T9 as a book holds them are those that the document printed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import SOURCE
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.books import run
from tests.webs import EXAMPLE
from tests.webs import copied

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.published import published_of
from yusuan.ledger.books.view import view
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.published.budget import verdicts
from yusuan.ledger.tables.published.holdings import Holdings
from yusuan.ledger.tables.published.holdings import Stage
from yusuan.ledger.tables.published.public import public
from yusuan.ledger.tables.published.sheet import WAN

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.view import View
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Table
    from yusuan.ledger.tables.published.budget import Published

ALL = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"]
#: A hundredth of 万元, in 元: as far as T9 is printed.
_HUNDREDTH = Decimal(100)
#: Table, side, code or key of the row, amount key.
Place = tuple[str, str | None, str, str]


@pytest.fixture(scope="module")
def found() -> View:
    return view(load_book(EXAMPLE))


@pytest.fixture(scope="module")
def budget(found: View) -> Published:
    return published_of(found, 2020, Stage.APPROVED)


def figures(document: Document) -> dict[Place, Decimal]:
    """Every amount of every table that is not nothing: what is blank in print is 0.00 in a book."""
    return {
        (table.id, row.side, row.code or row.key or row.level, key): _as_printed(table, cell.amount)
        for table in document.tables
        for row in table.rows
        for key, cell in row.amounts.items()
        if cell.amount
    }


def _as_printed(table: Table, amount: Decimal) -> Decimal:
    if table.measure != WAN:
        return amount
    return (amount / _HUNDREDTH).quantize(Decimal(1), ROUND_HALF_UP) * _HUNDREDTH


def imported(document: Path, folder: Path, year: int) -> View:
    """Import a document into a new book."""
    said = ("--unit", "示例单位", "--year", str(year), "--kind", "行政")
    for command in (("init", folder, *said), ("import", document, "--book", folder, "--yes")):
        done = run(*command)
        assert done.exit_code == 0, done.output
    return view(load_book(folder))


def test_the_approved_tables_are_those_of_the_document(budget: Published) -> None:
    """Cell by cell, after a whole year was recorded; every cell is known."""
    document = recognise(read(SOURCE))
    assert figures(budget.document) == figures(document)
    assert [table.id for table in budget.document.tables] == ALL
    blank = [
        (table.id, row.name, key)
        for table in budget.document.tables
        for row in table.rows
        for key, cell in row.amounts.items()
        if cell.amount is None
    ]
    assert blank == []


def test_rows_stand_in_the_order_of_print(budget: Published) -> None:
    document = recognise(read(SOURCE))
    for table in document.tables:
        made = budget.document.table(table.id)
        assert made is not None
        assert made.title == table.title
        for side in (None, "revenue", "expenditure"):
            rows = [(row.level, row.code) for row in table.rows if row.side == side and row.code]
            assert [
                (row.level, row.code) for row in made.rows if row.side == side and row.code
            ] == rows


@pytest.mark.parametrize(
    ("name", "year", "cells"),
    [
        ("松江区信访办2020部门预算.txt", 2020, 183),
        ("上海市普陀区人民政府万里街道办事处23年预算.pdf", 2023, 520),
        pytest.param("上海市普陀区财政局部门25年预算.pdf", 2025, 212, marks=pytest.mark.soak),
        pytest.param("上海市普陀区人民政府办公室25年预算.pdf", 2025, 221, marks=pytest.mark.soak),
    ],
)
def test_the_real_documents_come_back(
    documents: Path, tmp_path: Path, name: str, year: int, cells: int
) -> None:
    """Every amount that is printed and not nothing, and no other."""
    path = documents / name
    if not path.is_file():
        pytest.skip(f"{name} is not on this machine")
    made = published_of(imported(path, tmp_path / "book", year), year, Stage.APPROVED)
    expected = figures(recognise(read(path)))
    assert figures(made.document) == expected
    assert len(expected) == cells


@pytest.mark.parametrize("stage", list(Stage))
def test_all_identities_hold_over_the_made_tables(found: View, stage: Stage) -> None:
    said = {each.identity.id: each for each in verdicts(published_of(found, 2020, stage).document)}
    assert [id_ for id_, each in said.items() if each.failed or each.unsure] == []
    assert sum(each.checked for each in said.values()) > 250
    # The others are about prose, which a book does not hold.
    applied = {id_ for id_, each in said.items() if each.checked}
    assert applied >= {f"B{number:02d}" for number in range(1, 11)} | {"B18"}


def test_the_adjusted_tables_are_what_execution_says(found: View) -> None:
    made = published_of(found, 2020, Stage.ADJUSTED).document
    spending, economic = made.table("T3"), made.table("T8")
    assert spending is not None
    assert economic is not None
    for table, by in ((spending, By.FUNCTION), (economic, By.ECONOMIC)):
        rows = found.execution(by, date(2020, 12, 31)).rows
        said = {
            row.code: row.position.adjusted
            for row in rows
            if row.position and row.position.adjusted
        }
        assert {code: row.amount("total") for code, row in table.by_code().items()} == said
    public = made.table("T9")
    assert public is not None
    [row] = public.rows
    assert (row.amount("reception"), row.amount("total")) == (Decimal(500), Decimal(500))
    assert row.amount("running_costs") == economic.rows[-1].amount("operating")


def test_each_cell_is_the_sum_of_what_stands_behind_it(found: View) -> None:
    positions = found.execution(By.LINE, date(2020, 12, 31)).rows
    held = {row.line.id: row.position.adjusted for row in positions if row.line and row.position}
    for made in published_of(found, 2020, Stage.ADJUSTED).made[:7]:
        for (at, key), cells in made.evidence.items():
            total = sum((held[cell.scope] for cell in cells), Decimal(0))
            assert total == made.table.rows[at].amount(key)


def test_without_particulars_limits_stand_for_what_t9_printed(tmp_path: Path) -> None:
    """公用经费 gives 机关运行经费 of an administrative unit, to the fen."""
    book = approved(tmp_path / "book")
    (book / "2020" / "particulars.toml").unlink()
    made = published_of(view(load_book(book)), 2020, Stage.APPROVED).document.table("T9")
    assert made is not None
    assert (made.rows[0].amount("total"), made.rows[0].amount("running_costs")) == (
        Decimal("0.00"),
        Decimal("848279.35"),
    )
    assert "各项按账上的额度（含容差）列示" in made.note


def test_a_unit_that_is_not_administrative_has_no_running_costs(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    change(book / "yusuan.toml", '"行政"', '"事业"')
    made = published_of(view(load_book(book)), 2020, Stage.ADJUSTED).document.table("T9")
    assert made is not None
    assert made.rows[0].amount("running_costs") is None
    assert "行政和参公单位" in made.note


def test_what_a_book_cannot_know_is_blank_and_said(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    made = published_of(view(load_book(book)), 2020, Stage.APPROVED)
    assert [title for title, _ in made.missing] == [
        "2020年部门一般公共预算拨款基本支出经济分类预算表"
    ]
    public = made.document.table("T9")
    assert public is not None
    assert {cell.amount for cell in public.rows[0].amounts.values()} == {None}
    assert "没有年初批复的“三公”经费" in public.note
    assert [each for each in verdicts(made.document) if each.failed] == []


def test_a_wrong_cell_is_found(tmp_path: Path) -> None:
    """An economic limit that was raised alone: T8 is no longer the 基本支出 of T5."""
    book = copied(tmp_path / "book")
    text = (book / "2020" / "budget.beancount").read_text("utf-8")
    path = "1-人员经费:301-工资福利支出:30103-奖金"
    text += (
        '\n2020-12-31 * "追加" ^zj-x\n  id: "zj-x"\n  event: "supplement"\n  doc: "示例"\n'
        f"  Equity:98-经济分类控制:02-可用:{path}   1.00 CNY-JJ\n"
        f"  Equity:98-经济分类控制:01-来源:{path}   -1.00 CNY-JJ\n"
    )
    (book / "2020" / "budget.beancount").write_text(text, "utf-8")
    made = published_of(view(load_book(book)), 2020, Stage.ADJUSTED).document
    assert {each.identity.id for each in verdicts(made) if each.failed} == {"B08"}


@pytest.mark.parametrize(
    ("printed", "total", "abroad", "vehicle_running"),
    [
        ({"total": "9500", "reception": "9500"}, "9500", "0.00", "0.00"),
        ({"total": "9500", "reception": "9500", "vehicle": "0.00"}, "9500", "0.00", "0.00"),
        ({"total": "9500", "reception": "3000"}, None, None, None),
        ({"total": "9500", "abroad": "9000", "vehicle": "500", "vehicle_running": "500"}, "9500", "9000", "500"),
    ],
)  # fmt: skip
def test_a_blank_of_t9_is_nothing_where_the_printed_sum_shows_it(
    printed: dict[str, str], total: str | None, abroad: str | None, vehicle_running: str | None
) -> None:
    given = {key: Decimal(amount) for key, amount in printed.items()}
    held = Holdings(2020, Stage.APPROVED, (), (), {}, ())
    [row] = public(held, given, administrative=False).table.rows
    keys = ("total", "abroad", "vehicle_running")
    expected = [each and Decimal(each) for each in (total, abroad, vehicle_running)]
    assert [row.amount(key) for key in keys] == expected
