"""分解: authority of a function's project line given to a project of its own, which it opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.budget.line import Line
from yusuan.ledger.draft import Draft
from yusuan.ledger.events import authority
from yusuan.ledger.events.authority import Change
from yusuan.ledger.events.refused import RefusedError

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names

_ID = re.compile(r"[0-9A-Z][0-9A-Za-z]*")


class AssignmentError(RefusedError):
    """An assignment from a line that holds no projects, or to one that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """So much of a line for a project, in 元; `to` is a line that the book has or will have."""

    date: date
    id: str
    text: str
    line: Line
    to: Line
    amount: Decimal
    doc: str = ""


def project(line: Line, id_: str, name: str, code: str) -> Line:
    """Make the line of a project out of a function's line. Raises AssignmentError."""
    if line.klass not in {PROJECT, UNDIVIDED}:
        raise AssignmentError(f"指标 {line.id} 的类别是{line.klass}，只有项目支出可以分解到项目")
    if not _ID.fullmatch(id_):
        raise AssignmentError(f"指标编号“{id_}”只能有数字和字母，例如 {line.origin}X09")
    if not name:
        raise AssignmentError(f"指标 {id_} 还没有开立，请用 --name 写明项目名称")
    return Line(id_, line.fund, line.function, PROJECT, line.origin, "", name, code)


def leaves(assignment: Assignment) -> list[Leaf]:
    """Give the accounts that an assignment posts to."""
    return authority.leaves(_changes(assignment))


def draft(assignment: Assignment, names: Names) -> Draft:
    """Write an assignment: out of one line, into the other. Raises AssignmentError."""
    line, to = assignment.line, assignment.to
    if (line.fund, line.function) != (to.fund, to.function) or to.klass != PROJECT or line == to:
        why = "资金性质和功能科目须相同，且转入的须是另一条项目指标"
        raise AssignmentError(f"不能从指标 {line.id} 分解到 {to.id}：{why}；其他变动请用调剂")
    doc = {"doc": assignment.doc} if assignment.doc else {}
    return Draft(
        assignment.date,
        assignment.id,
        assignment.text,
        authority.postings(_changes(assignment), names),
        "分解",
        meta={"event": "assignment", **doc},
    )


def _changes(assignment: Assignment) -> tuple[Change, Change]:
    amount = assignment.amount
    return Change(assignment.line, -amount), Change(assignment.to, amount)
