"""The page 预算执行 as data: which columns and rows it shows, and what it says beside them."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.outline import LEVELS
from yusuan.ledger.tables.outline import keeping
from yusuan.ledger.tables.outline import outline
from yusuan.ledger.tables.outline import searched
from yusuan.ledger.web.filters import FilterError
from yusuan.ledger.web.filters import by_account
from yusuan.ledger.web.filters import by_text
from yusuan.ledger.web.filters import moved
from yusuan.ledger.web.filters import period
from yusuan.ledger.web.standing import standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fava.core import FavaLedger
    from fava.util.date import DateRange

    from yusuan.ledger.books.view import View
    from yusuan.ledger.tables.execution import Execution
    from yusuan.ledger.tables.execution import ExecutionRow
    from yusuan.ledger.tables.execution_text import Value
    from yusuan.ledger.tables.outline import Node
    from yusuan.ledger.web.asked import Asked
    from yusuan.ledger.web.standing import Standing

ZERO = Decimal("0.00")
RATE, OUTSIDE, WITHIN, CHOSEN = "rate", "outside", "within", "chosen"
COLUMNS = {
    "approved": "年初预算",
    "adjusted": "全年预算",
    "committed": "占用",
    "frozen": "冻结",
    "spent": "已执行",
    "available": "可用",
    RATE: "执行率",
}


@dataclass(slots=True)
class Executed:
    """What is shown. Amounts in 元; `within` and `chosen` are spending by the code of a row."""

    table: Execution
    nodes: list[Node] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    within: Mapping[str, Decimal] = field(default_factory=dict)
    chosen: Mapping[str, Decimal] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: For the links to postings: up to the day that is shown, and within the time filter.
    until: str = ""
    time: str = ""

    def value(self, row: ExecutionRow, column: str) -> Decimal | None:
        """Give a figure of a row; None where there is nothing to show."""
        if column == RATE:
            return row.rate
        if column == OUTSIDE:
            return row.outside
        if column in (WITHIN, CHOSEN):
            return (self.within if column == WITHIN else self.chosen).get(row.code, ZERO)
        return getattr(row.position, column) if row.position else None

    def cells(self) -> list[list[Value]]:
        """Give what is shown for a file: every row, the total last."""
        rows = [(node.row, "  " * (node.depth - 1)) for node in self.nodes]
        return [
            [row.code, f"{indent}{row.name}", *(self.value(row, key) for key in self.columns)]
            for row, indent in (*rows, (self.table.total, ""))
        ]


def executed(view: View, ledger: FavaLedger, asked: Asked) -> Executed:
    """Make the page. Its figures are those of `View.execution`, whatever the filters say."""
    held = standing(view)
    problems = [asked.problem] if asked.problem else []
    try:
        span = period(ledger, asked.fava("time"))
    except FilterError as error:
        span, problems = None, [*problems, f"时间筛选不能识别，没有采用：{error}"]
    last = held.last_day()
    as_of = asked.as_of or (span.end_inclusive if span else last)
    found = Executed(held.execution(asked.by, as_of), columns=dict(COLUMNS), problems=problems)
    if asked.by is By.ECONOMIC:
        found.columns[OUTSIDE] = "额度外支出"
    first = view.events[0].date if view.events else as_of
    if as_of < last:
        found.until = f"{min(first, as_of)} - {as_of}"
    if span is not None:
        _within(found, held, span, as_of)
    rows = _filtered(found, held, ledger, asked, span)
    if asked.search:
        rows = searched(rows, asked.by, asked.search)
        found.notes.append(
            f"搜索“{asked.search}”：只列出编码或名称相符的行及其上级，{len(rows)} 行"
        )
    sorting = asked.sort if asked.sort in found.columns else ""
    found.nodes = outline(
        rows,
        asked.by,
        # What was searched for is shown, however deep it stands.
        replace(asked.fold, level=len(LEVELS.get(asked.by, ()))) if asked.search else asked.fold,
        (lambda row: found.value(row, sorting)) if sorting else None,
        down=asked.down,
    )
    return found


def _within(found: Executed, held: Standing, span: DateRange, as_of: date) -> None:
    """Add the column of what was spent in the period: the spent of its end, less that of its eve."""
    by, end = found.table.by, min(span.end_inclusive, as_of)
    if end < span.begin:
        found.problems.append(
            f"时间筛选从 {span.begin} 起，在截止日期 {as_of} 之后，没有“本期执行”"
        )
        return
    before = _spent(held.execution(by, span.begin - timedelta(days=1)))
    now = _spent(held.execution(by, end))
    found.within = {code: amount - before.get(code, ZERO) for code, amount in now.items()}
    found.columns[WITHIN] = "本期执行"
    found.time = f"{span.begin} - {end}"
    found.notes.append(
        f"时间筛选 {found.time.replace(' - ', ' 至 ')}：“本期执行”是其间的支付减退回；其余各列为截至 {as_of} 的累计数"
    )


def _spent(table: Execution) -> dict[str, Decimal]:
    """Give all that was spent by code, inside limits and outside, the total under ""."""
    return {
        row.code: (row.position.spent if row.position else ZERO) + (row.outside or ZERO)
        for row in (*table.rows, table.total)
    }


def _filtered(
    found: Executed, held: Standing, ledger: FavaLedger, asked: Asked, span: DateRange | None
) -> list[ExecutionRow]:
    """Leave out the rows that the account and text filters do not touch."""
    rows, by = list(found.table.rows), asked.by
    account, text = asked.fava("account"), asked.fava("filter")
    if account:
        rows = keeping(rows, by, by_account(held, account).codes(by, held))
        found.notes.append(f"科目筛选“{account}”：只列出科目相符的指标或额度；各列数字不受影响")
    if not text:
        return rows
    try:
        events = by_text(ledger, held, text)
    except FilterError as error:
        found.problems.append(f"条件筛选不能识别，没有采用：{error}")
        return rows
    begin, end = (span.begin, span.end_inclusive) if span else (date.min, date.max)
    as_of = min(end, found.table.as_of)
    some, touched = moved((e for e in events if e.date >= begin), held, as_of)
    found.chosen = _spent(held.execution(by, as_of, some))
    found.columns[CHOSEN] = "筛选内执行"
    found.notes.append(
        f"条件筛选“{text}”：只列出相符凭证涉及的行，“筛选内执行”是这些凭证的支付减退回；其余各列数字不受影响"
    )
    return keeping(rows, by, touched.codes(by, held))
