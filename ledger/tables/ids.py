"""The ids that people see: T1–T9 in a budget, F1–F9 in final accounts (HANDBOOK §5).

Inside, a table of final accounts has the id of the budget table that it settles, so that one
catalogue of identities serves both.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from yusuan.ledger.tables.model import Document

FINAL: Final = {
    **{f"T{number}": f"F{number}" for number in range(1, 6)},
    "T6": "F8",
    "T7": "F9",
    "T8": "F6",
    "T9": "F7",
    "T10": "F10",
}
_ID: Final = re.compile(r"(?<![A-Za-z0-9])T(?:10|[1-9])(?![0-9])")


def as_printed(doc: Document) -> Document:
    """Give a document with the ids of its kind."""
    if doc.kind != "final":
        return doc
    tables = [replace(each, id=FINAL.get(each.id, each.id)) for each in doc.tables]
    return replace(doc, tables=tuple(sorted(tables, key=lambda each: int(each.id[1:]))))


def in_text(kind: str, text: str) -> str:
    """Name the tables in a message by the ids of a kind of document."""
    return _ID.sub(lambda found: FINAL[found[0]], text) if kind == "final" else text
