"""What a budget says beyond authority, as plain TOML beside the ledger, for `publish` to read.

Project forms with their components, indicators and breakdown, and the figures named in the
prose (procurement, vehicles and premises, changes against last year). Source: DESIGN §2.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING
from typing import Any

import tomli_w

from yusuan.ledger.money import yuan
from yusuan.ledger.tables import json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.ledger.tables.model import Document

SCHEMA = "yusuan.particulars/1"
FILE_NAME = "particulars.toml"
YUAN = "元"


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


def first_figures(text: str) -> dict[str, Decimal]:
    """Read the first amount (元) that the prose gives under each key. Raises ValueError."""
    found: dict[str, Decimal] = {}
    for figure in tomllib.loads(text).get("figures", ()):
        try:
            key, subject, unit = figure["key"], figure.get("subject"), figure["unit"]
            if unit == YUAN and not subject and key not in found:
                found[key] = yuan(figure["amount"])
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"figures 不合格式：{figure}") from error
    return found


def printed_public(text: str) -> dict[str, Decimal]:
    """Read T9 (三公经费和机关运行经费) as it was printed, in 元, by amount key. Raises ValueError."""
    public = tomllib.loads(text).get("public", {})
    try:
        return {key: yuan(amount) for key, amount in public.items()}
    except (AttributeError, TypeError) as error:
        raise ValueError(f"public 不合格式：{public}") from error


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
