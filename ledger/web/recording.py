"""What records and what answers quickly: beside fava's pages, on the book in memory, without a reload.

Each answer is JSON. What is wrong with a field, and what a rule refuses, is said in `error` or
`stops`; nothing is written then.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import current_app
from flask import request
from werkzeug.exceptions import NotFound

from yusuan.ledger.books.errors import reason
from yusuan.ledger.books.record import ids
from yusuan.ledger.books.write import BusyError
from yusuan.ledger.desk.trying import try_out
from yusuan.ledger.web import audit
from yusuan.ledger.web import people
from yusuan.ledger.web.answers import tried_answer
from yusuan.ledger.web.fields import FieldError
from yusuan.ledger.web.fields import Fields
from yusuan.ledger.web.forms import KINDS
from yusuan.ledger.web.once import Once
from yusuan.ledger.web.once import sent
from yusuan.ledger.web.vouchers import FIELD
from yusuan.ledger.web.vouchers import voucher

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from yusuan.ledger.books.resident import Resident
    from yusuan.ledger.books.view import View
    from yusuan.ledger.desk.desk import Desk
    from yusuan.ledger.desk.desk import Event
    from yusuan.ledger.web.forms import Kind
    from yusuan.ledger.web.once import Kept
    from yusuan.ledger.web.once import Sent

Answer = tuple[dict[str, Any], HTTPStatus]

desk = Blueprint("yusuan_desk", __name__, url_prefix="/yusuan/desk")
_BOOK = "YUSUAN_BOOK"
_ONCE = "YUSUAN_ONCE"


def install(app: Flask, book: Resident) -> None:
    """Have an application record in a book."""
    app.config[_BOOK], app.config[_ONCE] = book, Once()
    app.register_blueprint(desk)


def resident() -> Resident:
    """Give the book of the application that answers."""
    book: Resident = current_app.config[_BOOK]
    return book


@desk.post("/<kind>/preview")
def preview(kind: str) -> Answer:
    """Try an event out and say what it would do; nothing is written."""
    asked = _kind(kind)
    people.require(asked.role)
    form = asked.read(_fields())
    found = resident().view()
    if found.book.stops:
        return _unfit(found)
    return tried_answer(try_out(found, form.day, form.make)), HTTPStatus.OK


@desk.post("/<kind>")
def record(kind: str) -> Answer:
    """Record an event, whole or not at all; asked again with the same `key`, answer as before."""
    asked = _kind(kind)
    people.require(asked.role)
    given = _fields()
    form, attached = asked.read(given), voucher(request.files.get(FIELD))
    this = sent(kind, given, attached.data if attached else b"")
    once: Once = current_app.config[_ONCE]
    with resident().writing() as found:
        if not once.recalled:
            once.recall(found.book.folder, ids(found.book))
        before = once.get(this)
        if before is not None:
            return _again(before, this)
        if found.book.stops:
            return _unfit(found)
        files: dict[Path, bytes] = {}

        def make(at: Desk) -> Event:
            event = form.make(at)
            if attached is None:
                return event
            event, beside = attached.beside(found.book.folder, event)
            files.update(beside)
            return event

        tried = try_out(found, form.day, make)
        answer = tried_answer(tried)
        if tried.recording.findings:
            audit.refused(asked.name, answer["stops"], tried.ids)
            return answer, HTTPStatus.CONFLICT
        with audit.recorded(asked.name, tried.ids, this.noted):
            resident().write(tried.recording, files)
        answer |= {"ids": tried.ids, "said": tried.event.said or tried.event.word}
        once.keep(this, answer)
        return answer, HTTPStatus.OK


@desk.errorhandler(ValueError)
def wrong(error: ValueError) -> Answer:
    """Say what is wrong with what was filled in; any other error is ours."""
    if not type(error).__module__.startswith("yusuan."):
        raise error
    field = error.field if isinstance(error, FieldError) else None
    return {"error": str(error), "field": field}, HTTPStatus.UNPROCESSABLE_ENTITY


@desk.errorhandler(RuntimeError)
def busy(error: RuntimeError) -> Answer:
    """Say that another one is writing, or has changed a file meanwhile."""
    if not type(error).__module__.startswith("yusuan."):
        raise error
    status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, BusyError) else HTTPStatus.CONFLICT
    return {"error": str(error), "field": None}, status


@desk.errorhandler(OSError)
def unwritable(error: OSError) -> Answer:
    """Say why nothing could be written."""
    said = f"没有写入账套（{reason(error)}），请检查磁盘和权限"
    return {"error": said, "field": None}, HTTPStatus.INTERNAL_SERVER_ERROR


def _kind(name: str) -> Kind:
    try:
        return KINDS[name]
    except KeyError:
        raise NotFound from None


def _fields() -> Fields:
    """Read the form: JSON, or beside a file the JSON in the part `form`."""
    text = request.form.get("form") if request.files or request.form else request.get_data()
    try:
        given = json.loads(text or "")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise FieldError("", "没有收到表单，请刷新页面后重试")
    return Fields(given)


def _again(before: Kept, this: Sent) -> Answer:
    """Answer as before; what was filled in otherwise since is not taken to be recorded."""
    if before.content == this.content:
        return before.answer, HTTPStatus.OK
    done = "、".join(before.answer["ids"])
    said = f"这张表单先前已经记账（{done}），其后改动的内容没有记入；请核对，确需另记一笔的，请再按“记账”"
    return {"error": said, "field": None, "spent": True}, HTTPStatus.CONFLICT


def _unfit(found: View) -> Answer:
    stops = [finding.message for finding in found.book.stops]
    said = "账套检查未通过，没有记账；请先改正以下问题"
    return {"error": said, "field": None, "ok": False, "stops": stops}, HTTPStatus.CONFLICT
