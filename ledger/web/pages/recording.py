"""登记: recording a payment and the other everyday events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import current_app

from yusuan.ledger.web.forms import KINDS
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.recording import desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yusuan.ledger.web.forms import Kind


class Recording(Page):
    """The form; what it sends goes to the desk beside fava, which plain fava does not have."""

    report_title = "登记"
    has_js_module = True

    @property
    def served(self) -> bool:
        """Whether there is a desk to record at."""
        return desk.name in current_app.blueprints

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of event."""
        return KINDS

    @property
    def day(self) -> date:
        """The day that the form begins with: today in the book's years, else the last one recorded on."""
        today = date.today()  # noqa: DTZ011 -- the accountant's own calendar
        found = self.view
        return today if today.year in found.book.settings.years else found.last_day() or today
