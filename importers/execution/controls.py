"""Control totals: what a file's own 合计 and 笔数 say, against its rows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from yusuan.importers.allotments.cells import TOTAL
from yusuan.importers.allotments.cells import finding
from yusuan.importers.budget.words import is_blank
from yusuan.importers.budget.words import squeeze
from yusuan.importers.execution.subtotals import Subtotals
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from yusuan.importers.allotments.cells import Cells
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.finding import Finding

_COUNT = r"(?:[(（]?共?(?P<count>[0-9]+)[笔条行人][)）]?)?"
_WHOLE = re.compile(
    rf"(?:支付|本表|全部|本月|本期|申请|额度|发生额)?(?:合计|总计)(?:金额|数)?[:：]?{_COUNT}[:：]?"
)
_ALONE = re.compile(
    r"(?:笔数|合计笔数|总笔数)[:：]?(?P<count>[0-9]+)笔?|共?(?P<more>[0-9]+)[笔条行人]"
)
_PASSED = re.compile(r"累计|本年累计|期初余额|期末余额|上年结转|上期结转|承前页|过次页")
_SUBTOTAL = re.compile(r"(?:本页)?小计[:：]?")
#: Where it stands first, a 小计 may name what it is of.
_NAMED = re.compile(r".{1,30}(?:小计|合计|总计)[:：]?")
#: The total once more, in words.
_IN_WORDS = re.compile(r"(?:合计|总计)?(?:金额)?(?:人民币)?[(（]?(?:人民币)?大写[)）]?[:：]?.*")


@dataclass(slots=True)
class Controls:
    """The sums of a sheet's columns, and what is printed for them."""

    sums: dict[int, Decimal] = field(default_factory=dict)
    rows: int = 0
    _printed: list[tuple[int, GridCell, Decimal]] = field(default_factory=list)
    _counts: list[tuple[GridCell, int]] = field(default_factory=list)
    _wholes: list[GridCell] = field(default_factory=list)
    _parts: defaultdict[int, Subtotals] = field(default_factory=lambda: defaultdict(Subtotals))

    def add(self, amounts: dict[int, Decimal]) -> None:
        """Count a row, by the places of its amounts."""
        self.rows += 1
        for place, amount in amounts.items():
            self.sums[place] = self.sums.get(place, ZERO) + amount
            self._parts[place].add(amount)

    def close(self, row: GridRow, amounts: dict[int, Decimal]) -> None:
        """Remember a row that is the total of a part."""
        for place, amount in amounts.items():
            self._parts[place].close(row.cells[place], amount)

    def keep(self, cells: Cells, amounts: dict[int, Decimal]) -> None:
        """Remember a row that is the total of the whole sheet."""
        if not any(_IN_WORDS.fullmatch(squeeze(cell.text)) for cell in cells.row.filled):
            self._wholes.append(cells.row.filled[0])
        for place, amount in amounts.items():
            self._printed.append((place, cells.row.cells[place], amount))
        self.count(cells.row)

    def count(self, row: GridRow) -> None:
        """Remember a number of rows that is printed."""
        for each in row.filled:
            text = squeeze(each.text)
            found = _WHOLE.fullmatch(text) or _ALONE.fullmatch(text)
            said = next((number for number in found.groups() if number), "") if found else ""
            if said:
                self._counts.append((each, int(said)))

    def compare(self) -> Iterator[Finding]:
        """Report every total that its rows do not come to."""
        for part in self._parts.values():
            part.end()
            yield from part.findings
        for again in self._wholes[1:]:
            yield finding(TOTAL, again, "合计出现了两次，请核对是否把两个文件接在了一起")
        for place, cell, amount in self._printed:
            below = self.sums.get(place, ZERO)
            if amount != below:
                figures = f"合计 {plain(amount)} 元与各行之和 {plain(below)} 元不符"
                yield finding(TOTAL, cell, f"{figures}，请核对是否缺行、重行或改动")
        for cell, count in self._counts:
            if count != self.rows:
                why = f"印的是 {count} 笔，读到 {self.rows} 行，请核对是否缺行或重行"
                yield finding(TOTAL, cell, why)

    def said(self) -> Iterator[str]:
        """Say what agreed."""
        for _, cell, amount in self._printed:
            yield f"{cell.where}的合计 {plain(amount)} 元与各行之和相符"
        for cell, count in self._counts:
            yield f"{cell.where}的笔数 {count} 与行数相符"


def is_whole(row: GridRow) -> bool:
    """Tell the total of a whole sheet."""
    texts = (squeeze(cell.text) for cell in row.filled if "计" in cell.text or "写" in cell.text)
    return any(_WHOLE.fullmatch(text) or _IN_WORDS.fullmatch(text) for text in texts)


def is_subtotal(row: GridRow) -> bool:
    """Tell the total of a part."""
    filled = row.filled
    texts = (squeeze(cell.text) for cell in filled if "计" in cell.text)
    first = squeeze(filled[0].text) if filled else ""
    return any(map(_SUBTOTAL.fullmatch, texts)) or bool(_NAMED.fullmatch(first))


def is_passed(row: GridRow) -> bool:
    """Tell a balance or a running total, which says nothing of the rows."""
    return any(_PASSED.fullmatch(squeeze(cell.text)) for cell in row.filled)


def is_count(row: GridRow) -> bool:
    """Tell a line that only says how many rows there are."""
    return len(row.filled) == 1 and bool(_ALONE.fullmatch(squeeze(row.filled[0].text)))


def filled(cell: GridCell) -> bool:
    """Tell a cell that says something."""
    return bool(cell.text) and not is_blank(cell.text)
