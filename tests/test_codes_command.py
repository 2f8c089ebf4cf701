"""`yusuan codes`: a finance office's table becomes the book's own, and takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from beancount import loader
from tests.books import approved
from tests.books import pay
from tests.books import python
from tests.books import run
from tests.books import snapshot

from yusuan.ledger.books.load import load_book

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """\
附件：2020年部门预算支出经济分类科目,
科目编码,科目名称
302,商品和服务支出
30201,办公费
30209,物业管理费
30227,委托业务费
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "科目.csv"
    file.write_text(TABLE, "utf-8")
    return file


def codes(book: Path, table: Path, *more: str, year: str = "2020") -> tuple[int, str]:
    done = run("codes", table, "--scheme", "economic", "--year", year, "--book", book, *more)
    return done.exit_code, done.output


def test_a_table_is_kept_in_the_book(book: Path, table: Path) -> None:
    path = book / "codes" / "economic-2020.csv"
    assert codes(book, table) == (
        0,
        f"已写入 {path}：2020年部门预算支出经济分类 4 个科目；请用 yusuan check 重新检查账套\n",
    )
    assert "30227" in path.read_text("utf-8")


def test_the_same_table_again_changes_nothing(book: Path, table: Path) -> None:
    codes(book, table)
    path = book / "codes" / "economic-2020.csv"
    before, time = snapshot(book), path.stat().st_mtime_ns
    assert codes(book, table) == (
        0,
        "2020年部门预算支出经济分类 4 个科目，与账套中的相同，没有变化\n",
    )
    assert (snapshot(book), path.stat().st_mtime_ns) == (before, time)


def test_a_later_edition_takes_its_place(book: Path, table: Path) -> None:
    codes(book, table)
    table.write_text(TABLE + "30299,其他商品和服务支出\n", "utf-8")
    assert "5 个科目" in codes(book, table)[1]
    assert "30299" in (book / "codes" / "economic-2020.csv").read_text("utf-8")


def test_it_takes_effect_in_every_way_of_checking(book: Path, table: Path) -> None:
    assert (
        pay(book, line="2020X01", economic="30288").exit_code == 0
    )  # nobody knows 30288: a warning
    hints = [(f.rule, f.severity) for f in load_book(book).findings]
    assert ("R03", "warn") in hints
    codes(book, table)
    done = run("check", book)
    assert done.exit_code == 1
    assert "[R03] 2020年无此科目 30288" in done.stdout
    check = python(
        "from beancount.scripts.check import main; main()", "-C", book / "main.beancount"
    )
    assert check.returncode == 1
    assert "[R03]" in check.stderr


def test_a_payment_is_judged_by_it(book: Path, table: Path) -> None:
    codes(book, table)
    before = snapshot(book)
    done = pay(book, line="2020X01", economic="30288")
    assert (done.exit_code, snapshot(book)) == (1, before)
    assert "2020年无此科目 30288" in done.stdout
    assert pay(book, line="2020X01", economic="30227").exit_code == 0


def test_another_year_is_not_judged_by_it(book: Path, table: Path) -> None:
    codes(book, table, year="2021")
    assert pay(book, line="2020X01", economic="30288").exit_code == 0


def test_fava_is_told_of_it(book: Path, table: Path) -> None:
    codes(book, table)
    _, _, options = loader.load_file(str(book / "main.beancount"))
    included = options["include"]
    assert str(book / "codes" / "economic-2020.csv") in included
    assert str(book / "yusuan.toml") in included
    assert len(included) == len(set(included))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("乱写\n", "科目.csv"),
        ("科目编码,科目名称\n302,商品和服务支出\n30201,办公费\n30201,另一个\n", "科目.csv"),
        ("", "科目.csv"),
    ],
)
def test_a_table_that_cannot_be_read_changes_nothing(
    book: Path, table: Path, text: str, said: str
) -> None:
    table.write_text(text, "utf-8")
    before = snapshot(book)
    status, output = codes(book, table)
    assert status == 2
    assert output.startswith("错误：")
    assert said in output
    assert snapshot(book) == before


def test_a_sheet_that_is_not_there(book: Path, table: Path) -> None:
    status, output = codes(book, table, "--sheet", "没有")
    assert status == 2
    assert "没有工作表“没有”" in output


def test_no_book_no_table(tmp_path: Path, table: Path) -> None:
    assert codes(tmp_path, table)[0] == 2
    assert not (tmp_path / "codes").exists()
