"""What is said of a commitment (占用): what is left of it before and after; S11 holds them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.commitments import outstanding
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.events.authority import Change
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.events.standing import Limit
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.desk.desk import Desk
    from yusuan.ledger.desk.share import Share
    from yusuan.ledger.events.payment import Part


def drawn(desk: Desk, commitment: str, part: Part) -> str:
    """Say what is left of a commitment before and after a payment; nothing where there is none."""
    held = _left(desk, commitment)
    touched = desk.found.layers.touched(
        part.line.id, part.economic, part.klass, desk.day.year, part.procurement
    )
    rest = min((held.get(place, ZERO) for place in touched.held), default=ZERO)
    return _note(commitment, rest, part.amount) if held else ""


def whole(desk: Desk, commitment: str) -> tuple[tuple[Change, ...], tuple[Limit, ...], str]:
    """Give all that is left of a commitment, in both books, and what is said of it. Raises RefusedError."""
    held = _left(desk, commitment)
    lines = _of_lines(held)
    if not lines:
        raise RefusedError(f"没有编号为 {commitment} 的占用；请核对合同编号")
    changes = tuple(Change(desk.line(id_), amount) for id_, amount in lines.items() if amount > 0)
    if not changes:
        raise RefusedError(f"占用 {commitment} 已全部支付或释放，没有可释放的额度")
    limits = tuple(
        Limit(place.cell.scope, place.cell.code, amount)
        for place, amount in held.items()
        if place.cell.layer != LINE_LAYER and amount > 0
    )
    return changes, limits, _note(commitment, _sum(lines.values()), _released(changes))


def so_much(desk: Desk, commitment: str, amount: Decimal) -> tuple[tuple[Change, ...], str]:
    """Give so much of a commitment that is one line's and one 款's, and what is said of it. Raises RefusedError."""
    changes, limits, _ = whole(desk, commitment)
    if len(changes) > 1 or len(limits) > 1:
        raise RefusedError(
            f"占用 {commitment} 涉及几条指标或几个款；请用 --to 写明释放哪条指标的哪个款，"
            "或不写金额，全部释放"
        )
    [change] = changes
    scope, economic = (limits[0].scope, limits[0].economic) if limits else ("", "")
    note = _note(commitment, change.amount, amount)
    return (Change(change.line, amount, economic, scope),), note


def by_share(desk: Desk, commitment: str, asked: Iterable[Share]) -> tuple[tuple[Change, ...], str]:
    """Give the shares of a commitment that are to be released, and what is said of it."""
    changes = desk.changes(asked)
    lines = _of_lines(_left(desk, commitment))
    return changes, _note(commitment, _sum(lines.values()), _released(changes))


def _left(desk: Desk, commitment: str) -> dict[Place, Decimal]:
    return outstanding(desk.found.events, desk.found.layers, commitment)


def _of_lines(held: dict[Place, Decimal]) -> dict[str, Decimal]:
    cells = ((place.cell, amount) for place, amount in held.items())
    return {cell.scope: amount for cell, amount in cells if cell.layer == LINE_LAYER}


def _released(changes: Iterable[Change]) -> Decimal:
    return _sum(change.amount for change in changes)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def _note(commitment: str, rest: Decimal, asked: Decimal) -> str:
    return f"占用 {commitment}：此前余 {shown(rest)} 元，此后余 {shown(rest - asked)} 元"
