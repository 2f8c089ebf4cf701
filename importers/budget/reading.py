"""One table while it is being read: its cells to amounts, and what did not fit as findings."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from decimal import Inexact
from typing import TYPE_CHECKING

from yusuan.importers.budget import words
from yusuan.ledger import money
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import Cell

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.importers.readers.grid import GridCell
    from yusuan.ledger.tables.model import Where

#: Ids of what the recogniser reports, with what each one says.
RULES = {
    "D01": "表内数字未归入任何一行",
    "D02": "金额无法读取",
    "D03": "表头无法识别",
    "D04": "计量单位不明",
    "D05": "同一张表重复出现",
    "D06": "未识别的表",
    "D07": "数据行没有科目编码",
    "D08": "没有找到任何预算表",
    "D09": "科目编码不合规则",
    "D10": "隐藏的工作表没有读取",
}


@dataclass(slots=True)
class Reading:
    """Collects the findings of one document and reads its amounts."""

    findings: list[Finding] = field(default_factory=list)
    #: Titles of the tables that could not be read: they are not empty.
    unread: set[str] = field(default_factory=set)

    def report(
        self, rule: str, where: Where, message: str, severity: Severity = Severity.STOP
    ) -> None:
        """Note what is wrong at a place."""
        self.findings.append(Finding(where.source(), message, None, rule, severity))

    def amount(self, cell: GridCell, measure: str = "元", key: str = "") -> Cell:
        """Read one amount printed in a measure; blank stays blank, an unreadable one is reported.

        A `percent` is no money: it is read as the number that is printed.
        """
        value = self._percent(cell) if key.startswith("percent") else self._value(cell, measure)
        return Cell(value, cell.text, cell.where)

    def _percent(self, cell: GridCell) -> Decimal | None:
        text = words.squeeze(cell.text).rstrip("%％")
        try:
            return None if words.is_blank(text) else money.parse(text)
        except money.MoneyError:
            return None  # 100%以上 or #DIV/0!

    def _value(self, cell: GridCell, measure: str) -> Decimal | None:
        if words.is_blank(cell.text):
            return None
        text = words.squeeze(cell.text)
        try:
            return money.from_wan(money.parse(text)) if measure == "万元" else money.yuan(text)
        except money.MoneyError as error:
            self.report("D02", cell.where, f"{error}，请核对原文")
        except Inexact:
            self.report("D02", cell.where, f"“{cell.text}”万元折合到分以下，请核对原文")
        return None

    def number(self, cell: GridCell) -> Decimal | None:
        """Read a plain number that is not money (points, quantities); None where it is none."""
        try:
            return money.parse(words.squeeze(cell.text))
        except money.MoneyError:
            return None

    def unplaced(self, cell: GridCell, title: str) -> None:
        """Report a number that found no row: nothing in a recognised table is lost silently."""
        self.report("D01", cell.where, f"《{title}》中的“{cell.text}”没有归入任何一行，请核对原表")
