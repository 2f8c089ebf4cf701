"""One sheet of a 指标 list: which of its rows are lines, and whether they add up to its total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from yusuan.importers.allotments import measures
from yusuan.importers.allotments import values
from yusuan.importers.allotments.cells import AMOUNT
from yusuan.importers.allotments.cells import BLANK
from yusuan.importers.allotments.cells import HEADER
from yusuan.importers.allotments.cells import TOTAL
from yusuan.importers.allotments.cells import Cells
from yusuan.importers.allotments.cells import finding
from yusuan.importers.allotments.columns import again
from yusuan.importers.allotments.columns import columns
from yusuan.importers.allotments.naming import compare
from yusuan.importers.budget.words import is_number
from yusuan.importers.budget.words import squeeze
from yusuan.importers.footers import is_footer
from yusuan.ledger.budget.allotment import Row
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.classification import Scheme
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.importers.allotments.columns import Header
    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.classification import Classification
    from yusuan.ledger.finding import Finding

_SCHEMES = {"function": Scheme.FUNCTIONAL, "economic": Scheme.ECONOMIC}
_WHOLE = re.compile(r"(?:指标|支出|本表|全部)?(?:合计|总计)(?:金额|数)?[:：]?")
_PART = re.compile(r".*(?:小计|累计|合计|总计)[:：]?")
#: Where the total of a part may name itself (一般公共预算小计); a project may have any name.
_NAMING_TOTALS = ("unit", "fund", "function", "economic", "class")


@dataclass(slots=True)
class Sheet:
    """What one sheet says, row by row; what is wrong is a finding."""

    header: Header
    words: Words
    measure: str
    codes: Classification
    #: The year of rows that say none, for the names of codes.
    of_year: int | None = None
    rows: list[Row] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _total: tuple[GridCell, Decimal] | None = None

    def read(self, rows: Sequence[GridRow]) -> None:
        """Read every row below the header; nothing where the header itself is wrong."""
        self.findings += [finding(HEADER, where, why) for where, why in self.header.problems]
        if self.measure not in measures.READ:
            why = measures.unknown(self.measure)
            self.findings.append(finding(HEADER, self.header.row.filled[0], why))
        if self.findings:
            return
        heads = columns(self.header.row, self.words)
        pairs = zip(self.header.row.texts, heads, strict=True)
        unknown = [text for text, head in pairs if text and head is None]
        self.notes += [f"没有读取的列：{'、'.join(unknown)}"] if unknown else []
        for row in rows[self.header.at + 1 :]:
            if not row.filled or again(row, heads, self.words) or row.texts in self.header.split:
                continue
            cells = Cells(self.header, self.words, self.measure, row, notes=self.notes)
            if values.deleted(cells.cell("deleted").text):
                self.notes.append(f"{row.where}所在的一行已标记为删除，没有读取")
            elif is_footer(row, (self.header.codes["amount"],)):
                self.notes.append(f"{row.where}所在的一行是签章、时间或页码，不是指标")
            elif _totals(cells):
                self._keep_total(cells)
            elif len(row.filled) == 1 and not is_number(row.filled[0].text):
                self.notes.append(f"{row.where}“{row.filled[0].text}”是说明，不是指标")
            else:
                self._row(cells)
            self.findings += cells.findings
        if not self.findings:
            self._compare()

    def _keep_total(self, cells: Cells) -> None:
        """Remember the last total of the whole sheet; totals of parts are passed over."""
        self.notes.append(f"{cells.row.where}所在的一行是合计或小计，不是指标")
        printed = cells.cell("amount")
        if printed.text and any(_WHOLE.fullmatch(squeeze(each.text)) for each in cells.row.filled):
            amount = cells.amount("amount")
            if amount is not None:
                self._total = printed, amount

    def _compare(self) -> None:
        below = sum((row.amount for row in self.rows), ZERO)
        if self._total and self._total[1] != below:
            figures = f"合计 {plain(self._total[1])} 元与各行之和 {plain(below)} 元不符"
            why = f"{figures}，请核对是否缺行或重行"
            self.findings.append(finding(TOTAL, self._total[0], why))
        elif self._total:
            figures = f"合计 {plain(self._total[1])} 元与各行之和相符"
            self.controls.append(f"{self._total[0].where}的{figures}")

    def _row(self, cells: Cells) -> None:
        function = cells.subject(Scheme.FUNCTIONAL, "function")
        economic = cells.subject(Scheme.ECONOMIC, "economic")
        day = cells.optional("day", values.day)
        for role, read in (("function", function), ("economic", economic)):
            compare(cells, role, read, _SCHEMES[role], day or self._first_day(cells), self.codes)
        klass = cells.choice("class", required=True)
        project = cells.coded("project", values.PROJECT_DIGITS)
        if klass == PROJECT and not any(project):
            why = "项目支出没有写项目，请填写项目编码或名称"
            cells.report(BLANK, cells.cell("project"), why)
        self._about(cells)
        amount = cells.amount("amount")
        row = Row(
            fund=cells.choice("fund", required=True),
            function=function.code,
            klass=klass,
            economic=economic.code,
            amount=amount or ZERO,
            project=project.code or project.name,
            name=project.name or project.code,
            doc=cells.cell("doc").text,
            day=day,
            id=squeeze(cells.cell("indicator").text),
            origin=cells.optional("origin", values.year),
            source=cells.choice("source"),
            procurement=cells.choice("procurement") == "是",
            method=cells.choice("method"),
            where=str(cells.cell("amount").where),
        )
        if not cells.findings:
            self.rows.append(row)
            self.names |= {each.code: each.name for each in (function, economic) if each.name}

    def _first_day(self, cells: Cells) -> date | None:
        """Give the first day of the year that a row is of, where that is known."""
        text = cells.cell("year").text
        try:
            return date(values.year(text) if text else self.of_year or 0, 1, 1)
        except ValueError:
            return None

    def _about(self, cells: Cells) -> None:
        """Note the unit and the year; refuse what was taken back without a row of its own."""
        unit = cells.coded("unit")
        self.units += [each for each in (unit.name or unit.code,) if each]
        year = cells.optional("year", values.year)
        self.years += [year] if year is not None else []
        taken = cells.amount("reduced") if cells.cell("reduced").text else None
        if taken:
            why = f"有调减 {plain(taken)} 元而没有文号；请把调减另列一行，金额写成负数并注明文号"
            cells.report(AMOUNT, cells.cell("reduced"), why)


def _totals(cells: Cells) -> bool:
    """Tell a row of totals from a line."""
    texts = [squeeze(each.text) for each in cells.row.filled]
    if any(
        _WHOLE.fullmatch(text) or text.removeprefix("本页") in {"小计", "累计"} for text in texts
    ):
        return True
    named = [cells.cell(column).text for column in _NAMING_TOTALS]
    named += [cells.name(column) for column in _NAMING_TOTALS]
    return any(_PART.fullmatch(squeeze(text)) for text in named)
