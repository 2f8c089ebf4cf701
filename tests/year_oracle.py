"""What each command may do and what it changes, from DESIGN §2 alone: no code of the engine is called."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.year_model import FISCAL
from tests.year_model import YEAR
from tests.year_model import Entry
from tests.year_model import Line
from tests.year_model import Part
from tests.year_model import RefusedError
from tests.year_model import Share
from tests.year_model import Year
from tests.year_model import must

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from tests.year_model import Cell
    from tests.year_model import Place

#: The part of 8001 that each way of paying draws on; the others are paid out of revenue.
PAID = {"direct": "", "unified": "", "authorised": "01", "own": "02"}
PAYMENTS = frozenset({"zf", "xc"})
IMPORTED = frozenset({"pf-2020-0001", "pf-2020-0002"})
#: What 三公 is spent on; more of it needs the finance office's word.
GUARDED = frozenset({"30212", "30217", "30231", "30913", "31013"})
STEPS = {
    "freeze": ("dj", "available", "frozen"),
    "unfreeze": ("jd", "frozen", "available"),
    "lapse": ("sh", "available", "lapsed"),
    "commit": ("ht", "available", "committed"),
}


def shift(cells: Iterable[Cell], fen: int, out: str, into: str) -> Counter[Place]:
    """Move from one state to another; a limit has no lapsed state and goes back to its source."""
    found: Counter[Place] = Counter()
    for cell in cells:
        if out:
            found[*cell, out] -= fen
        if into and not (into == "lapsed" and cell[0] == "economic"):
            found[*cell, into] += fen
    return found


class Oracle(Year):
    """Gives the entry that a command records, or raises RefusedError; records nothing itself."""

    def asked(self, command: Callable[..., Entry], *what: Any) -> Entry | None:
        """Give the entry; nothing where it is refused."""
        try:
            entry = command(*what)
            self.judge(entry)
        except RefusedError:
            return None
        return entry

    def grant(self, day: date, prefix: str, shares: Sequence[Share], doc: str = "文号") -> Entry:
        """提前下达、批复、追加."""
        must(bool(doc.strip()))
        changes: Counter[Place] = Counter()
        for share in shares:
            changes.update(shift(self.moves(share), share.fen, "", "available"))
        return Entry(day, self.next_id(prefix), changes)

    def reduce(self, day: date, share: Share, quota: int, doc: str) -> Entry:
        """追减, and the quota that goes back with it."""
        must(bool(doc.strip()), quota <= share.fen)
        changes = shift(self.moves(share), share.fen, "available", "")
        if quota:
            changes["means", "01", self.fund(share.line), "available"] -= quota
        return Entry(day, self.next_id("kj"), changes)

    def transfer(
        self, day: date, outs: Sequence[Share], ins: Sequence[Share], doc: str, approver: str
    ) -> Entry:
        """调剂: the total of every fund stays; 三公 and what was carried over are guarded."""
        must(bool(doc.strip()))
        changes: Counter[Place] = Counter()
        funds: Counter[str] = Counter()
        for sign, shares in ((-1, outs), (1, ins)):
            for share in shares:
                changes.update(shift(self.moves(share), sign * share.fen, "", "available"))
                funds[self.fund(share.line)] += sign * share.fen
        changes = Counter({place: fen for place, fen in changes.items() if fen})
        must(not any(funds.values()), bool(changes))
        out, into = ({p for p, fen in changes.items() if fen * sign > 0} for sign in (-1, 1))
        diverted = {place[2] for place in into} - {place[2] for place in out}
        must(approver.startswith("财政") or not diverted & GUARDED)
        for place in out:
            if place[0] == "line" and self.line(place[1]).origin < day.year:
                others = [self.line(p[1]) for p in into if p[0] == "line"]
                must(*(_purpose(self.line(place[1])) == _purpose(other) for other in others))
        return Entry(day, self.next_id("tj"), changes)

    def step(self, day: date, command: str, share: Share) -> Entry:
        """冻结、解冻、收回、占用."""
        prefix, out, into = STEPS[command]
        id_ = self.next_id(prefix)
        cells = self.moves(share)
        changes = shift(cells, share.fen, out, into)
        if command != "commit":
            return Entry(day, id_, changes)
        changes.update(shift(cells, share.fen, "", id_))
        return Entry(day, id_, changes, commitment=id_)

    def release(self, day: date, contract: str, fen: int | None) -> Entry:
        """释放: never more than is left of the contract; all of it where no amount is said."""
        left = {place[:3]: self.total(place) for place in self._contract(contract)}
        asked = min(left.values()) if fen is None else fen
        must(asked > 0, all(asked <= rest for rest in left.values()))
        changes = shift(left, asked, "committed", "available")
        changes.update(shift(left, asked, contract, ""))
        return Entry(day, self.next_id("sf"), changes, commitment=contract)

    def assign(self, day: date, source: str, to: str, name: str, fen: int) -> Entry:
        """分解: to a project of the same fund and function; limits would have to move along."""
        line = self.line(source)
        new = to not in self.lines
        target = Line(to, line.fund, line.function, "项目") if new else self.lines[to]
        must(not new or (bool(name) and line.klass in {"项目", "未分"}), source != to)
        must(target.klass == "项目", _place(line) == _place(target))
        must(not self.scopes(line), not self.scopes(target))
        changes = shift([("line", source, "")], fen, "available", "")
        changes.update(shift([("line", to, "")], fen, "", "available"))
        return Entry(day, self.next_id("fj"), changes, opens=(target,) if new else ())

    def pay(
        self, day: date, prefix: str, shares: Sequence[Share], method: str, contract: str = ""
    ) -> Entry:
        """支付、工资: fiscal money directly, other money from the unit's own account, unless said."""
        methods = {"direct" if self.fund(s.line) in FISCAL else "own" for s in shares}
        must(bool(method) or len(methods) == 1, all(share.economic for share in shares))
        must(method != "unified")  # there is none before 2022
        # The treasury does not pay what is on the unit's own account.
        must(method in {"", "own"} or methods == {"direct"})
        way = method or methods.pop()
        parts = tuple(Part(s.line, s.economic, s.klass, contract, s.fen) for s in shares)
        changes = self._drawn(parts)
        self._pour(changes, way, parts)
        if contract:
            self._contract(contract)
        return Entry(day, self.next_id(prefix), changes, parts, way=way)

    def receive(self, day: date, shares: Sequence[Share], into: str) -> Entry:
        """到账: quota for fiscal money, money for the rest, unless said."""
        must(not any(share.economic for share in shares))
        where = {"quota" if self.fund(s.line) in FISCAL else "money" for s in shares}
        must(bool(into) or len(where) == 1)
        must(into != "quota" or where == {"quota"})
        part = {"quota": "01", "money": "02"}[into or where.pop()]
        changes: Counter[Place] = Counter()
        for share in shares:
            changes["means", part, self.fund(share.line), "available"] += share.fen
        return Entry(day, self.next_id("dz"), changes)

    def refund_of_earlier_year(self, day: date, year: int, line: str, fen: int) -> Entry:
        """以前年度退回: money comes back, and no authority of this year."""
        fund = self.fund(line)
        must(year < day.year)
        place: Place = ("means", "03" if fund in FISCAL else "02", fund, "available")
        return Entry(day, self.next_id("th"), Counter({place: fen}))

    def refund(self, day: date, of: str, choice: Share) -> Entry:
        """退回: no more than is left of the one part that is meant; everything comes back with it."""
        payment, part = self._paid(day, of, choice)
        parts = (part._replace(fen=-choice.fen),)
        changes = self._drawn(parts)
        self._pour(changes, payment.way, parts)
        return Entry(day, self.next_id("th"), changes, parts, of)

    def correct(self, day: date, of: str, choice: Share, to: Share) -> Entry:
        """更正: minus the old code, plus the new; no money moves, and the fund stays."""
        _payment, old = self._paid(day, of, choice)
        new = Part(to.line or old.line, to.economic or old.economic, to.klass, "", choice.fen)
        must(self.fund(old.line) == self.fund(new.line), old.key[:3] != new.key[:3])
        parts = (old._replace(fen=-choice.fen), new)
        return Entry(day, self.next_id("gz"), self._drawn(parts), parts, of)

    def reverse(self, day: date, of: str) -> Entry:
        """红冲: the exact negative, once, and not while something rests on it."""
        must(of in self.entries, of not in IMPORTED)
        entry = self.entries[of]
        must(entry.kind != "hc", not self._reversed(of), day >= entry.day, not self._rests(of))
        left = self.left(entry.of) if entry.kind == "gz" else Counter()
        must(entry.kind != "gz" or all(left[part.key] >= part.fen for part in entry.parts))
        changes = Counter({place: -fen for place, fen in entry.changes.items()})
        parts = tuple(part._replace(fen=-part.fen) for part in entry.parts)
        commitment = entry.commitment
        return Entry(day, self.next_id("hc"), changes, parts, of, commitment=commitment)

    def of_kinds(self, *kinds: str) -> list[str]:
        """List the entries of some kinds that have not been taken back, by id."""
        found = (e.id for e in self.entries.values() if e.kind in kinds)
        return [id_ for id_ in found if not self._reversed(id_)]

    def reversible(self) -> list[str]:
        """List what may be reversed, if there is enough left."""
        ids = (e.id for e in self.entries.values() if e.kind != "hc" and e.id not in IMPORTED)
        return [id_ for id_ in ids if not self._reversed(id_) and not self._rests(id_)]

    def left(self, of: str) -> Counter[tuple[str, ...]]:
        """Give what is left of a payment by its parts, after all that was recorded about it."""
        found: Counter[tuple[str, ...]] = Counter()
        ids = [of]
        for id_ in ids:  # it grows while we go through it
            for part in self.entries[id_].parts:
                found[part.key] += part.fen
            ids += [entry.id for entry in self.entries.values() if entry.of == id_]
        return found

    def _drawn(self, parts: Iterable[Part]) -> Counter[Place]:
        """Spend from what is available, or from what is committed and the contract in it."""
        changes: Counter[Place] = Counter()
        for part in parts:
            cells = self.spends(part, self.limits)
            changes.update(
                shift(cells, part.fen, "committed" if part.commitment else "available", "spent")
            )
            changes.update(shift(cells, part.fen, part.commitment, ""))
        return changes

    def paid(self, line: str, way: str) -> str:
        """Give the part of 8001 that a line is paid from; for an earlier year's it was set aside."""
        held = self.line(line)
        earlier = held.fund in FISCAL and held.origin < YEAR
        return PAID[way] or ("03" if earlier else "")

    def _pour(self, changes: Counter[Place], way: str, parts: Iterable[Part]) -> None:
        """Take the money of each part out of its fund's share, where it is paid from means."""
        for part in parts:
            paid = self.paid(part.line, way)
            if paid:
                changes["means", paid, self.fund(part.line), "available"] -= part.fen

    def _contract(self, id_: str) -> list[Place]:
        """Give the places of a contract: what it set aside, and no more than that."""
        entry = self.entries.get(id_)
        if entry is None or entry.kind != "ht":
            raise RefusedError
        return [place for place in entry.changes if place[3] == id_]

    def _paid(self, day: date, of: str, choice: Share) -> tuple[Entry, Part]:
        """Find the one part of a payment that is meant, with enough left of it."""
        payment = self.entries.get(of)
        if payment is None or payment.kind not in PAYMENTS:
            raise RefusedError
        must(day >= payment.day)
        wanted = (choice.line, choice.economic, choice.klass)
        left = self.left(of)
        fitting = [
            key
            for key in left
            if all(mine in {"", its} for mine, its in zip(wanted, key[:3], strict=True))
        ]
        found = [key for key in fitting if left[key] > 0] or fitting
        must(len(found) == 1)
        part = Part(found[0][0], found[0][1], found[0][2], found[0][3], 0)
        must(choice.fen <= left[part.key])
        # The revenue of a line that a payment out of several funds did not have cannot be told.
        own = {each.line for each in payment.parts}
        funds = {self.fund(line) for line in own}
        must(bool(PAID[payment.way]) or part.line in own or len(funds) == 1)
        return payment, part

    def _reversed(self, id_: str) -> bool:
        return any(e.of == id_ and e.kind == "hc" for e in self.entries.values())

    def _rests(self, id_: str) -> bool:
        """Tell whether something stands on an entry: what is about it, or draws on its contract."""
        return any(
            entry.kind != "hc" and not self._reversed(entry.id)
            for entry in self.entries.values()
            if entry.id != id_ and (entry.of == id_ or id_ in entry.contracts)
        )


def _place(line: Line) -> tuple[str, str]:
    return line.fund, line.function


def _purpose(line: Line) -> tuple[str, bool]:
    return line.function, line.klass == "项目"
