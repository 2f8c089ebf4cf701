"""One section to one table, by the shape of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import body as bodies
from yusuan.importers.budget import headers
from yusuan.importers.budget import sides
from yusuan.importers.budget import words
from yusuan.importers.budget.coded import Coded
from yusuan.importers.budget.sides import Sides
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Callable

    from yusuan.importers.budget.body import Body
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.budget.words import Kind


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

    def header_unknown(self) -> None:
        """Report a header that cannot be read, where there is anything to lose."""
        if self.body.data:
            where = (self.body.header or self.body.data)[0].where
            message = f"《{self.title}》的表头无法识别，整张表未读取，请核对表头"
            self.reading.report("D03", where, message)


#: A longer header cell is no header; cutting it keeps the patterns of headers fast.
_LONGEST_HEADER: Final = 60

#: The columns of a table and its rows.
_Read = tuple[tuple[str, ...], list[Row]]


def table(section: Section, kind: Kind, reading: Reading) -> tuple[Table, str]:
    """Read one section as a table of its kind; also give the unit named above it."""
    body = bodies.sort_out(section, items_alone=kind.shape == words.SIDES)
    where = section.head.where if section.head else Where()
    measure = _measure(body, section.title, where, reading)
    header = [[words.squeeze(text)[:_LONGEST_HEADER] for text in row.texts] for row in body.header]
    work = _Work(kind, section.title, where, body, header, measure, reading)
    columns, rows = _SHAPES[kind.shape](work)
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
    roles = headers.columns(work.header, work.body.width, work.kind.columns)
    if headers.NAME not in roles or "total" not in roles or _twice(roles):
        work.header_unknown()
        return (), []
    coded = Coded(work.reading, work.title, work.measure, roles)
    for row in work.body.data:
        coded.add(row)
    return _keys(roles), coded.rows


def _single(work: _Work) -> _Read:
    """Read T9: a row of figures, without codes and mostly without a label."""
    roles = headers.columns(work.header, work.body.width, work.kind.columns)
    if not _keys(roles) or _twice(roles):
        work.header_unknown()
        return (), []
    rows = []
    for row in work.body.data:
        amounts, name = {}, ""
        complete = len(row.cells) >= len(roles)
        for cell, role in zip(row.cells, roles, strict=False):
            if complete and role in work.kind.columns and role is not None:
                amounts[role] = work.reading.amount(cell, work.measure)
            elif words.is_number(cell.text):
                work.reading.unplaced(cell, work.title)
            else:
                name += cell.text
        alone = len(work.body.data) == 1 or words.is_total(name)
        rows.append(Row("合计" if alone else "其他", "", name or "合计", amounts, row.where))
    return _keys(roles), rows


def _sides(work: _Work) -> _Read:
    """Read a table with revenue on the left and expenditure on the right."""
    shape = sides.layout(work.header, work.body.data, work.body.width, work.kind.columns)
    if shape is None:
        work.header_unknown()
        return (), []
    both = Sides(work.reading, work.title, work.measure, shape)
    for row in work.body.data:
        both.add(row)
    return tuple(dict.fromkeys([*shape.revenue, *shape.expenditure])), both.rows


_SHAPES: Final[dict[str, Callable[[_Work], _Read]]] = {
    words.FUNCTIONAL: _coded,
    words.ECONOMIC: _coded,
    words.SIDES: _sides,
    words.SINGLE: _single,
}


def _keys(roles: list[str | None]) -> tuple[str, ...]:
    return tuple(role for role in roles if role and role not in {headers.CODE, headers.NAME})


def _twice(roles: list[str | None]) -> bool:
    keys = _keys(roles)
    return len(keys) != len(set(keys))
