"""A small unit's year in integers of fen, written from DESIGN §2 alone: lines, limits, entries, what is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import NamedTuple

#: A line, a limit, or one fund's share in a part of 8001, as the engine's cells compare.
Cell = tuple[str, str, str]
#: A cell and a state of it; the id of a contract is a state too: what it still has of the committed.
Place = tuple[str, str, str, str]
LIMITED = frozenset({"available", "frozen", "committed"})
STATES = LIMITED | {"spent", "lapsed", "carried"}
SCOPES = {"人员": "1", "公用": "2"}
FISCAL = frozenset({"11"})
YEAR = 2020


class RefusedError(Exception):
    """What is asked for may not be done."""


def must(*conditions: bool) -> None:
    """Refuse, unless all of these hold."""
    if not all(conditions):
        raise RefusedError


@dataclass(frozen=True)
class Line:
    """A budget line; `own` are economic codes of its own."""

    id: str
    fund: str
    function: str
    klass: str
    own: frozenset[str] = frozenset()
    origin: int = YEAR


class Share(NamedTuple):
    """So much of a line, and which limit of it is meant."""

    line: str
    economic: str = ""
    klass: str = ""
    fen: int = 0


class Part(NamedTuple):
    """So much spent (less, where negative) of a line for an economic 款, on a contract or not."""

    line: str
    economic: str
    klass: str
    commitment: str
    fen: int

    @property
    def key(self) -> tuple[str, ...]:
        """What all that is recorded about a part of a payment has in common."""
        return self[:4]


@dataclass(frozen=True)
class Entry:
    """One entry: what it changes, what it spends, what it is about; its id says what kind it is."""

    day: date
    id: str
    changes: Counter[Place]
    parts: tuple[Part, ...] = ()
    of: str = ""
    commitment: str = ""
    #: How a payment was made.
    way: str = ""
    opens: tuple[Line, ...] = ()

    @property
    def kind(self) -> str:
        return self.id.partition("-")[0]

    @property
    def contracts(self) -> set[str]:
        """The contracts that it draws on, gives back to, releases or is."""
        return {self.commitment, *(part.commitment for part in self.parts)} - {""}


def lines() -> dict[str, Line]:
    own = frozenset({"30201", "30213"})
    found = (
        Line("2020J01", "11", "2010301", "基本"),
        Line("2020J02", "11", "2010350", "基本"),
        Line("2020R01", "11", "2080505", "人员"),
        Line("2020K01", "11", "2010308", "项目", own),
        Line("2020X01", "11", "2010302", "项目"),
        Line("2020X03", "11", "2010301", "项目"),
        Line("2020X08", "11", "2010308", "项目"),
        Line("2019J01", "11", "2010301", "基本", origin=2019),
        Line("2020Q01", "39", "2010301", "未分"),
        Line("2020Q02", "39", "2010350", "基本"),
    )
    return {line.id: line for line in found}


#: The approved budget and the first money, in fen: 12000 of basic expenditure, in both layers.
APPROVED = {
    "2020J01": 600_000, "2020J02": 400_000, "2020R01": 200_000, "2020K01": 150_000,
    "2020X01": 500_000, "2020X03": 100_000, "2020X08": 300_000,
    "2020Q01": 400_000, "2020Q02": 300_000,
}  # fmt: skip
CARRIED = {"2019J01": 200_000}
LIMITS = {
    ("1", "30101"): 300_000, ("1", "30108"): 200_000, ("1", "30399"): 50_000,
    ("2", "30201"): 300_000, ("2", "30209"): 200_000, ("2", "30217"): 50_000, ("2", "30399"): 100_000,
    ("2020K01", "30201"): 100_000, ("2020K01", "30213"): 50_000,
}  # fmt: skip
RECEIVED = {("01", "2020J01"): 500_000, ("02", "2020Q01"): 300_000, ("03", "2019J01"): 100_000}


@dataclass
class Year:
    """All that was recorded, gone through from the start for every question."""

    lines: dict[str, Line] = field(default_factory=lines)
    limits: set[tuple[str, str]] = field(default_factory=set)
    entries: dict[str, Entry] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what the book begins with."""
        first = date(YEAR, 1, 1)
        places: dict[str, dict[Place, int]] = {
            "pf-2020-0001": {("line", line, "", "available"): n for line, n in APPROVED.items()},
            "pf-2020-0002": {("economic", *limit, "available"): n for limit, n in LIMITS.items()},
            "jz-2020-0001": {("line", line, "", "available"): n for line, n in CARRIED.items()},
        }
        for number, ((part, line), fen) in enumerate(RECEIVED.items(), 1):
            fund = self.lines[line].fund
            places[f"dz-2020-000{number}"] = {("means", part, fund, "available"): fen}
        for id_, changes in places.items():
            self.record(Entry(first, id_, Counter(changes)))

    def record(self, entry: Entry) -> None:
        """Add an entry, with the line and the limits that it brings into being."""
        self.entries[entry.id] = entry
        self.lines |= {line.id: line for line in entry.opens}
        self.limits |= _limits(entry)

    def next_id(self, prefix: str) -> str:
        """Number the entries of a kind from one."""
        count = sum(entry.kind == prefix for entry in self.entries.values())
        return f"{prefix}-{YEAR}-{count + 1:04d}"

    def balances(self, until: date) -> dict[Place, int]:
        """Give every balance at the end of a day that is not nothing, contracts left out."""
        found: Counter[Place] = Counter()
        for entry in self.entries.values():
            if entry.day <= until:
                found.update(entry.changes)
        return {place: fen for place, fen in found.items() if fen and place[3] in STATES}

    def total(self, place: Place) -> int:
        """Give a balance after everything, whatever its day."""
        return sum(entry.changes[place] for entry in self.entries.values())

    def least(self, place: Place, since: date) -> int:
        """Give what may be taken on a day: what no later day needs either."""
        moves = [(e.day, e.changes[place]) for e in self.entries.values() if e.changes[place]]
        days = {since, *(day for day, _ in moves if day > since)}
        return min(sum(fen for day, fen in moves if day <= end) for end in days)

    def judge(self, entry: Entry) -> None:
        """Refuse what makes any day end below nothing, or leaves a spending without its one place."""
        must(entry.day.year == YEAR)
        for place, fen in entry.changes.items():
            if fen < 0 and (place[3] in LIMITED or place[3] not in STATES):
                must(self.least(place, entry.day) + fen >= 0)
        limits = self.limits | _limits(entry)
        for each in [*self.entries.values(), entry]:
            for part in each.parts if limits != self.limits else ():
                self.spends(part, limits)
        self._judge_refunds([*self.entries.values(), entry], limits)

    def _judge_refunds(self, entries: list[Entry], limits: set[tuple[str, str]]) -> None:
        """Refuse where more comes back than its line and limit had paid up to a refund, or ever."""
        spent = [
            (each.day, part.line, part.economic, self.spends(part, limits)[1:], part.fen)
            for each in entries
            for part in each.parts
        ]
        for refund in entries:
            for part in refund.parts if refund.kind == "th" else ():
                what = part.line, part.economic, self.spends(part, limits)[1:]
                alike = [(day, fen) for day, *where, fen in spent if (*where,) == what]
                must(sum(fen for _, fen in alike) >= 0)
                must(sum(fen for day, fen in alike if day <= refund.day) >= 0)

    def line(self, id_: str) -> Line:
        must(id_ in self.lines)
        return self.lines[id_]

    def fund(self, id_: str) -> str:
        return self.line(id_).fund

    def scopes(self, line: Line) -> tuple[str, ...]:
        """Its own codes; 人员 and 公用 for basic expenditure of the general budget, of this year."""
        if line.own:
            return (line.id,)
        if line.fund != "11" or line.klass in {"项目", "未分"} or line.origin != YEAR:
            return ()
        return ("1", "2") if line.klass == "基本" else (SCOPES[line.klass],)

    def moves(self, share: Share) -> list[Cell]:
        """Give what a change of authority changes: it names the 款 where there are limits, or is refused."""
        line = self.line(share.line)
        scopes = self.scopes(line)
        must(bool(scopes) == bool(share.economic))
        if not scopes:
            return [("line", line.id, "")]
        if line.own:
            return [("line", line.id, ""), ("economic", line.id, share.economic)]
        named = SCOPES.get(share.klass, "")
        found = [scope for scope in scopes if (scope, share.economic) in self.limits]
        if named in scopes:
            found = [named]
        must(len(found) == 1)
        return [("line", line.id, ""), ("economic", found[0], share.economic)]

    def spends(self, part: Part, limits: set[tuple[str, str]]) -> list[Cell]:
        """Give what a spending draws on: its limit is there and is one, and the class is the line's."""
        line, economic, klass = self.line(part.line), part.economic, part.klass
        must(line.klass != "项目" or not klass)
        cell: Cell = ("line", line.id, "")
        scopes = self.scopes(line)
        if not scopes:
            wages = line.klass == "基本" and klass == "公用" and economic.startswith("301")
            must(not wages or ("2", economic) in limits)
            return [cell]
        found = [scope for scope in scopes if (scope, economic) in limits]
        if klass and not line.own:
            found = [scope for scope in found if scope == SCOPES[klass]]
        must(len(found) == 1)
        return [cell, ("economic", found[0], economic)]


def _limits(entry: Entry) -> set[tuple[str, str]]:
    return {(scope, code) for layer, scope, code, _ in entry.changes if layer == "economic"}
