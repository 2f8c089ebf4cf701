"""Writes what a budget says beyond authority, as TOML; `particulars` reads of it what rules ask."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import tomli_w

from yusuan.ledger.tables import json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.tables.model import Document

SCHEMA = "yusuan.particulars/1"


def particulars(document: Document, lines: Sequence[str], notes: Sequence[str] = ()) -> str:
    """Write a document's particulars.

    `lines` are the ids of its projects' lines, in their order; `notes` are comment lines for
    the head of the file. Amounts are strings in 元. What is blank in the document is left out:
    TOML has no null, and an empty cell is not a zero.
    """
    shape = json.document(document)
    projects = shape["projects"]
    data = {
        "schema": SCHEMA,
        "unit": document.unit,
        "year": document.year,
        "source": document.source,
        "sha256": document.sha256,
        "projects": _with_lines(projects if isinstance(projects, list) else [], lines),
        "figures": shape["figures"],
        "public": _public(document),
    }
    head = "".join(f"# {note}\n" for note in notes)
    return head + tomli_w.dumps(_present(data), multiline_strings=False)


def _public(document: Document) -> dict[str, json.Json]:
    """Give what the document's T9 prints: the limits of a book, where it has any, are not the same."""
    table = document.table("T9")
    total = table.total() if table else None
    cells = total.amounts.items() if total else ()
    return {key: json.amount(cell.amount) for key, cell in cells}


def _with_lines(projects: Sequence[Any], lines: Sequence[str]) -> list[Any]:
    if len(projects) != len(lines):
        return list(projects)
    return [{"line": line, **project} for line, project in zip(lines, projects, strict=True)]


def _present(value: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    if isinstance(value, dict):
        return {
            key: _present(each) for key, each in value.items() if each not in (None, "", [], {})
        }
    if isinstance(value, list):
        return [_present(each) for each in value]
    return value
