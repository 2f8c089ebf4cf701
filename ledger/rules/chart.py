"""The chart family: codes (R03), spending on its line (R04), accounts as the chart has them (S04–S07)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.line import CLASSES
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import ChartError
from yusuan.ledger.chart import Level
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import commodity
from yusuan.ledger.chart import parse
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification import Verdict
from yusuan.ledger.classification import load
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.family import Family

if TYPE_CHECKING:
    from beancount.core.data import Open
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.classification import Unconfirmed
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

_ITEM_DIGITS = 7
_YEAR = re.compile(r"[0-9]{4}")
#: What the tables are certain enough of to stop an entry. Source: HANDBOOK §1.2.
_WRONG = {
    Verdict.MALFORMED: "不是正确的科目编码",
    Verdict.EXPIRED: "在该日期无效",
    Verdict.ABSENT: "不在已导入的当年科目表中",
}

#: What the finance office gave stands as it gave it: only what is spent of it is judged.
_GIVEN = frozenset({Kind.APPROPRIATION, Kind.ADVANCE, Kind.CARRY, Kind.OPENING})


class Charted(Family):
    """Judges every open directive and every posting."""

    RULES: ClassVar[tuple[str, ...]] = ("R03", "R04", "S04", "S05", "S06", "S07")
    STATE: ClassVar[tuple[str, ...]] = (
        "_findings", "_seen", "_paths", "_verdicts", "_uses", "_given",
    )  # fmt: skip

    def __init__(self, ground: Ground) -> None:
        """Start with the code tables of the book."""
        super().__init__(ground)
        self._lines = ground.layers.register.lines
        self._codes = load(ground.settings.folder)
        self._findings: list[Finding] = []
        #: Each account posted to that was looked at and is a leaf.
        self._seen: set[str] = set()
        #: Each line's account below the state, where it was first opened.
        self._paths: dict[str, str] = {}
        #: What is wrong with a code, between which days; and where each code was first used.
        self._verdicts: dict[str, tuple[date, date, str]] = {}
        self._uses: dict[str, Transaction] = {}
        #: Where a 款 that no table knows was first given a limit.
        self._given: dict[str, Transaction] = {}

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge the postings of a transaction: where they stand, and what they spend."""
        for posting in entry.postings:
            if posting.account not in self._seen:
                self._leaf(posting.account, entry)
        if event is not None:
            for spending in event.spendings:
                self._spending(spending, entry)
            moved = not event.derived and event.kind not in _GIVEN
            for shift in event.shifts if moved else ():
                if shift.place.cell.layer == ECONOMIC_LAYER and shift.amount > 0:
                    self._limit(shift.place.cell.code, entry)

    def learn(self, kin: Kin) -> object:
        """Nothing more to say, where all codes are in order for the whole year."""
        first, last = date(kin.entry.date.year, 1, 1), date(kin.entry.date.year, 12, 31)
        for spending in kin.event.spendings:
            line = self._lines.get(spending.line)
            if line is not None and line.function != spending.function:
                return self.anew
            for code in (spending.function, spending.economic):
                since, until, why = self._verdicts[code]
                if why or since > first or until < last:
                    return self.anew
        leaves = all(posting.account in self._seen for posting in kin.entry.postings)
        return None if leaves else self.anew

    def opening(self, entry: Open) -> None:
        """Judge an open directive: its commodity, its path, and the line it declares."""
        try:
            account = parse(entry.account)
        except ChartError as error:
            self._report("S06", str(error), entry)
            return
        wanted = commodity(entry.account)
        if wanted is None:
            self._report("S04", f"科目 {entry.account} 不在账套科目表中，不能记入账套", entry)
        elif entry.currencies != [wanted]:
            held = "、".join(entry.currencies or ["任意"])
            text = f"科目 {entry.account} 只能以 {wanted} 开立，现为 {held}；请改正 open 指令"
            self._report("S04", text, entry)
        if isinstance(account, LineState):
            self._line(account, entry)

    def finish(self) -> list[Finding]:
        """Note each code in use that no document stands behind, once; give all findings."""
        first = self._given | self._uses
        uses = ((_scheme(code), code, entry.date) for code, entry in first.items())
        unconfirmed = self._codes.unconfirmed(uses)
        return [*self._findings, *(_doubt(item, first[item.code]) for item in unconfirmed)]

    def _leaf(self, name: str, entry: Transaction) -> None:
        try:
            account = parse(name)
        except ChartError as error:
            self._report("S06", str(error), entry)
            return
        if isinstance(account, Level):
            self._report("S05", f"{entry.date} 记账到了非末级科目 {name}；请记到最末一级", entry)
            return
        self._seen.add(name)

    def _spending(self, spending: Spending, entry: Transaction) -> None:
        line = self._lines.get(spending.line)
        if line is not None and line.function != spending.function:
            what = f"支出列 {spending.function}，指标 {line.id} 属 {line.function}"
            self._report("R04", f"{entry.date} 支出科目与指标不一致：{what}", entry)
        for code in (spending.function, spending.economic):
            verdict = self._verdicts.get(code)
            if verdict is None or not verdict[0] <= entry.date <= verdict[1]:
                verdict = self._verdicts[code] = self._judged(code, entry)
            if verdict[2]:
                self._report("R03", verdict[2], entry)

    def _limit(self, code: str, entry: Transaction) -> None:
        """Judge a 款 that is given a limit: a slip of the pen would open one that nobody can spend."""
        verdict = self._codes.table(Scheme.ECONOMIC).verdict(code, entry.date)
        if verdict is Verdict.UNKNOWN:
            self._given.setdefault(code, entry)
        elif verdict in _WRONG:
            self._report("R03", _invalid(Scheme.ECONOMIC, code, verdict, entry.date), entry)

    def _judged(self, code: str, entry: Transaction) -> tuple[date, date, str]:
        self._uses.setdefault(code, entry)
        scheme = _scheme(code)
        table = self._codes.table(scheme)
        verdict = table.verdict(code, entry.date)
        why = _invalid(scheme, code, verdict, entry.date) if verdict in _WRONG else ""
        return *table.steady(code, entry.date), why

    def _line(self, account: LineState, entry: Open) -> None:
        path = entry.account.split(":", 2)[2]
        first = self._paths.setdefault(account.line, path)
        if first != path:
            text = f"指标编号 {account.line} 用在了两处：{first} 与 {path}；编号在各年度间须唯一"
            self._report("S07", text, entry)
        written = entry.meta.get("line")
        if written is not None and str(written) != account.line:
            self._report(
                "S07", f"科目 {entry.account} 的 line 写作“{written}”，应为 {account.line}", entry
            )
        klass = entry.meta.get("class")
        if klass is not None and klass not in CLASSES:
            text = f"指标 {account.line} 的 class 写作“{klass}”，应为 {'、'.join(CLASSES)} 之一"
            self._report("S07", text, entry)
        origin = entry.meta.get("origin")
        if origin is not None and not _YEAR.fullmatch(str(origin)):
            text = f"指标 {account.line} 的 origin 写作“{origin}”，应为四位年份"
            self._report("S07", text, entry)

    def _report(self, rule: str, text: str, entry: Any) -> None:  # noqa: ANN401 -- any directive
        self._findings.append(Finding(entry.meta, f"[{rule}] {text}", entry, rule))


def _doubt(item: Unconfirmed, entry: Transaction) -> Finding:
    severity = Severity.WARN if item.verdict is Verdict.UNKNOWN else Severity.INFO
    return Finding(entry.meta, f"[R03] {item.message}", entry, "R03", severity)


def _invalid(scheme: Scheme, code: str, verdict: Verdict, day: date) -> str:
    what = f"{day.year}年无此科目 {code}：{scheme.chinese}编码 {code} {_WRONG[verdict]}"
    return f"{what}；请改用当年有效的编码"


def _scheme(code: str) -> Scheme:
    return Scheme.FUNCTIONAL if len(code) == _ITEM_DIGITS else Scheme.ECONOMIC
