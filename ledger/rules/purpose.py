"""The purpose family: money of a class and a function is spent on what it was given for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar
from typing import NamedTuple

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import SCOPE_OF_CLASS
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.rules.ruling import parameter

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Spending
    from yusuan.ledger.budget.movement import Touched
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

WAGES = "301"
#: What each class of basic expenditure is spent on, by economic 类. Source: HANDBOOK R06.
_CLASS_OF_HEAD = {"301": PERSONNEL, "303": PERSONNEL, "302": OPERATING, "310": OPERATING}


class Problem(NamedTuple):
    """What is wrong with spending on a line for a 款; no severity means the catalogue's."""

    rule: str
    text: str
    severity: Severity | None = None


class Purposeful(Family):
    """Judges each spending by its line, its 款 and its own word on the class; remembers what it judged."""

    RULES: ClassVar[tuple[str, ...]] = ("R05", "R06", "R24", "R30")
    STATE: ClassVar[tuple[str, ...]] = ("_known", "_findings", "_foreign")

    def __init__(self, ground: Ground) -> None:
        """Start with the lines and limits of the book."""
        super().__init__(ground)
        self._layers = ground.layers
        self._register = ground.layers.register
        self._pairs: dict[str, str] = parameter(ground.settings, "R24", "pairs")
        self._merit: list[str] = parameter(ground.settings, "R30", "codes")
        self._kind = ground.settings.kind
        self._known: dict[tuple[int, str], tuple[Problem, ...]] = {}
        self._findings: list[Finding] = []
        #: Whether something was wrong with what was judged last.
        self._faulty = False
        #: The first use of a code that a unit of this kind has not.
        self._foreign: dict[str, Transaction] = {}

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Judge what an entry spends."""
        if event is None or not event.derived:
            return
        known, self._faulty = self._known, False
        for spending, touched in zip(event.spendings, self._layers.of(event), strict=True):
            # What a spending touches is one object for each line, 款, class and year.
            key = (id(touched), spending.function)
            problems = known.get(key)
            if problems is None:
                problems = known[key] = tuple(self._judged(spending, touched))
                if spending.economic in self._merit:
                    self._foreign.setdefault(spending.economic, entry)
            for problem in problems:
                self._faulty = True
                self._findings.append(finding(problem.rule, entry, problem.text, problem.severity))

    def learn(self, kin: Kin) -> object:
        """Nothing more to say of what is in order; the same again of what is not."""
        del kin
        return self.anew if self._faulty else None

    def finish(self) -> list[Finding]:
        """Say once of each code that this kind of unit should not use it; give all findings."""
        return [*self._findings, *(() if self.idle() else self._unfit())]

    def _unfit(self) -> Iterator[Finding]:
        for code, entry in self._foreign.items():
            approved = any(cell.code == code for cell in self._register.limits)
            why = "，年初批复中已有，请向财政部门核实" if approved else "，请改用津贴补贴等科目"
            text = f"{self._kind}单位列支了经济分类 {code}{why}"
            yield finding("R30", entry, text, Severity.INFO if approved else None)

    def idle(self) -> Collection[str]:
        """Only an administrative unit has codes that it should not use."""
        return () if self._kind == "行政" else ("R30",)

    def _judged(self, spending: Spending, touched: Touched) -> Iterator[Problem]:
        line = self._register.lines.get(spending.line)
        if line is None or touched.problem:
            return  # R01 refuses it, and says why
        yield from _mixed(line, spending)
        yield from self._classes(line, spending)
        wanted = self._pairs.get(spending.function)
        if wanted is not None and spending.economic != wanted:
            text = f"功能科目 {spending.function} 应列经济分类 {wanted}，所列为 {spending.economic}"
            yield Problem("R24", f"功能与经济科目不配对：{text}")

    def _classes(self, line: Line, spending: Spending) -> Iterator[Problem]:
        """R06; where the source splits, and the budget itself did not give the 款 to the class."""
        klass = line.klass if line.klass in SCOPE_OF_CLASS else spending.klass
        if line.klass in (PROJECT, UNDIVIDED) or klass not in SCOPE_OF_CLASS:
            return
        if (
            line.klass in SCOPE_OF_CLASS
            and spending.klass in SCOPE_OF_CLASS
            and line.klass != spending.klass
        ):
            text = f"指标 {line.id} 属{line.klass}经费，分录注明{spending.klass}"
            yield Problem("R06", f"人员经费与公用经费混用：{text}")
            return
        own = _CLASS_OF_HEAD.get(spending.economic[:3], klass)
        limit = economic_cell(SCOPE_OF_CLASS[klass], spending.economic)
        if own == klass or limit in self._register.limits or spending.economic in line.economics:
            return
        severe = klass == OPERATING and spending.economic.startswith(WAGES)
        text = f"{klass}经费列支了{own}经费的经济分类 {spending.economic}（指标 {line.id}）"
        yield Problem("R06", f"人员经费与公用经费混用：{text}", None if severe else Severity.WARN)


def _mixed(line: Line, spending: Spending) -> Iterator[Problem]:
    """R05; an explicit contrary class stops, wages on a project only warn."""
    basic = {BASIC, *SCOPE_OF_CLASS}
    if line.klass == PROJECT and spending.klass in basic:
        text = f"指标 {line.id} 是项目支出，分录注明{spending.klass}"
        yield Problem("R05", f"项目资金列支基本支出：{text}；请改正 class 或指标")
    elif line.klass in basic and spending.klass == PROJECT:
        text = f"指标 {line.id} 是基本支出，分录注明项目"
        yield Problem("R05", f"基本支出列支项目：{text}；请改正 class 或指标")
    elif (
        line.klass == PROJECT
        and spending.economic.startswith(WAGES)
        and spending.economic not in line.economics
    ):
        text = f"项目指标 {line.id} 列支了工资福利 {spending.economic}"
        yield Problem("R05", f"项目资金列支基本支出：{text}；请核对指标", Severity.WARN)
