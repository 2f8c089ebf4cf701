"""项目支出绩效目标 forms: labels beside values, components, indicators, breakdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words
from yusuan.importers.budget.funding import Funds
from yusuan.importers.budget.goals import indicator
from yusuan.importers.budget.goals import is_header
from yusuan.importers.budget.goals import points
from yusuan.ledger.tables.model import Component
from yusuan.ledger.tables.model import Detail
from yusuan.ledger.tables.model import Indicator
from yusuan.ledger.tables.model import Project
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.sections import Section
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.tables.model import Cell

#: Labels of a form, without spaces, colons and the unit in brackets, and what they name.
_LABELS: Final = {
    "主管部门": "department",
    "项目名称": "name",
    "项目类别": "category",
    "开始日期": "start",
    "计划开始日期": "start",
    "结束日期": "end",
    "计划完成日期": "end",
    "项目总预算金额": "total",
    "项目资金总额": "total",
    "年度资金总额": "annual",
    "年度资金申请总额": "annual",
    "主管部门及代码": "department",
    "同名项目上年预算额": "prior_budget",
    "同名项目上年预算执行数": "prior_spent",
    "项目背景": "background",
    "立项依据": "basis",
    "项目设立的必要性": "necessity",
    "项目实施计划": "plan",
    "项目总目标": "goal",
    "年度绩效目标": "annual_goal",
    "年度总体目标": "annual_goal",
}
_PROSE: Final = ("background", "basis", "necessity", "plan", "goal", "annual_goal")
_LONGEST_LABEL: Final = 60
_HEADINGS: Final = frozenset({"项目构成分解", "项目概况", "项目目标"})
_IN_WAN: Final = re.compile(r".*(?:资金|金额|预算|单位)[:：]?[(（]?(?:单位[:：])?万元[)）]?")
_BRACKETS = re.compile(r"[(（].*[)）]")

#: Words in the header of each list inside a form, in the order of their columns.
_COMPONENTS: Final = ("项目组成名称", "下达", "申报", "说明")
_INDICATORS: Final = ("层级", "指标内容", "目标值", "测算依据", "权重", "得分", "评分标准")
_DETAILS: Final = ("总项目", "项目说明", "分解构成", "金额", "单价", "单价依据", "数量", "数量依据")


@dataclass(slots=True)
class _Form:
    """A form while it is being read, row by row."""

    reading: Reading
    title: str
    values: dict[str, GridCell] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    part: str = ""
    places: list[int | None] = field(default_factory=list)
    group: str = ""
    level: str = ""
    project: str = ""
    measure: str = "元"
    funds: Funds = field(default_factory=Funds)
    points: Decimal | None = None


def project(section: Section, reading: Reading) -> Project:
    """Read one form; numbers in its lists that fit no column become findings."""
    form = _Form(reading, section.title, measure=_measure(section))
    for row in section.rows:
        _row(form, row)
    values = form.values

    def text(key: str) -> str:
        return values[key].text if key in values else ""

    def amount(key: str) -> Cell | None:
        return reading.amount(values[key], form.measure) if key in values else None

    return Project(
        name=text("name"),
        category=text("category"),
        department=text("department"),
        total=amount("total"),
        prior_budget=amount("prior_budget"),
        prior_spent=amount("prior_spent"),
        start=text("start"),
        end=text("end"),
        components=tuple(form.components),
        indicators=tuple(form.indicators),
        breakdown=tuple(form.details),
        prose={key: text(key) for key in _PROSE if key in values},
        where=section.head.where if section.head else Where(),
        annual=amount("annual"),
        funding=tuple(form.funds.found),
        points=form.points,
    )


def _measure(section: Section) -> str:
    """Give 万元 where the form says so beside its money, else 元."""
    texts = [words.squeeze(cell.text) for row in section.rows for cell in row.filled]
    return "万元" if any(_IN_WAN.fullmatch(text) for text in texts) else "元"


def _row(form: _Form, row: GridRow) -> None:
    """Read one row of a form: a header of a list, a heading, labels and values, or a list row."""
    texts = [words.squeeze(cell.text) for cell in row.cells]
    filled = [text for text in texts if text]
    if is_header(texts):
        form.part, form.points = "goals", points(texts)
        return
    for part, header in (
        ("component", _COMPONENTS),
        ("indicator", _INDICATORS),
        ("detail", _DETAILS),
    ):
        places = [_find(texts, word) for word in header]
        if sum(place is not None for place in places) >= len(header) - 1:
            form.part, form.places = part, places
            form.level = form.project = ""
            _lose_numbers(form, row)
            return
    if len(filled) == 1 and (words.ordinal(filled[0]) or filled[0] in _HEADINGS):
        form.group = words.plain_name(filled[0])
        form.part = ""
        return
    if form.funds.take(row, form.reading, form.measure):
        return
    if any(_label(text) for text in texts):
        form.part = ""
        form.funds.open(texts, {"total": "project", "annual": "year"}, _label)
        _values(form, row, texts)
    elif form.part:
        _item(form, row)
    else:
        _lose_numbers(form, row)


def _lose_numbers(form: _Form, row: GridRow) -> None:
    """Report the numbers of a row that has no place for any."""
    for cell in row.filled:
        if words.is_number(cell.text):
            form.reading.unplaced(cell, form.title)


def _find(texts: list[str], word: str) -> int | None:
    """Find a column by its word: the whole header if one equals it, else one that contains it."""
    exact = [i for i, text in enumerate(texts) if text == word]
    within = [i for i, text in enumerate(texts) if word in text and "依据" not in text]
    return next(iter(exact or within), None)


def _label(text: str) -> str | None:
    """Give what a label names, or None for any other text."""
    if len(text) > _LONGEST_LABEL:
        return None
    return _LABELS.get(_BRACKETS.sub("", text).rstrip(":：").removeprefix("其中："))


def _values(form: _Form, row: GridRow, texts: list[str]) -> None:
    """Take the next filled cell after each label; a number that is no value is reported."""
    waiting: str | None = None
    for cell, text in zip(row.cells, texts, strict=True):
        if not text:
            continue
        key = _label(text)
        if key is not None:
            waiting = key
        elif waiting is not None:
            form.values.setdefault(waiting, cell)
            waiting = None
        elif words.is_number(text):
            form.reading.unplaced(cell, form.title)


def _item(form: _Form, row: GridRow) -> None:
    """Read one row of the list that is open."""
    if form.part == "goals":
        goal = indicator(row, form.group, form.level, form.reading)
        form.group, form.level = goal.group, goal.level
        form.indicators.append(goal)
        return
    cells = [
        row.cells[place] if place is not None and place < len(row.cells) else None
        for place in form.places
    ]
    used = {id(cell) for cell in cells}
    for cell in row.filled:
        if id(cell) not in used and words.is_number(cell.text):
            form.reading.unplaced(cell, form.title)
    texts = [cell.text if cell is not None else "" for cell in cells]
    if form.part == "component":
        _component(form, cells, texts)
    elif form.part == "indicator":
        _indicator(form, row, cells, texts)
    else:
        _detail(form, row, cells, texts)


def _component(form: _Form, cells: list[GridCell | None], texts: list[str]) -> None:
    issued, asked = (form.reading.amount(cell) if cell else None for cell in cells[1:3])
    form.components.append(Component(texts[0], issued, asked, texts[3]))


def _indicator(form: _Form, row: GridRow, cells: list[GridCell | None], texts: list[str]) -> None:
    form.level = texts[0] or form.level
    weight, score = (
        form.reading.number(cell) if cell and cell.text else None for cell in cells[4:6]
    )
    form.indicators.append(
        Indicator(
            form.group, form.level, texts[1], texts[2], texts[3], weight, score, texts[6], row.where
        )
    )


def _detail(form: _Form, row: GridRow, cells: list[GridCell | None], texts: list[str]) -> None:
    form.project = texts[0] or form.project
    amount, price = (form.reading.amount(cell) if cell else None for cell in cells[3:5])
    quantity = form.reading.number(cells[6]) if cells[6] and cells[6].text else None
    form.details.append(
        Detail(
            form.project, texts[1], texts[2], amount, price, texts[5], quantity, texts[7], row.where
        )
    )
