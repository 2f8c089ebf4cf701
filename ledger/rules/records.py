"""The records family: each event is recorded once (R23), in a year of the book (R27)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding
from yusuan.ledger.tables.words import KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Hashable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Batch
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

#: What a document changes, once for each line and amount in it.
_DOCUMENTED = frozenset({
    Kind.APPROPRIATION, Kind.ADVANCE, Kind.SUPPLEMENT, Kind.REDUCTION, Kind.TRANSFER,
})  # fmt: skip


class Recorded(Family):
    """Looks for what was recorded twice, and for what belongs to another year.

    beancount accepts two transactions that are the same to the byte. An entry goes by its
    metadata `id`, or by its only link; one that has neither, by all that it says.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R23", "R27")
    STATE: ClassVar[tuple[str, ...]] = (
        "_ids",
        "_seen",
        "_said",
        "_certificates",
        "_twice",
        "_documents",
        "_undone",
        "_findings",
    )

    def __init__(self, ground: Ground) -> None:
        """Start with nothing recorded."""
        super().__init__(ground)
        self._years = frozenset(ground.settings.years)
        #: The ids of the payments that are like others; None where they are not all different texts.
        self._ids: set[object] = set()
        self._seen: dict[str, Transaction] = {}
        self._said: dict[Hashable, Transaction] = {}
        self._certificates: dict[Hashable, Transaction] = {}
        #: Everything that is there more than once, by what it has in common.
        self._twice: dict[tuple[str, Hashable], list[Transaction]] = {}
        #: The changes of one kind, document and amounts; and what was reversed.
        self._documents: dict[tuple[Kind, str, Hashable], list[Transaction]] = {}
        self._undone: set[str] = set()
        self._findings: list[Finding] = []

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Remember an entry by its id, and a payment by its certificate."""
        meta = entry.meta
        self._remember(entry)
        if "pay_cert_no" in meta and (event is None or event.kind is Kind.PAYMENT):
            self._certified(entry)
        if event is not None and event.kind in _DOCUMENTED and meta.get("doc"):
            changed = frozenset((posting.account, posting.units) for posting in entry.postings)
            self._documents.setdefault((event.kind, str(meta["doc"]), changed), []).append(entry)
        if event is not None and event.kind is Kind.REVERSAL:
            self._undone.add(str(meta.get("of") or ""))
        if not self._in_book(entry):
            years = "、".join(map(str, sorted(self._years)))
            text = f"凭证的日期不在账套的年度（{years}）之内；请改正日期，或记入该年度的账套"
            self._findings.append(finding("R27", entry, text))

    def learn(self, kin: Kin) -> object:
        """Of further payments the ids are noted only: a certificate makes an entry like no other."""
        return True if self._in_book(kin.entry) else self.anew

    def follow(self, batch: Batch, known: Sequence[bool | None]) -> None:
        """Note their ids, to see at the end whether all differ."""
        del known
        ids = self._ids
        many = len(ids) + len(batch.ids)
        ids.update(batch.ids)
        if len(ids) < many or {*map(type, batch.ids)} != {str}:
            ids.add(None)

    def finish(self) -> list[Finding]:
        """Report every one of those that are the same: who came first, nobody can tell."""
        if None in self._ids or not self._seen.keys().isdisjoint(self._ids):
            for entry in filter(self._in_book, self._ground.alike):
                self._remember(entry)
        for (what, _key), entries in self._twice.items():
            days = "、".join(sorted(str(entry.date) for entry in entries))
            text = f"重复登记：{what}相同的凭证有 {len(entries)} 张（{days}）；请删去重复的，或各编编号"
            self._findings.extend(finding("R23", entry, text) for entry in entries)
        return [*self._findings, *self._again()]

    def _again(self) -> Iterator[Finding]:
        """Find changes that a document was recorded for before; two in one document may be alike."""
        for (kind, doc, _), entries in self._documents.items():
            standing = [entry for entry in entries if event_id(entry) not in self._undone]
            standing.sort(key=lambda entry: (entry.date, event_id(entry)))
            for entry in standing[1:]:
                text = (
                    f"可能重复登记：{KIND_WORDS[kind]}与 {event_id(standing[0])}（{standing[0].date}）的文号 {doc}、"
                    "指标和金额都相同；请核对，重复的用 reverse 红冲"
                )
                yield finding("R23", entry, text, Severity.WARN)

    def idle(self) -> Collection[str]:
        """A book that does not say its years cannot be held to them."""
        return () if self._years else ("R27",)

    def _in_book(self, entry: Transaction) -> bool:
        return not self._years or entry.date.year in self._years

    def _remember(self, entry: Transaction) -> None:
        if "id" in entry.meta:
            self._once("编号", str(entry.meta["id"]), entry)
        elif len(entry.links) == 1:
            self._once("编号", next(iter(entry.links)), entry)
        elif not entry.links:
            self._word_for_word(entry)

    def _once(self, what: str, id_: str, entry: Transaction) -> None:
        first = self._seen.setdefault(id_, entry)
        if first is not entry:
            self._twice.setdefault((f"{what} {id_} ", id_), [first]).append(entry)

    def _word_for_word(self, entry: Transaction) -> None:
        postings = frozenset((posting.account, posting.units) for posting in entry.postings)
        said = (entry.date, entry.payee, entry.narration, postings, len(entry.postings))
        first = self._said.setdefault(said, entry)
        if first is not entry:
            self._twice.setdefault(("没有编号而内容", said), [first]).append(entry)

    def _certified(self, entry: Transaction) -> None:
        meta = entry.meta
        number = str(meta["pay_cert_no"])
        key = (number, str(meta.get("mof_div_code") or ""), entry.payee)
        first = self._certificates.setdefault(key, entry)
        if first is not entry:
            self._twice.setdefault((f"支付凭证号 {number} ", key), [first]).append(entry)
