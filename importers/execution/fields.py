"""One row of an execution file: its texts by role; codes are compared with their printed names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.allotments import values
from yusuan.importers.allotments.columns import cell as cell_of
from yusuan.importers.allotments.naming import compare
from yusuan.importers.allotments.values import ValueProblem
from yusuan.importers.budget.words import squeeze
from yusuan.importers.persons import PERSON
from yusuan.importers.persons import is_account
from yusuan.importers.persons import is_person
from yusuan.importers.persons import without_persons
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification.codes import well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yusuan.importers.allotments.cells import Cells
    from yusuan.ledger.classification import Classification

#: Numbers of things: texts that a spreadsheet may have spoiled.
_NUMBERS = (
    "number", "detail", "apply", "division", "line", "indicator", "contract", "key", "sha256",
    "proposed_line", "proposed_economic", "change_id", "plan_id", "out_line", "out_indicator",
)  # fmt: skip
_TEXTS = ("doc", "payer", "month", "source", "accepted", "proposed_class", "approver")
#: Who pays and who decides are offices; a person who signed is left out.
_OFFICES = ("payer", "approver")
_CHOICES = ("fund", "method", "change_kind")
_CLASS_DIGITS = 3


def fields(
    cells: Cells, day: date | None, codes: Classification, texts: Sequence[int]
) -> tuple[dict[str, str], bool]:
    """Give the texts of a row by role, and whether it is a person's; persons are dropped here.

    `texts` are the places of the columns that say what a row is for.
    """
    found = {role: _number(cells, role) for role in _NUMBERS}
    found |= {role: " ".join(cells.cell(role).text.split()) for role in _TEXTS}
    found |= {role: cells.choice(role) for role in _CHOICES}
    said = dict.fromkeys(" ".join(cell_of(cells.row, place).text.split()) for place in texts)
    found["text"] = "；".join(each for each in said if each)
    found["class"] = _class(cells)
    project = cells.coded("project", values.PROJECT_DIGITS)
    found["project"] = project.code or project.name
    found["function"] = _code(cells, Scheme.FUNCTIONAL, "function", day, codes)
    found["economic"] = _code(cells, Scheme.ECONOMIC, "economic", day, codes)
    found["out_economic"] = _code(cells, Scheme.ECONOMIC, "out_economic", day, codes)
    payee = cells.cell("payee").text or cells.cell("counterparty").text
    payee = "" if is_account(payee) else payee
    named = cells.cell("person").text
    person = bool(named or cells.cell("identity").text or is_person(payee))
    found["payee"] = PERSON if person else payee
    names = (named, payee) if person else ()
    found["text"] = without_persons(found["text"], names)
    for role in _OFFICES:
        found[role] = PERSON if is_person(found[role]) else found[role]
    return {role: text for role, text in found.items() if text}, person or payee == PERSON


def _number(cells: Cells, role: str) -> str:
    def read(text: str) -> str:
        values.coded(text)  # a long number that a spreadsheet has rounded is refused
        return squeeze(text)

    return cells.optional(role, read) or ""


def _class(cells: Cells) -> str:
    """Read the class where its word is known: provinces have words that tell nothing by themselves."""
    found = cells.cell("class")
    try:
        return values.choice("class", found.text, cells.name("class"), cells.words)
    except ValueProblem:
        return ""


def _code(cells: Cells, scheme: Scheme, role: str, day: date | None, codes: Classification) -> str:
    """Read a code with its name; one that stops at the 类 says too little, and counts as blank."""
    found = cells.cell(role)
    if not found.text:
        return ""
    beside = cells.name(role)
    short = values.coded(found.text, beside).code if "E+" not in found.text else ""
    if scheme is Scheme.ECONOMIC and len(short) == _CLASS_DIGITS and well_formed(scheme, short):
        return ""
    read = cells.subject(scheme, role)
    compare(cells, role, read, scheme, day, codes)
    return read.code
