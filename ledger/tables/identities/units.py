"""A table or a document of several units as one of each unit, so that codes meet their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table


def of(table: Table) -> list[tuple[str, Table]]:
    """Give each unit's code or name and its rows; its own row, where amounts are, is its 合计."""
    groups: list[tuple[str, list[Row]]] = []
    for row in table.rows:
        if row.level == "单位":
            whole = [replace(row, level="合计", code="")] if row.amounts else []
            groups.append((row.code or row.name, whole))
        elif groups and row.level != "合计":
            groups[-1][1].append(row)
    kept = [(unit, rows) for unit, rows in groups if not _has_units(unit, rows, groups)]
    return [(unit, replace(table, rows=tuple(rows))) for unit, rows in kept]


def _has_units(unit: str, rows: list[Row], groups: list[tuple[str, list[Row]]]) -> bool:
    """Say whether a unit is one above others, which stand below it and are counted themselves."""
    if len(rows) > 1:
        return False
    others = [each for each, _ in groups if each != unit and each.isdecimal()]
    if not unit.isdecimal():
        return len(others) == len(groups) - 1 and len(groups) > 1
    return any(each.startswith(unit) for each in others)


def _bare(part: Table) -> Table:
    """Leave the 合计 of a unit out: the same unit has none in another table."""
    return replace(part, rows=tuple(row for row in part.rows if row.level != "合计"))


def documents(doc: Document, *ids: str) -> Iterator[Document]:
    """Give a document for each unit that some tables have; the document itself where none has several.

    Nothing is given where one of them tells units apart and another one with rows does not.
    """
    tables = [table for each in ids if (table := doc.table(each)) is not None and table.rows]
    parted = [table for table in tables if len(of(table)) > 1 and any(table.coded())]
    if not parted:
        yield doc
        return
    if len(parted) < len([table for table in tables if any(table.coded())]):
        return
    groups = {table.id: of(table) for table in parted}
    if any(part.total() is None for each in groups.values() for _, part in each):
        groups = {
            name: [(unit, _bare(part)) for unit, part in each] for name, each in groups.items()
        }
    for unit in dict.fromkeys(unit for each in groups.values() for unit, _ in each):
        own = {
            name: next((part for key, part in each if key == unit), None)
            for name, each in groups.items()
        }
        if all(sum(key == unit for key, _ in each) <= 1 for each in groups.values()):
            yield replace(
                doc,
                tables=tuple(
                    (own[table.id] or replace(table, rows=())) if table.id in own else table
                    for table in doc.tables
                ),
            )
