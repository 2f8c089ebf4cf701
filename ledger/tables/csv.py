"""Comma-separated tables that a spreadsheet opens as they are: exact digits, text never a formula."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from yusuan.ledger.tables.execution_text import Value

#: What a spreadsheet takes for the beginning of a formula. Source: TRAPS row 16.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Write headers and rows; amounts are their digits, and nothing is an empty field.

    Text that would be a formula gets an apostrophe before it. In UTF-8 with a mark at the
    beginning, without which Excel takes the file for GBK.
    """
    output = StringIO()
    writer = csv.writer(output)
    writer.writerow([_field(header) for header in headers])
    writer.writerows([_field(value) for value in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _field(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"'{value}" if value.startswith(_FORMULA) else value
