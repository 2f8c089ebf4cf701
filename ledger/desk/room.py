"""What there is room for while a form is being filled in: each layer, and what it would be left with."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from yusuan.ledger.books.history import family
from yusuan.ledger.budget.commitments import outstanding
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.desk.layers import KINDS
from yusuan.ledger.desk.layers import layers
from yusuan.ledger.events.paid import parts
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Touched
    from yusuan.ledger.events.paid import Choice


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks of one line so far: more to spend (`grows`) or less, by an amount in 元."""

    line: str
    economic: str
    klass: str
    amount: Decimal | None
    grows: bool = False
    #: Money is paid or comes back: only that touches 三公 and procurement.
    paid: bool = False
    procurement: str = ""
    commitment: str = ""

    @property
    def change(self) -> Decimal:
        """By how much more may be spent."""
        return (self.amount or ZERO) * (1 if self.grows else -1)


@dataclass(frozen=True, slots=True)
class Held:
    """One layer, or one contract or payment that is drawn on: what it holds, and by how much it changes."""

    kind: str
    name: str
    held: Decimal
    change: Decimal
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """All that a form touches so far, and why it may not be recorded as it stands."""

    held: Sequence[Held]
    problems: Sequence[str]


def room(found: View, on: date, wishes: Sequence[Wish]) -> Room:
    """Give what there is room for on a day; several wishes may draw on the same layer."""
    drawn: list[Held] = []
    problems: list[str] = []
    moves: dict[Cell, Decimal] = {}
    for wish in wishes:
        if wish.line not in found.layers.register.lines:
            problems += [f"没有编号为 {wish.line} 的指标"] if wish.line else []
            continue
        touched = found.layers.touched(
            wish.line, wish.economic, wish.klass, on.year, wish.procurement
        )
        if wish.economic and not wish.grows and touched.problem:
            problems.append(touched.problem)
        cells = [cell for cell in touched.cells if wish.paid or cell.layer != SPECIAL_LAYER]
        if wish.commitment:
            drawn += _contract(found, wish, touched, problems)
            cells = [cell for cell in cells if cell.layer == SPECIAL_LAYER]
        for cell in map(found.layers.pools.cell, cells):
            moves[cell] = moves.get(cell, ZERO) + wish.change
    shown = layers(found, tuple(moves), on) if moves else []
    drawn += [Held(KINDS[x.cell.layer], x.name, x.available, moves[x.cell]) for x in shown]
    return Room(_bound(drawn, wishes), problems)


def refund(found: View, on: date, of: str, choice: Choice, amount: Decimal | None) -> Room:
    """Give what of a payment has not come back, and what there is room for once so much has."""
    if not of:
        return Room((), ())
    try:
        left = parts(family(found.book, of))
    except RefusedError as error:
        return Room((), (str(error),))
    still = {part: rest for part, rest in left.items() if rest > ZERO and choice.fits(part)}
    paid = Held("原支付", f"{of} 未退回的金额", sum(still.values(), ZERO), -(amount or ZERO))
    if len(still) != 1:
        return Room((paid,), ())
    [part] = still
    wish = Wish(
        part.line,
        part.spent.economic,
        part.klass,
        amount,
        grows=True,
        paid=True,
        procurement=part.procurement,
        commitment=part.commitment,
    )
    there = room(found, on, (wish,))
    return Room((paid, *there.held), there.problems)


def _contract(found: View, wish: Wish, touched: Touched, problems: list[str]) -> list[Held]:
    """Give what is left of a contract for a line and a 款."""
    left = outstanding(found.events, found.layers, wish.commitment)
    if not left:
        problems.append(f"没有编号为 {wish.commitment} 的占用；请核对合同编号")
        return []
    held = [place for place in touched.held if place.cell.layer != SPECIAL_LAYER]
    rest = min((left.get(place, ZERO) for place in held), default=ZERO)
    return [Held("占用", f"合同 {wish.commitment} 的余额", rest, wish.change)]


def _bound(held: Sequence[Held], wishes: Sequence[Wish]) -> list[Held]:
    """Mark what binds: the least of what is drawn on; nothing binds what grows."""
    least = min((each.held for each in held), default=None)
    if any(wish.grows for wish in wishes):
        least = None
    return [replace(each, binding=each.held == least) for each in held]
