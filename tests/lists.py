"""指标 lists for tests: the golden ones, lists written row by row, and the same as a workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from tests.books import run

from yusuan.importers.allotments import load_words
from yusuan.importers.allotments import read_list
from yusuan.importers.readers import read
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from click.testing import Result

    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.finding import Finding

FOLDER = Path(__file__).parent / "allotments"
FIRST, LATER = FOLDER / "年初.csv", FOLDER / "追加.csv"
HEAD = [
    "指标ID",
    "资金性质",
    "支出功能分类",
    "部门支出经济分类",
    "项目类别",
    "项目",
    "指标文号",
    "金额",
]
#: A row that is in order; tests change one cell at a time.
ROW = [
    "",
    "11-一般公共预算",
    "2010301-行政运行",
    "30201-办公费",
    "公用经费",
    "",
    "文〔2020〕1号",
    "100.00",
]


def row(**changes: str) -> list[str]:
    """Give a row that is in order but for some cells, named by their headers."""
    return [changes.get(name, value) for name, value in zip(HEAD, ROW, strict=True)]


def write(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> Path:
    """Save rows as CSV."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(rows)
    path.write_bytes(output.getvalue().encode(encoding))
    return path


def as_workbook(source: Path, path: Path) -> Path:
    """Save a CSV list as a workbook with numbers where a spreadsheet would have them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for each in csv.reader(io.StringIO(source.read_text("utf-8"))):
        sheet.append([_number(text) for text in each])
    book.save(path)
    return path


def _number(text: str) -> str | int | float | None:
    bare = text.replace(",", "")
    # A spreadsheet would lose the digits of a longer one, so people keep those as text.
    if not bare.replace(".", "").removeprefix("-").isdecimal() or len(bare) > 15:
        return text or None
    return float(bare) if "." in bare else int(bare)


def heard(path: Path) -> tuple[AllotmentList, list[Finding]]:
    """Read a list with the package's words."""
    return read_list(read(path), load_words(), load(), 2020)


def take(book: Path, file: Path, *more: str) -> Result:
    """Import a list without being asked."""
    return run("import", file, "--book", book, "--yes", *more)
