"""A statement beside what a book recorded: one to one, and both lists of what has no counterpart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Transaction

from yusuan.importers.execution.known import CERTIFICATE
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Means
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.execution.record import Record


class Movement(NamedTuple):
    """What an entry changes in one part of the means: below zero where money went out, in 元."""

    id: str
    day: date
    amount: Decimal
    number: str
    other: str
    text: str


class Pair(NamedTuple):
    """A line of the statement with its entry, and what they were told by."""

    record: Record
    movement: Movement
    by: str


@dataclass(slots=True)
class Reconciled:
    """The pairs, what only the statement has, and what only the book has."""

    pairs: list[Pair] = field(default_factory=list)
    only_statement: list[Record] = field(default_factory=list)
    only_book: list[Movement] = field(default_factory=list)


def movements(entries: Iterable[Any], detail: str) -> list[Movement]:
    """List what a book's entries change in a part of 8001, for example 01 零余额账户用款额度."""
    found = []
    for entry in entries:
        if type(entry) is not Transaction:
            continue
        amount = sum((_moved(posting, detail) for posting in entry.postings), ZERO)
        if amount:
            number = str(entry.meta.get(CERTIFICATE) or "")
            said = (number, entry.payee or "", entry.narration or "")
            found.append(Movement(event_id(entry), entry.date, amount, *said))
    return found


def reconcile(records: Sequence[Record], recorded: Sequence[Movement], days: int) -> Reconciled:
    """Match one to one: by voucher number and amount, by amount and day, by amount within some days.

    Of several with one amount on one day, those with one payee belong together.

    Two different voucher numbers never match. Within `days` a match is made only where one line
    and one entry fit each other and nothing else. What the book has outside the statement's days
    may match, and is not missed.
    """
    found = Reconciled()
    left, right = list(records), list(recorded)
    left, right = _equal(found, left, right, "凭证号和金额", _numbered, _has_number)
    left, right = _equal(found, left, right, "金额和日期，对方相同", _dated_other, _has_other)
    left, right = _equal(found, left, right, "金额和日期", _dated, _has_day)
    found.only_statement, right = _near(found, left, right, days)
    on = [record.day for record in records if record.day]
    found.only_book = [each for each in right if on and min(on) <= each.day <= max(on)]
    return found


def _equal(
    found: Reconciled,
    left: list[Record],
    right: list[Movement],
    by: str,
    key: Callable[[Record | Movement], Hashable],
    applies: Callable[[Record | Movement], bool],
) -> tuple[list[Record], list[Movement]]:
    """Pair what has one key; where a side has more of it than the other, the rest stays."""
    waiting: defaultdict[Hashable, list[Movement]] = defaultdict(list)
    for movement in right:
        if applies(movement):
            waiting[key(movement)].append(movement)
    rest, used = [], set()
    for record in left:
        same = waiting.get(key(record), []) if applies(record) else []
        match = next((each for each in same if not _clash(record, each)), None)
        if match is not None:
            same.remove(match)
            used.add(id(match))
            found.pairs.append(Pair(record, match, by))
        else:
            rest.append(record)
    return rest, [movement for movement in right if id(movement) not in used]


def _near(
    found: Reconciled, left: list[Record], right: list[Movement], days: int
) -> tuple[list[Record], list[Movement]]:
    by_amount: defaultdict[Decimal, list[Movement]] = defaultdict(list)
    of_amount: defaultdict[Decimal, list[Record]] = defaultdict(list)
    for movement in right:
        by_amount[movement.amount].append(movement)
    for record in left:
        of_amount[record.amount].append(record)

    def fits(record: Record, movement: Movement) -> bool:
        near = record.day is not None and abs((record.day - movement.day).days) <= days
        return near and not _clash(record, movement)

    rest, used = [], set()
    for record in left:
        near = [each for each in by_amount[record.amount] if fits(record, each)]
        rivals = [other for other in of_amount[record.amount] if near and fits(other, near[0])]
        if len(near) == 1 and len(rivals) == 1:
            used.add(id(near[0]))
            found.pairs.append(Pair(record, near[0], f"金额，日期相差 {days} 天以内"))
        else:
            rest.append(record)
    return rest, [movement for movement in right if id(movement) not in used]


def _numbered(each: Record | Movement) -> Hashable:
    return _number(each), each.amount


def _dated(each: Record | Movement) -> Hashable:
    return each.day, each.amount


def _dated_other(each: Record | Movement) -> Hashable:
    return each.day, each.amount, _other(each)


def _has_other(each: Record | Movement) -> bool:
    return each.day is not None and bool(_other(each))


def _other(each: Record | Movement) -> str:
    return each.other if isinstance(each, Movement) else each.get("payee")


def _has_number(each: Record | Movement) -> bool:
    return bool(_number(each))


def _has_day(each: Record | Movement) -> bool:
    return each.day is not None


def _clash(record: Record, movement: Movement) -> bool:
    """Tell whether both have a voucher number, and not the same."""
    number = record.get("number")
    return bool(number and movement.number and number != movement.number)


def _number(each: Record | Movement) -> str:
    return each.number if isinstance(each, Movement) else each.get("number")


def _moved(posting: Any, detail: str) -> Decimal:  # noqa: ANN401 -- beancount's posting has no units where they were left out
    account = meaning(posting.account)
    units = posting.units
    if not isinstance(account, Means) or account.detail != detail or units is None:
        return ZERO
    return units.number if units.currency == MONEY and units.number is not None else ZERO
