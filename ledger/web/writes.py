"""fava's own writing: entries go the way that commands go, files to import are taken, all else is off."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

from fava.json_api import json_success
from flask import request
from werkzeug.exceptions import Forbidden

from yusuan.ledger.books.errors import reason
from yusuan.ledger.books.record import ids
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.write import BusyError
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.entries import EventReader
from yusuan.ledger.events.ids import FreeIds
from yusuan.ledger.web import audit
from yusuan.ledger.web import people
from yusuan.ledger.web.hosts import LOOKING
from yusuan.ledger.web.people import Role
from yusuan.ledger.web.posted import posted
from yusuan.ledger.web.refusals import said
from yusuan.ledger.web.uploads import upload

if TYPE_CHECKING:
    from flask import Flask
    from flask.wrappers import Response
    from werkzeug.wrappers import Response as Answer

    from yusuan.ledger.books.resident import Resident
    from yusuan.ledger.budget.movement import Event

_API = "json_api"
#: What changes nothing though it is sent.
_HARMLESS = {f"{_API}.put_format_source"}
_ENTRIES = "录入凭证"
#: What those record who may record; all else changes what was approved.
_EVERYDAY = frozenset({
    Kind.COMMITMENT, Kind.RELEASE, Kind.PAYMENT, Kind.REFUND, Kind.CORRECTION, Kind.RECEIPT,
})  # fmt: skip
_YEAR_S = frozenset({Kind.CARRY, Kind.CLOSING, Kind.OPENING})


class ClosedError(Forbidden):
    """A way of writing that passes the checks by."""

    description = (
        "这里不能修改或删除：账簿只增不改，更正请用红冲或更正凭证，附件请在“登记”页随凭证上传"
    )


def install(app: Flask, book: Resident) -> None:
    """Close fava's ways of writing to a book but those two."""
    opened = {
        f"{_API}.put_add_entries": partial(_add_entries, book),
        f"{_API}.put_upload_import_file": partial(upload, book),
    }
    views: dict[str, Any] = app.view_functions
    for rule in app.url_map.iter_rules():
        name, writes = rule.endpoint, (rule.methods or set()) - LOOKING
        if writes and name.startswith(f"{_API}.") and name not in _HARMLESS:
            views[name] = opened.get(name, _closed)
    shown = views["extension_endpoint"]

    def extension_endpoint(**values: str) -> object:
        if request.method not in LOOKING:
            raise ClosedError
        return shown(**values)

    views["extension_endpoint"] = extension_endpoint


def _closed() -> Response:
    raise ClosedError


def _add_entries(book: Resident) -> Response | Answer:
    """Record entries together, whole or not at all."""
    people.require(Role.RECORD)
    sent = request.get_json(silent=True)
    entries = sent.get("entries") if isinstance(sent, dict) else None
    if not isinstance(entries, list) or not entries:
        return said(request, HTTPStatus.BAD_REQUEST, "没有收到凭证")
    try:
        return _record(book, entries)
    except ValueError as error:
        if not type(error).__module__.startswith("yusuan."):
            raise
        return said(request, HTTPStatus.BAD_REQUEST, str(error))
    except RuntimeError as error:
        if not type(error).__module__.startswith("yusuan."):
            raise
        busy = isinstance(error, BusyError)
        status = HTTPStatus.SERVICE_UNAVAILABLE if busy else HTTPStatus.CONFLICT
        return said(request, status, str(error))
    except OSError as error:
        why = f"没有写入账套（{reason(error)}），请检查磁盘和权限"
        return said(request, HTTPStatus.INTERNAL_SERVER_ERROR, why)


def _record(book: Resident, entries: list[object]) -> Response | Answer:
    with book.writing() as found:
        if found.book.stops:
            why = "账套检查未通过，没有记账；请先改正“错误”页所列的问题"
            return said(request, HTTPStatus.CONFLICT, why)
        sent = posted(entries, partial(FreeIds(ids(found.book)).next, "zf"))
        days = [item.draft.date for item in sent.items] + [aside.date for aside in sent.asides]
        recording = prepare(found.book, sent.items, found.names(min(days)), sent.asides)
        for event in EventReader().events(recording.tried.added):
            people.require(_role(event))
        stops = [finding.message for finding in recording.findings]
        if stops:
            audit.refused(_ENTRIES, stops, sent.ids)
            return said(request, HTTPStatus.CONFLICT, "没有记账：" + "\n".join(stops))
        with audit.recorded(_ENTRIES, sent.ids):
            book.write(recording)
    return json_success(f"已记账 {len(days)} 笔")


def _role(event: Event) -> Role:
    """Give the role that an entry takes; what it is called is what it does, by rule S13."""
    if event.kind in _EVERYDAY or (event.kind is Kind.REVERSAL and event.spendings):
        return Role.RECORD
    return Role.CLOSE if event.kind in _YEAR_S else Role.APPROVE
