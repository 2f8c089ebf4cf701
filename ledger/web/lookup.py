"""What the page looks up while a form is filled in: choices, and what each layer still allows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import request

from yusuan.ledger.budget.layers import items_of_procurement
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.desk.layers import layers
from yusuan.ledger.web import choices
from yusuan.ledger.web import people
from yusuan.ledger.web.answers import layer_answer
from yusuan.ledger.web.forms import KINDS
from yusuan.ledger.web.recording import resident

if TYPE_CHECKING:
    from yusuan.ledger.budget.line import Cell

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
def economics() -> list[dict[str, str]]:
    """Give the 款 that a line may be spent on."""
    return choices.economics(resident().view(), request.args.get("line", ""), _day())


@lookup.get("/payments")
def payments() -> list[dict[str, Any]]:
    """Give payments that may have come back."""
    return choices.payments(resident().view(), request.args.get("q", "")[:100])


@lookup.get("/layers")
def available() -> dict[str, Any]:
    """Give what each layer of a spending allows on a day, and why it may not be made at all."""
    found, on, args = resident().view(), _day(), request.args
    line, economic = args.get("line", ""), args.get("economic", "")
    if line not in found.layers.register.lines:
        return {"problem": f"没有编号为 {line} 的指标" if line else "", "layers": []}
    problem = ""
    cells: tuple[Cell, ...] = (line_cell(line),)
    if economic:
        klass, procurement = args.get("class", ""), args.get("procurement", "")
        touched = found.layers.touched(line, economic, klass, on.year, procurement)
        problem, cells = touched.problem, touched.cells
    shown = [layer_answer(layer) for layer in layers(found, cells, on)]
    return {"problem": problem, "layers": shown}


def _day() -> date:
    """Give the day asked for; while it is being typed, the book's last."""
    try:
        return date.fromisoformat(request.args.get("date", ""))
    except ValueError:
        return resident().view().last_day() or date(1970, 1, 1)
