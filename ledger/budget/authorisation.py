"""例外授权: a recorded decision of an office that lets a stop of one rule pass, up to a cap, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

#: The kind of `custom` directive that records one.
KIND = "authorisation"
#: The metadata in which an entry names what it rests on; several ids stand apart by blanks.
META = "authorisation"
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What one allows; `cap` in 元, `expiry` the last day of use, no line meaning any line.

    Source: project decision (docs/decisions/0012).
    """

    day: date
    id: str
    rule: str
    line: str
    cap: Decimal
    expiry: date
    office: str
    doc: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """What asks to be let through: a rule's stop of an entry, and by how much it exceeds, in 元."""

    rule: str
    day: date
    #: The lines that the entry takes from.
    lines: Collection[str]
    excess: Decimal


def refusal(given: Authorisation, case: Case, used: Decimal) -> str:
    """Say why an authorisation does not cover a case, `used` 元 of it being spent; empty where it does."""
    if given.rule != case.rule:
        return f"只针对规则 {given.rule}"
    if case.day < given.day:
        return f"{given.day} 起才有效"
    if case.day > given.expiry:
        return f"已于 {given.expiry} 到期"
    if given.line and set(case.lines) != {given.line}:
        others = "、".join(sorted(set(case.lines) - {given.line}))
        return f"只限指标 {given.line}，凭证" + (f"涉及 {others}" if others else "没有注明指标")
    over = used + case.excess - given.cap
    if over > ZERO:
        held = f"限额 {shown(given.cap)} 元，已用 {shown(used)} 元"
        return f"{held}，本次 {shown(case.excess)} 元，超过限额 {shown(over)} 元"
    return ""


def words(given: Authorisation) -> str:
    """Say who authorised what, for a finding that it lets pass."""
    held = f"{given.id}，限额 {shown(given.cap)} 元，有效至 {given.expiry}"
    return f"已由{given.office} {given.doc} 授权（{held}）"
