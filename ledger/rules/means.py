"""The means family: no part of 8001 below zero, and no fund pays for another (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.line import Cell
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.chart import CarryOver
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import chart_data
from yusuan.ledger.entries import event_id
from yusuan.ledger.entries import meaning
from yusuan.ledger.finding import Excess
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from beancount.core.data import Posting
    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground

MEANS_LAYER = "means"
ZERO = Decimal("0.00")
_PAIR = 2
_Monied = Means | Revenue | CarryOver | Expenditure


@dataclass(frozen=True, slots=True)
class Flow:
    """What one entry does to the parts of 8001: to each as a whole, and to each fund's share in it."""

    entry: Transaction
    changes: dict[Place, Decimal]

    @property
    def counted(self) -> dict[Place, Decimal]:
        """What counts: money received does not, before it is reviewed."""
        if self.entry.flag != "!":
            return self.changes
        return {place: change for place, change in self.changes.items() if change <= ZERO}

    @property
    def order(self) -> tuple[str, ...]:
        """Order the decreases of a day by id, and by what they do where ids are missing."""
        return event_id(self.entry), repr(sorted((p.key(), c) for p, c in self.changes.items()))


class Solvent(Family):
    """Follows the money. Source: DESIGN §1 (means as a control layer), HANDBOOK R17.

    Each part of 8001 is the sum of what each fund has in it, and it is these that may not fall
    below zero. Where an entry does not tell whose money it moves (it moves two parts at once,
    or within 8001 alone), the part is judged as a whole from the beginning.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R17",)

    def __init__(self, ground: Ground) -> None:
        """Start with no money."""
        super().__init__(ground)
        self._lines = ground.layers.register.lines
        self._meanings: dict[str, _Monied | None] = {}
        self._days: Days[Flow] = Days(
            lambda flow: flow.counted, lambda flow: flow.order, self._overdraft
        )
        self._short: list[tuple[Place, Finding]] = []
        self._crossed: list[Finding] = []
        #: The parts of 8001 that hold money of nobody knows which fund.
        self._mixed: set[str] = set()
        self._ran = False
        #: Each revenue account and line that a payment of two postings was found in order for.
        self._agreed: set[tuple[str, object]] = set()

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Take in where the money of an entry comes from and goes to."""
        derived = event is not None and event.derived
        pair = derived and len(entry.postings) == _PAIR
        if pair and self._known_to_agree(entry):
            return
        parts: dict[str, Decimal] = {}
        funds: dict[str, Decimal] = {}
        meanings = self._meanings
        for posting in entry.postings:
            account = posting.account
            means = meanings[account] if account in meanings else self._mean(account)
            if means is None or posting.units is None or posting.units.number is None:
                continue
            amount = posting.units.number
            if isinstance(means, Means):
                parts[means.detail] = parts.get(means.detail, ZERO) + amount
                continue
            fund = self._fund(means, posting, entry, derived=derived)
            funds[fund] = funds.get(fund, ZERO) + amount
        if parts:
            self._move(entry, parts, funds)
        elif derived and self._direct(entry, funds) and pair:
            self._agreed.add((entry.postings[1].account, entry.meta.get("line")))
        self._ran = self._ran or bool(parts or funds)

    def finish(self) -> list[Finding]:
        """End the last day; say what was short, of a fund's share or of a part as a whole."""
        self._days.end_day()
        short = (
            said
            for place, said in self._short
            if (place.cell.scope in self._mixed) is not bool(place.cell.code)
        )
        return [*self._crossed, *short]

    def idle(self) -> Collection[str]:
        """A book in which no money moves has nothing to judge."""
        return () if self._ran else self.RULES

    def _mean(self, account: str) -> _Monied | None:
        found = meaning(account)
        means = self._meanings[account] = found if isinstance(found, _Monied) else None
        return means

    def _fund(
        self,
        means: Revenue | CarryOver | Expenditure,
        posting: Posting,
        entry: Transaction,
        *,
        derived: bool,
    ) -> str:
        """Give the fund of a posting; nothing where its line is unknown (R01 says so)."""
        if isinstance(means, CarryOver):
            return means.fund
        line = self._lines.get(
            str((posting.meta or {}).get("line") or entry.meta.get("line") or "")
        )
        if isinstance(means, Expenditure):
            return line.fund if line else ""
        if line is not None and line.fund != means.fund and not derived:
            text = f"收入列{_fund(means.fund)}，指标 {line.id} 属{_fund(line.fund)}；请改正收入科目或指标"
            self._crossed.append(finding("R17", entry, text))
        return means.fund

    def _move(
        self, entry: Transaction, parts: dict[str, Decimal], funds: dict[str, Decimal]
    ) -> None:
        changes = {_place(detail): amount for detail, amount in parts.items()}
        if len(parts) == 1 and funds and "" not in funds:
            (detail,) = parts
            for fund, amount in funds.items():
                changes[_place(detail, fund)] = -amount
        else:
            self._mixed.update(parts)
        flow = Flow(entry, changes)
        self._days.begin(entry.date, flow)
        for each, change in flow.counted.items():
            self._days.move(each, change)

    def _known_to_agree(self, entry: Transaction) -> bool:
        """Tell of a payment out of revenue, as most are, that this line was paid from it before."""
        debit, credit = entry.postings
        return (
            (credit.account, entry.meta.get("line")) in self._agreed
            and "line" not in (credit.meta or ())
            and "line" not in (debit.meta or ())
        )

    def _direct(self, entry: Transaction, funds: dict[str, Decimal]) -> bool:
        """Compare what is spent of each fund with the revenue it is paid from; tell whether they agree."""
        paid = "、".join(_fund(fund) for fund in sorted(funds) if fund and funds[fund] > ZERO)
        paying = "、".join(_fund(fund) for fund in sorted(funds) if fund and funds[fund] < ZERO)
        if not (paid and paying) or "" in funds:
            # A line that is not known is R01's, an entry that does not balance beancount's.
            return not (paid or paying or "" in funds)
        text = f"支出的是{paid}的指标，付款的是{paying}的资金；一种资金不得支付另一种资金的支出"
        self._crossed.append(finding("R17", entry, text))
        return False

    def _overdraft(self, flow: Flow, place: Place, held: Decimal, asked: Decimal) -> None:
        detail = chart_data().means_details[place.cell.scope]
        whose = f"中{_fund(place.cell.code)}的资金" if place.cell.code else ""
        text = (
            f"资金不足：{detail}{whose}可用 {shown(held)} 元，支付 {shown(asked)} 元，"
            f"缺口 {shown(asked - held)} 元；请先登记到账，或改用正确的支付方式"
        )
        found = finding("R17", flow.entry, text)
        excess = Excess(MEANS_LAYER, asked - max(held, ZERO))
        self._short.append((place, found._replace(excess=excess)))


def _place(detail: str, fund: str = "") -> Place:
    return place(Cell(MEANS_LAYER, detail, fund), State.AVAILABLE)


def _fund(code: str) -> str:
    return chart_data().funds[code]
