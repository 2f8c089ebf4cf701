"""The page 图 as data: what its four charts draw, and their tables say."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from beancount.core.data import Open

from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.budget.position import Position
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import chart_data
from yusuan.ledger.classification import path
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain
from yusuan.ledger.rules.ruling import TARGET
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.rules.ruling import percentage
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.execution import Execution
from yusuan.ledger.tables.execution import ExecutionRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.ledger.web.standing import Standing

_HUNDRED = Decimal(100)
_PLACES = Decimal("0.0001")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What was spent in a month (元), and the rates at its end; `last` is that of the year before."""

    month: int
    spent: Decimal | None
    rate: Decimal | None
    pace: Decimal
    last: Decimal | None


@dataclass(frozen=True, slots=True)
class Item:
    """One of 三公: what may be spent on it and what was, in 元; None where the book limits none of them."""

    code: str
    name: str
    limit: Decimal | None
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Project:
    """A project's rate beside the rate that it aims at by the end of the year; None where it has none."""

    code: str
    name: str
    rate: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Pictured:
    """All charts of a day."""

    as_of: date
    function: Execution
    economic: Execution
    months: tuple[Month, ...]
    publics: tuple[Item, ...]
    projects: tuple[Project, ...]

    def drawn(self) -> dict[str, object]:
        """Give the figures for drawing; money is a string in 元, rates are shares of one."""
        return {
            "function": _leaves(self.function),
            "economic": _leaves(self.economic),
            "months": [
                {
                    "month": each.month,
                    "rate": _text(each.rate),
                    "pace": _text(each.pace),
                    "last": _text(each.last),
                }
                for each in self.months
            ],
            "publics": [
                {"name": each.name, "limit": plain(each.limit), "spent": plain(each.spent)}
                for each in self.publics
                if each.limit is not None
            ],
            "projects": [
                {"name": each.name, "rate": _text(each.rate), "target": _text(each.target)}
                for each in self.projects
            ],
        }


def pictured(held: Standing, as_of: date) -> Pictured:
    """Work out all charts of a day."""
    return Pictured(
        as_of,
        held.execution(By.FUNCTION, as_of),
        held.execution(By.ECONOMIC, as_of),
        months(held, as_of),
        _publics(held, as_of),
        _projects(held, as_of),
    )


def months(held: Standing, as_of: date) -> tuple[Month, ...]:
    """Give the months of the year up to a day, of the lines first approved for the year itself."""
    found = []
    before = Decimal("0.00")
    last_year = any(
        line.origin == as_of.year - 1 for line in held.view.layers.register.lines.values()
    )
    for month in range(1, _MONTHS + 1):
        end = _end(as_of.year, month)
        pace = (
            Decimal(end.timetuple().tm_yday) / _end(as_of.year, _MONTHS).timetuple().tm_yday
        ).quantize(_PLACES)
        last = _rate(_year(held, _end(as_of.year - 1, month))) if last_year else None
        if date(as_of.year, month, 1) > as_of:
            found.append(Month(month, None, None, pace, last))
            continue
        now = _year(held, min(end, as_of))
        found.append(Month(month, now.spent - before, _rate(now), pace, last))
        before = now.spent
    return tuple(found)


def _year(held: Standing, day: date) -> Position:
    """Sum the lines of a day's own year."""
    positions, total = held.positions(day), Position()
    for line in held.view.layers.register.lines.values():
        if line.origin == day.year:
            total += positions.of(line_cell(line.id))
    return total


def _rate(position: Position) -> Decimal | None:
    return ExecutionRow("", "", "", position).rate


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _publics(held: Standing, as_of: date) -> tuple[Item, ...]:
    names = chart_data().special_items
    limited = tuple(
        Item(cell.scope, names[cell.scope], position.adjusted, position.spent)
        for cell, position in sorted(held.positions(as_of).cells.items())
        if cell.layer == SPECIAL_LAYER and group_of(cell.scope) == THREE_PUBLIC
    )
    return limited or tuple(
        Item(item, names[item], None, spent) for item, spent in sorted(_unlimited(held, as_of))
    )


def _unlimited(held: Standing, as_of: date) -> Iterable[tuple[str, Decimal]]:
    """Sum what fiscal money was spent on 三公 in the year, by item, in a book that limits none."""
    items, lines = chart_data().special_economic, held.view.layers.register.lines
    found: dict[str, Decimal] = {}
    for event in held.view.events:
        if not event.derived or event.date > as_of or event.date.year != as_of.year:
            continue
        for spending in event.spendings:
            item, line = items.get(spending.economic), lines.get(spending.line)
            if item is not None and line is not None and line.fund in FISCAL_FUNDS:
                found[item] = found.get(item, ZERO) + spending.amount
    return found.items()


def _projects(held: Standing, as_of: date) -> tuple[Project, ...]:
    aims = _targets(held)
    usual = percentage(parameter(held.view.book.settings, "R29", TARGET))
    found = []
    for row in held.execution(By.PROJECT, as_of).rows:
        aim = aims.get(row.code, usual)
        found.append(Project(row.code, row.name, row.rate, aim / _HUNDRED if aim else None))
    return tuple(found)


def _targets(held: Standing) -> dict[str, Decimal]:
    """Read the targets that lines declare, in percent, as rule R29 does."""
    found = {}
    for entry in held.view.book.entries:
        if type(entry) is Open and TARGET in entry.meta:
            account, aim = meaning(entry.account), percentage(entry.meta[TARGET])
            if isinstance(account, LineState) and aim is not None:
                found[account.line] = aim
    return found


def _leaves(table: Execution) -> list[dict[str, object]]:
    """Give the rows that have none below them and have authority, with the names of those above."""
    above = {part for row in table.rows for part in path(row.code)[:-1]}
    return [
        {
            "code": row.code,
            "name": row.name,
            "top": path(row.code)[0],
            "amount": plain(row.position.adjusted),
        }
        for row in table.rows
        if row.code not in above and row.position is not None and row.position.adjusted > 0
    ]


def _text(share: Decimal | None) -> str | None:
    return None if share is None else str(share)
