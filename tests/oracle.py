"""Budget control in integers of fen, written from DESIGN §2 alone: slow, plain, independent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

#: A line or an economic limit, as the engine's cells compare.
Cell = tuple[str, str, str]
LIMITED = ("available", "frozen", "committed")
BASIC = {"2020J01": ("1", "2"), "2020J02": ("1", "2"), "2020R01": ("1",)}
LIMITS = {
    ("1", "30101"), ("1", "30108"), ("1", "30399"),
    ("2", "30201"), ("2", "30209"), ("2", "30399"),
    ("2020K01", "30201"), ("2020K01", "30213"),
}  # fmt: skip


def line_cell(line: str) -> Cell:
    return ("line", line, "")


def limit_cell(scope: str, economic: str) -> Cell:
    return ("economic", scope, economic)


def drawn(line: str, economic: str, klass: str, year: int) -> tuple[list[Cell], str]:
    """The cells that spending draws on, and why the economic layer has no place for it."""
    cells = [line_cell(line)]
    if line == "2020K01":
        scopes = [line]
    elif line in BASIC and year == 2020:
        wanted = {"人员": "1", "公用": "2"}.get(klass)
        scopes = [scope for scope in BASIC[line] if wanted in {None, scope}]
    else:
        return cells, ""
    limited = [scope for scope in scopes if (scope, economic) in LIMITS]
    if len(limited) != 1:
        return cells, "ambiguous" if limited else "unbudgeted"
    return [*cells, limit_cell(limited[0], economic)], ""


@dataclass(frozen=True)
class Unfounded:
    """A spending that the economic layer has no place for, in fen."""

    id: str
    what: tuple[int, str, str]
    why: str
    fen: int


def refused(found: list[Unfounded]) -> list[str]:
    """The ids of those that are refused: what was let through without a budget may come back, no more."""
    left: Counter[tuple[int, str, str]] = Counter()
    for each in found:
        if each.why == "unbudgeted":
            left[each.what] += each.fen
    return sorted(
        each.id
        for each in found
        if each.why != "unbudgeted" or each.fen >= 0 or left[each.what] < 0
    )


@dataclass(frozen=True)
class Move:
    """One entry: what it is in the words of DESIGN §4, what it does to states of cells, in fen."""

    day: date
    id: str
    kind: str
    parts: tuple[tuple[Cell, str, int], ...]
    pending: bool = False

    @cached_property
    def net(self) -> Counter[tuple[Cell, str]]:
        """Its effect as a whole."""
        sums: Counter[tuple[Cell, str]] = Counter()
        for cell, state, fen in self.parts:
            sums[cell, state] += fen
        return sums

    def counts(self, cell: Cell, state: str) -> int:
        """Its effect on what may be spent: an unreviewed increase has none."""
        fen = self.net[cell, state]
        return 0 if self.pending and state == "available" and fen > 0 else fen

    def unreviewed(self) -> set[tuple[str, Cell, int]]:
        """What it makes available, or sets aside beyond what it takes, before anyone has looked at it."""
        found: set[tuple[str, Cell, int]] = set()
        for cell in {cell for cell, _ in self.net} if self.pending else ():
            more = self.net[cell, "available"]
            held = sum(self.net[cell, state] for state in ("available", "frozen", "committed"))
            if more > 0 or held > 0:
                found.add((self.id, cell, more if more > 0 else held))
        return found


@dataclass
class Oracle:
    """Everything that was ever recorded, looked through from the start for every question."""

    moves: list[Move] = field(default_factory=list)

    def balance(self, cell: Cell, state: str, until: date) -> int:
        return sum(m.net[cell, state] for m in self.moves if m.day <= until)

    def granted(self, cell: Cell, kinds: set[str], until: date) -> int:
        """年初, or 年初 + 追加 − 追减 ± 调剂 + 结转 − 年中收回, by the kinds asked for."""
        moves = [m for m in self.moves if m.kind in kinds and m.day <= until]
        return sum(m.net[cell, "available"] for m in moves)

    def least(self, cell: Cell, state: str, since: date) -> int:
        """What may still be taken on a day: there must be enough on every later day too."""
        days = {since, *(m.day for m in self.moves if m.day > since)}
        return min(self._held(cell, state, day) for day in days)

    def overdrafts(self) -> set[tuple[str, Cell, str, int, int]]:
        """Each decrease that finds too little: its id, where, what there is, what it asks."""
        found = set()
        places = {place for m in self.moves for place in m.net if place[1] in LIMITED}
        for cell, state in places:
            for day in {m.day for m in self.moves}:
                today = [(m.id, m.counts(cell, state)) for m in self.moves if m.day == day]
                held = self._held(cell, state, day) - sum(min(fen, 0) for _, fen in today)
                for id_, fen in sorted(today):
                    if fen < 0:
                        if held + fen < 0:
                            found.add((id_, cell, state, held, -fen))
                        held += fen
        return found

    def _held(self, cell: Cell, state: str, until: date) -> int:
        return sum(m.counts(cell, state) for m in self.moves if m.day <= until)
