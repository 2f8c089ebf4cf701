"""One section to one table, by the shape of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from typing import TypeVar

from yusuan.importers.budget import body as bodies
from yusuan.importers.budget import headers
from yusuan.importers.budget import side_by_side
from yusuan.importers.budget import sides
from yusuan.importers.budget import single
from yusuan.importers.budget import words
from yusuan.importers.budget.coded import Coded
from yusuan.importers.budget.sides import Sides
from yusuan.importers.budget.vocabulary import ECONOMIC
from yusuan.importers.budget.vocabulary import FUNCTIONAL
from yusuan.importers.budget.vocabulary import SIDES
from yusuan.importers.budget.vocabulary import SINGLE
from yusuan.importers.budget.work import Work
from yusuan.importers.budget.work import keys
from yusuan.importers.budget.work import twice
from yusuan.importers.readers.grid import GridRow
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Sequence

    from yusuan.importers.budget.body import Body
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.budget.vocabulary import Kind
    from yusuan.importers.budget.vocabulary import Vocabulary
    from yusuan.importers.budget.work import Read


T = TypeVar("T")
#: A longer header cell is no header; cutting it keeps the patterns of headers fast.
_LONGEST_HEADER: Final = 60


def table(
    section: Section, kind: Kind, reading: Reading, vocabulary: Vocabulary
) -> tuple[Table, str]:
    """Read one section as a table of its kind; also give the unit named above it."""
    body = bodies.sort_out(section, vocabulary, items_alone=kind.shape == SIDES)
    where = section.head.where if section.head else Where()
    measure = _measure(body, section.title, where, reading)
    header = [[words.squeeze(text)[:_LONGEST_HEADER] for text in row.texts] for row in body.header]
    work = Work(kind, section.title, where, body, header, measure, reading, vocabulary)
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
    printed = body.measure or bodies.measure_in(title)
    if printed in {"元", "万元"}:
        return str(printed)
    if printed is not None:
        message = f"《{title}》的计量单位是{printed}，只能读取元和万元，请换算后再读"
        reading.report("D04", where, message)
        return "元"
    in_title = "万元" if "万元" in title else "元"
    if body.data:
        message = f"《{title}》没有写明计量单位，按{in_title}读取，请核对"
        reading.report("D04", where, message, Severity.WARN)
    return in_title


def _coded(work: Work) -> Read:
    """Read a table whose rows have codes."""
    stacks = headers.stacks(work.spread, work.body.width)
    roles = headers.of_stacks(stacks, work.kind.columns)
    blocks = side_by_side.blocks(roles)
    for block in blocks:
        own = roles[block]
        if headers.NAME not in own or not _has_amounts(own) or twice(own):
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
    return tuple(dict.fromkeys(keys(roles))), _units_told_apart(rows)


def _has_amounts(roles: list[str | None]) -> bool:
    """Say whether there is a total, or at least two of its parts."""
    return "total" in roles or len(keys(roles)) > 1


def _units_told_apart(rows: list[Row]) -> list[Row]:
    """Drop the unit that a table names in every row where it is but one."""
    named = {(row.code, row.name) for row in rows if row.level == "单位" and not row.amounts}
    return [row for row in rows if row.level != "单位" or row.amounts or len(named) > 1]


def _sides(work: Work) -> Read:
    """Read a table with revenue on the left and expenditure on the right."""
    data, width = work.body.data, work.body.width
    header = sides.columns_of(work.spread)
    end = sides.third(header, width)
    if end < width:
        work.side_unread(end)
        header = [texts[:end] for texts in header]
        data = [GridRow(row.cells[:end]) for row in data]
    stacks = headers.stacks(header, end)
    if beside := sides.unknown(header, stacks, work.kind.columns):
        work.columns_unknown(
            stacks, [headers.UNKNOWN if at in beside else None for at in range(end)]
        )
        header = [_without(beside, texts) for texts in header]
        left = (_without(beside, row.cells) for row in data)
        data = [GridRow(tuple(cells)) for cells in left if cells]
        end -= len(beside)
    shape = sides.layout(header, data, end, work.kind.columns)
    if shape is None:
        work.header_unknown()
        return (), []
    both = Sides(work.reading, work.title, work.measure, shape, work.vocabulary)
    for row in data:
        both.add(row)
    return tuple(dict.fromkeys([*shape.revenue, *shape.expenditure])), both.rows


def _without(columns: Collection[int], cells: Sequence[T]) -> list[T]:
    return [cell for at, cell in enumerate(cells) if at not in columns]


_SHAPES: Final[dict[str, Callable[[Work], Read]]] = {
    FUNCTIONAL: _coded,
    ECONOMIC: _coded,
    SIDES: _sides,
    SINGLE: single.read,
}
