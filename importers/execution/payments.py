"""The rows of an execution file beside a book: which events are new, known, waiting for a person, wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction

from yusuan.importers.allotments import values
from yusuan.importers.execution.adjusting import adjustments
from yusuan.importers.execution.booked import Booked
from yusuan.importers.execution.booked import Event
from yusuan.importers.execution.booked import Planned
from yusuan.importers.execution.booked import UnfitError
from yusuan.importers.execution.booked import Waiting
from yusuan.importers.execution.changed import WHOLE
from yusuan.importers.execution.changed import former
from yusuan.importers.execution.coding import Coding
from yusuan.importers.execution.coding import coding
from yusuan.importers.execution.contra import RETURNABLE
from yusuan.importers.execution.contra import REVENUE
from yusuan.importers.execution.groups import Group
from yusuan.importers.execution.groups import grouped
from yusuan.importers.execution.known import known
from yusuan.importers.execution.proposals import Memory
from yusuan.importers.execution.proposals import Past
from yusuan.importers.execution.proposals import Target
from yusuan.importers.execution.proposals import load_rules
from yusuan.importers.execution.record import Kind
from yusuan.ledger.budget.line import TREASURY_FUNDS
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import LineState
from yusuan.ledger.config import Settings
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.entries import register
from yusuan.ledger.events import receipt
from yusuan.ledger.events.allotment import INDICATOR
from yusuan.ledger.events.payment import Method
from yusuan.ledger.events.payment import MethodError
from yusuan.ledger.events.payment import Part
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.events.payment import chosen_method
from yusuan.ledger.events.payment import without_account
from yusuan.ledger.events.receipt import Into
from yusuan.ledger.events.receipt import Receipt
from yusuan.ledger.events.spending_plan import SpendingPlan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from yusuan.importers.execution.known import Known
    from yusuan.importers.execution.record import Execution

#: Makes an event of a payment's rows. Raises UnfitError, MethodError.
_Maker = Callable[[Group, Sequence[Coding], Settings, set[str]], Event]
#: So many texts of one payment stand in its narration.
_TEXTS = 3


def plan(
    execution: Execution, entries: Sequence[Any], settings: Settings, day: date | None = None
) -> Planned:
    """Put a file's events beside a book's entries; `day` is for rows without one.

    A payment of which any row cannot be coded waits as a whole. Raises HeadingsError.
    """
    lines = register(entries).lines
    indicators = _indicators(entries)
    contracts = {event_id(e) for e in entries if _is(e, "commitment")}
    held = known(entries)
    found = Planned(batch=held.next_batch)
    if day and any(record.day is None for record in execution.records):
        others = held.days.get(execution.sha256, set()) - {day}
        if others:
            days = "、".join(map(str, sorted(others)))
            found.problems.append(f"同一文件已按 {days} 导入过；再导入请用同一日期，以免重复记账")
            return found
        dated = (replace(record, day=record.day or day) for record in execution.records)
        execution = replace(execution, records=tuple(dated))
    if execution.kind is Kind.ADJUSTMENT:
        return adjustments(execution, entries, settings, indicators, found.batch)
    spends = execution.kind not in _WITHOUT_SPENDING
    make = _MAKERS.get(execution.kind, _payment)
    fresh, formerly = _sorted_out(execution, held, found)
    memory: Memory | None = None
    for group in fresh:
        codings = [coding(record, lines, indicators, spends=spends) for record in group.records]
        was = formerly.get(group.key)
        if was or any(each.why for each in codings):
            memory = memory or _memory(entries, settings)
            for record, each in zip(group.records, codings, strict=True):
                why = each.why or _formerly(was) or "同一笔支付的另一部分待核对"
                found.waiting.append(Waiting(group, record, why, memory.propose(record, lines)))
            continue
        try:
            found.new.append(Booked(group, make(group, codings, settings, contracts)))
        except (MethodError, UnfitError) as error:
            found.problems.append(f"{group.records[0].where}：{error}")
    found.waiting.sort(key=_place)
    named = {record.get("contract") for booked in found.new for record in booked.group.records}
    if strange := sorted(named - contracts - {""}):
        shown = "、".join(strange[:_TEXTS]) + ("等" if len(strange) > _TEXTS else "")
        found.notes.append(f"合同号 {shown} 在账套中没有占用，不从占用的额度中支付")
    return found


def _sorted_out(
    execution: Execution, held: Known, found: Planned
) -> tuple[list[Group], dict[str, str]]:
    """Put aside what the book has; give the rest, and what some of it may have been before."""
    groups = grouped(execution)
    of_number: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        of_number[group.number].append(group)
    fresh = []
    for group in groups:
        there, why = held.has(group, of_number[group.number])
        if not there:
            fresh.append(group)
        elif why:
            found.problems.append(why)
        else:
            found.known.append(group)
            found.notes += [note for note in (held.otherwise(group),) if note]
    if not found.known and execution.kind not in WHOLE:
        return fresh, {}
    # What a person has decided in a review file has its key, and is not asked again.
    asked = [(g, _text(g)) for g in fresh if not g.number and not g.records[0].get("key")]
    return fresh, former(asked, held.rowed, groups)


def _formerly(was: str | None) -> str:
    return (
        f"像是 {was} 的那一行改动后重新导出；确是另一笔的，在待核对文件中填写后导入" if was else ""
    )


def _place(waiting: Waiting) -> tuple[str, int, int]:
    """Sort what waits as it stands in the file, for who goes through it."""
    where = waiting.record.where
    return where.sheet or "", where.row or where.line or 0, where.column or 0


def _payment(
    group: Group,
    codings: Sequence[Coding],
    settings: Settings,
    contracts: set[str],
) -> Payment:
    on = _day(group, settings)
    parts = []
    methods = set()
    for record, each in zip(group.records, codings, strict=True):
        if each.line is not None:
            parts.append(Part(each.line, each.economic, record.amount, each.klass))
            asked = record.get("method") or None
            if not asked and record.get("paid_from") in {REVENUE, RETURNABLE}:
                asked = without_account(on, settings.methods)
            methods.add(chosen_method(asked, each.line, on, settings.methods))
    if len(methods) > 1:
        raise UnfitError(f"支付凭证号 {group.number} 的各行支付方式不同，请核对")
    contract = next((record.get("contract") for record in group.records), "")
    return Payment(
        date=on,
        id="",
        parts=tuple(parts),
        payee=group.payee,
        text=_text(group) or "支付",
        method=methods.pop(),
        expenditure=settings.expenditure,
        commitment=contract if contract in contracts else "",
    )


def _receipt(
    group: Group,
    codings: Sequence[Coding],
    settings: Settings,
    _contracts: set[str],
) -> Receipt:
    """Make a receipt of quota, as `yusuan receive` does: there is none without 财政授权支付."""
    on = _day(group, settings)
    held = [each.line for each in codings if each.line is not None]
    own = next((line for line in held if line.fund not in TREASURY_FUNDS), None)
    if own is not None:
        raise UnfitError(f"指标 {own.id} 不是财政资金，没有用款额度可以到账")
    if not settings.methods[Method.AUTHORISED].covers(on):
        raise UnfitError(f"{on} 没有财政授权支付，不再有零余额账户用款额度可以到账")
    pairs = zip(held, group.records, strict=True)
    return Receipt(
        date=on,
        id="",
        shares=tuple(receipt.Share(line, record.amount) for line, record in pairs),
        payer=group.records[0].get("payer") or "财政部门",
        text=_text(group) or "用款额度到账",
        into=Into.QUOTA,
        doc=group.records[0].get("doc"),
    )


def _month_s_plan(
    group: Group,
    codings: Sequence[Coding],
    settings: Settings,
    _contracts: set[str],
) -> SpendingPlan:
    """Make the plan of a line for a month; without a day of its own it is of the month's first."""
    if len(group.records) > 1:
        raise UnfitError(f"计划编号 {group.key} 有 {len(group.records)} 行，请核对是否重行")
    record, coded = group.records[0], codings[0]
    if coded.line is None:
        raise UnfitError("没有写明预算指标")
    try:
        year, month = values.month(record.get("month"))
    except values.ValueProblem as error:
        raise UnfitError(str(error)) from None
    year = year or (record.day.year if record.day else min(settings.years, default=0))
    on = record.day or date(year, month, 1)
    if on.year != year or (settings.years and year not in settings.years):
        raise UnfitError(f"计划月份 {record.get('month')} 不在日期或账套的年度内，请核对")
    text, doc = _text(group) or "用款计划", record.get("doc")
    economic = record.get("economic")
    return SpendingPlan(on, "", month, coded.line, record.amount, text, economic, doc)


_MAKERS: dict[Kind, _Maker] = {Kind.QUOTA: _receipt, Kind.PLAN: _month_s_plan}
_WITHOUT_SPENDING = frozenset({*_MAKERS, Kind.ADJUSTMENT})


def _day(group: Group, settings: Settings) -> date:
    """Give the day of a group's rows. Raises UnfitError."""
    days = {record.day for record in group.records}
    if len(days) > 1:
        raise UnfitError(f"支付凭证号 {group.number} 的各行日期不同，请核对")
    on = days.pop()
    if on is None:
        raise UnfitError("没有日期；请填写，或用 --date 注明")
    if settings.years and on.year not in settings.years:
        years = "、".join(map(str, settings.years))
        raise UnfitError(f"日期 {on} 不在账套的年度（{years}）内")
    return on


def _text(group: Group) -> str:
    texts = dict.fromkeys(record.get("text") for record in group.records if record.get("text"))
    return "；".join(list(texts)[:_TEXTS])


def _indicators(entries: Iterable[Any]) -> dict[str, set[str]]:
    """Find which lines the issuer's 指标 ids gave authority to."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if type(entry) is not Transaction:
            continue
        for posting in entry.postings:
            indicator = str((posting.meta or {}).get(INDICATOR) or "")
            account = meaning(posting.account) if indicator else None
            if isinstance(account, LineState):
                found[indicator].add(account.line)
            elif isinstance(account, EconomicState):
                found[indicator].add(account.scope)
    return dict(found)


def _memory(entries: Iterable[Any], settings: Settings) -> Memory:
    rules = load_rules(settings.folder) if settings.folder else ()
    memory = Memory(rules)
    memory.add(past for entry in entries if _is(entry, "") for past in _past(entry))
    return memory


def _past(entry: Transaction) -> Iterator[Past]:
    for posting in entry.postings:
        account = meaning(posting.account)
        if isinstance(account, Expenditure):
            meta = posting.meta or {}
            line = str(meta.get("line") or entry.meta.get("line") or "")
            target = Target(line, account.economic, str(meta.get("class") or ""))
            yield Past(event_id(entry), entry.payee or "", entry.narration or "", target)


def _is(entry: object, event: str) -> bool:
    if not isinstance(entry, Transaction):
        return False
    return str(entry.meta.get("event") or "") in ({event} if event else {"", "payment"})
