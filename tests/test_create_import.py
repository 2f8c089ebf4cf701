"""From nothing to an approved book: init, import, import again; nothing written that does not tie out."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import SOURCE
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.books import pay
from tests.books import python
from tests.books import run
from tests.books import snapshot

from yusuan.importers.budget import recognise
from yusuan.importers.readers import read
from yusuan.ledger.books import write
from yusuan.ledger.books.create import NewBook
from yusuan.ledger.books.create import create
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.text import TextError
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.position import positions

if TYPE_CHECKING:
    from pathlib import Path

ROWS = list(csv.reader(io.StringIO(SOURCE.read_text("utf-8"))))
#: The tables of amounts by subject, T1 to T8, end where the table of 三公 begins.
TABLES_END = next(at for at, row in enumerate(ROWS) if "“三公”经费和机关运行经费" in row[0])
AMOUNT = re.compile(r"[\d,]+\.\d\d")
CELLS = [
    (at, column)
    for at, row in enumerate(ROWS[:TABLES_END])
    for column, text in enumerate(row)
    if AMOUNT.fullmatch(text)
]
#: Rows of 类, 款 or 项 that are not zero; one is not to be missed or to stand twice.
CODED = [
    at
    for at, row in enumerate(ROWS[:TABLES_END])
    if re.fullmatch(r"[23]\d\d", row[0]) and any(AMOUNT.fullmatch(text) for text in row)
]


def save(rows: list[list[str]], path: Path) -> Path:
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(rows)
    path.write_text(output.getvalue(), "utf-8")
    return path


def refused(book: Path, rows: list[list[str]]) -> bool:
    """Import a document, which must leave the book as it was; tell whether it was refused."""
    before = snapshot(book)
    done = run("import", save(rows, book.parent / "document.csv"), "--book", book, "--yes")
    assert done.exit_code in {0, 1}
    return done.exit_code == 1 and snapshot(book) == before


def one_fen_more(at: int, column: int) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    text = rows[at][column]
    rows[at][column] = f"{text[:-1]}{(int(text[-1]) + 1) % 10}"
    return rows


def test_init_refuses_a_folder_with_anything_in_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").touch()
    before = snapshot(tmp_path)
    done = run("init", tmp_path, "--unit", "甲", "--year", "2020", "--kind", "行政")
    assert (done.exit_code, snapshot(tmp_path)) == (2, before)
    assert "不是空目录" in done.stderr


def test_init_can_be_tried_again_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="full"):
            create(tmp_path / "book", NewBook("甲", 2020, "行政"))
    assert snapshot(tmp_path) == {}
    empty(tmp_path / "book")


def test_a_new_book_is_in_order(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    assert run("check", book, "--strict").exit_code == 0
    done = python("from beancount.scripts.check import main; main()", "-C", book / "main.beancount")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    main = (book / "main.beancount").read_text("utf-8")
    assert "*" not in [line for line in main.splitlines() if line.startswith("include")]
    assert main.count("include ") == 15  # the chart, the queries, the budget and twelve months
    for commodity in ("CNY", "CNY-ZB", "CNY-JJ", "CNY-ZX"):
        assert f'option "operating_currency" "{commodity}"' in main


def test_a_unit_may_have_any_name_but_no_hidden_characters(tmp_path: Path) -> None:
    create(tmp_path / "a", NewBook('甲"乙"\\丙', 2020, "事业", ("合成数据",)))
    assert load_book(tmp_path / "a").stops == ()
    assert load_book(tmp_path / "a").settings.unit == '甲"乙"\\丙'
    with pytest.raises(TextError):
        create(tmp_path / "b", NewBook("甲\n乙", 2020, "行政"))
    with pytest.raises(TextError):
        create(tmp_path / "c", NewBook("甲", 2020, "行政", ("一\n二",)))
    assert not (tmp_path / "b").exists()


def test_authority_is_what_the_tables_approve(tmp_path: Path) -> None:
    found = view(load_book(approved(tmp_path / "book")))
    held = positions(found.events, found.layers, found.events[0].date)
    document = recognise(read(SOURCE))
    for table, funds in (("T3", {"11", "39"}), ("T5", {"11"})):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line in found.layers.register.lines.values():
            if line.fund in funds:
                sums[line.function] += held.of(line_cell(line.id)).approved
        printed = {
            row.code: row.amount("total")
            for row in document.table(table).coded()  # type: ignore[union-attr]
            if len(row.code) == 7
        }
        assert dict(sums) == printed
    limits = document.table("T8")
    assert limits is not None
    approved_ = {
        (cell.scope, cell.code): position.approved
        for cell, position in held.cells.items()
        if cell.code
    }
    assert approved_ == {
        (scope, row.code): row.amount(key)
        for row in limits.coded()
        for scope, key in (("1", "personnel"), ("2", "operating"))
        if len(row.code) == 5 and row.amount(key)
    }
    projects = {
        line.name: held.of(line_cell(line.id)).approved
        for line in found.layers.register.lines.values()
        if line.project
    }
    assert sorted(projects.values()) == [Decimal(50_000), Decimal(60_000), Decimal(2_730_000)]


def test_importing_again_changes_no_byte(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    before = snapshot(book)
    copy = tmp_path / "另一个名字.csv"
    copy.write_bytes(SOURCE.read_bytes())
    for file in (SOURCE, copy):
        done = run("import", file, "--book", book, "--yes")
        assert (done.exit_code, snapshot(book)) == (0, before)
        assert "已经导入过" in done.output


def test_another_document_of_the_year_is_refused(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    assert refused(book, [*ROWS, ["", "另一份"]])


def test_the_controls_are_shown_and_nothing_is_written_unasked(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    before = snapshot(book)
    preview = run("import", SOURCE, "--book", book, "--dry-run")
    assert preview.exit_code == 0
    for word in ("8,466,201.85", "4,777,922.50", "848,279.35", "2,730,000.00", "由金额唯一确定"):
        assert word in preview.output
    unasked = run("import", SOURCE, "--book", book)
    assert unasked.exit_code == 1
    assert "请加 --yes" in unasked.output
    assert snapshot(book) == before


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--date", "2021-01-20"], "不在2020年"),
        (["--doc", "文号\u202e"], "不可见字符"),
    ],
)
def test_an_approval_that_cannot_be(tmp_path: Path, options: list[str], why: str) -> None:
    book = empty(tmp_path / "book")
    before = snapshot(book)
    done = run("import", SOURCE, "--book", book, "--yes", *options)
    assert done.exit_code in {1, 2}
    assert why in done.output
    assert snapshot(book) == before


def test_a_book_of_another_year_refuses(tmp_path: Path) -> None:
    book = tmp_path / "book"
    run("init", book, "--unit", "甲", "--year", "2021", "--kind", "行政")
    before = snapshot(book)
    done = run("import", SOURCE, "--book", book, "--yes")
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "账套是2021年的" in done.output


def test_the_document_of_another_unit_is_pointed_out(tmp_path: Path) -> None:
    book = tmp_path / "book"
    run("init", book, "--unit", "甲局", "--year", "2020", "--kind", "行政")
    done = run("import", SOURCE, "--book", book, "--dry-run")
    assert "账套的单位是“甲局”" in done.output
    own = tmp_path / "own"
    unit = "上海市松江区人民政府信访办公室"
    run("init", own, "--unit", unit, "--year", "2020", "--kind", "行政")
    assert "警告" not in run("import", SOURCE, "--book", own, "--dry-run").output


def test_a_book_that_does_not_check_takes_no_import(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    change(book / "main.beancount", 'plugin "yusuan.plugins.strict"\n', "")
    before = snapshot(book)
    assert run("import", SOURCE, "--book", book, "--yes").exit_code == 1
    assert snapshot(book) == before


def test_a_file_that_is_not_included_takes_no_import(tmp_path: Path) -> None:
    book = empty(tmp_path / "book")
    change(book / "main.beancount", 'include "2020/budget.beancount"\n', "")
    before = snapshot(book)
    done = run("import", SOURCE, "--book", book, "--yes")
    assert (done.exit_code, snapshot(book)) == (2, before)
    assert "没有包含" in done.stderr


def test_an_import_cut_short_can_be_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = empty(tmp_path / "book")
    real, calls = write._sync_folder, 0

    def failing(folder: Path) -> None:
        nonlocal calls
        calls += 1
        real(folder)
        if calls == 1:  # the chart is in place, the budget is not
            raise OSError(5, "io")

    with monkeypatch.context() as patch:
        patch.setattr(write, "_sync_folder", failing)
        assert run("import", SOURCE, "--book", book, "--yes").exit_code == 2
    assert run("check", book).exit_code == 0
    assert run("import", SOURCE, "--book", book, "--yes").exit_code == 0
    whole = approved(tmp_path / "whole")
    assert snapshot(book)["2020/budget.beancount"] == snapshot(whole)["2020/budget.beancount"]


@pytest.mark.parametrize(("at", "column"), CELLS[::9])
def test_a_fen_in_any_table_is_refused(tmp_path: Path, at: int, column: int) -> None:
    assert refused(empty(tmp_path / "book"), one_fen_more(at, column))


@pytest.mark.soak
@pytest.mark.parametrize(("at", "column"), CELLS)
def test_a_fen_in_every_cell_is_refused(tmp_path: Path, at: int, column: int) -> None:
    assert refused(empty(tmp_path / "book"), one_fen_more(at, column))


@pytest.mark.parametrize("at", CODED[::5])
def test_a_lost_row_is_refused(tmp_path: Path, at: int) -> None:
    assert refused(empty(tmp_path / "book"), ROWS[:at] + ROWS[at + 1 :])


@pytest.mark.parametrize("at", CODED[::5])
def test_a_row_that_stands_twice_is_refused(tmp_path: Path, at: int) -> None:
    assert refused(empty(tmp_path / "book"), ROWS[: at + 1] + ROWS[at:])


def test_money_can_be_spent_on_what_was_imported(tmp_path: Path) -> None:
    assert pay(approved(tmp_path / "book")).exit_code == 0
