"""The payments and receipts of an execution file beside a book: what is new, known, waiting for a person, wrong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Transaction

from yusuan.importers.execution.coding import coding
from yusuan.importers.execution.groups import grouped
from yusuan.importers.execution.known import BATCH
from yusuan.importers.execution.known import CERTIFICATE
from yusuan.importers.execution.known import DIVISION
from yusuan.importers.execution.known import ROW
from yusuan.importers.execution.known import SHA256
from yusuan.importers.execution.known import SOURCE
from yusuan.importers.execution.known import known
from yusuan.importers.execution.proposals import Memory
from yusuan.importers.execution.proposals import Past
from yusuan.importers.execution.proposals import Proposal
from yusuan.importers.execution.proposals import Target
from yusuan.importers.execution.proposals import load_rules
from yusuan.importers.execution.record import Kind
from yusuan.ledger.budget.line import TREASURY_FUNDS
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import LineState
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
from yusuan.ledger.events.payment import draft
from yusuan.ledger.events.payment import leaves
from yusuan.ledger.events.receipt import Into
from yusuan.ledger.events.receipt import Receipt
from yusuan.ledger.money import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.execution.coding import Coding
    from yusuan.importers.execution.groups import Group
    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Record
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names
    from yusuan.ledger.config import Settings
    from yusuan.ledger.draft import Draft

#: So many texts of one payment stand in its narration.
_TEXTS = 3


class Waiting(NamedTuple):
    """A row that a person must look at: its payment, why, and what is proposed."""

    group: Group
    record: Record
    why: str
    proposal: Proposal


class Booked(NamedTuple):
    """A new payment or receipt with the rows that it comes from; it has no id yet."""

    group: Group
    event: Payment | Receipt

    @property
    def day(self) -> date:
        """The day it is recorded on."""
        return self.event.date

    @property
    def other(self) -> str:
        """Who is paid, or who pays."""
        return self.event.payer if isinstance(self.event, Receipt) else self.event.payee

    @property
    def parts(self) -> list[tuple[str, str, Decimal]]:
        """Its lines with the 款 and the amounts, in 元."""
        if isinstance(self.event, Receipt):
            return [(share.line.id, "", share.amount) for share in self.event.shares]
        return [(part.line.id, part.economic, part.amount) for part in self.event.parts]

    @property
    def prefix(self) -> str:
        """The prefix of its id."""
        return "dz" if isinstance(self.event, Receipt) else "zf"

    @property
    def leaves(self) -> list[Leaf]:
        """The accounts that it posts to."""
        if isinstance(self.event, Receipt):
            return receipt.leaves(self.event)
        return leaves(self.event)


@dataclass(slots=True)
class Planned:
    """What a file comes to beside a book."""

    new: list[Booked] = field(default_factory=list)
    known: list[Group] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    batch: str = ""


def plan(
    execution: Execution, entries: Sequence[Any], settings: Settings, day: date | None = None
) -> Planned:
    """Put a file's payments beside a book's entries; `day` is for rows without one.

    A payment of which any row cannot be coded waits as a whole. Raises HeadingsError.
    """
    lines = register(entries).lines
    indicators = _indicators(entries)
    contracts = {event_id(e) for e in entries if _is(e, "commitment")}
    held = known(entries)
    found = Planned(batch=f"dr-{held.batches + 1:04d}")
    if day and any(record.day is None for record in execution.records):
        others = held.days.get(execution.sha256, set()) - {day}
        if others:
            days = "、".join(map(str, sorted(others)))
            found.problems.append(f"同一文件已按 {days} 导入过；再导入请用同一日期，以免重复记账")
            return found
        dated = (replace(record, day=record.day or day) for record in execution.records)
        execution = replace(execution, records=tuple(dated))
    spends = execution.kind is not Kind.QUOTA
    make = _payment if spends else _receipt
    groups = grouped(execution)
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for group in groups:
        sums[group.number] += group.amount
    memory: Memory | None = None
    for group in groups:
        there, why = held.has(group, sums[group.number])
        if there:
            found.problems += [why] if why else []
            found.known += [] if why else [group]
            continue
        codings = [coding(record, lines, indicators, spends=spends) for record in group.records]
        if any(each.why for each in codings):
            memory = memory or _memory(entries, settings)
            for record, each in zip(group.records, codings, strict=True):
                why = each.why or "同一笔支付的另一部分待核对"
                found.waiting.append(Waiting(group, record, why, memory.propose(record, lines)))
            continue
        try:
            found.new.append(Booked(group, make(group, codings, settings, contracts)))
        except (MethodError, _UnfitError) as error:
            found.problems.append(f"{group.records[0].where}：{error}")
    return found


def drafted(booked: Booked, id_: str, names: Names, execution: Execution, batch: str) -> Draft:
    """Write a payment with what it is known by: file, hash, voucher number or the key of its row."""
    group, first = booked.group, booked.group.records[0]
    meta = {
        SOURCE: first.get("source") or execution.source,
        SHA256: first.get("sha256") or execution.sha256,
        CERTIFICATE: group.number,
        DIVISION: group.division if group.number else "",
        ROW: "" if group.number else group.key,
        "payee-type": "个人" if first.person else "",
        BATCH: batch,
    }
    event = replace(booked.event, id=id_)
    written = receipt.draft(event, names) if isinstance(event, Receipt) else draft(event, names)
    return replace(written, meta={**written.meta, **{k: v for k, v in meta.items() if v}})


class _UnfitError(ValueError):
    """A payment that cannot be made of its rows."""


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
            methods.add(chosen_method(asked, each.line, on, settings.methods))
    if len(methods) > 1:
        raise _UnfitError(f"支付凭证号 {group.number} 的各行支付方式不同，请核对")
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
        raise _UnfitError(f"指标 {own.id} 不是财政资金，没有用款额度可以到账")
    if not settings.methods[Method.AUTHORISED].covers(on):
        raise _UnfitError(f"{on} 没有财政授权支付，不再有零余额账户用款额度可以到账")
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


def _day(group: Group, settings: Settings) -> date:
    """Give the day of a group's rows. Raises _UnfitError."""
    days = {record.day for record in group.records}
    if len(days) > 1:
        raise _UnfitError(f"支付凭证号 {group.number} 的各行日期不同，请核对")
    on = days.pop()
    if on is None:
        raise _UnfitError("没有日期；请填写，或用 --date 注明")
    if settings.years and on.year not in settings.years:
        years = "、".join(map(str, settings.years))
        raise _UnfitError(f"日期 {on} 不在账套的年度（{years}）内")
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
