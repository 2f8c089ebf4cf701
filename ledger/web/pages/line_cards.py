"""指标: all lines, and of each where its authority came from, what happened to it, what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort
from flask import request

from yusuan.ledger.desk import authorisations
from yusuan.ledger.tables.layout import money
from yusuan.ledger.tables.layout import percent
from yusuan.ledger.web.cards import card
from yusuan.ledger.web.cards import listed
from yusuan.ledger.web.confined import handed_out
from yusuan.ledger.web.endpoint import endpoint
from yusuan.ledger.web.filtered import KEPT
from yusuan.ledger.web.filtered import day_of
from yusuan.ledger.web.filtered import left_by_filters
from yusuan.ledger.web.page import Page
from yusuan.ledger.web.vouchers import kept
from yusuan.ledger.web.whereabouts import hashes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from flask import Response

    from yusuan.ledger.rules.authorisations import Standing
    from yusuan.ledger.web.cards import Card
    from yusuan.ledger.web.cards import Happened
    from yusuan.ledger.web.cards import Listed
    from yusuan.ledger.web.whereabouts import Place

#: Of a line's events so many are shown at once, the newest; a link shows all.
MOST_EVENTS = 500


class LineCards(Page):
    """The list of lines; with `?line=` the card of one."""

    report_title = "指标"
    money = staticmethod(money)
    percent = staticmethod(percent)
    note = staticmethod(authorisations.note)

    def day(self) -> date:
        """The day that all figures are of."""
        return day_of(self.view)

    def asked(self) -> str:
        """The words that the list is searched by."""
        return request.args.get("q", "").strip()

    def kept(self) -> Sequence[tuple[str, str]]:
        """Fava's own part of the address, which a form has to carry on."""
        return [(name, text) for name in KEPT if (text := request.args.get(name))]

    def lines(self) -> Sequence[Listed]:
        """Give the lines that fit what is searched for."""
        words = self.asked().casefold().split()
        found = [each for each in listed(self.view, self.day()) if each.fits(words)]
        return sorted(found, key=lambda each: each.line.id) if self.by_id() else found

    def by_id(self) -> bool:
        """Whether the list is wanted in the order of ids, not of what is available."""
        return request.args.get("sort") == "id"

    def wanted(self) -> str:
        """The id of the line whose card is asked for."""
        return request.args.get("line", "")

    def card(self) -> Card | None:
        """Give the card; None where there is no such line."""
        day = self.day()
        for row in listed(self.view, day):
            if row.line.id == self.wanted():
                return card(self.view, row, day)
        return None

    def happened(self, found: Card) -> tuple[Sequence[Happened], int]:
        """Give the events to show, the newest first, and how many are left out by fava's filters."""
        left = left_by_filters()
        kept = [each for each in found.happened if left is None or each.place in left]
        return kept[::-1], len(found.happened) - len(kept)

    def shown(self, events: Sequence[Happened]) -> Sequence[Happened]:
        """Give no more of them than are read at once, unless all are asked for."""
        return events if request.args.get("all") else events[:MOST_EVENTS]

    def contexts(self, events: Iterable[Happened]) -> Mapping[Place, str]:
        """Give the names by which fava opens the entries of some events."""
        return hashes(self.ledger.all_entries, {each.place for each in events})

    @endpoint("voucher")
    def voucher(self) -> Response:
        """Give the file of an entry's voucher, by the entry's id."""
        found = kept(self.view, request.args.get("id", ""))
        return handed_out(found) if found else abort(404, "没有这张凭证的附件")

    def allowed(self, line: str) -> Sequence[Standing]:
        """Give the authorisations that touch a line."""
        return authorisations.touching(self.view.book, self.day(), {line})
