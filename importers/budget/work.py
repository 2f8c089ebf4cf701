"""One section on its way to a table, and what is said of the parts of it that are not read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from yusuan.importers.budget import headers
from yusuan.importers.budget import words
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import MoneyError
from yusuan.ledger.money import parse
from yusuan.ledger.money import shown
from yusuan.ledger.tables.model import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.budget.body import Body
    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.budget.vocabulary import Kind
    from yusuan.importers.budget.vocabulary import Vocabulary
    from yusuan.importers.readers.grid import GridRow
    from yusuan.ledger.tables.model import Where

#: So many numbers are named in a sentence; that there are more, it says.
_NAMED = 3
#: The columns of a table and its rows.
Read = tuple[tuple[str, ...], list[Row]]


@dataclass(frozen=True, slots=True)
class Work:
    """One section on its way to a table."""

    kind: Kind
    title: str
    where: Where
    body: Body
    header: list[list[str]]
    measure: str
    reading: Reading
    vocabulary: Vocabulary

    @property
    def spread(self) -> list[list[str]]:
        """Give the header with each merged text over all the columns it covers."""
        spread: list[list[str]] = []
        heads: list[str] = []
        for at, (row, texts) in enumerate(zip(self.body.header, self.header, strict=True)):
            heads += [""] * (len(texts) - len(heads))
            below = self.header[at + 1 :] if len(texts) == self.body.width else []
            found = _spread(row, texts, heads, below)
            heads = [text or head for text, head in zip_longest(found, heads, fillvalue="")]
            spread.append(found)
        return spread

    def columns_unknown(self, stacks: list[list[str]], roles: list[str | None]) -> None:
        """Report each column that has numbers under a header which names nothing known."""
        for index, (stack, role) in enumerate(zip(stacks, roles, strict=True)):
            cells = [row.cells[index] for row in self.body.data if index < len(row.cells)]
            numbers = [cell for cell in cells if words.is_number(cell.text)]
            if role == headers.UNKNOWN and numbers:
                header = "、".join(dict.fromkeys(stack))
                texts = list(dict.fromkeys(_as_amount(cell.text) for cell in numbers))
                some = "、".join(texts[:_NAMED]) + (" 等" if len(texts) > _NAMED else "")
                message = (
                    f"《{self.title}》的“{header}”不是已知的列，{len(numbers)} 个数字（{some}）未读取，"
                    "请核对表头，或用 --words 补充列名"
                )
                self.reading.report("D01", numbers[0].where, message, Severity.WARN)

    def side_unread(self, start: int) -> None:
        """Report that a table goes on to the right, by another classification."""
        header = next(texts[start] for texts in reversed(self.spread) if texts[start])
        message = f"《{self.title}》右边“{header}”起的各列按另一种分类重列支出，未读取"
        self.reading.report("D01", self.body.header[0].where, message, Severity.WARN)

    def header_unknown(self) -> None:
        """Report a header that cannot be read, where there is anything to lose."""
        if any(words.is_number(cell.text) for row in self.body.data for cell in row.filled):
            where = (self.body.header or self.body.data)[0].where
            message = f"《{self.title}》的表头无法识别，整张表未读取，请核对表头"
            self.reading.report("D03", where, message)
            self.reading.unread.add(self.title)


def _as_amount(text: str) -> str:
    """Show a number alike, whether a workbook holds it as 20 or a page prints 20.00."""
    try:
        return shown(parse(text))
    except MoneyError:
        return text


def _spread(row: GridRow, texts: list[str], heads: list[str], below: list[list[str]]) -> list[str]:
    """Lay each merged text over its columns, as far as they stand under one header.

    Some offices merge the last text of a row with all the blanks after it. Where a reader does
    not know what was merged, a text covers the blanks after it that have a text below them.
    """
    spread = list(texts)
    for index, cell in enumerate(row.cells[: len(spread)]):
        end = index + (cell.span or 1)
        if cell.span is None and texts[index]:
            while end < len(texts) and not texts[end] and _text_below(below, end):
                end += 1
        for covered in range(index + 1, min(end, len(spread))):
            if heads[covered] and heads[covered] != heads[index]:
                break
            spread[covered] = texts[index]
    return spread


def _text_below(below: list[list[str]], column: int) -> bool:
    return any(column < len(texts) and texts[column] for texts in below)


def keys(roles: Sequence[str | None]) -> tuple[str, ...]:
    """Give the roles that are amounts."""
    beside = headers.LABELS | {headers.UNKNOWN}
    return tuple(role for role in roles if role and role not in beside)


def twice(roles: Sequence[str | None]) -> bool:
    """Say whether two columns would have the same key."""
    found = keys(roles)
    return len(found) != len(set(found))
