"""A grid to an execution file: every sheet under known headings; what was left out is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.allotments.cells import HEADER
from yusuan.importers.execution import header
from yusuan.importers.execution.record import Execution
from yusuan.importers.execution.record import Kind
from yusuan.importers.execution.sheet import Sheet
from yusuan.ledger.finding import Finding
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from yusuan.importers.execution.vocabulary import Signs
    from yusuan.importers.execution.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import Grid
    from yusuan.ledger.classification import Classification


def kind_of(grid: Grid, vocabulary: Vocabulary) -> Signs | None:
    """Tell what kind of execution file a grid is by its headings; None where it is none."""
    found = (header.find(rows, vocabulary) for rows in grid.sheets())
    return next((each.signs for each in found if each), None)


def read_file(
    grid: Grid, vocabulary: Vocabulary, codes: Classification
) -> tuple[Execution, list[Finding]]:
    """Read an execution file that `kind_of` knows; a finding with its cell for all that is wrong.

    With a finding the records are not to be used: totals were not compared. Raises ValueError
    where the grid is no execution file.
    """
    signs = kind_of(grid, vocabulary)
    if signs is None:
        raise ValueError(grid.file)
    sheets: list[Sheet] = []
    notes: list[str] = []
    findings: list[Finding] = []
    for rows in grid.sheets():
        heading = header.find(rows, vocabulary)
        if heading is None:
            notes.append(f"{rows[0].where.sheet or '文件'}没有认得的表头，没有读取")
        elif heading.signs.kind is not signs.kind:
            why = (
                f"{rows[0].where}起是{heading.signs.name}，与前面的{signs.name}不是一种文件，请分开"
            )
            findings.append(Finding(rows[0].where.source(), why, None, HEADER))
        else:
            sheet = Sheet(heading, vocabulary.words, codes)
            sheet.read(rows)
            sheets.append(sheet)
    records = tuple(record for sheet in sheets for record in sheet.records)
    findings += [each for sheet in sheets for each in sheet.findings]
    if not records and not findings:
        why = f"{signs.name}的表头下面没有内容"
        if signs.kind is Kind.EXPORT and any(sheet.rows for sheet in sheets):
            why = "没有借方是预算支出（7 开头的科目）的分录，没有可以记账的支付"
        findings.append(Finding(Where(file=grid.file).source(), why, None, HEADER))
    notes += [note for sheet in sheets for note in sheet.notes]
    controls = tuple(control for sheet in sheets for control in sheet.controls)
    if not controls:
        notes.append("文件没有印合计，行数和金额无从核对，请自行核对上面的合计")
    units = {code: name for sheet in sheets for code, name in sheet.units.items()}
    read = Execution(
        signs.kind,
        signs.name,
        grid.file,
        grid.sha256,
        records,
        tuple(notes),
        controls,
        tuple(units.values()),
    )
    return read, findings
