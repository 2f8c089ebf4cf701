"""预算执行: how the budget is carried out, with every figure leading to its postings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response
from flask import request

from yusuan.ledger.money import grouped
from yusuan.ledger.tables.csv import csv_file
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.execution_text import TITLES
from yusuan.ledger.tables.layout import NOTHING
from yusuan.ledger.tables.layout import percent
from yusuan.ledger.tables.outline import LEVELS
from yusuan.ledger.tables.xlsx import workbook
from yusuan.ledger.web.asked import asked
from yusuan.ledger.web.endpoint import endpoint
from yusuan.ledger.web.executed import CHOSEN
from yusuan.ledger.web.executed import RATE
from yusuan.ledger.web.executed import WITHIN
from yusuan.ledger.web.executed import Executed
from yusuan.ledger.web.executed import executed
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.places import line_card
from yusuan.ledger.web.standing import standing
from yusuan.ledger.web.traces import Trace
from yusuan.ledger.web.traces import Traces

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.tables.execution import ExecutionRow
    from yusuan.ledger.web.asked import Asked

NAMES = {
    By.FUNCTION: "功能分类",
    By.ECONOMIC: "经济分类",
    By.PROJECT: "项目",
    By.FUND: "资金性质",
    By.LINE: "指标",
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Asking:
    """One request's page, for the template."""

    def __init__(self, page: Execution) -> None:
        """Work out what the request asks for."""
        self.asked: Asked = asked(request.args)
        self.shown: Executed = executed(page.view, page.ledger, self.asked)
        self._register = page.view.layers.register
        self.names = NAMES
        self.levels = LEVELS.get(self.asked.by, ())
        self.code_word = "科目编码" if self.asked.by in LEVELS else "编号"

    @cached_property
    def _traces(self) -> Traces:
        return Traces(self._register, self.asked.by)

    def text(self, value: Decimal | None) -> str:
        """Write an amount."""
        return NOTHING if value is None else grouped(value)

    def percent(self, share: Decimal | None) -> str:
        """Write a share."""
        return percent(share)

    def address(self, row: ExecutionRow, column: str) -> str:
        """Give where a figure's postings are."""
        shown, find = self.shown, self._traces.find
        if column == WITHIN:
            return self._spending(row).address(shown.time)
        if column == CHOSEN:
            return self._spending(row).address(shown.time or shown.until, self.asked.fava("filter"))
        return find(row, column).address(shown.until)

    def _spending(self, row: ExecutionRow) -> Trace:
        """Find what was spent: by economic class all of it, inside limits and outside."""
        if self.asked.by is not By.ECONOMIC:
            return self._traces.find(row, "spent")
        return Trace(pattern=f"^Expenses:.*:{row.code}-" if row.code else "^Expenses:")

    def sorted(self, column: str) -> str | None:
        """Give how a column is sorted, in the words of ARIA."""
        if column != self.asked.sort:
            return None
        return "descending" if self.asked.down else "ascending"


class Execution(Page):
    """The execution table, by five dimensions."""

    report_title = "预算执行"
    has_js_module = True

    def after_load_file(self) -> None:
        """Sum the book while it is being loaded, so that nobody waits for it; under plain fava, when asked."""
        if hasattr(self.ledger, "view"):
            standing(self.view).months()

    def asking(self) -> Asking:
        """Work out the page that the request asks for."""
        return Asking(self)

    def card(self, row: ExecutionRow) -> str:
        """Give the address of the card of a row's line; "" for a row of many."""
        return line_card(self.ledger, row.line.id) if row.line else ""

    @endpoint("execution.xlsx")
    def xlsx(self) -> Response:
        """Give what is shown as a workbook."""
        asking = Asking(self)
        shown = asking.shown
        title = TITLES[shown.table.by]
        headers = [asking.code_word, "名称", *shown.columns.values()]
        rate = headers.index(shown.columns[RATE])
        data = workbook(title, self._note(shown), headers, shown.cells(), [rate])
        return _download(data, _XLSX, f"{title}{shown.table.as_of}.xlsx")

    @endpoint("execution.csv")
    def csv(self) -> Response:
        """Give what is shown as text."""
        asking = Asking(self)
        shown = asking.shown
        headers = [asking.code_word, "名称", *shown.columns.values()]
        data = csv_file(headers, shown.cells())
        name = f"{TITLES[shown.table.by]}{shown.table.as_of}.csv"
        return _download(data, "text/csv; charset=utf-8", name)

    def _note(self, shown: Executed) -> str:
        table, settings = shown.table, self.view.book.settings
        day = f"截至 {table.as_of}　单位：元　序时进度 {percent(table.time_progress)}"
        return "　".join([f"编制单位：{settings.unit}", day, *settings.notes, *shown.notes])


def _download(data: bytes, kind: str, name: str) -> Response:
    said = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(data, content_type=kind, headers={"Content-Disposition": said})
