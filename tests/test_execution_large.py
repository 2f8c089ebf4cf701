"""A workbook of very many payments: imported whole, with work and memory that grow with its rows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from generate import generate
from imports import measure
from imports import workbook
from tests.books import run

from yusuan.importers.readers import limits
from yusuan.importers.readers import wire
from yusuan.importers.readers import xlsx
from yusuan.importers.readers.progress import heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOAKED = 100_000
#: Work that grows with the square of the payments shows as 2; new accounts are opened unevenly.
LINEAR = 1.3
#: What so many payments were seen to take is below half of these.
MOST_MEBIBYTES, MOST_READING_MEBIBYTES = 3_000, 1_500


def calls_of(work: Callable[[], object]) -> int:
    """Count the calls of Python functions that a piece of work makes."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[Path, int], int], folder: Path) -> float:
    """Tell how much more each of 400 further payments takes than each of the 400 before."""
    one, two, three = (work(folder, payments) for payments in (200, 600, 1_000))
    return (three - two) / (two - one)


def reading(folder: Path, payments: int) -> int:
    """Count the calls that reading such a workbook makes, and handing it over."""
    file = folder / f"{payments}.xlsx"
    workbook(file, payments)
    data = file.read_bytes()
    return calls_of(lambda: wire.load(wire.dump(xlsx.read(data, "a.xlsx")), "a.xlsx", ""))


def importing(folder: Path, payments: int) -> int:
    """Count the calls that importing such a workbook makes, the reading apart."""
    book, file = folder / f"账套{payments}", folder / f"{payments}.xlsx"
    generate(book, 0)
    workbook(file, payments)
    return calls_of(lambda: done(run("import", file, "--book", book, "--yes").exit_code))


def done(status: int) -> None:
    assert status == 0


@pytest.mark.parametrize("work", [reading, importing])
def test_every_further_payment_takes_the_same(
    work: Callable[[Path, int], int], tmp_path: Path
) -> None:
    assert growth(work, tmp_path) < LINEAR


def test_the_limits_leave_room_for_a_year_of_payments() -> None:
    assert limits.MAX_ROWS > SOAKED + 2
    assert limits.MAX_CELLS >= SOAKED * 20


def test_a_long_reading_says_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    workbook(file, 2_500)
    told: list[tuple[str, int]] = []
    with heard(lambda what, count: told.append((what, count))):
        xlsx.read(file.read_bytes(), "a.xlsx")
    assert told == [("行", 1_000), ("行", 2_000)]


@pytest.mark.soak
@pytest.mark.timeout(1_800)
def test_a_hundred_thousand_payments_are_imported(tmp_path: Path) -> None:
    whole, read = measure(tmp_path, SOAKED)
    book = tmp_path / f"账套{SOAKED}"
    months = "".join(path.read_text("utf-8") for path in (book / "2020").glob("2020-*.beancount"))
    assert months.count("\n  pay_cert_no: ") == SOAKED
    checked = run("check", book)
    assert checked.exit_code == 0, checked.output
    assert (whole.mebibytes < MOST_MEBIBYTES, read.mebibytes < MOST_READING_MEBIBYTES) == (
        True,
        True,
    ), (whole, read)
