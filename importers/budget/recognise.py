"""A grid to a document: every table, form and figure, and a finding for what was not read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.importers.budget import prose
from yusuan.importers.budget import sections
from yusuan.importers.budget import tables
from yusuan.importers.budget import words
from yusuan.importers.budget.projects import project
from yusuan.importers.budget.reading import Reading
from yusuan.importers.budget.vocabulary import load
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import Document
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.budget.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import Grid
    from yusuan.ledger.tables.model import Table

_YEAR = re.compile(r"(20\d{2})年")
_TITLE_YEAR = re.compile(r"(20\d{2})年(?:度)?(?:部门|单位)?(?:预算|决算)")
#: The code that some offices print before the name of a unit.
_UNIT_CODE = re.compile(r"^[\[【(（]?\d{3,}[\]】)）]?[-_—－]?(?=\D)")
_COVER = re.compile(
    r"(?:第.{1,2}部分)?(\S{3,40}?|)(?:20\d{2})年(?:度)?(?:部门|单位)?(?:预算|决算)(?:表|公开|报告|草案)?"
)
_MONEY = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})")
#: Numbers of a sheet show no decimals where they have none.
_WHOLE = re.compile(r"-?\d+(?:\.\d+)?")


def recognise(grid: Grid, vocabulary: Vocabulary | None = None) -> Document:
    """Recognise a published budget; what cannot be recognised becomes a finding, never a loss."""
    vocabulary = vocabulary or load()
    reading = Reading()
    found: dict[str, Table] = {}
    makers: Counter[str] = Counter()
    projects = []
    cut = sections.cut(grid.rows, vocabulary)
    for section in cut:
        if section.kind is not None:
            table, maker = tables.table(section, section.kind, reading, vocabulary)
            makers.update([maker] if maker else [])
            _keep(table, found, reading)
        elif section.type == sections.FORM:
            projects.append(project(section, reading))
        else:
            _unknown(section, reading)
    if not found and not reading.unread:
        where = Where(file=grid.file)
        reading.report("D08", where, "没有找到任何预算表，请确认这是部门预算文件")
    if grid.left_out:
        reading.report("D10", Where(file=grid.file), grid.left_out, Severity.INFO)
    year = _year(cut, found)
    return Document(
        unit=_UNIT_CODE.sub("", makers.most_common(1)[0][0]) if makers else _unit(cut),
        year=year,
        kind=_kind(cut),
        tables=tuple(_with_codes(found)),
        projects=tuple(projects),
        figures=tuple(prose.figures(cut, year)),
        source=grid.file,
        sha256=grid.sha256,
        findings=tuple(reading.findings),
    )


def _keep(table: Table, found: dict[str, Table], reading: Reading) -> None:
    """Keep the first table of an id; a second one cannot be told apart and stops."""
    if table.title in reading.unread and not table.rows:
        return  # nothing is compared with a table that could not be read
    if table.id not in found or (table.rows and not found[table.id].rows):
        found[table.id] = table
    elif table.rows:
        message = (
            f"《{table.title}》与{found[table.id].where}的同类表重复，请每次只读一个部门的文件"
        )
        reading.report("D05", table.where, message)


def _unknown(section: Section, reading: Reading) -> None:
    """Report a region of amounts that belongs to no known table."""
    money = _WHOLE if section.head is not None and section.head.where.sheet else _MONEY
    for row in section.rows:
        cells = [cell for cell in row.filled if money.fullmatch(words.squeeze(cell.text))]
        if cells and len(row.filled) > 1:
            title = f"《{section.title}》" if section.title else "此处"
            message = f"{title}有金额但不是已知的预算表，未读取，请核对标题"
            reading.report("D06", cells[0].where, message, Severity.WARN)
            return


def _year(cut: list[Section], found: dict[str, Table]) -> int | None:
    """Give the year most titles name; where none does, the year most often named at all."""
    titles = Counter(year for table in found.values() for year in _YEAR.findall(table.title))
    if not titles:
        texts = [words.squeeze(text) for text in (*_texts(cut), *(each.title for each in cut))]
        titles = Counter(year for text in texts for year in _TITLE_YEAR.findall(text))
        titles = titles or Counter(year for text in texts for year in _YEAR.findall(text))
    return int(titles.most_common(1)[0][0]) if titles else None


def _number(table_id: str) -> tuple[int, str]:
    digits = table_id.lstrip("T")
    return (int(digits) if digits.isdecimal() else 0, table_id)


def _kind(cut: list[Section]) -> str:
    """Tell final accounts: their titles name the budgets that were spent too, but never only those."""
    settled = sum("决算" in section.title for section in cut)
    planned = sum("预算" in section.title for section in cut) - sum(
        "决算" in section.title and "预算" in section.title for section in cut
    )
    return "final" if settled > planned else "budget"


def _unit(cut: list[Section]) -> str:
    """Give the unit from a cover line where no table names it."""
    pattern = re.compile(r"(?:预算主管部门|预算单位|编制单位|编制部门|单位名称)[:：](.+)")
    for section in cut:
        for row in section.rows:
            for cell in row.filled:
                named = pattern.fullmatch(words.squeeze(cell.text))
                if named:
                    return named[1]
    texts = [*_texts(cut), *(section.title for section in cut)]
    return _unit_of_cover([words.squeeze(text) for text in texts])


def _unit_of_cover(texts: list[str]) -> str:
    """Give the unit named before the year, 某某局2023年度部门预算, on one line or on two."""
    units: Counter[str] = Counter()
    for before, text in zip(["", *texts], texts, strict=False):
        found = None if words.is_sentence(text) else _COVER.fullmatch(text)
        name = (found[1] or before) if found else ""
        if found and not words.is_sentence(name) and not _YEAR.search(name):
            units[name] += 1
    return units.most_common(1)[0][0] if units else ""


def _texts(cut: list[Section]) -> list[str]:
    """Give all texts in the order of the document."""
    return [cell.text for section in cut for row in section.rows for cell in row.filled]


def _with_codes(found: dict[str, Table]) -> list[Table]:
    """Give the 类 rows of T1 and T4, printed by name only, the code this document prints."""
    codes: dict[str, set[str]] = {}
    for table_id in ("T2", "T3", "T5", "T6", "T7"):
        table = found.get(table_id)
        for row in table.rows if table else ():
            if row.level == "类":
                codes.setdefault(row.name, set()).add(row.code)
    known = {name: min(each) for name, each in codes.items() if len(each) == 1}
    done = []
    for table_id in sorted(found, key=_number):
        table = found[table_id]
        rows = tuple(
            replace(row, code=known.get(row.name, ""))
            if row.side == EXPENDITURE and row.level == "类"
            else row
            for row in table.rows
        )
        done.append(replace(table, rows=rows))
    return done
