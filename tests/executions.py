"""Execution files for tests: the golden ones, files written row by row, and what is read of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution import read_file
from yusuan.importers.readers import read
from yusuan.ledger.classification import load
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.finding import Finding

FOLDER = Path(__file__).parent / "execution"
PAYMENTS = FOLDER / "支付凭证.csv"
HEAD = [
    "支付凭证号", "凭证日期", "收款人", "支付金额", "资金性质", "支出功能分类", "部门支出经济分类", "用途", "预算指标",
]  # fmt: skip
#: A row that is in order on the example's book; tests change one cell at a time.
ROW = ["P1", "2020-03-16", "物业公司", "100.00", "11", "2010301", "30209", "物业费", "2020J01"]


def row(**changes: str) -> list[str]:
    """Give a row that is in order but for some cells, named by their headings."""
    return [changes.get(name, value) for name, value in zip(HEAD, ROW, strict=True)]


def write(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Save rows as CSV."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(rows)
    path.write_text(output.getvalue(), "utf-8")
    return path


def rows_of(path: Path) -> list[list[str]]:
    """Give the rows of a CSV file."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def heard(path: Path, book: Path | None = None) -> tuple[Execution, list[Finding]]:
    """Read a file with the package's words."""
    return read_file(read(path), load_vocabulary(book), load())


def shape(found: Execution) -> dict[str, Any]:
    """Give a file as JSON has it."""
    return {
        "kind": found.kind.value,
        "records": [
            {
                "where": str(each.where),
                "amount": plain(each.amount),
                "day": each.day.isoformat() if each.day else None,
                **each.fields,
                **({"reserved": each.reserved} if each.reserved else {}),
            }
            for each in found.records
        ],
        "notes": list(found.notes),
        "controls": list(found.controls),
    }
