"""Puts what control finds into sentences: line, function, economic class, available, asked, short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.control import Overdraft
from yusuan.ledger.budget.control import Unfounded
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart.names import split
from yusuan.ledger.finding import Excess
from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.budget.control import Unreviewed
    from yusuan.ledger.budget.control import Violation
    from yusuan.ledger.budget.layers import Layers
    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Spending

_STATE_WORDS = {State.AVAILABLE: "可用", State.FROZEN: "冻结", State.COMMITTED: "占用"}
#: What authority leaves a year by; what comes back out of these must have gone there.
_GONE_WORDS = {State.CARRIED: "结转下年", State.LAPSED: "已收回"}
#: What an overdraft of a special limit breaks; of any other it is R01.
_RULE_OF_GROUP = {THREE_PUBLIC: "R09", PROCUREMENT: "R11"}
_SPECIAL_WORDS = {THREE_PUBLIC: "三公经费额度", PROCUREMENT: "政府采购额度"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says what is wrong: line, function, economic class, available, asked, short."""

    layers: Layers

    def finding(self, violation: Violation) -> Finding:
        """Put a violation into a sentence."""
        if isinstance(violation, Overdraft):
            return self._overdraft(violation)
        if isinstance(violation, Unfounded):
            return self._unfounded(violation)
        return self._unreviewed(violation)

    def _unfounded(self, violation: Unfounded) -> Finding:
        event, spending = violation.event, violation.spending
        what = f"{self._spending(spending, event)}，申请 {shown(spending.amount)} 元"
        layer = ECONOMIC_LAYER if spending.line in self.layers.register.lines else LINE_LAYER
        found = _finding(event, "R01", f"无预算支出：{what}：{violation.problem}")
        return found._replace(excess=Excess(layer, abs(spending.amount)))

    def _overdraft(self, violation: Overdraft) -> Finding:
        event, cell = violation.event, violation.cell
        gone = _GONE_WORDS.get(violation.state)
        if gone:
            text = (
                f"{self.cell(cell)}的{gone}额度只有 {shown(violation.available)} 元，不能从中恢复"
            )
            return _finding(event, "S13", f"{text} {shown(violation.asked)} 元；请核对指标和金额")
        layer = self._layer(cell)
        held = f"{_STATE_WORDS[violation.state]} {shown(violation.available)} 元"
        asked = f"申请 {shown(violation.asked)} 元，缺口 {shown(violation.short)} 元"
        rule = _RULE_OF_GROUP[group_of(cell.scope)] if cell.layer == SPECIAL_LAYER else "R01"
        found = _finding(
            event, rule, f"超预算：{self._subject(violation)}，按{layer}{held}，{asked}"
        )
        return found._replace(excess=Excess(cell.layer, violation.excess))

    def labelled(self, violation: Overdraft) -> Finding:
        """Say of an overdraft of union and welfare money that it is one (R20)."""
        text = f"{self.cell(violation.cell)}超预算 {shown(violation.short)} 元"
        return _finding(violation.event, "R20", text, Severity.INFO)

    def _unreviewed(self, violation: Unreviewed) -> Finding:
        text = (
            f"未复核的增加：{self.cell(violation.cell)}增加 {shown(violation.amount)} 元的凭证标有“!”，"
            "复核前不得增加可用额度；请复核后改为“*”"
        )
        return _finding(violation.event, "S03", text)

    def _subject(self, violation: Overdraft) -> str:
        event, cell = violation.event, violation.cell
        drawing = [s for s in event.spendings if self._draws(s, event, cell)]
        if not drawing:
            return self.cell(cell)
        functions = _joined(f"{s.function} {_part(event, s.function)}".strip() for s in drawing)
        lines = _joined(self._line(s.line) for s in drawing)
        economics = _joined(f"{s.economic} {_part(event, s.economic)}".strip() for s in drawing)
        return f"功能科目 {functions}，指标 {lines}，经济科目 {economics}"

    def _draws(self, spending: Spending, event: Event, cell: Cell) -> bool:
        touched = self.layers.touched(
            spending.line, spending.economic, spending.klass, event.date.year, spending.procurement
        )
        return cell in map(self.layers.pools.cell, touched.cells)

    def _spending(self, spending: Spending, event: Event) -> str:
        function = f"{spending.function} {_part(event, spending.function)}".strip()
        economic = f"{spending.economic} {_part(event, spending.economic)}".strip()
        return f"功能科目 {function}，指标 {self._line(spending.line) or '（未注明）'}，经济科目 {economic}"

    def _line(self, line_id: str) -> str:
        line = self.layers.register.lines.get(line_id)
        return f"{line_id} {line.name}".strip() if line else line_id

    def cell(self, cell: Cell) -> str:
        """Name a cell: a line, a 款 of a scope, an item of special limits."""
        if cell.layer == LINE_LAYER:
            line = self.layers.register.lines.get(cell.scope)
            function = f"功能科目 {line.function}，" if line else ""
            return f"{function}指标 {self._line(cell.scope)}"
        if cell.layer == SPECIAL_LAYER:
            return self._layer(cell).strip()
        code, name = split(self.layers.register.limit_path(cell).rpartition(":")[2])
        return f"{self._scope(cell)}经济科目 {code} {name}".strip()

    def _layer(self, cell: Cell) -> str:
        """Name the layer that a cell belongs to, as it stands before what the cell holds."""
        if cell.layer == LINE_LAYER:
            return "指标额度"
        if cell.layer == SPECIAL_LAYER:
            words = _SPECIAL_WORDS[group_of(cell.scope)]
            return f"{words} {chart_data().special_items[cell.scope]} "
        return f"{self._scope(cell)}经济分类额度"

    def _scope(self, cell: Cell) -> str:
        path = self.layers.register.limit_path(cell)
        return split(path.partition(":")[0])[1] or cell.scope


def _part(event: Event, code: str) -> str:
    """Give the name that an account of the entry carries for a code."""
    entry: Any = event.entry
    parts = (split(part) for posting in entry.postings for part in posting.account.split(":"))
    return next((name for found, name in parts if found == code), "")


def _joined(texts: Iterator[str]) -> str:
    return "、".join(dict.fromkeys(texts))


def _finding(event: Event, rule: str, text: str, severity: Severity = Severity.STOP) -> Finding:
    entry: Any = event.entry
    return Finding(entry.meta, f"[{rule}] {event.date} {text}", entry, rule, severity)
