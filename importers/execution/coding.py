"""The line and the economic 款 of a row: what it says itself, or what nothing else can be; no guess."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.execution.contra import RETURNABLE
from yusuan.importers.execution.contra import REVENUE
from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import FISCAL_FUNDS
from yusuan.ledger.budget.line import OPERATING
from yusuan.ledger.budget.line import PERSONNEL

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from yusuan.importers.execution.record import Record
    from yusuan.ledger.budget.line import Line

_ACCEPTED = frozenset({"是", "y", "yes", "1", "√"})
_SPLIT = (PERSONNEL, OPERATING)


class Coding(NamedTuple):
    """The line, the 款 and the class a row is booked to; or why that is not known."""

    line: Line | None
    economic: str
    klass: str = ""
    why: str = ""


def coding(
    record: Record,
    lines: Mapping[str, Line],
    indicators: Mapping[str, Collection[str]],
    *,
    spends: bool = True,
) -> Coding:
    """Code a row by its own words: its line or its 指标 id, else the one line of its 科目.

    `indicators` are the issuer's 指标 ids with the lines that they gave authority to. What does
    not spend needs no 款.
    """
    accepted = record.get("accepted").casefold() in _ACCEPTED
    economic = record.get("economic") or (record.get("proposed_economic") if accepted else "")
    klass = record.get("class") or (record.get("proposed_class") if accepted else "")
    named = record.get("line") or (record.get("proposed_line") if accepted else "")
    if record.reserved:
        return Coding(None, economic, why=record.reserved)
    found = [lines[named]] if named in lines else []
    if named and not found:
        return Coding(None, economic, why=f"账套没有指标 {named}")
    if not named:
        given = indicators.get(record.get("indicator"), ())
        fitting = (lines[each] for each in given if each in lines)
        found = [line for line in fitting if _fits(record, line, economic, klass)]
        if not given:
            found = _by_subjects(record, lines, economic, klass)
    if not found:
        return Coding(None, economic, why=_missing(record))
    if len(found) > 1:
        ids = "、".join(sorted(line.id for line in found))
        return Coding(None, economic, why=f"有几条指标都合（{ids}），请写明预算指标")
    line = found[0]
    why = _against(record, line)
    if not why and spends and not economic:
        why = "没有部门支出经济分类的款"
    if why:
        return Coding(line, economic, why=why)
    return Coding(line, economic, klass if line.klass == BASIC and klass in _SPLIT else "")


def _by_subjects(
    record: Record, lines: Mapping[str, Line], economic: str, klass: str
) -> list[Line]:
    if not (record.get("fund") and record.get("function")):
        return []
    return [line for line in lines.values() if _fits(record, line, economic, klass)]


def _fits(record: Record, line: Line, economic: str, klass: str) -> bool:
    """Tell whether a line is all that a row says of it; what the row does not say fits."""
    project = record.get("project")
    return (
        record.get("fund") in {"", line.fund}
        and record.get("function") in {"", line.function}
        and (not project or project in {line.project, line.name, line.id})
        and (not klass or klass == line.klass or (line.klass == BASIC and klass in _SPLIT))
        and (not line.economics or not economic or economic in line.economics)
    )


def _missing(record: Record) -> str:
    if record.get("indicator") or (record.get("fund") and record.get("function")):
        return "账套没有与资金性质、科目、项目相合的指标"
    return "没有写明预算指标，也没有资金性质和功能分类可以对出指标"


def _against(record: Record, line: Line) -> str:
    """Say where a row's own words are not those of the line that it names."""
    said = {"资金性质": ("fund", line.fund), "功能分类": ("function", line.function)}
    for word, (role, own) in said.items():
        if record.get(role) not in {"", own}:
            return f"{word} {record.get(role)} 与指标 {line.id} 的 {own} 不一致"
    source, day = record.get("paid_from"), record.day
    if day and source in {REVENUE, RETURNABLE}:
        carried = line.origin < day.year
        if line.fund not in FISCAL_FUNDS or carried is not (source == RETURNABLE):
            paid = "财政应返还额度" if source == RETURNABLE else "预算收入"
            return f"凭证由{paid}支付，与指标 {line.id} 的资金或来源年度不合"
    return ""
