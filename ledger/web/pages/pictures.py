"""图: the budget drawn; every chart has a table of the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask import send_file

from yusuan.ledger.money import grouped
from yusuan.ledger.tables.layout import money
from yusuan.ledger.tables.layout import percent
from yusuan.ledger.web.endpoint import endpoint
from yusuan.ledger.web.filters import FilterError
from yusuan.ledger.web.filters import period
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.pictured import pictured
from yusuan.ledger.web.standing import standing

if TYPE_CHECKING:
    from flask import Response

    from yusuan.ledger.web.pictured import Pictured

_YEAR = 365 * 24 * 3600


class Pictures(Page):
    """Structure, months, 三公 and projects."""

    report_title = "图"
    unmoved_by = frozenset({"account", "filter"})
    has_js_module = True

    def pictured(self) -> Pictured:
        """Work out the charts of the last day of fava's time filter, else of the book."""
        held = standing(self.view)
        try:
            span = period(self.ledger, request.args.get("time", "").strip())
        except FilterError:
            span = None
        return pictured(held, span.end_inclusive if span else held.last_day())

    @endpoint("d3-7.9.2.js")
    def library(self) -> Response:
        """Give d3, which draws; only this page loads it. Its licence (ISC) stands beside it."""
        return send_file(
            self.extension_dir / "d3" / "d3.min.js", mimetype="text/javascript", max_age=_YEAR
        )

    money = staticmethod(money)
    percent = staticmethod(percent)
    yuan = staticmethod(grouped)
