"""指标调整明细 beside a book: 追加, 追减 and 调剂, one event a document and a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction

from yusuan.importers.execution.booked import Booked
from yusuan.importers.execution.booked import Planned
from yusuan.importers.execution.booked import UnfitError
from yusuan.importers.execution.coding import coding
from yusuan.importers.execution.groups import Group
from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import LineState
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.entries import register
from yusuan.ledger.events import authority
from yusuan.ledger.events.authority import Request
from yusuan.ledger.events.reduction import Reduction
from yusuan.ledger.events.refused import RefusedError
from yusuan.ledger.events.supplement import Supplement
from yusuan.ledger.events.transfer import Transfer
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain
from yusuan.ledger.rules.ruling import pools_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Record
    from yusuan.ledger.config import Settings
    from yusuan.ledger.events.authority import Change

_UP, _DOWN, _MOVED = "追加", "追减", "调剂"
_KINDS = {_UP: "supplement", _DOWN: "reduction", _MOVED: "transfer"}
#: What one line of a transfer says of where authority comes from, by what it says of where it goes.
_OUT = {"line": "out_line", "indicator": "out_indicator", "economic": "out_economic"}
#: What each line or limit comes to, by what names it.
Content = dict[tuple[str, ...], "Decimal"]


def adjustments(
    execution: Execution,
    entries: Sequence[Any],
    settings: Settings,
    indicators: Mapping[str, Collection[str]],
    batch: str,
) -> Planned:
    """Put a file's documents beside a book's entries.

    A document is known by its number, its day and what becomes of authority; one that is
    recorded otherwise is refused. So is a whole file of which one row cannot be coded.
    """
    found = Planned(batch=batch)
    adjusting = _Adjusting(Layers(register(entries), pools_of(settings)), indicators, settings)
    held = _recorded(entries)
    for (word, doc, on), records in _documents(execution.records).items():
        group = Group(f"{word}/{doc}/{on}", "", "", "", tuple(records))
        try:
            event = adjusting.event(word, doc, records)
        except (UnfitError, RefusedError) as error:
            found.problems.append(f"{records[0].where}：{error}")
            continue
        same = held.get((_KINDS[word], doc, event.date), {})
        comes_to = content(event.changes)
        moved = [
            (day, id_)
            for (kind, of, day), each in held.items()
            for id_, recorded in each.items()
            if (kind, of) == (_KINDS[word], doc) and day != event.date and recorded == comes_to
        ]
        if comes_to in same.values():
            found.known.append(group)
        elif moved:
            day, id_ = moved[0]
            what = f"文号 {doc} 的{word}已按 {day} 记账为 {id_}，内容相同而日期是 {event.date}"
            found.problems.append(f"{records[0].where}：{what}；请核对，确属另一笔的用命令登记")
        elif same:
            what = f"文号 {doc} {event.date} 的{word}已记账为 {'、'.join(same)}，内容与文件不同"
            found.problems.append(f"{records[0].where}：{what}；请核对，确属另一笔的用命令登记")
        else:
            found.new.append(Booked(group, event))
    return found


def content(changes: Iterable[Change]) -> Content:
    """Give what changes come to; what comes to nothing is left out."""
    found: Content = {}
    for change in changes:
        keys: list[tuple[str, ...]] = [("92", change.line.id)]
        keys += [("98", change.scope, change.economic)] if change.scope else []
        for key in keys:
            found[key] = found.get(key, ZERO) + change.amount
    return {key: amount for key, amount in found.items() if amount}


class _Adjusting:
    """Makes events of rows, on the layers of one book."""

    def __init__(
        self, layers: Layers, indicators: Mapping[str, Collection[str]], settings: Settings
    ) -> None:
        self._layers = layers
        self._indicators = indicators
        self._years = settings.years

    def event(
        self, word: str, doc: str, records: Sequence[Record]
    ) -> Supplement | Reduction | Transfer:
        """Make the event of one document. Raises UnfitError, RefusedError."""
        day = records[0].day
        if day is None:
            raise UnfitError("没有日期；请填写，或用 --date 注明")
        if self._years and day.year not in self._years:
            years = "、".join(map(str, self._years))
            raise UnfitError(f"日期 {day} 不在账套的年度（{years}）内")
        if not doc:
            raise UnfitError("没有文号，不能调整指标；请填写，或用 --doc 注明")
        changes = tuple(change for record in records for change in self._changes(record, day.year))
        texts = dict.fromkeys(record.get("text") for record in records if record.get("text"))
        text = "；".join(texts) or f"{word}{doc}"
        approver = next((each for record in records if (each := record.get("approver"))), "")
        match word:
            case "追加":
                return Supplement(day, "", doc, text, changes, approver=approver)
            case "追减":
                return Reduction(day, "", doc, text, changes)
        event = Transfer(day, "", doc, text, changes, approver)
        _must_be_even(event)
        return event

    def _changes(self, record: Record, year: int) -> list[Change]:
        sign_ = _kind(record)
        if (sign_ == _UP and record.amount < ZERO) or (sign_ == _DOWN and record.amount > ZERO):
            raise UnfitError(
                f"{record.where}是{sign_}，金额却是 {plain(record.amount)} 元；增加写正数，减少写负数"
            )
        changes = [self._change(record, record.amount, year)]
        if _names_both(record):
            changes.append(self._change(_other_side(record), -record.amount, year))
        return changes

    def _change(self, record: Record, amount: Decimal, year: int) -> Change:
        coded = coding(record, self._layers.register.lines, self._indicators, spends=False)
        if coded.line is None or coded.why:
            why = coded.why or "没有写明预算指标"
            raise UnfitError(f"{record.where}：{why}；请改正，或补上“预算指标”一列")
        limited = self._layers.scopes(coded.line, year)
        economic = coded.economic if limited else ""
        return authority.change(
            Request(coded.line, amount, economic, coded.klass), self._layers, year
        )


def _documents(records: Iterable[Record]) -> dict[tuple[str, str, date | None], list[Record]]:
    """Put the rows of a document together, in an order that a file's does not show in."""
    found: dict[tuple[str, str, date | None], list[Record]] = {}
    for record in sorted(records, key=_order):
        found.setdefault((_kind(record), record.get("doc"), record.day), []).append(record)
    return found


def _order(record: Record) -> tuple[str, ...]:
    said = (f"{role}={text}" for role, text in sorted(record.fields.items()))
    return (str(record.day or ""), record.get("doc"), plain(-record.amount), *said)


def _kind(record: Record) -> str:
    """Tell what becomes of authority: the row's own word, else two lines in one row, else the sign."""
    if record.get("change_kind") or _names_both(record):
        return record.get("change_kind") or _MOVED
    return _UP if record.amount > ZERO else _DOWN


def _names_both(record: Record) -> bool:
    return any(record.get(role) for role in _OUT.values())


def _other_side(record: Record) -> Record:
    """Give the row as it reads from where authority comes: another line, or another 款 of the same."""
    fields = dict(record.fields)
    if fields.get("out_line") or fields.get("out_indicator"):
        for role in ("line", "indicator", "fund", "function", "project", "class"):
            fields.pop(role, None)
    fields |= {role: fields[out] for role, out in _OUT.items() if fields.get(out)}
    return replace(record, fields=fields)


def _must_be_even(event: Transfer) -> None:
    over = sum((change.amount for change in event.changes), ZERO)
    if over:
        raise UnfitError(
            f"文号 {event.doc} 的调剂，调入与调出相差 {plain(over)} 元；请核对是否缺行，总额变动的写追加或追减"
        )


def _recorded(entries: Iterable[Any]) -> dict[tuple[str, str, date], dict[str, Content]]:
    """Read what documents changed already, by event, document and day; then by id."""
    found: dict[tuple[str, str, date], dict[str, Content]] = {}
    for entry in entries:
        if type(entry) is not Transaction or entry.meta.get("event") not in _KINDS.values():
            continue
        key = str(entry.meta["event"]), str(entry.meta.get("doc") or ""), entry.date
        found.setdefault(key, {})[event_id(entry)] = _content(entry)
    return found


def _content(entry: Transaction) -> Content:
    found: Content = {}
    for posting in entry.postings:
        account = meaning(posting.account)
        amount = posting.units.number if posting.units is not None else None
        if amount is None:
            continue
        key: tuple[str, ...] = ()
        if isinstance(account, LineState) and account.state == "92":
            key = ("92", account.line)
        elif isinstance(account, EconomicState) and account.state == "02":
            key = ("98", account.scope, account.economic)
        if key:
            found[key] = found.get(key, ZERO) + amount
    return {key: amount for key, amount in found.items() if amount}
