"""What can be chosen on the page: lines, economic classes, contracts, payments, each with its pinyin initials."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction

from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import chart_data
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View

#: As many are offered of what a book has thousands of.
MOST = 20
#: The digits of an economic 款.
_LEAF = 5


@lru_cache(maxsize=50_000)
def initials(text: str) -> str:
    """Give the first letter of each character's pinyin: 物业管理费 → wyglf; other characters as they are."""
    from pypinyin import Style  # noqa: PLC0415 -- its tables take a while to read
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- as above

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def _choice(code: str, name: str, hint: str = "") -> dict[str, str]:
    """Give one choice: what is written into the field, what it is called, by what else it is found."""
    return {"code": code, "name": name, "hint": hint, "initials": initials(name)}


def lines(found: View, on: date) -> list[dict[str, str]]:
    """Give all lines, with their fund and function."""
    names, funds = found.names(on), chart_data().funds
    return [
        _choice(
            line.id,
            line.name,
            f"{line.function} {names.function(line.function)}　{funds.get(line.fund, line.fund)}",
        )
        for line in sorted(found.layers.register.lines.values(), key=lambda line: line.id)
    ]


def economics(found: View, line: str, on: date) -> list[dict[str, Any]]:
    """Give the 款 that a line may be spent on that day; where nothing limits it, all there are.

    `divided` tells of a 款 with limits of both classes, for which one has to say which is meant.
    """
    names = found.names(on)
    limits = {cell.code for cell in found.layers.register.limits}
    codes = {row.code for row in names.codes.economic.at(on) if len(row.code) == _LEAF} | limits
    touched = found.layers.touched
    return [
        {
            **_choice(code, names.economic(code)),
            "divided": all(
                touched(line, code, klass, on.year).problem != whole.problem
                for klass in SCOPE_OF_CLASS
            ),
        }
        for code in sorted(codes)
        if not (whole := touched(line, code, "", on.year)).unbudgeted
    ]


def commitments(found: View) -> list[dict[str, str]]:
    """Give the contracts of which something is left, with how much, in 元."""
    left: dict[str, Decimal] = {}
    said: dict[str, str] = {}
    for event in found.events:
        if event.kind is Kind.COMMITMENT:
            said[event.id] = getattr(event.entry, "narration", "") or ""
        if event.derived:
            for spending in event.spendings:
                if spending.commitment:
                    held = left.get(spending.commitment, ZERO)
                    left[spending.commitment] = held - spending.amount
            continue
        for shift in event.shifts:
            if shift.place.state is State.COMMITTED and shift.place.cell.layer == LINE_LAYER:
                id_ = event.commitment or event.id
                left[id_] = left.get(id_, ZERO) + shift.amount
    return [
        _choice(id_, said.get(id_, ""), f"余 {plain(amount)} 元")
        for id_, amount in sorted(left.items())
        if amount > 0
    ]


def payments(found: View, sought: str) -> list[dict[str, Any]]:
    """Give the last payments whose id, payee, text or amount has what is sought in it."""
    return list(_payments(found, sought.strip().lower()))


def _payments(found: View, sought: str) -> Iterator[dict[str, Any]]:
    count = 0
    for event in reversed(found.events):
        entry = event.entry
        if event.kind is not Kind.PAYMENT or type(entry) is not Transaction:
            continue
        amount = plain(sum((spending.amount for spending in event.spendings), ZERO))
        name = f"{entry.payee or ''} {entry.narration or ''}"
        if sought in f"{event.id} {name} {amount} {initials(name)}".lower():
            yield _choice(event.id, name, f"{entry.date}　{amount} 元")
            count += 1
            if count == MOST:
                return


def payees(found: View) -> list[str]:
    """Give everybody who was paid, the last one first."""
    entries = (event.entry for event in reversed(found.events) if event.kind is Kind.PAYMENT)
    return list(dict.fromkeys(e.payee for e in entries if type(e) is Transaction and e.payee))
