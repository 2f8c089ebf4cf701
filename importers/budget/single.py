"""T9, the figures of 三公: a row of them, a row for each unit, or an item a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import headers
from yusuan.importers.budget import words
from yusuan.importers.budget.work import keys
from yusuan.importers.budget.work import twice
from yusuan.ledger.tables.model import Row

if TYPE_CHECKING:
    from yusuan.importers.budget.work import Read
    from yusuan.importers.budget.work import Work
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow

#: What a table of both says of each row: the budget, and what was spent of it.
BUDGETED: Final = "budget"
FINAL: Final = "final"
_VERSIONS: Final = {BUDGETED: "预算数", FINAL: "决算数"}

_YEAR: Final = re.compile(r"20\d{2}(?=年)")
#: A list of items names at least so many.
_FEWEST_ITEMS: Final = 3


def read(work: Work) -> Read:
    """Read a table without codes and mostly without a label."""
    items = {id(row): key for row in work.body.data if (key := _item(row, work))}
    if len(set(items.values())) >= _FEWEST_ITEMS:
        return _list(work, items)
    versions = headers.versions(work.spread, work.body.width, work.vocabulary.versions)
    found: list[Row] = []
    columns: tuple[str, ...] = ()
    for version, stacks in versions.items():
        roles = headers.of_stacks(stacks, work.kind.columns)
        work.columns_unknown(stacks, roles)
        if not keys(roles) or twice(roles):
            work.header_unknown()
            return (), []
        found += _rows_of(work, roles, version, others=len(versions) > 1)
        columns = tuple(dict.fromkeys([*columns, *keys(roles)]))
    return columns, found


def _newest(work: Work) -> GridRow | None:
    """Give the last of several rows that are of a year each."""
    years = [(found[0], row) for row in work.body.data if (found := _YEAR.match(row.texts[0]))]
    if len(years) < len(work.body.data):
        return None
    return max(years, key=lambda pair: pair[0], default=(None, None))[1]


def _item(row: GridRow, work: Work) -> str | None:
    """Give the item of 三公 that a row is of."""
    label = next(iter(row.texts), "")
    return work.kind.columns.key(words.plain_name(words.plain_name(label)))


def _list(work: Work, items: dict[int, str]) -> Read:
    """Read a table with an item a row: each of its columns is a row of figures."""
    stacks = headers.stacks(work.spread, work.body.width)
    roles = headers.of_stacks(stacks, work.kind.columns)
    if not keys(roles) or twice(roles):
        work.header_unknown()
        return (), []
    work.columns_unknown(stacks, roles)
    rows: list[Row] = []
    for at, role in enumerate(roles):
        if role not in keys(roles):
            continue
        cells = [(items.get(id(row)), row.cells[at]) for row in work.body.data]
        amounts = {key: work.reading.amount(cell, work.measure, role) for key, cell in cells if key}
        whole = role == "total"
        header = "".join(dict.fromkeys(stacks[at]))
        version = FINAL if "决算" in header else "" if whole else role
        rows.append(
            Row("合计" if whole else "其他", "", header, amounts, cells[0][1].where, key=version)
        )
    rows.sort(key=lambda row: row.level == "合计")
    for row in work.body.data:
        if id(row) not in items:
            rows += _beside(row, roles, work)
    columns = [key for key in work.kind.columns.keys if key in items.values()]
    return tuple(dict.fromkeys([*columns, *(key for row in rows for key in row.amounts)])), rows


def _beside(row: GridRow, roles: list[str | None], work: Work) -> list[Row]:
    """Give what stands among the items and is none, as it is printed."""
    cells: dict[str, GridCell] = {
        role: cell for role, cell in zip(roles, row.cells, strict=False) if role in keys(roles)
    }
    amounts = {key: work.reading.amount(cell, work.measure, key) for key, cell in cells.items()}
    return [Row("其他", "", words.squeeze(row.cells[0].text), amounts, row.where)]


def _rows_of(work: Work, roles: list[str | None], version: str, *, others: bool) -> list[Row]:
    """Read the rows of one version: what was budgeted is told from what was spent by its name."""
    rows = []
    newest = _newest(work)
    for row in work.body.data:
        amounts, name, code = {}, "", ""
        complete = len(row.cells) >= len(roles)
        for cell, role in zip(row.cells, roles, strict=False):
            if role in headers.LABELS and complete:
                is_code = words.is_number(cell.text)
                code, name = (cell.text, name) if is_code else (code, name + cell.text)
            elif role is not None and complete and role in keys(roles):
                amounts[role] = work.reading.amount(cell, work.measure, role)
            elif words.is_number(cell.text):
                if not others and role != headers.UNKNOWN:  # else a column of the other version
                    work.reading.unplaced(cell, work.title)
            elif role != headers.UNKNOWN or not amounts:
                name += cell.text
        alone = len(work.body.data) == 1 or words.is_total(name or code) or row is newest
        level = "合计" if alone and version in {"", FINAL} else "单位" if code else "其他"
        label = words.squeeze(name) or _VERSIONS.get(version, version or "合计")
        rows.append(Row(level, code, label, amounts, row.where, key=version))
    return rows
