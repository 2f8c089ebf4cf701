"""What belongs together and what it goes by: the rows of one payment, and how it is known again.

A payment goes by its voucher number, division and payee (HANDBOOK §6.1: the unique key of
支付凭证); one without a number by all that its row says, and by how many such rows came before it
in the file. So neither the name of a file nor the order of its rows matters, and of two equal rows
both are kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.importers.execution.record import Kind
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Record

#: Kinds whose voucher number is the treasury's; that of another system's books is only its own.
_CERTIFIED = frozenset({Kind.PAYMENT, Kind.DETAIL})
#: What a row says besides its day and its amount; what a reviewer writes is no part of it.
_SAID = (
    "number", "detail", "payee", "text", "line", "indicator", "fund", "function", "economic",
    "class", "project", "method", "contract", "doc", "month",
)  # fmt: skip
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one payment; `number` is its voucher number, "" where it has none."""

    key: str
    number: str
    division: str
    payee: str
    records: tuple[Record, ...]

    @property
    def amount(self) -> Decimal:
        """What is paid, in 元."""
        return sum((record.amount for record in self.records), ZERO)


def grouped(execution: Execution) -> list[Group]:
    """Put the rows of each payment together, in the order of their days and keys."""
    certified = execution.kind in _CERTIFIED
    found: dict[str, list[Record]] = {}
    keys = _keys(execution.records, certified)
    if execution.kind is Kind.PAYROLL:  # the wage items of a payroll are paid together
        keys = [_digest(sorted(keys))] * len(keys)
    for record, key in zip(execution.records, keys, strict=True):
        found.setdefault(key, []).append(record)
    groups = [
        Group(
            key,
            each[0].get("number") if certified else "",
            each[0].get("division"),
            each[0].get("payee"),
            tuple(sorted(each, key=_order)),
        )
        for key, each in found.items()
    ]
    return sorted(groups, key=lambda group: (str(group.records[0].day or ""), group.key))


def certificate(number: str, division: str, payee: str) -> str:
    """Give the key of a payment with a voucher number."""
    return f"{number}/{division}/{payee}"


def _keys(records: Sequence[Record], certified: bool) -> list[str]:  # noqa: FBT001 -- said by its name
    seen: Counter[str] = Counter()
    keys = []
    for record in records:
        key = record.get("key") or record.get("plan_id")
        if not key and certified and record.get("number"):
            key = certificate(*(record.get(role) for role in ("number", "division", "payee")))
        if not key:
            said = [str(record.day), plain(record.amount), *(record.get(role) for role in _SAID)]
            digest = _digest(said)
            seen[digest] += 1
            key = f"{digest}-{seen[digest]}"
        keys.append(key)
    return keys


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:_DIGITS]


def _order(record: Record) -> tuple[str, ...]:
    """Sort the rows of a payment by what they say: how a file is ordered must not show."""
    return (*(record.get(role) for role in _SAID), plain(record.amount))
