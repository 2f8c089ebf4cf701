"""One section to one table, by the shape of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import body as bodies
from yusuan.importers.budget import headers
from yusuan.importers.budget import side_by_side
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
        for at, (row, texts) in enumerate(zip(self.body.header, self.header, strict=True)):
            heads += [""] * (len(texts) - len(heads))
            below = self.header[at + 1 :] if len(texts) == self.body.width else []
            found = _spread(row, texts, heads, below)
            heads = [text or head for text, head in zip_longest(found, heads, fillvalue="")]
            spread.append(found)
        return spread

    def columns_unknown(self, stacks: list[list[str]], roles: list[str | None]) -> None:
        """Report each column that has numbers under a header which names nothing known."""
        for index, (stack, role) in enumerate(zip(stacks, roles, strict=True)):
            cells = [row.cells[index] for row in self.body.data if index < len(row.cells)]
            numbers = [cell for cell in cells if words.is_number(cell.text)]
            if role == headers.UNKNOWN and numbers:
                header = "、".join(dict.fromkeys(stack))
                message = (
                    f"《{self.title}》的“{header}”不是已知的列，{len(numbers)} 个数字未读取，"
                    "请核对表头，或用 --words 补充列名"
                )
                self.reading.report("D01", numbers[0].where, message, Severity.WARN)

    def side_unread(self, start: int) -> None:
        """Report that a table goes on to the right, by another classification."""
        header = next(texts[start] for texts in self.spread if texts[start])
        message = f"《{self.title}》右边“{header}”起的各列按另一种分类重列支出，未读取"
        self.reading.report("D01", self.body.header[0].where, message, Severity.WARN)

    def header_unknown(self) -> None:
        """Report a header that cannot be read, where there is anything to lose."""
        if any(words.is_number(cell.text) for row in self.body.data for cell in row.filled):
            where = (self.body.header or self.body.data)[0].where
            message = f"《{self.title}》的表头无法识别，整张表未读取，请核对表头"
            self.reading.report("D03", where, message)


def _spread(row: GridRow, texts: list[str], heads: list[str], below: list[list[str]]) -> list[str]:
    """Lay each merged text over its columns, as far as they stand under one header.

    Some offices merge the last text of a row with all the blanks after it. Where a reader does
    not know what was merged, a text covers the blanks after it that have a text below them.
    """
    spread = list(texts)
    for index, cell in enumerate(row.cells[: len(spread)]):
        end = index + (cell.span or 1)
        if cell.span is None and texts[index]:
            while end < len(texts) and not texts[end] and _text_below(below, end):
                end += 1
        for covered in range(index + 1, min(end, len(spread))):
            if heads[covered] and heads[covered] != heads[index]:
                break
            spread[covered] = texts[index]
    return spread


def _text_below(below: list[list[str]], column: int) -> bool:
    return any(column < len(texts) and texts[column] for texts in below)


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
    stacks = headers.stacks(work.spread, work.body.width)
    roles = headers.of_stacks(stacks, work.kind.columns)
    blocks = side_by_side.blocks(roles)
    for block in blocks:
        own = roles[block]
        if headers.NAME not in own or "total" not in own or _twice(own):
            work.header_unknown()
            return (), []
    work.columns_unknown(stacks, roles)
    rows: list[Row] = []
    of_units = headers.of_units(stacks, work.kind.columns)
    parts = [side_by_side.parts(row, blocks) for row in work.body.data]
    for number, block in enumerate(blocks):
        coded = Coded(
            work.reading,
            work.title,
            work.measure,
            roles[block],
            work.kind.columns,
            of_units=of_units,
            rows=rows,
        )
        for part in parts:
            if part[number].filled:
                coded.add(part[number])
    return tuple(dict.fromkeys(_keys(roles))), _units_told_apart(rows)


def _units_told_apart(rows: list[Row]) -> list[Row]:
    """Drop the unit that a table names in every row where it is but one."""
    named = {(row.code, row.name) for row in rows if row.level == "单位" and not row.amounts}
    return [row for row in rows if row.level != "单位" or row.amounts or len(named) > 1]


def _single(work: _Work) -> _Read:
    """Read T9: a row of figures, without codes and mostly without a label."""
    versions = headers.versions(work.spread, work.body.width, work.vocabulary.versions)
    found: list[Row] = []
    columns: tuple[str, ...] = ()
    for version, stacks in versions.items():
        roles = headers.of_stacks(stacks, work.kind.columns)
        work.columns_unknown(stacks, roles)
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
        amounts, name, code = {}, "", ""
        complete = len(row.cells) >= len(roles)
        for cell, role in zip(row.cells, roles, strict=False):
            if role in headers.LABELS and complete:
                is_code = words.is_number(cell.text)
                code, name = (cell.text, name) if is_code else (code, name + cell.text)
            elif complete and role in _keys(roles):
                amounts[role] = work.reading.amount(cell, work.measure, role)
            elif words.is_number(cell.text):
                if not others and role != headers.UNKNOWN:  # else a column of the other version
                    work.reading.unplaced(cell, work.title)
            elif role != headers.UNKNOWN:
                name += cell.text
        alone = len(work.body.data) == 1 or words.is_total(name or code)
        level = "合计" if alone and version in {"", "final"} else "单位" if code else "其他"
        label = words.squeeze(name) or _VERSIONS.get(version, version or "合计")
        rows.append(Row(level, code, label, amounts, row.where, key=version))
    return rows


def _sides(work: _Work) -> _Read:
    """Read a table with revenue on the left and expenditure on the right."""
    header, data, width = work.spread, work.body.data, work.body.width
    end = sides.third(header, width)
    if end < width:
        work.side_unread(end)
        header = [texts[:end] for texts in header]
        data = [GridRow(row.cells[:end]) for row in data]
    shape = sides.layout(header, data, end, work.kind.columns)
    if shape is None:
        work.header_unknown()
        return (), []
    both = Sides(work.reading, work.title, work.measure, shape, work.vocabulary)
    for row in data:
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
    return tuple(role for role in roles if role and role not in headers.LABELS | {headers.UNKNOWN})


def _twice(roles: list[str | None]) -> bool:
    keys = _keys(roles)
    return len(keys) != len(set(keys))
