"""预算执行: how the budget is carried out."""

from __future__ import annotations

from yusuan.ledger.web.page import Page


class Execution(Page):
    """The execution table, by five dimensions."""

    report_title = "预算执行"
