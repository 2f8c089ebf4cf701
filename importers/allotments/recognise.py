"""A grid to a 指标 list: every visible sheet that has the header of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.allotments import header as headers
from yusuan.importers.allotments import measures
from yusuan.importers.allotments.cells import HEADER
from yusuan.importers.allotments.cells import TWICE
from yusuan.importers.allotments.cells import VALUE
from yusuan.importers.allotments.reading import Sheet
from yusuan.ledger.budget.allotment import AllotmentList
from yusuan.ledger.finding import Finding
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.importers.allotments.columns import Header
    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import Grid
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.budget.allotment import Row
    from yusuan.ledger.classification import Classification


def is_list(grid: Grid, words: Words) -> bool:
    """Tell a 指标 list from any other document by its header row."""
    return any(headers.find(rows, words) for rows in grid.sheets())


def read_list(
    grid: Grid, words: Words, codes: Classification, year: int | None = None
) -> tuple[AllotmentList, list[Finding]]:
    """Read a list; a finding with its cell for everything that is wrong with it.

    `year` is that of rows that say none, for the names of their codes. Rows are taken only from
    sheets with a header of their own; what is left out is noted.
    """
    sheets: list[Sheet] = []
    notes: list[str] = []
    for rows in grid.sheets():
        header = headers.find(rows, words)
        if header is None:
            notes.append(f"{rows[0].where.sheet or '文件'}没有指标表的表头，没有读取")
            continue
        sheet = Sheet(header, words, _measure(rows, header), codes, year)
        sheet.read(rows)
        sheets.append(sheet)
    found = tuple(row for sheet in sheets for row in sheet.rows)
    years = {year for sheet in sheets for year in sheet.years}
    listed = AllotmentList(
        source=grid.file,
        sha256=grid.sha256,
        rows=found,
        units=tuple(dict.fromkeys(unit for sheet in sheets for unit in sheet.units)),
        year=min(years, default=None),
        names={code: name for sheet in sheets for code, name in sheet.names.items()},
        notes=(*notes, *(note for sheet in sheets for note in sheet.notes)),
        controls=tuple(control for sheet in sheets for control in sheet.controls),
    )
    findings = [each for sheet in sheets for each in sheet.findings]
    findings += [_of_file(grid, TWICE, why) for why in _twice(found)]
    if len(years) > 1:
        text = f"有几个年度（{'、'.join(map(str, sorted(years)))}），请每个年度一个文件"
        findings.append(_of_file(grid, VALUE, text))
    if not found and not findings:
        findings.append(_of_file(grid, HEADER, "表头下面没有指标"))
    return listed, findings


def _measure(rows: Sequence[GridRow], header: Header) -> str:
    """Give the measure: the amount's own header says it, else a line above the header."""
    own = header.row.cells[header.codes["amount"]].text if "amount" in header.codes else ""
    return measures.measure(own, (cell.text for row in rows[: header.at] for cell in row.filled))


def _twice(rows: tuple[Row, ...]) -> Iterator[str]:
    """Find what has one 指标 id, one document and one 款, and stands there twice."""
    seen: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        first = seen.setdefault((row.id, row.doc, row.economic), row) if row.id else row
        if first is not row:
            yield f"{row.where}的指标 {row.id} 与{first.where}的重复（文号、经济分类相同），请只留一行"


def _of_file(grid: Grid, rule: str, why: str) -> Finding:
    return Finding(Where(file=grid.file).source(), why, None, rule)
