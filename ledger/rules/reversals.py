"""The undone family: a reversal takes back exactly what it names, once; a correction moves, no more (S14).

The commands write them so. One written by hand could give back what was never paid, or twice.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import MONEY
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from decimal import Decimal

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

OF = "of"
REVERSAL, CORRECTION = Kind.REVERSAL.value, Kind.CORRECTION.value
_WORDS = {REVERSAL: "红冲", CORRECTION: "更正"}
#: What can be the `of` of something and has an `of` itself.
_BETWEEN = frozenset({REVERSAL, CORRECTION, Kind.REFUND.value})
#: The words that say whose money moves, and what else a spending draws on.
_BY = ("line",)
_SPENT_BY = ("line", "class", "commitment", "procurement")
#: A line, function and 款 of one payment.
_Part = tuple[str, str, str, str]


class Undone(Family):
    """Compares reversals and corrections with what they name. Source: project decision (0018)."""

    RULES: ClassVar[tuple[str, ...]] = ("S14",)
    STATE: ClassVar[tuple[str, ...]] = ("_entries", "_later")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing taken back."""
        super().__init__(ground)
        #: All that was not judged as others like it; looked through only where something is taken back.
        self._entries: list[Transaction] = []
        self._later: list[tuple[Transaction, Event | None]] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Remember entries, and those that are about others."""
        self._entries.append(entry)
        if "event" in entry.meta and entry.meta["event"] in _BETWEEN:
            self._later.append((entry, event))

    def learn(self, kin: Kin) -> None:
        """Leave payments unread, until something of them is taken back."""

    def finish(self) -> list[Finding]:
        """Compare, in the order of days and ids."""
        judged = sorted(self._judged(), key=lambda item: (item[0].date, event_id(item[0])))
        if not judged:
            return []
        named = {_of(entry) for entry, _ in self._later}
        known = {
            event_id(entry): entry
            for entry in chain(self._entries, self._ground.alike)
            if event_id(entry) in named - {""}
        }
        found: list[Finding] = []
        taken: dict[str, Transaction] = {}
        for entry, event in judged:
            word = _WORDS[entry.meta["event"]]
            if not _of(entry):
                text = f"{word}没有注明原凭证，无从核对；请用 of 写明原凭证的编号"
                found.append(finding("S14", entry, text, Severity.WARN))
                continue
            said = _unfit(entry, known)
            if not said:
                said = _reversed(entry, known, taken) if word == "红冲" else _moved(event)
            if said:
                found.append(finding("S14", entry, f"{word}{said}"))
        return [*found, *self._beyond(known)]

    def idle(self) -> Collection[str]:
        """A book without reversals and corrections has none to judge."""
        return () if any(True for _ in self._judged()) else self.RULES

    def _judged(self) -> Iterator[tuple[Transaction, Event | None]]:
        return (item for item in self._later if item[0].meta["event"] in _WORDS)

    def _beyond(self, known: Mapping[str, Transaction]) -> Iterator[Finding]:
        """Find corrections that take more from a part of a payment than is left of it."""
        corrections = [
            (entry, event, _root(entry, known))
            for entry, event in self._later
            if event is not None and entry.meta["event"] == CORRECTION
        ]
        about = {root for _, _, root in corrections} & known.keys()
        left: defaultdict[_Part, Decimal] = defaultdict(lambda: ZERO)
        for root in about:
            _add(left, root, self._ground.reader.event(known[root]))
        for entry, other in self._later if about else ():
            _add(left, _root(entry, known), other)
        for entry, event, root in corrections:
            for spending in event.spendings:
                over = -left[root, spending.line, spending.function, spending.economic]
                if root in about and spending.amount < ZERO < over:
                    text = (
                        f"更正多于原支付：{root} 的指标 {spending.line}、经济分类 {spending.economic} "
                        f"多减 {shown(over)} 元；请核对金额和科目"
                    )
                    yield finding("S14", entry, text)


def _of(entry: Transaction) -> str:
    return str(entry.meta.get(OF) or "")


def _unfit(entry: Transaction, known: Mapping[str, Transaction]) -> str:
    of = _of(entry)
    original = known.get(of)
    if original is None:
        return f"的原凭证 {of} 不在账上；请核对 of"
    if original.date > entry.date:
        return f"早于原凭证 {of}（{original.date}）；请核对日期和 of"
    return ""


def _reversed(
    entry: Transaction, known: Mapping[str, Transaction], taken: dict[str, Transaction]
) -> str:
    of = _of(entry)
    original = known[of]
    if original.meta.get("event") == REVERSAL:
        return f"的原凭证 {of} 本身是红冲；红冲不能再红冲，请另记一笔"
    first = taken.setdefault(of, entry)
    if first is not entry:
        return f"的原凭证 {of} 已由 {event_id(first)} 红冲；一笔凭证只能红冲一次，请删去重复的"
    if _written(entry, -1) != _written(original, 1):
        same = "请逐笔写成原凭证的相反数，指标、class、commitment、procurement 相同"
        return f"与原凭证 {of} 不是一正一负；{same}；只改一部分的用退回或更正"
    return ""


def _moved(event: Event | None) -> str:
    total = sum((spending.amount for spending in event.spendings), ZERO) if event else ZERO
    if total:
        return f"改变支出总额 {shown(total)} 元；更正一减一加，合计为零，请改正金额"
    return ""


def _written(entry: Transaction, sign: int) -> dict[tuple[str, ...], Decimal]:
    """Sum what an entry writes by account and the words that control goes by.

    Of what spends, only money: its legs are derived, from these words too.
    """
    money_only = any(posting.account.startswith("Expenses:") for posting in entry.postings)
    found: dict[tuple[str, ...], Decimal] = {}
    for posting in entry.postings:
        units: Any = posting.units
        if money_only and units.currency != MONEY:
            continue
        own, shared = posting.meta or {}, entry.meta
        spends = posting.account.startswith("Expenses:")
        words = (str(own.get(w) or shared.get(w) or "") for w in (_SPENT_BY if spends else _BY))
        key = posting.account, units.currency, *words
        found[key] = found.get(key, ZERO) + sign * units.number
    return {key: amount for key, amount in found.items() if amount}


def _root(entry: Transaction, known: Mapping[str, Transaction]) -> str:
    """Give the id of the payment that an entry is about in the end: a reversal is of a correction of it."""
    of, seen = _of(entry), {event_id(entry)}
    while of in known and of not in seen and known[of].meta.get("event") in _BETWEEN:
        seen.add(of)
        of = _of(known[of])
    return of


def _add(left: defaultdict[_Part, Decimal], root: str, event: Event | None) -> None:
    for spending in event.spendings if event else ():
        left[root, spending.line, spending.function, spending.economic] += spending.amount
