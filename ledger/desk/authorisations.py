"""The authorisations of a book for people and machines: what each allows, what is used, what is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.authorisation import META
from yusuan.ledger.draft import Note
from yusuan.ledger.entries import EventReader
from yusuan.ledger.money import plain
from yusuan.ledger.rules.authorisations import standings
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from datetime import date

    from yusuan.ledger.books.load import Book
    from yusuan.ledger.books.record import Recording
    from yusuan.ledger.draft import Draft
    from yusuan.ledger.rules.authorisations import Standing

_HEADERS = ["编号", "规则", "指标", "授权单位", "文号", "有效至", "限额", "已用", "余额"]
_TEXTS = 6
ANY_LINE = "不限"


def of(book: Book) -> list[Standing]:
    """Give all authorisations of a book."""
    return standings(book.entries, book.findings, EventReader())


def touching(book: Book, day: date, lines: Collection[str] | None = None) -> list[Standing]:
    """Give those that touch some lines (or any) by a day: named for one, or used by an entry on one."""
    found = standings(book.entries, book.findings, EventReader(), day)
    return [each for each in found if (each.lines if lines is None else each.lines & set(lines))]


def unknown(book: Book, ids: Collection[str]) -> list[str]:
    """List the ids that no authorisation of the book has."""
    if not ids:
        return []
    known = {each.authorisation.id for each in of(book)}
    return [id_ for id_ in ids if id_ not in known]


def standing_json(found: Standing) -> dict[str, Any]:
    """Give one; money is a string in 元, no line means any line."""
    given = found.authorisation
    return {
        "id": given.id,
        "date": given.day.isoformat(),
        "rule": given.rule,
        "line": given.line or None,
        "office": given.office,
        "doc": given.doc,
        "reason": given.reason,
        "cap": plain(given.cap),
        "used": plain(found.used),
        "left": plain(found.left),
        "expiry": given.expiry.isoformat(),
        "touches": sorted(found.lines),
    }


def table(found: Iterable[Standing]) -> str:
    """Write them as a table with its title."""
    rows = [
        [
            (given := each.authorisation).id,
            given.rule,
            given.line or ANY_LINE,
            given.office,
            given.doc,
            given.expiry.isoformat(),
            *map(money, (given.cap, each.used, each.left)),
        ]
        for each in found
    ]
    return f"例外授权　单位：元\n{grid(_HEADERS, rows, texts=_TEXTS)}"


def note(found: Standing) -> str:
    """Say in one line, under a report, what an authorisation lets stand in it."""
    given = found.authorisation
    lines = "、".join(sorted(found.lines)) or ANY_LINE
    return (
        f"例外授权 {given.id}（{given.office} {given.doc}，规则 {given.rule}，指标 {lines}）："
        f"限额 {money(given.cap)}，已用 {money(found.used)}，余 {money(found.left)}，"
        f"有效至 {given.expiry}"
    )


def previewed(recording: Recording, ids: Collection[str]) -> Iterator[str]:
    """Say what each authorisation that an event names has left, before and after the event."""
    if not ids:
        return
    entries, reader = recording.book.entries, EventReader()
    before = {each.authorisation.id: each for each in of(recording.book)}
    for after in standings(entries, recording.waived, reader):
        given = after.authorisation
        if given.id in ids:
            yield (
                f"例外授权 {given.id}：限额 {money(given.cap)}，此前余 "
                f"{money(before[given.id].left)}，此后余 {money(after.left)}，有效至 {given.expiry}"
            )


def resting(draft: Draft | Note, ids: Collection[str]) -> Draft | Note:
    """Have an entry name the authorisations that it rests on."""
    if not ids or isinstance(draft, Note):
        return draft
    return replace(draft, meta={**draft.meta, META: " ".join(ids)})
