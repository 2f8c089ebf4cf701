"""One section to one table, by the shape of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import body as bodies
from yusuan.importers.budget import headers
from yusuan.importers.budget import sides
from yusuan.importers.budget import words
from yusuan.importers.budget.coded import Coded
from yusuan.importers.budget.sides import Sides
from yusuan.importers.budget.vocabulary import ECONOMIC
from yusuan.importers.budget.vocabulary import FUNCTIONAL
from yusuan.importers.budget.vocabulary import SIDES
from yusuan.importers.budget.vocabulary import SINGLE
from yusuan.importers.readers.grid import GridRow
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from yusuan.importers.budget.body import Body
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.budget.vocabulary import Kind
    from yusuan.importers.budget.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Work:
    """One section on its way to a table."""

    kind: Kind
    title: str
    where: Where
    body: Body
    header: list[list[str]]
    measure: str
    reading: Reading
    vocabulary: Vocabulary

    @property
    def spread(self) -> list[list[str]]:
        """Give the header with each merged text over all the columns it covers."""
        spread: list[list[str]] = []
        heads: list[str] = []
        for row, texts in zip(self.body.header, self.header, strict=True):
            heads += [""] * (len(texts) - len(heads))
            found = _spread(row, texts, heads)
            heads = [text or head for text, head in zip_longest(found, heads, fillvalue="")]
            spread.append(found)
        return spread

    def header_unknown(self) -> None:
        """Report a header that cannot be read, where there is anything to lose."""
        if any(words.is_number(cell.text) for row in self.body.data for cell in row.filled):
            where = (self.body.header or self.body.data)[0].where
            message = f"《{self.title}》的表头无法识别，整张表未读取，请核对表头"
            self.reading.report("D03", where, message)


def _spread(row: GridRow, texts: list[str], heads: list[str]) -> list[str]:
    """Lay each merged text over its columns, as far as they stand under one header.

    Some offices merge the last text of a row with all the blanks after it.
    """
    spread = list(texts)
    for index, cell in enumerate(row.cells[: len(spread)]):
        for covered in range(index + 1, min(index + (cell.span or 1), len(spread))):
            if heads[covered] and heads[covered] != heads[index]:
                break
            spread[covered] = texts[index]
    return spread


#: A longer header cell is no header; cutting it keeps the patterns of headers fast.
_LONGEST_HEADER: Final = 60

#: The columns of a table and its rows.
_Read = tuple[tuple[str, ...], list[Row]]


def table(
    section: Section, kind: Kind, reading: Reading, vocabulary: Vocabulary
) -> tuple[Table, str]:
    """Read one section as a table of its kind; also give the unit named above it."""
    body = bodies.sort_out(section, vocabulary, items_alone=kind.shape == SIDES)
    where = section.head.where if section.head else Where()
    measure = _measure(body, section.title, where, reading)
    header = [[words.squeeze(text)[:_LONGEST_HEADER] for text in row.texts] for row in body.header]
    work = _Work(kind, section.title, where, body, header, measure, reading, vocabulary)
    columns, rows = _SHAPES[kind.shape](work)
    if body.unruled:
        message = (
            f"《{section.title}》有 {len(body.unruled)} 处数字不在画线的表格内，未读取，请核对原表"
        )
        reading.report("D01", body.unruled[0].where, message)
    note = "\n".join(body.notes)
    return Table(kind.id, section.title, measure, columns, tuple(rows), note, where), body.maker


def _measure(body: Body, title: str, where: Where, reading: Reading) -> str:
    """Give 元 or 万元 as printed above the table or in its title."""
    if body.measure is not None and body.measure in {"元", "万元"}:
        return body.measure
    if body.measure is not None:
        message = f"《{title}》的计量单位是{body.measure}，只能读取元和万元，请换算后再读"
        reading.report("D04", where, message)
        return "元"
    in_title = "万元" if "万元" in title else "元"
    if body.data:
        message = f"《{title}》没有写明计量单位，按{in_title}读取，请核对"
        reading.report("D04", where, message, Severity.WARN)
    return in_title


def _coded(work: _Work) -> _Read:
    """Read a table whose rows have codes."""
    roles = headers.columns(work.spread, work.body.width, work.kind.columns)
    blocks = _blocks(roles)
    for block in blocks:
        own = roles[block]
        if headers.NAME not in own or "total" not in own or _twice(own):
            work.header_unknown()
            return (), []
    rows: list[Row] = []
    for number, block in enumerate(blocks):
        coded = Coded(work.reading, work.title, work.measure, roles[block], work.kind.columns)
        for row in work.body.data:
            part = _part(row, number, block, blocks)
            if part.filled:
                coded.add(part)
        rows += _units_told_apart(coded.rows)
    return tuple(dict.fromkeys(_keys(roles))), rows


def _units_told_apart(rows: list[Row]) -> list[Row]:
    """Drop the unit that a table names in every row where it is but one."""
    named = {(row.code, row.name) for row in rows if row.level == "单位" and not row.amounts}
    return [row for row in rows if row.level != "单位" or row.amounts or len(named) > 1]


def _blocks(roles: list[str | None]) -> list[slice]:
    """Cut a table printed in columns side by side (301 and 303 left, 302 and 310 right)."""
    starts = [
        index
        for index, role in enumerate(roles)
        if role == headers.CODE and (not index or roles[index - 1] not in {headers.CODE, None})
    ]
    if len(starts) < 2:  # noqa: PLR2004 - only two stand side by side
        return [slice(0, len(roles))]
    return [slice(a, b) for a, b in zip([0, *starts[1:]], [*starts[1:], len(roles)], strict=True)]


def _part(row: GridRow, number: int, block: slice, blocks: list[slice]) -> GridRow:
    """Give a row's cells in one block; a narrow row of labels and amounts has a pair for each."""
    if len(blocks) == 1:
        return row
    if len(row.cells) == 2 * len(blocks) < blocks[-1].stop:
        return GridRow(row.cells[2 * number : 2 * number + 2])
    last = block is blocks[-1]
    return GridRow(row.cells[block.start : None if last else block.stop])


def _single(work: _Work) -> _Read:
    """Read T9: a row of figures, without codes and mostly without a label."""
    versions = headers.versions(work.spread, work.body.width, work.vocabulary.versions)
    found: list[Row] = []
    columns: tuple[str, ...] = ()
    for version, stacks in versions.items():
        roles = headers.of_stacks(stacks, work.kind.columns)
        if not _keys(roles) or _twice(roles):
            work.header_unknown()
            return (), []
        found += _rows_of(work, roles, version, others=len(versions) > 1)
        columns = tuple(dict.fromkeys([*columns, *_keys(roles)]))
    return columns, found


def _rows_of(work: _Work, roles: list[str | None], version: str, *, others: bool) -> list[Row]:
    """Read the rows of one version: what was budgeted is told from what was spent by its name."""
    rows = []
    for row in work.body.data:
        amounts, name = {}, ""
        complete = len(row.cells) >= len(roles)
        for cell, role in zip(row.cells, roles, strict=False):
            if complete and role is not None and role in work.kind.columns:
                amounts[role] = work.reading.amount(cell, work.measure)
            elif others and words.is_number(cell.text):
                continue  # a column of the other version
            elif words.is_number(cell.text):
                work.reading.unplaced(cell, work.title)
            else:
                name += cell.text
        alone = len(work.body.data) == 1 or words.is_total(name)
        level = "合计" if alone and version != BUDGETED else "其他"
        label = name or _VERSIONS.get(version, "合计")
        rows.append(Row(level, "", label, amounts, row.where, key=version))
    return rows


def _sides(work: _Work) -> _Read:
    """Read a table with revenue on the left and expenditure on the right."""
    shape = sides.layout(work.header, work.body.data, work.body.width, work.kind.columns)
    if shape is None:
        work.header_unknown()
        return (), []
    both = Sides(work.reading, work.title, work.measure, shape, work.vocabulary)
    for row in work.body.data:
        both.add(row)
    return tuple(dict.fromkeys([*shape.revenue, *shape.expenditure])), both.rows


#: What a table of both says of each row: the budget, and what was spent of it.
BUDGETED: Final = "budget"
_VERSIONS: Final = {BUDGETED: "预算数", "final": "决算数"}

_SHAPES: Final[dict[str, Callable[[_Work], _Read]]] = {
    FUNCTIONAL: _coded,
    ECONOMIC: _coded,
    SIDES: _sides,
    SINGLE: _single,
}


def _keys(roles: list[str | None]) -> tuple[str, ...]:
    return tuple(role for role in roles if role and role not in headers.LABELS)


def _twice(roles: list[str | None]) -> bool:
    keys = _keys(roles)
    return len(keys) != len(set(keys))
