"""Tables, project forms and figures of one document, every amount in 元 with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from decimal import Decimal

    from yusuan.ledger.finding import Finding

#: The levels of a row. Revenue items of T1 and T4 are `收入` and their parts `收入明细`;
#: expenditure items there are functional 类. A 小计 adds up the 类 of its own `key` (人员经费合计);
#: a 单位 row has the code of a unit, not of a subject. A row without a code is `其他`.
LEVELS = ("类", "款", "项", "合计", "小计", "单位", "收入", "收入明细", "其他")

REVENUE = "revenue"
EXPENDITURE = "expenditure"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a cell stands in its source: what a person needs in order to look it up."""

    file: str = ""
    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    table: int | None = None

    def __str__(self) -> str:
        """Say the place in Chinese, for example “第 135 行”."""
        parts = []
        if self.page is not None:
            parts.append(f"第 {self.page} 页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        if self.table is not None:
            parts.append(f"第 {self.table} 个表格")
        line = self.line if self.line is not None else self.row
        if line is not None:
            parts.append(f"第 {line} 行")
        if self.column is not None:
            parts.append(f"第 {self.column} 列")
        return "".join(parts)

    def source(self) -> dict[str, object]:
        """Give the place as a finding's source has it (beancount's filename and lineno)."""
        return {"filename": self.file, "lineno": self.line or self.row or 0, "where": str(self)}


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount: in 元 whatever the printed measure, None where the cell is blank (not zero)."""

    amount: Decimal | None
    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `amounts` by the keys of DESIGN §4, `key` says which revenue a row of T1/T4 is."""

    level: str
    code: str
    name: str
    amounts: Mapping[str, Cell]
    where: Where
    side: str | None = None
    key: str = ""

    def amount(self, key: str) -> Decimal | None:
        """Give the amount (元) under a key; None where blank or where there is no such column."""
        cell = self.amounts.get(key)
        return None if cell is None else cell.amount


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `measure` is the printed unit (元 or 万元), the amounts are in 元 always."""

    id: str
    title: str
    measure: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    where: Where = field(default_factory=Where)

    def total(self, side: str | None = None) -> Row | None:
        """Give the last 合计 row (of one side, for T1 and T4)."""
        found = self.totals(side)
        return found[-1] if found else None

    def totals(self, side: str | None = None) -> tuple[Row, ...]:
        """Give all 合计 rows of a side from the top: 本年收入合计 stands above 总计."""
        return tuple(row for row in self.rows if row.level == "合计" and row.side == side)

    @property
    def units(self) -> tuple[Row, ...]:
        """Give the rows of units; below each of several the same subjects stand again."""
        return tuple(row for row in self.rows if row.level == "单位")

    def coded(self) -> Iterator[Row]:
        """Give the rows that have the code of a subject, in print order."""
        return (row for row in self.rows if row.code and row.level != "单位")

    def by_code(self) -> dict[str, Row]:
        """Give the coded rows that have no side by their code."""
        return {row.code: row for row in self.coded() if row.side is None}


@dataclass(frozen=True, slots=True)
class Component:
    """项目组成: one part of a project, as granted 下达 and as asked 申报."""

    name: str
    issued: Cell | None
    asked: Cell | None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """绩效指标: target as printed, weight and score in points."""

    group: str
    level: str
    content: str
    target: str
    basis: str
    weight: Decimal | None
    score: Decimal | None
    standard: str
    where: Where


@dataclass(frozen=True, slots=True)
class Detail:
    """项目构成分解: an amount as unit price times quantity, with the basis of each."""

    project: str
    note: str
    item: str
    amount: Cell | None
    price: Cell | None
    price_basis: str
    quantity: Decimal | None
    quantity_basis: str
    where: Where


@dataclass(frozen=True, slots=True)
class Funding:
    """项目资金: money of one source, of the whole project (`project`) or of the year (`year`)."""

    scope: str
    name: str
    amount: Cell


@dataclass(frozen=True, slots=True)
class Project:
    """One 项目支出绩效目标 form. Persons and their phone numbers are never part of it."""

    name: str
    category: str
    department: str
    total: Cell | None
    prior_budget: Cell | None
    prior_spent: Cell | None
    start: str
    end: str
    components: tuple[Component, ...]
    indicators: tuple[Indicator, ...]
    breakdown: tuple[Detail, ...]
    prose: Mapping[str, str]
    where: Where
    annual: Cell | None = None
    funding: tuple[Funding, ...] = ()
    #: What the weights add up to, where the form prints it: the rest is for carrying out.
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number named in the prose; `unit` is 元, or % or 个 or 家 for what is not money."""

    key: str
    subject: str
    amount: Decimal
    text: str
    where: Where
    unit: str = "元"


@dataclass(frozen=True, slots=True)
class Document:
    """What one published document says."""

    unit: str
    year: int | None
    kind: str
    tables: tuple[Table, ...]
    projects: tuple[Project, ...]
    figures: tuple[Figure, ...]
    source: str
    sha256: str
    findings: tuple[Finding, ...] = ()

    def table(self, table_id: str) -> Table | None:
        """Give one table by its id (T1 … T9), or None where the document has none."""
        return next((table for table in self.tables if table.id == table_id), None)

    def figures_of(self, key: str) -> tuple[Figure, ...]:
        """Give the prose figures of one key, in print order."""
        return tuple(figure for figure in self.figures if figure.key == key)
