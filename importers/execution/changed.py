"""Rows that were changed before a file was exported again: none of them is booked beside its former self.

A row without a voucher number goes by all that it says, so a changed one is unknown. It is told by
what it was: an entry of the book, within the days of the file, that came from such a row, is none of
the file's rows any more, and differs from the new one in its day, its payee, its amount or its text
alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.importers.execution.record import Kind
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.execution.groups import Group
    from yusuan.importers.execution.known import Rowed

#: One file of these is one payment, or few: there may be no row left that is known.
WHOLE = frozenset({Kind.PAYROLL, Kind.INSURANCE})


def former(
    new: Sequence[tuple[Group, str]], rowed: Sequence[Rowed], groups: Sequence[Group]
) -> dict[str, str]:
    """Give the ids of what new groups, with their texts, may have been, by the keys of the groups.

    `groups` are all those of the file.
    """
    keys = {group.key for group in groups}
    days = [str(record.day) for group in groups for record in group.records if record.day]
    if not days or not new:
        return {}
    first, last = min(days), max(days)
    gone: dict[tuple[int, tuple[str, ...]], str] = {}
    for each in rowed:
        if each.key not in keys and first <= each.said[0] <= last:
            for at in range(len(each.said)):
                gone[at, _without(each.said, at)] = each.id
    found: dict[str, str] = {}
    for group, text in new:
        said = (str(group.records[0].day), group.payee, plain(group.amount), text)
        ids = (gone.get((at, _without(said, at))) for at in range(len(said)))
        id_ = next((each for each in ids if each), "")
        if id_:
            found[group.key] = id_
    return found


def _without(said: tuple[str, ...], at: int) -> tuple[str, ...]:
    return said[:at] + said[at + 1 :]
