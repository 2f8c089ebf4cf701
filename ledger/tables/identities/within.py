"""Identities within one table: B01 (T1), B03 (functional tables), B09 (T8), B10 (T9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.tables.identities import units
from yusuan.ledger.tables.identities.check import cite
from yusuan.ledger.tables.identities.check import relate
from yusuan.ledger.tables.identities.check import side
from yusuan.ledger.tables.keys import LABELS
from yusuan.ledger.tables.keys import PARTS
from yusuan.ledger.tables.keys import PRIOR
from yusuan.ledger.tables.keys import has_flows
from yusuan.ledger.tables.keys import parts
from yusuan.ledger.tables.keys import sums_of_total
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.tables.identities.check import Check
    from yusuan.ledger.tables.identities.check import Cited
    from yusuan.ledger.tables.identities.check import Identity
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table


def two_sided(identity: Identity, doc: Document) -> Iterator[Check]:
    """B01: each side of T1 adds up, and both totals are equal."""
    table = doc.table("T1")
    if table is not None:
        yield from sides_add_up(identity, table)
        yield from sides_equal(identity, table)


def sides_equal(identity: Identity, table: Table) -> Iterator[Check]:
    """Check 收入总计 = 支出总计 of a two-sided table."""
    left = cite(table, table.total(REVENUE), "total")
    right = cite(table, table.total(EXPENDITURE), "total")
    if left and right:
        yield relate(identity, side(f"{table.id} 收入总计", left), side("支出总计", right))


def sides_add_up(identity: Identity, table: Table) -> Iterator[Check]:
    """Check every 合计 and 总计 against the items above it, and items against their parts."""
    for which in (REVENUE, EXPENDITURE):
        rows = [row for row in table.rows if row.side == which]
        items: list[Row] = []
        for position, row in enumerate(rows):
            if row.level == "收入明细":
                continue
            if row.level != "合计":
                items += [] if _is_part(row, items) else [row]
                yield from _parts_below(identity, table, row, rows[position + 1 :])
                continue
            added = items or list(_items_below(rows[position + 1 :]))
            for key in row.amounts:
                terms = [cited for item in added for cited in cite(table, item, key)]
                label = f"{table.id} {row.name}{_column(table, key)}"
                yield relate(identity, side(label, cite(table, row, key)), side("各项之和", terms))
        for row in rows:
            yield from across(identity, table, row)


def _is_part(row: Row, items: list[Row]) -> bool:
    """Say whether a row says only of what the row above it consists."""
    keys = {item.key for item in items}
    return row.key == "part" or ("basic" in keys and row.key in PARTS["basic"])


def _items_below(rows: list[Row]) -> Iterator[Row]:
    """Give the items under 本年收入 or 本年支出 printed above them: as far as what is carried."""
    for row in rows:
        if row.level == "合计" or row.key in {"opening", "reserve", "closing", "distribution"}:
            return
        if row.level != "收入明细" and row.key != "part":
            yield row


def _parts_below(identity: Identity, table: Table, item: Row, below: list[Row]) -> Iterator[Check]:
    """Check an item against the parts printed under it; 其中 names only some of them."""
    parts = []
    for row in below:
        if row.level != "收入明细":
            break
        parts.append(row)
    terms = [cited for row in parts for cited in cite(table, row, "total")]
    if any(cited.cell.amount is not None for cited in terms):
        whole = item.key != "fiscal"  # only the three budgets are known to be all the parts
        left, right = (
            side("明细之和", terms),
            side(f"{table.id} {item.name}", cite(table, item, "total")),
        )
        yield relate(identity, left, right, at_most=whole)


def functional(identity: Identity, doc: Document) -> Iterator[Check]:
    """B03: rows and levels of the functional tables add up."""
    for table_id in ("T2", "T3", "T5", "T6", "T7", "T10"):
        table = doc.table(table_id)
        if table is not None:
            yield from levels(identity, table)


def economic(identity: Identity, doc: Document) -> Iterator[Check]:
    """B09: rows and levels of T8 add up."""
    table = doc.table("T8")
    if table is not None:
        yield from levels(identity, table)


def levels(identity: Identity, table: Table) -> Iterator[Check]:
    """Check each row across its columns, and each code and the total against what is below.

    Where a table has the same subjects for several units, each unit is checked for itself, and
    the total against the units.
    """
    if len(units.of(table)) > 1:
        yield from _levels_by_unit(identity, table)
    else:
        yield from _levels(identity, table)


def _levels_by_unit(identity: Identity, table: Table) -> Iterator[Check]:
    groups = [each for _, each in units.of(table)]
    for group in groups:
        yield from _levels(identity, group)
    total = table.total()
    for key in _summed(table) if total is not None else ():
        terms = [cited for group in groups for cited in _whole(group, key)]
        left = side(f"{table.id} 合计{_column(table, key)}", cite(table, total, key))
        yield relate(identity, left, side("各单位之和", terms))


def _summed(table: Table) -> list[str]:
    """Give the columns that add up from row to row: all but percents."""
    return [key for key in table.columns if not key.startswith("percent")]


def _whole(group: Table, key: str) -> Iterator[Cited]:
    """Cite what a unit has in all: its own row, or its highest codes where none is printed."""
    total = group.total()
    for row in tops(group) if total is None else [total]:
        yield from cite(group, row, key)


def tops(table: Table) -> list[Row]:
    """Give the rows of the highest codes: all 类, or what stands below no other printed code."""
    codes = {row.code for row in table.coded()}
    return [row for row in table.coded() if not codes.intersection(_ancestors(row.code))]


def _levels(identity: Identity, table: Table) -> Iterator[Check]:
    below: dict[str, list[Row]] = {"": []}
    codes = {row.code for row in table.coded()}
    for row in table.coded():
        above = next((code for code in _ancestors(row.code) if code in codes), "")
        below.setdefault(above, []).append(row)
    yield from _rows_missing(identity, table, codes)
    total = table.total()
    for row in table.rows:
        yield from across(identity, table, row)
        children = below[""] if row is total else below.get(row.code, []) if row.code else []
        if not children:
            continue
        for key in _summed(table):
            terms = [cited for child in children for cited in cite(table, child, key)]
            name = f"{row.code} {row.name}".strip()
            label = f"{table.id} {name}{_column(table, key)}"
            yield relate(identity, side(label, cite(table, row, key)), side("下级之和", terms))
    yield from _subtotals(identity, table, below[""])


def _subtotals(identity: Identity, table: Table, highest: list[Row]) -> Iterator[Check]:
    """Check 人员经费合计 and 公用经费合计 against the 类 that stand above each."""
    for row in table.rows:
        if row.level == "小计":
            terms = [c for top in highest if top.key == row.key for c in cite(table, top, "total")]
            left = side(f"{table.id} {row.name}", cite(table, row, "total"))
            yield relate(identity, left, side("各类之和", terms))


def _rows_missing(identity: Identity, table: Table, codes: set[str]) -> Iterator[Check]:
    """Check that no 类 or 款 is left out of a table that prints that level."""
    printed = {len(code) for code in codes}
    missing: dict[str, list[Row]] = {}
    for row in table.coded():
        above = next((code for code in _ancestors(row.code) if len(code) in printed), "")
        if above and above not in codes:
            missing.setdefault(above, []).append(row)
    for code, children in missing.items():
        terms = [cited for child in children for cited in cite(table, child, "total")]
        yield relate(identity, side(f"{table.id} 缺 {code} 一行"), side("下级之和", terms))


def _ancestors(code: str) -> list[str]:
    """Give the codes above a code, the nearest first (7 digits: 5, then 3)."""
    return [code[:length] for length in (5, 3) if length < len(code)]


def across(identity: Identity, table: Table, row: Row) -> Iterator[Check]:
    """Check one row: its total against its columns, and split columns against their parts."""
    columns = tuple(row.amounts)
    wholes = [("total", added) for added in sums_of_total(columns)]
    for whole, its in (*wholes, *((key, parts(key, columns)) for key in PARTS)):
        left = cite(table, row, whole)
        terms = [cited for part in its for cited in cite(table, row, part)]
        if left and terms:
            name = f"{row.code} {row.name}".strip()
            label = f"{table.id} {name}{_column(table, whole)}"
            yield relate(identity, side(label, left), side("各列之和", terms))
    yield from _flows(identity, table, row)
    yield from _since_last_year(identity, table, row)


def _flows(identity: Identity, table: Table, row: Row) -> Iterator[Check]:
    """Check 年初 + 收入 - 支出 = 年末 (F10), and that 其中 is not more than its column."""
    name = f"{table.id} {row.code} {row.name}"
    if has_flows(row.amounts):
        plus = [cited for key in ("opening", "revenue") for cited in cite(table, row, key)]
        kept = side(f"{name} 年初加收入减支出", plus, minus=cite(table, row, "total"))
        yield relate(identity, kept, side("年末结转和结余", cite(table, row, "closing")))
    if "fees" in row.amounts and "institution" in row.amounts:
        part = side(f"{name} 其中", cite(table, row, "fees"))
        whole = side("事业收入", cite(table, row, "institution"))
        yield relate(identity, part, whole, at_most=True)


def _since_last_year(identity: Identity, table: Table, row: Row) -> Iterator[Check]:
    """Check 比上年增减 against this year and the year before, where both are printed."""
    change = cite(table, row, "change")
    before = cite(table, row, PRIOR)
    if change and before and change[0].cell.amount is not None:
        moved = side(f"{table.id} {row.code} {row.name}", cite(table, row, "total"), minus=before)
        yield relate(identity, moved, side("比上年增减", change))


def three_public(identity: Identity, doc: Document) -> Iterator[Check]:
    """B10: the 三公 total is the sum of its items, 用车 is 购置 and 运行."""
    table = doc.table("T9")
    if table is not None:
        for row in table.rows:
            yield from across(identity, table, row)


def _column(table: Table, key: str) -> str:
    return f" {LABELS.get(key, key)}" if len(table.columns) > 1 else ""
