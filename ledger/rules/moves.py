"""The moves family: what a change of authority needs, and what it may not do (R07, R08, R12, S08)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.movement import LIMITED
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.tables.words import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator
    from datetime import date

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
_BASIC: tuple[str, ...] = tuple(SCOPE_OF_CLASS.values())
#: Changes of lines that post both books where the line has economic limits. Source: DESIGN §2.
#: An approval may post its two books in two entries, and a carried line need not name 款.
_BOTH_BOOKS = frozenset({
    Kind.ADVANCE, Kind.ASSIGNMENT, Kind.SUPPLEMENT, Kind.REDUCTION, Kind.TRANSFER, Kind.FREEZE,
    Kind.UNFREEZE, Kind.COMMITMENT, Kind.RELEASE, Kind.LAPSE,
})  # fmt: skip
FINANCE = "财政"
_MOVED = {Kind.SUPPLEMENT: "R08", Kind.REDUCTION: "R08", Kind.TRANSFER: "R07"}


class Moved(Family):
    """Judges the entries that change authority without spending it."""

    RULES: ClassVar[tuple[str, ...]] = ("R07", "R08", "R12", "S08")
    STATE: ClassVar[tuple[str, ...]] = (
        "_findings", "_seen", "_approved", "_given", "_granted", "_used", "_undocumented",
    )  # fmt: skip

    def __init__(self, ground: Ground) -> None:
        """Start with the lines of the book."""
        super().__init__(ground)
        self._layers = ground.layers
        self._lines = ground.layers.register.lines
        self._needing: list[str] = parameter(ground.settings, "R07", "across")
        self._findings: list[Finding] = []
        self._seen: set[Kind] = set()
        #: The days of approvals; and limits that were given without a word on what for.
        self._approved: set[date] = set()
        self._given: list[Transaction] = []
        #: The lines that have authority of a year; and what first used one of an earlier year.
        self._granted: set[tuple[int, str]] = set()
        self._used: dict[tuple[int, str], Transaction] = {}
        #: Approvals of lines without a document.
        self._undocumented: list[Transaction] = []
        self._carried = any(
            line.origin != line.opened.year for line in self._lines.values() if line.opened
        )

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge a change of authority; spending has rules of its own."""
        if event is not None:
            self._follow(entry, event)
        if event is None or event.derived or not event.shifts:
            return
        kind = event.kind
        self._seen.add(kind)
        if kind is Kind.APPROPRIATION:
            self._approved.add(event.date)
            if _raises_lines(event) and not str(entry.meta.get("doc") or "").strip():
                self._undocumented.append(entry)
        elif "event" not in entry.meta and _gives_limits(event):
            self._given.append(entry)
        said = [*self._documented(entry, event)]
        if kind is Kind.TRANSFER and both_ways(event):
            said += self._transferred(entry, event)
        if kind in _BOTH_BOOKS and (kind is not Kind.TRANSFER or both_ways(event)):
            said += (("S08", text, None) for text in self._in_both_books(event))
        self._findings.extend(finding(rule, entry, text, severity) for rule, text, severity in said)

    def learn(self, kin: Kin) -> None:
        """Payments are none of its business."""

    def _follow(self, entry: Transaction, event: Event) -> None:
        """Remember of which year a line has authority, and what was used of an earlier one."""
        year = event.date.year
        for spending in event.spendings if event.derived else ():
            line = self._lines.get(spending.line)
            if line is not None and line.origin < year and spending.amount > 0:
                self._used.setdefault((year, line.id), entry)
        for shift in () if event.derived else event.shifts:
            if shift.amount > 0 and shift.place.cell.layer == LINE_LAYER and shift.place.limited:
                self._granted.add((year, shift.place.cell.scope))

    def _uncarried(self) -> Iterator[Finding]:
        """Find what was spent of an earlier year's line that nobody carried into the year."""
        for (year, line), entry in self._used.items():
            if (year, line) not in self._granted:
                text = (
                    f"指标 {line} 是 {self._lines[line].origin} 年的，没有结转到 {year} 年就支付；"
                    "上年结余须结转或经批准才能使用，请先登记结转"
                )
                yield finding("R12", entry, text, Severity.WARN)

    def finish(self) -> list[Finding]:
        """Find limits that no approval of their day stands behind; give all findings."""
        text = (
            "经济分类额度单独增加，当日没有批复；属批复的用 event: "
            '"appropriation" 注明，属追加的与指标同记一笔，写明文号'
        )
        alone = [entry for entry in self._given if entry.date not in self._approved]
        found = [*self._findings, *self._uncarried(), *self._approved_again()]
        return [*found, *(finding("S08", entry, text, Severity.WARN) for entry in alone)]

    def _approved_again(self) -> Iterator[Finding]:
        """Find approvals after the year's first that no document stands behind: those are supplements."""
        for entry in self._undocumented:
            day = entry.date
            if any(each.year == day.year and each < day for each in self._approved):
                text = "年初批复以后的批复没有文号；请用 doc 注明文号，追加的额度记作追加"
                yield finding("R08", entry, text, Severity.WARN)

    def idle(self) -> Collection[str]:
        """A book without changes of a kind has none to judge."""
        idle = {"R07", "R12"} if Kind.TRANSFER not in self._seen else set()
        if not self._carried:
            idle.add("R12")
        if self._used:
            idle.discard("R12")
        if not self._seen & _MOVED.keys() and not any(self._approved_again()):
            idle.add("R08")
        return idle

    def _documented(self, entry: Transaction, event: Event) -> Iterator[_Said]:
        word = KIND_WORDS[event.kind]
        transfer = event.kind is Kind.TRANSFER
        unsaid = transfer and not both_ways(event) and "event" not in entry.meta
        if event.kind not in _MOVED or unsaid:
            return  # a limit given without a word on what it is: an approval in two entries
        if not str(entry.meta.get("doc") or "").strip():
            yield _MOVED[event.kind], f"{word}没有文号；请用 doc 注明批准文件的文号", None
        if transfer and not both_ways(event):
            yield "R08", "调剂有来无去或有去无来；改变总额请用追加或追减", None
        elif transfer and event.origins:
            total = sum((origin.amount for origin in event.origins), ZERO)
            yield "R08", f"调剂改变总额 {shown(total)} 元；改变总额请用追加或追减", None
        elif not transfer:
            yield from self._wrong_way(event, word)

    def _wrong_way(self, event: Event, word: str) -> Iterator[_Said]:
        """A supplement gives more in all, a reduction less. Source: HANDBOOK R08 (Δtotal ≠ 0)."""
        moved = [s.amount for s in event.shifts if s.place.cell.layer == LINE_LAYER]
        total = sum(moved, ZERO)
        wanted = 1 if event.kind is Kind.SUPPLEMENT else -1
        if moved and total * wanted <= 0:
            way = "增加" if total > 0 else "减少"
            does = f"使总额{way} {shown(abs(total))} 元" if total else "没有改变总额"
            other = "追减" if event.kind is Kind.SUPPLEMENT else "追加"
            yield "R08", f"{word}{does}；不改变总额的是调剂，方向相反的是{other}，请改正", None

    def _transferred(self, entry: Transaction, event: Event) -> Iterator[_Said]:
        crossed = [what for what in self._crossed(event) if what in self._needing]
        if crossed and not approved_by_finance(entry):
            text = f"调剂跨{'、'.join(crossed)}，需财政部门批准；请用 approver 注明批准单位"
            yield "R07", text, Severity.WARN
        for line in self._of(event, lambda amount: amount < 0):
            if line.origin >= event.date.year:
                continue
            for other in self._of(event, lambda amount: amount > 0):
                if _purpose(line) != _purpose(other):
                    text = f"结转资金须按原用途：{line.origin} 年的指标 {line.id} 不得调剂到 {other.id}"
                    yield "R12", text, None

    def _crossed(self, event: Event) -> Iterator[str]:
        """Say what a transfer crosses, in the words of the matrix. Source: HANDBOOK R07."""
        out = self._of(event, lambda amount: amount < 0)
        into = self._of(event, lambda amount: amount > 0)
        tests: tuple[tuple[str, Callable[[Line], str]], ...] = (
            ("类", lambda line: line.function[:3]),
            ("项", lambda line: line.function),
            ("项目", lambda line: line.project or line.klass),
            ("基本与项目", lambda line: str(line.klass == PROJECT)),
            ("资金性质", lambda line: line.fund),
        )
        for word, key in tests:
            if out and into and {key(line) for line in out} != {key(line) for line in into}:
                yield word
        heads = [
            {
                s.place.cell.code[:3]
                for s in event.shifts
                if s.place.cell.code and s.amount * sign > 0
            }
            for sign in (1, -1)
        ]
        if all(heads) and heads[0] != heads[1]:
            yield "经济分类类级"

    def _of(self, event: Event, wanted: Callable[[Decimal], bool]) -> list[Line]:
        found = (
            self._lines.get(s.place.cell.scope)
            for s in event.shifts
            if s.place.cell.layer == LINE_LAYER and wanted(s.amount)
        )
        return [line for line in found if line is not None]

    def _in_both_books(self, event: Event) -> Iterator[str]:
        """Compare what the lines with economic limits change with what their limits change."""
        sums: dict[tuple[tuple[str, ...], str], Decimal] = {}
        for shift in event.shifts:
            cell = shift.place.cell
            if cell.layer == SPECIAL_LAYER:
                continue
            if cell.layer == LINE_LAYER:
                line = self._lines.get(cell.scope)
                if line is None or not self._layers.scopes(line, event.date.year):
                    continue
                group, amount = (cell.scope,) if line.economics else _BASIC, shift.amount
            else:
                group, amount = _BASIC if cell.scope in _BASIC else (cell.scope,), -shift.amount
            key = (group, shift.place.state.value)
            sums[key] = sums.get(key, ZERO) + amount
        for (group, state), amount in sorted(sums.items()):
            if amount and state in LIMITED:
                what = "基本支出" if group == _BASIC else f"指标 {group[0]} "
                yield f"两本账不一致：{what}的额度与经济分类额度相差 {shown(amount)} 元；请写明经济分类款，同时变动"
                return


_Said = tuple[str, str, Severity | None]


def approved_by_finance(entry: Transaction) -> bool:
    """Tell whether an entry names the finance department as the office that approved it."""
    return FINANCE in str(entry.meta.get("approver") or "")


def both_ways(event: Event) -> bool:
    """Tell whether something goes out and something comes in."""
    signs = {shift.amount > 0 for shift in event.shifts if shift.amount}
    return signs == {True, False}


def _gives_limits(event: Event) -> bool:
    """Tell whether an entry gives more for 款 and nothing else, out of their source."""
    return all(
        shift.place.cell.layer == ECONOMIC_LAYER and shift.amount >= ZERO for shift in event.shifts
    )


def _raises_lines(event: Event) -> bool:
    return any(s.place.cell.layer == LINE_LAYER and s.amount > ZERO for s in event.shifts)


def _purpose(line: Line) -> tuple[str, str, bool]:
    return line.function, line.project, line.klass == PROJECT
