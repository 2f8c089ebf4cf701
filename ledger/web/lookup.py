"""What the page looks up while a form is filled in: choices, and what each layer still allows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Blueprint
from flask import request
from werkzeug.exceptions import BadRequest

from yusuan.ledger.budget.layers import items_of_procurement
from yusuan.ledger.web import choices
from yusuan.ledger.web import people
from yusuan.ledger.web.answers import room_answer
from yusuan.ledger.web.forms import KINDS
from yusuan.ledger.web.recording import resident
from yusuan.ledger.web.typed import room_for

#: The scripts of the page are served beside: plain fava has no place for them.
lookup = Blueprint("yusuan_lookup", __name__, url_prefix="/yusuan/look", static_folder="static")


@lookup.before_request
def _somebody() -> None:
    people.require(people.Role.LOOK)


@lookup.get("/choices")
def all_choices() -> dict[str, Any]:
    """Give what does not depend on the line: kinds, lines, methods, contracts, payees."""
    found, on, person = resident().view(), _day(), people.who()
    methods = found.book.settings.methods
    return {
        "kinds": {word: kind.name for word, kind in KINDS.items() if person.may(kind.role)},
        "lines": choices.lines(found, on),
        "methods": {word: term.name for word, term in methods.items() if term.covers(on)},
        "procurement": list(items_of_procurement()),
        "commitments": choices.commitments(found),
        "payees": choices.payees(found),
    }


@lookup.get("/economics")
def economics() -> list[dict[str, Any]]:
    """Give the 款 that a line may be spent on."""
    return choices.economics(resident().view(), request.args.get("line", ""), _day())


@lookup.get("/payments")
def payments() -> list[dict[str, Any]]:
    """Give payments that may have come back."""
    return choices.payments(resident().view(), request.args.get("q", "")[:100])


@lookup.get("/layers")
def available() -> dict[str, Any]:
    """Give what each layer that a form touches so far allows, and what it would be left with."""
    args = request.args
    try:
        form = json.loads(args.get("form", ""))
    except (ValueError, RecursionError):
        form = None
    if not isinstance(form, dict):
        raise BadRequest
    return room_answer(room_for(resident().view(), _day(), args.get("kind", ""), form))


def _day() -> date:
    """Give the day asked for; while it is being typed, the book's last."""
    try:
        return date.fromisoformat(request.args.get("date", ""))
    except ValueError:
        return resident().view().last_day() or date(1970, 1, 1)
