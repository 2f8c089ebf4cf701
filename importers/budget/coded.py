"""Tables whose rows have codes: functional T2, T3, T5–T7 and economic T8."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import headers
from yusuan.importers.budget import words
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.model import Row

if TYPE_CHECKING:
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.vocabulary import Columns
    from yusuan.importers.readers.grid import GridCell
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.tables.model import Cell

#: Digits of a whole code by level; economic codes end at 款.
LEVELS: Final = {3: "类", 5: "款", 7: "项"}

_CODE_PART: Final = re.compile(r"\d{3}(?:[-－.]\d{2}){1,2}|\d{1,7}")
_SUBTOTAL: Final = re.compile(r"(.+?)(?:合计|小计|总计)")
_CODE_AND_NAME: Final = re.compile(r"[\[［【(（]?(\d{3}(?:\d{2}){0,2})\D.*")
#: What may stand between a code and a name in one cell.
_BEFORE_NAME: Final = re.compile(r"^[\]［［【】］\[()（）\s:：.、_—–-]+(?=\w)")


@dataclass(slots=True)
class Coded:
    """Reads the data rows of one coded table, one after the other."""

    reading: Reading
    title: str
    measure: str
    roles: list[str | None]
    columns: Columns
    #: Every row is that of a unit: the table has no column for subjects.
    of_units: bool = False
    rows: list[Row] = field(default_factory=list)
    code: str = ""
    unit: tuple[str, ...] = ()

    def add(self, row: GridRow) -> None:
        """Read one row of data; numbers that fit nowhere become findings."""
        placed = align(list(row.cells), self.roles)
        if placed is None or self._number_for_a_label(placed):
            self._lose(row.filled)
            return
        amounts = self._amounts(placed)
        codes = self._texts(placed, headers.CODE)
        name = "".join(self._texts(placed, headers.NAME))
        labels = [name, *codes, *self._texts(placed, headers.UNIT)]
        if any(words.is_total(text) for text in labels):
            self.rows.append(Row("合计", "", "合计", amounts, row.where))
            return
        part = self._subtotal(name or "".join(codes))
        if part:
            self.rows[:] = [replace(each, key=each.key or part) for each in self.rows]
            label = name or "".join(codes)
            self.rows.append(Row("小计", "", label, amounts, row.where, key=part))
            return
        code = self._code(codes, name, row)
        own = self._open_unit(placed, row, "" if code else name)
        if own is not None:
            self.rows.append(Row("单位", own, name, amounts, row.where))
            return
        if not name and not (code and _any(amounts)):
            # A printed row of zeros without a label says nothing; any other number is lost.
            self._lose([cell for cell in row.filled if words.is_number(cell.text)], zeros=True)
            return
        level = "单位" if self._is_unit(code, name) else LEVELS.get(len(code), "其他")
        if level == "其他" and not code and _any(amounts):
            message = f"《{self.title}》“{name}”一行没有科目编码，请补上编码"
            self.reading.report("D07", row.where, message, Severity.WARN)
        name = _BEFORE_NAME.sub("", name.replace(code, "", 1)) if code in name else name
        self.rows.append(Row(level, code, name, amounts, row.where))

    def _is_unit(self, code: str, name: str) -> bool:
        return words.is_unit(code, name) or (
            self.of_units and (words.is_named_unit(name) or not words.is_subject_code(code))
        )

    def _open_unit(self, placed: list[GridCell | None], row: GridRow, alone: str) -> str | None:
        """Begin a unit where its code or name, in columns of their own, is another one.

        `alone` is the name in a row without a subject: it is the unit's own row, and its code is
        given back.
        """
        unit = tuple(text for text in self._texts(placed, headers.UNIT) if text)
        if not unit or unit == self.unit:
            return None
        code = next((text for text in unit if text.isdecimal()), "")
        self.unit, self.code = unit, ""
        if alone and code:
            return code
        last = self.rows[-1] if self.rows else None
        if last is not None and last.level == "单位" and last.amounts and not last.code:
            self.rows[-1] = replace(last, code=code)  # its own row, printed without its code
        else:
            name = "".join(text for text in unit if text != code)
            self.rows.append(Row("单位", code, name, {}, row.where))
        return None

    def _number_for_a_label(self, placed: list[GridCell | None]) -> bool:
        """Say whether a number that is no code stands where codes and names belong."""
        codes = self._texts(placed, headers.CODE)
        names = self._texts(placed, headers.NAME)
        wrong = any(words.is_number(text) and not _CODE_PART.fullmatch(text) for text in codes)
        return wrong or any(words.is_number(text) for text in names)

    def _amounts(self, placed: list[GridCell | None]) -> dict[str, Cell]:
        """Read the cells under amount keys; a number in a column without one is lost."""
        amounts = {}
        for role, cell in zip(self.roles, placed, strict=True):
            if cell is None or role in headers.LABELS or role == headers.UNKNOWN:
                continue
            if role is None:
                self._lose([cell])
            else:
                amounts[role] = self.reading.amount(cell, self.measure, role)
        return amounts

    def _subtotal(self, name: str) -> str:
        """Give what a row like 人员经费合计 adds up, or an empty text."""
        found = _SUBTOTAL.fullmatch(name)
        return (self.columns.key(found[1]) or "") if found else ""

    def _texts(self, placed: list[GridCell | None], role: str) -> list[str]:
        cells = zip(self.roles, placed, strict=True)
        return [
            "" if cell is None or words.is_blank(cell.text) else words.squeeze(cell.text)
            for its, cell in cells
            if its == role
        ]

    def _code(self, codes: list[str], name: str, row: GridRow) -> str:
        """Put a code together; 类 and 款 left blank are those of the row before."""
        code = join_code(codes, self.code)
        if not code and (found := _CODE_AND_NAME.fullmatch(name)):
            code = found[1]
        if code and len(code) not in LEVELS and not words.is_unit(code, name):
            self.reading.report(
                "D09", row.where, f"《{self.title}》科目编码“{code}”不是 3、5 或 7 位，请核对原表"
            )
        self.code = code or self.code
        return code

    def _lose(self, cells: list[GridCell], *, zeros: bool = False) -> None:
        for cell in cells:
            if words.is_number(cell.text) and not (zeros and _is_zero(cell)):
                self.reading.unplaced(cell, self.title)


def _any(amounts: dict[str, Cell]) -> bool:
    return any(cell.amount is not None for cell in amounts.values())


def _is_zero(cell: GridCell) -> bool:
    return not words.squeeze(cell.text).strip("0.,，")


def join_code(parts: list[str], before: str) -> str:
    """Join the cells 类, 款, 项; each may hold its own two digits or the code so far.

    A spreadsheet may have eaten a leading zero of 款 or 项.
    """
    code = printed = ""
    for index, part in enumerate(parts):
        digits = re.sub(r"[-.\s'’]", "", unicodedata.normalize("NFKC", part))
        if not digits:
            # A part left blank above a filled one is inherited from the row before.
            above = before[: 3 + 2 * index]
            if any(parts[index + 1 :]) and above.startswith(code):
                code = above
            continue
        # 款 and 项 have two digits: more are a whole code, wherever a page has put it.
        longer = len(digits) > 2 and digits.startswith(printed)  # noqa: PLR2004
        code = digits if longer else code + digits.zfill(2)
        printed = code
    return code


def align(cells: list[GridCell], roles: list[str | None]) -> list[GridCell | None] | None:
    """Lay a row over the columns; None where a narrow row fits neither from left nor right.

    A 合计 row whose label is merged has fewer cells than the table has columns and is laid
    from the right; a row whose blank end was cut off is laid from the left. The first number
    beyond the labels shows which: it stands in the first column of amounts.
    """
    width = len(roles)
    if len(cells) >= width:
        extra = any(words.is_number(cell.text) for cell in cells[width:])
        return None if extra else [*cells[:width]]
    gap: list[GridCell | None] = [None] * (width - len(cells))
    first = next(i for i, role in enumerate(roles) if role not in headers.LABELS)
    placements = ([*gap, *cells], [*cells, *gap])
    return next((placed for placed in placements if _fits(placed, first)), None)


def _fits(placed: list[GridCell | None], first: int) -> bool:
    """Say whether the amounts begin in the first column of amounts, and nothing else is there."""
    amounts = placed[first:]
    if any(
        cell and not words.is_blank(cell.text) and not words.is_number(cell.text)
        for cell in amounts
    ):
        return False
    empty = all(cell is None or not cell.text for cell in amounts)
    return empty or (amounts[0] is not None and bool(amounts[0].text))
