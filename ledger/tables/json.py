"""A document as the stable JSON shape `yusuan.document/1` (DESIGN §4)."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.tables.control import controls
from yusuan.ledger.tables.ids import as_printed
from yusuan.ledger.tables.model import Cell
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Figure
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table

SCHEMA = "yusuan.document/1"

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


def document(doc: Document) -> dict[str, Json]:
    """Give the document; amounts are strings in 元 with two decimals, a blank cell is null."""
    doc = as_printed(doc)
    return {
        "schema": SCHEMA,
        "source": doc.source,
        "sha256": doc.sha256,
        "unit": doc.unit,
        "year": doc.year,
        "kind": doc.kind,
        "tables": [table(each) for each in doc.tables],
        "projects": [_plain(each) for each in doc.projects],
        "figures": [_figure(each) for each in doc.figures],
        "findings": [finding(each) for each in doc.findings],
    }


def table(each: Table) -> dict[str, Json]:
    """Give one table with its rows and notes."""
    return {
        "id": each.id,
        "title": each.title,
        "measure": each.measure,
        "columns": list(each.columns),
        "rows": [_row(row) for row in each.rows],
        "note": each.note,
    }


def control(each: Table) -> dict[str, Json]:
    """Give the control totals of one table: rows read, and by level their number and sum."""
    levels: list[Json] = [
        {"side": c.side, "level": c.level, "rows": c.rows, "amount": amount(c.amount)}
        for c in controls(each)
    ]
    return {"table": each.id, "title": each.title, "rows": len(each.rows), "levels": levels}


def finding(each: Finding) -> dict[str, Json]:
    """Give one finding, with its place as people read it."""
    return {
        "rule": each.rule,
        "severity": each.severity.value,
        "message": each.message,
        "where": str(each.source.get("where", "")),
    }


def _row(row: Row) -> dict[str, Json]:
    shape: dict[str, Json] = {
        "level": row.level,
        "code": row.code,
        "name": row.name,
        "amounts": {key: amount(cell.amount) for key, cell in row.amounts.items()},
        "where": str(row.where),
    }
    if row.side is not None:
        shape["side"] = row.side
    return shape


def amount(value: Decimal | None) -> str | None:
    """Write an amount (元), keeping blank apart from zero."""
    return None if value is None else money.plain(value)


def _figure(figure: Figure) -> dict[str, Json]:
    return {
        "key": figure.key,
        "subject": figure.subject,
        "amount": amount(figure.amount),
        "unit": figure.unit,
        "text": figure.text,
        "where": str(figure.where),
    }


def _plain(value: object) -> Json:
    """Turn the frozen dataclasses of the model into JSON, field by field."""
    if isinstance(value, Cell):
        return amount(value.amount)
    if isinstance(value, Where):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}"  # points and quantities, as printed
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if dataclasses.is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    return value if value is None or isinstance(value, (str, int)) else str(value)
