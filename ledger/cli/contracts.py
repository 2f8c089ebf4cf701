"""What the commands say of a commitment (占用): what is left of it, and what asks for too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.commitments import outstanding
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.cli.exits import StoppedError
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.cli.recording import Desk
    from yusuan.ledger.events.authority import Change
    from yusuan.ledger.events.payment import Part


def left(desk: Desk, commitment: str) -> dict[Place, Decimal]:
    """Give what is left of a commitment, by place; empty where there is none."""
    return outstanding(desk.found.events, desk.found.layers, commitment)


def drawn(desk: Desk, commitment: str, part: Part) -> tuple[str, str]:
    """Say what is left of a commitment before and after a payment, and what stands against it."""
    held = left(desk, commitment)
    touched = desk.found.layers.touched(part.line.id, part.economic, part.klass, desk.day.year)
    if not held:
        return "", f"没有编号为 {commitment} 的占用；请核对合同编号，或不写 --commitment"
    rest = min((held.get(place, ZERO) for place in touched.committed), default=ZERO)
    return _note(commitment, rest, part.amount), _short(commitment, rest, part.amount, "支付")


def release(desk: Desk, commitment: str, amount: Decimal | None) -> tuple[Change, str, str]:
    """Give the change that a release makes, what is left before and after, and what stands against it.

    Without an amount, all that is left is released. Raises StoppedError.
    """
    held = left(desk, commitment)
    lines = {place: rest for place, rest in held.items() if place.cell.layer == LINE_LAYER}
    limits = [place for place in held if place not in lines]
    if not lines:
        raise StoppedError(f"没有编号为 {commitment} 的占用；请核对合同编号")
    if len(lines) > 1 or len(limits) > 1:
        raise StoppedError(f"占用 {commitment} 涉及几条指标或几个款，请手写释放凭证")
    [(place, rest)] = lines.items()
    if amount is None and rest <= ZERO:
        raise StoppedError(f"占用 {commitment} 已全部支付或释放，没有可释放的额度")
    asked = rest if amount is None else amount
    economic, scope = "", ""
    for limit in limits:
        economic, scope = limit.cell.code, limit.cell.scope
    line = desk.line(place.cell.scope)
    klass = {"1": "人员", "2": "公用"}.get(scope, "")
    change = desk.change(line.id, asked, economic, klass)
    return change, _note(commitment, rest, asked), _short(commitment, rest, asked, "释放")


def _note(commitment: str, rest: Decimal, asked: Decimal) -> str:
    return f"占用 {commitment}：此前余 {shown(rest)} 元，此后余 {shown(rest - asked)} 元"


def _short(commitment: str, rest: Decimal, asked: Decimal, word: str) -> str:
    if asked <= rest:
        return ""
    return f"占用 {commitment} 只余 {shown(rest)} 元，不能{word} {shown(asked)} 元"
