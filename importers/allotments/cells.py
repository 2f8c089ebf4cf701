"""One row of a 指标 list, column by column; what cannot be read is reported with its cell."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import TypeVar

from yusuan.importers.allotments import values
from yusuan.importers.allotments.columns import cell
from yusuan.importers.allotments.values import Coded
from yusuan.importers.allotments.values import ValueProblem
from yusuan.importers.persons import unsaid
from yusuan.importers.readers.grid import GridCell
from yusuan.ledger.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from yusuan.importers.allotments.columns import Header
    from yusuan.importers.allotments.words import Words
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.classification import Scheme

_T = TypeVar("_T")

#: Ids of what is said about a list: its header, a blank, a value, an amount, a total, a row twice.
HEADER, BLANK, VALUE, AMOUNT, TOTAL, TWICE = "I01", "I02", "I03", "I04", "I05", "I06"
_NONE = Coded("", "")


def finding(rule: str, where: GridCell, why: str) -> Finding:
    """Say what is wrong with a cell."""
    return Finding(where.where.source(), f"{where.where}：{why}", None, rule)


@dataclass(slots=True)
class Cells:
    """The cells of one row under a header."""

    header: Header
    words: Words
    measure: str
    row: GridRow
    findings: list[Finding] = field(default_factory=list)
    #: What is to be said and stops nothing; a sheet gives its own list.
    notes: list[str] = field(default_factory=list)

    def cell(self, column: str) -> GridCell:
        """Give the cell of a column's codes; a blank one where the list has no such column."""
        place = self.header.codes.get(column)
        return GridCell("", self.row.where) if place is None else cell(self.row, place)

    def name(self, column: str) -> str:
        """Give the name beside the codes of a column, where names have a column of their own."""
        place = self.header.names.get(column)
        alone = place is None or place == self.header.codes.get(column)
        return "" if alone or place is None else cell(self.row, place).text

    def amount(self, column: str) -> Decimal | None:
        """Read an amount in 元; None, and reported, where there is none."""
        found = self.cell(column)
        return self._try(AMOUNT, found, lambda: values.amount(found.text, self.measure))

    def subject(self, scheme: Scheme, column: str) -> Coded:
        """Read a code of a scheme, which must be there."""
        found, name = self.cell(column), self.name(column)
        if not self._filled(column, found, found.text):
            return _NONE
        return self._try(VALUE, found, lambda: values.subject(scheme, found.text, name)) or _NONE

    def choice(self, column: str, *, required: bool = False) -> str:
        """Read a word that means one of a few things."""
        found, name = self.cell(column), self.name(column)
        text = found.text or name
        if not text:
            if required:
                self._filled(column, found, "")
            return ""
        read = self._try(VALUE, found, lambda: values.choice(column, text, name, self.words))
        return read or ""

    def coded(self, column: str, least: int = 1) -> Coded:
        """Read a code, a name, or both; a code before its name has that many digits at least."""
        found, name = self.cell(column), self.name(column)
        if not found.text:
            return Coded("", name)
        digits = 1 if name else least
        return self._try(VALUE, found, lambda: values.coded(found.text, name, digits)) or _NONE

    def optional(self, column: str, read: Callable[[str], _T]) -> _T | None:
        """Read a cell that may be blank."""
        found = self.cell(column)
        return self._try(VALUE, found, lambda: read(found.text)) if found.text else None

    def report(self, rule: str, where: GridCell, why: str) -> None:
        """Note what is wrong with a cell; a person's name or number is not repeated."""
        self.findings.append(finding(rule, where, unsaid(why, where.text)))

    def _filled(self, column: str, found: GridCell, text: str) -> bool:
        if not text:
            head = self.header.row.cells[self.header.codes[column]].text
            why = f"“{head}”是空白的，请填写；合并的单元格请取消合并，每行都填"
            self.report(BLANK, found, why)
        return bool(text)

    def _try(self, rule: str, where: GridCell, read: Callable[[], _T]) -> _T | None:
        try:
            return read()
        except ValueProblem as error:
            self.report(rule, where, str(error))
            return None
