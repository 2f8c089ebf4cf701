"""A code beside its printed name: one of them is wrong where they are not each other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.allotments.cells import VALUE
from yusuan.ledger.classification import Verdict

if TYPE_CHECKING:
    from datetime import date

    from yusuan.importers.allotments.cells import Cells
    from yusuan.importers.allotments.values import Coded
    from yusuan.ledger.classification import Classification
    from yusuan.ledger.classification import Scheme


def compare(
    cells: Cells, role: str, read: Coded, scheme: Scheme, day: date | None, codes: Classification
) -> None:
    """Report a name that is not its code's on a day; note it where our own table was not verified."""
    table = codes.table(scheme)
    if day is None or not read.code or not read.name or table.get(read.code, day) is None:
        return
    if table.matches(read.code, day, read.name):
        return
    official = table.name(read.code, day)
    if table.verdict(read.code, day) is Verdict.VALID:
        why = f"编码 {read.code} 是“{official}”，文件写的是“{read.name}”；编码和名称不一致，请核对"
        cells.report(VALUE, cells.cell(role), why)
        return
    note = f"编码 {read.code} 在科目表中是“{official}”（未经核实），文件写的是“{read.name}”，请核对"
    if note not in cells.notes:
        cells.notes.append(note)
