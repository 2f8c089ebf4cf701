"""What a book has of execution files already: by voucher number, and by the key of a row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from beancount.core.data import Custom
from beancount.core.data import Transaction

from yusuan.importers.persons import PERSON
from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.entries import SPENDING_PLAN as PLAN
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.execution.groups import Group

#: Metadata of what an import recorded: the file, its hash, the row's key, and which import it was.
SOURCE, SHA256, ROW, BATCH = "source", "sha256", "row", "batch"
CERTIFICATE, DIVISION = "pay_cert_no", "mof_div_code"
_RECORDED = frozenset({"", "payment", "receipt", "supplement", "reduction", "transfer"})


class Certified(NamedTuple):
    """A payment of the book that has a voucher number."""

    id: str
    division: str
    payee: str
    amount: Decimal
    day: date
    #: What was paid of each 款.
    economics: dict[str, Decimal]


class Rowed(NamedTuple):
    """A payment or receipt of the book that goes by all that its row said."""

    key: str
    id: str
    said: tuple[str, str, str, str]


@dataclass(slots=True)
class Known:
    """What the book has, to put a file's payments beside."""

    _rows: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    rowed: list[Rowed] = field(default_factory=list)
    _numbers: defaultdict[str, list[Certified]] = field(default_factory=lambda: defaultdict(list))
    #: The days that payments of each file, by its hash, were recorded on.
    days: defaultdict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    batches: int = 0

    @property
    def next_batch(self) -> str:
        """The name of the next import."""
        return f"dr-{self.batches + 1:04d}"

    def add_plan(self, entry: Custom) -> None:
        """Remember a month's plan, which is a directive without postings."""
        self.batches = max(self.batches, batch_number(str(entry.meta.get(BATCH) or "")))
        if ROW in entry.meta:
            amount = entry.values[-1].value.number
            self._rows[str(entry.meta[ROW])] = (str(entry.meta["id"]), amount)

    def add(self, entry: Transaction) -> None:
        """Remember an entry."""
        meta = entry.meta
        if BATCH in meta:
            self.batches = max(self.batches, batch_number(str(meta[BATCH])))
        if str(meta.get("event") or "") not in _RECORDED:
            return
        if SHA256 in meta:
            self.days[str(meta[SHA256])].add(entry.date)
        if ROW in meta:
            self._rows[str(meta[ROW])] = (event_id(entry), moved(entry))
            said = (str(entry.date), entry.payee or "", plain(moved(entry)), entry.narration or "")
            self.rowed.append(Rowed(str(meta[ROW]), event_id(entry), said))
        if CERTIFICATE in meta:
            division = str(meta.get(DIVISION) or "")
            said_of = (event_id(entry), division, entry.payee or "", moved(entry))
            held = Certified(*said_of, entry.date, _economics(entry))
            self._numbers[str(meta[CERTIFICATE])].append(held)

    def has(self, group: Group, of_number: Sequence[Group]) -> tuple[bool, str]:
        """Tell whether the book has a payment, and what speaks against it if it differs.

        `of_number` is what the file has under the same voucher number, whoever was paid: one
        list names the persons, and the other the batch.
        """
        if not group.number:
            id_, amount = self._rows.get(group.key, ("", ZERO))
            return bool(id_), _differs(group, id_, amount, group.amount) if id_ else ""
        held = self._held(group)
        same = [each for each in held if each.payee == group.payee]
        if same:
            amount = sum((each.amount for each in same), ZERO)
            return True, _differs(group, same[0].id, amount, group.amount)
        if held and PERSON in {group.payee, *(each.payee for each in held)}:
            amount = sum((each.amount for each in held), ZERO)
            printed = sum((each.amount for each in of_number), ZERO)
            return True, _differs(group, held[0].id, amount, printed)
        payees = {each.payee for each in of_number}
        gone = next((each for each in held if each.payee not in payees), None)
        if gone is not None:
            what = f"支付凭证号 {group.number}已记账为 {gone.id}，收款人是“{gone.payee}”"
            return True, f"{group.records[0].where}：{what}，文件是“{group.payee}”；请核对是否改动"
        return False, ""

    def otherwise(self, group: Group) -> str:
        """Say where a voucher that the book has is printed with another day or another 款."""
        same = [each for each in self._held(group) if each.payee == group.payee]
        if not group.number or not same:
            return ""
        days = {record.day for record in group.records}
        economics: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for record in group.records:
            economics[record.get("economic")] += record.amount
        recorded: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for each in same:
            for code, amount in each.economics.items():
                recorded[code] += amount
        wrong = [] if days <= {each.day for each in same} else ["日期"]
        wrong += [] if "" in economics or economics == recorded else ["经济分类"]
        where, id_ = group.records[0].where, same[0].id
        what = f"{where}：支付凭证号 {group.number}已记账为 {id_}，{'、'.join(wrong)}与账上不同"
        return f"{what}；没有改动账套，账上有错的用 yusuan correct 或 reverse 改正" if wrong else ""

    def _held(self, group: Group) -> list[Certified]:
        return [
            each for each in self._numbers.get(group.number, ())
            if not (each.division and group.division and each.division != group.division)
        ]  # fmt: skip


def known(entries: Iterable[Any]) -> Known:
    """Read a book's entries."""
    found = Known()
    for entry in entries:
        if type(entry) is Transaction:
            found.add(entry)
        elif type(entry) is Custom and entry.type == PLAN:
            found.add_plan(entry)
    return found


def next_batch(entries: Iterable[Any]) -> str:
    """Name the next import."""
    return known(entries).next_batch


def batch_number(batch: str) -> int:
    """Give the number of an import, 0 for what is none."""
    number = batch.rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def moved(entry: Transaction, book: str = MONEY) -> Decimal:
    """Give what an entry pays or receives, in 元: its debits of money, or of another book."""
    return sum(
        (
            posting.units.number
            for posting in entry.postings
            if posting.units is not None
            and posting.units.number is not None
            and posting.units.currency == book
            and posting.units.number > 0
        ),
        ZERO,
    )


def _economics(entry: Transaction) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for posting in entry.postings:
        account = meaning(posting.account)
        units = posting.units
        if isinstance(account, Expenditure) and units is not None and units.number is not None:
            found[account.economic] += units.number
    return dict(found)


def _differs(group: Group, id_: str, recorded: Decimal, printed: Decimal) -> str:
    if recorded == printed:
        return ""
    what = f"支付凭证号 {group.number}" if group.number else f"行标识 {group.key}"
    return (
        f"{group.records[0].where}：{what}已记账为 {id_}，账上 {plain(recorded)} 元，"
        f"文件 {plain(printed)} 元；请核对，账上有错的用 yusuan correct 或 reverse 改正"
    )
