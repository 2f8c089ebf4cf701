"""冻结、解冻、占用、释放、收回: authority that changes its state and stays with its line and 款."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import AUTHORITY
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import account_name
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from decimal import Decimal

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.events.authority import Change


#: The metadata of a commitment that says until when it is to be paid.
DUE = "due"


class Limit(NamedTuple):
    """So much of an economic limit, in 元."""

    scope: str
    economic: str
    amount: Decimal


class Step(Enum):
    """A step from one state to another: of the line (92–97), and of its limit (98).

    A limit has no lapsed state: what lapses goes back to the limit's source.
    """

    FREEZE = (Kind.FREEZE, "92", "93", "02", "05")
    UNFREEZE = (Kind.UNFREEZE, "93", "92", "05", "02")
    COMMIT = (Kind.COMMITMENT, "92", "94", "02", "04")
    RELEASE = (Kind.RELEASE, "94", "92", "04", "02")
    LAPSE = (Kind.LAPSE, "92", "97", "02", "01")


@dataclass(frozen=True, slots=True)
class Standing:
    """So much of some lines that takes a step; the changes are positive.

    `commitment` is the id of the contract or purchase that is committed or released, `due` the day
    until when a commitment is to be paid. `limits` go
    along where the changes name none: of what is left of a contract over several lines and 款 the
    sums are known, not which 款 of which line.
    """

    date: dt.date
    id: str
    text: str
    step: Step
    changes: tuple[Change, ...]
    doc: str = ""
    payee: str = ""
    commitment: str = ""
    limits: tuple[Limit, ...] = ()
    due: dt.date | None = None


def leaves(standing: Standing) -> list[Leaf]:
    """Give the accounts that a step posts to."""
    return [leaf for leaf, _ in _sums(standing)]


def draft(standing: Standing, names: Names) -> Draft:
    """Write a step: out of one state, into the other, in both books where a limit goes along."""
    lines = {change.line.id for change in standing.changes}
    meta = {"event": standing.step.value[0].value}
    if len(lines) == 1:
        meta["line"] = standing.changes[0].line.id
    if standing.doc:
        meta["doc"] = standing.doc
    if standing.commitment:
        meta["commitment"] = standing.commitment
    if standing.due:
        meta[DUE] = standing.due.isoformat()
    links = {standing.commitment} if standing.commitment else set()
    return Draft(
        standing.date,
        standing.id,
        standing.text,
        tuple(
            DraftPosting(account_name(leaf, names), amount, commodity)
            for (leaf, commodity), amount in _sums(standing).items()
        ),
        standing.payee,
        meta=meta,
        links=frozenset(links),
    )


def _sums(standing: Standing) -> dict[tuple[Leaf, str], Decimal]:
    """Sum the legs by account: several shares of one line are one posting."""
    found: dict[tuple[Leaf, str], Decimal] = {}
    for leaf, amount, commodity in _legs(standing):
        key = (leaf, commodity)
        found[key] = found[key] + amount if key in found else amount
    return found


def _legs(standing: Standing) -> Iterator[tuple[Leaf, Decimal, str]]:
    _kind, out_of, into, limit_out_of, limit_into = standing.step.value
    for line, amount in ((change.line, change.amount) for change in standing.changes):
        for state, part in ((into, amount), (out_of, -amount)):
            yield LineState(state, line.fund, line.function, line.id), part, AUTHORITY
    named = (Limit(c.scope, c.economic, c.amount) for c in standing.changes if c.scope)
    for scope, economic, amount in (*named, *standing.limits):
        for state, part in ((limit_into, amount), (limit_out_of, -amount)):
            yield EconomicState(state, scope, economic), part, ECONOMIC
