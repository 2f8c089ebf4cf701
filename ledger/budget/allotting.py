"""What a 指标 list adds to a book: its lines, its documents, and what stands against them."""

from __future__ import annotations

import re
from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from yusuan.ledger.budget.allotment import Allotment
from yusuan.ledger.budget.allotment import Key
from yusuan.ledger.budget.allotment import Share
from yusuan.ledger.budget.issued import Issued
from yusuan.ledger.budget.issued import Recorded
from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import Line
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.budget.allotment import Row

#: An issuer's id becomes the line's where it is an account component that can be typed.
_FIT = re.compile(r"[0-9A-Z][0-9A-Za-z]{2,15}")
_KINDS = {"01": Kind.APPROPRIATION, "03": Kind.SUPPLEMENT, "05": Kind.CARRY}
#: The entries of a day in this order, so that the text is the same whatever the order of rows.
_ORDER = (Kind.CARRY, Kind.APPROPRIATION, Kind.SUPPLEMENT, Kind.REDUCTION)
_NAMES = {PERSONNEL: "人员经费", OPERATING: "公用经费", BASIC: "基本支出"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a book has when a list comes: its lines, what lists gave it, and how its year began.

    `approved` says that the year's approval is there, `published` that a published budget was
    it; `day` and `doc` stand in where a row has none.
    """

    year: int
    lines: Mapping[str, Line] = field(default_factory=dict)
    issued: tuple[Issued, ...] = ()
    approved: bool = False
    published: bool = False
    day: date | None = None
    doc: str = ""

    def doc_of(self, row: Row) -> str:
        """Give the document number of a row."""
        return row.doc or self.doc

    def kind_of(self, row: Row) -> Kind:
        """Say what a row does; what the list leaves open, the book's state decides."""
        if row.amount < 0:
            return Kind.REDUCTION
        if row.origin is not None and row.origin < self.year:
            return Kind.CARRY
        default = Kind.SUPPLEMENT if self.approved else Kind.APPROPRIATION
        return _KINDS.get(row.source, default)

    def day_of(self, row: Row) -> date | None:
        """Give the day that a row counts from: its document's, but not before the year begins."""
        first = date(self.year, 1, 1)
        day = row.day or self.day or (None if self.approved else first)
        return max(day, first) if day else None


@dataclass(slots=True)
class Allotted:
    """What is to be recorded, the lines to be opened for it, and what stands against it."""

    allotments: list[Allotment] = field(default_factory=list)
    opened: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def allot(listed: AllotmentList, standing: Standing) -> Allotted:
    """Put a list beside a book: rows of one key are one line, rows of one document one entry.

    What the book has from another list is not recorded again. Source: docs/decisions/0010.
    """
    found = Allotted(notes=list(listed.notes))
    lines = {key_of(line): line for line in standing.lines.values() if line.economics}
    rows = list(_new(listed.rows, lines, standing, found))
    found.opened = _opened(rows, lines, standing)
    lines |= {key_of(line): line for line in found.opened}
    grouped: defaultdict[tuple[date, Kind, str], list[Share]] = defaultdict(list)
    for row in rows:
        day, kind, doc = standing.day_of(row), standing.kind_of(row), standing.doc_of(row)
        why = _objection(row, standing)
        if why or day is None:
            found.problems.append(f"{row.where}：{why}")
        else:
            share = Share(lines[row.key(standing.year)], row.economic, row.amount, row.id)
            grouped[day, kind, doc].append(share)
    for key in sorted(grouped, key=lambda key: (key[0], _ORDER.index(key[1]))):
        found.allotments.append(Allotment(*key, tuple(grouped[key])))
    return found


def key_of(line: Line) -> Key:
    """Give the key that the rows of a line have."""
    parts = (line.fund, line.function, line.klass, line.project)
    return Key(*parts, line.origin, line.procurement, line.method)


def _new(
    rows: tuple[Row, ...], lines: Mapping[Key, Line], standing: Standing, found: Allotted
) -> Iterator[Row]:
    """Leave out what the book has already, and say so."""
    recorded = Recorded(standing.issued)
    for row in rows:
        doc, line = standing.doc_of(row), lines.get(row.key(standing.year))
        held = recorded.amount(
            Issued(row.id, line.id if line else "", doc, row.economic, row.amount)
        )
        what = f"指标 {row.id or row.name or row.function}（{doc or '无文号'}，{row.economic}）"
        if not row.amount:
            found.notes.append(f"{row.where}：{what}金额为零，没有额度可记")
        elif held is None:
            yield row
        elif held == row.amount:
            found.notes.append(f"{row.where}：{what}已从另一个文件导入，不重复记录")
        else:
            differ = f"已按 {plain(held)} 元导入，这里是 {plain(row.amount)} 元"
            advice = "变动请用另一个文号的追加或追减"
            found.problems.append(f"{row.where}：{what}{differ}；{advice}")


def _opened(rows: list[Row], lines: Mapping[Key, Line], standing: Standing) -> list[Line]:
    """Make the lines that the book has not; one takes its issuer's id where all its rows have it."""
    groups: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.key(standing.year)].append(row)
    uses = Counter(id_ for group in groups.values() for id_ in {row.id for row in group})
    foreign = {*standing.lines, *SCOPE_OF_CLASS.values()}
    taken = foreign | uses.keys()
    made = []
    for key, group in groups.items():
        if key in lines:
            continue
        own = group[0].id
        alone = {row.id for row in group} == {own} and uses[own] == 1 and own not in foreign
        id_ = own if alone and _FIT.fullmatch(own) else _number(key, standing.year, taken)
        taken.add(id_)
        made.append(_line(id_, key, group))
    return made


def _number(key: Key, year: int, taken: set[str]) -> str:
    """Number a line as the import of a published budget does: 2020J01, 2020X01."""
    head = f"{year}{'X' if key.klass == PROJECT else 'J'}"
    numbers = (int(i[len(head) :]) for i in taken if re.fullmatch(rf"{head}[0-9]{{2,6}}", i))
    return f"{head}{max(numbers, default=0) + 1:02d}"


def _line(id_: str, key: Key, group: list[Row]) -> Line:
    return Line(
        id_,
        key.fund,
        key.function,
        key.klass,
        key.origin,
        "",
        next((row.name for row in group if row.name), "") or _NAMES.get(key.klass, ""),
        key.project,
        frozenset(row.economic for row in group),
        procurement=key.procurement,
        method=key.method,
    )


def _objection(row: Row, standing: Standing) -> str:
    """Say why a row cannot be recorded, or nothing."""
    kind, day = standing.kind_of(row), standing.day_of(row)
    if row.origin is not None and row.origin > standing.year:
        return f"来源年度 {row.origin} 在预算年度 {standing.year} 之后"
    if kind is Kind.CARRY and row.origin in {None, standing.year}:
        return "结转指标没有写明以前的来源年度，请加“来源年度”一列"
    if standing.published and kind not in {Kind.REDUCTION, Kind.CARRY} and row.source != "03":
        why = "年初批复已从公开的部门预算导入，分不清这是它的明细还是追加"
        return f"{why}；追加的指标请在“指标来源”一列写明追加"
    if kind is not Kind.APPROPRIATION and not standing.doc_of(row):
        return "没有文号；请填写，或用 --doc 注明"
    if day is None:
        return "没有日期；请加“文件日期”一列，或用 --date 注明"
    return "" if day.year == standing.year else f"日期 {day} 不在{standing.year}年"
