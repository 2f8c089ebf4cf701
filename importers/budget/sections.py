"""A grid cut into sections by title words: tables, project forms, unknown tables, prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.importers.budget.vocabulary import Kind
    from yusuan.importers.budget.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import GridRow

FORM = "form"
UNKNOWN = "unknown"
PROSE = "prose"
TABLE = "table"

#: Lines between the title of a table and its first row: number, year, unit, measure.
_MOST_ABOVE: Final = 5
_PROSE: Final = re.compile(r"[。；]|^第.{1,2}部分|.{81}")


@dataclass(slots=True)
class Section:
    """The rows from one title to the next; `kind` is set for the known tables."""

    type: str
    title: str
    kind: Kind | None = None
    head: GridRow | None = None
    rows: list[GridRow] = field(default_factory=list)


def cut(rows: Iterable[GridRow], vocabulary: Vocabulary) -> list[Section]:
    """Cut at every row that is nothing but a title, wherever in the document it stands.

    A table repeated after a page break, while it has not reached its last row, goes on.
    """
    sections = [Section(PROSE, "")]
    for row in rows:
        filled = row.filled
        if not filled:
            continue
        opened = _opened_by(row, sections[-1], vocabulary) if len(filled) == 1 else None
        if opened is None:
            sections[-1].rows.append(row)
        elif opened is not sections[-1]:
            sections.append(opened)
    for each in sections:
        if each.type != PROSE and (not _has_content(each) or _prose_follows(each)):
            each.type, each.kind = PROSE, None  # a line of a list of contents, and what follows it
    return sections


def _opened_by(row: GridRow, current: Section, vocabulary: Vocabulary) -> Section | None:
    """Give the section that a row opens, the current one if it only repeats its title."""
    text = words.squeeze(row.filled[0].text)
    if words.is_form_title(text):
        return Section(FORM, text, head=row)
    kind = vocabulary.kind_of_title(text)
    if kind is not None:
        if current.kind is kind and not _closed(current) and _has_content(current):
            return current
        return Section(TABLE, text, kind, row)
    if words.is_table_title(text):
        return Section(UNKNOWN, text, head=row)
    if row.free and _ends(current, text):
        return Section(PROSE, text, head=row, rows=[row])
    return None


def _ends(current: Section, text: str) -> bool:
    """Say whether a line of running text ends a form or an unknown table."""
    return current.type in {FORM, UNKNOWN} and (words.is_sentence(text) or text.endswith("说明"))


def _prose_follows(section: Section) -> bool:
    """Say whether running text stands between a title and the next rows of a table."""
    above: list[str] = []
    for row in section.rows:
        if not row.free:
            return len(above) > _MOST_ABOVE or any(_PROSE.search(text) for text in above)
        above.append(words.squeeze(row.filled[0].text))
    return False


def _closed(section: Section) -> bool:
    return any(words.is_total(cell.text) for row in section.rows for cell in row.filled[:1])


def _has_content(section: Section) -> bool:
    """Say whether more than running text stands below a title (a list of contents has none)."""
    return any(len(row.filled) > 1 for row in section.rows) or any(
        "空表" in cell.text for row in section.rows for cell in row.filled
    )
