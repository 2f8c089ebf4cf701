"""The means family: no part of 8001 below zero, and no fund pays for another (R17)."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING
from typing import ClassVar

from yusuan.ledger.budget.days import Days
from yusuan.ledger.budget.line import TREASURY_FUNDS
from yusuan.ledger.chart import chart_data
from yusuan.ledger.entries import event_id
from yusuan.ledger.finding import Excess
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.money import MEANS_LAYER
from yusuan.ledger.rules.money import ZERO
from yusuan.ledger.rules.money import FlowReader
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Batch
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

_PAIR = 2
#: What is not the unit's own; "" is nobody's known.
_NOT_OWN = TREASURY_FUNDS | {""}


class Solvent(Family):
    """Follows the money. Source: DESIGN §1 (means as a control layer), HANDBOOK R17.

    Each part of 8001 is the sum of what each fund has in it, and it is these that may not fall
    below zero. Where an entry does not tell whose money it moves (it moves two parts at once,
    or within 8001 alone), the part is judged as a whole from the beginning.
    """

    RULES: ClassVar[tuple[str, ...]] = ("R17",)
    STATE: ClassVar[tuple[str, ...]] = ("_days", "_short", "_crossed", "_mixed", "_ran")

    def __init__(self, ground: Ground) -> None:
        """Start with no money."""
        super().__init__(ground)
        self._reader = FlowReader(ground.layers.register.lines)
        self._days: Days[Transaction] = Days(self._counted, self._order, self._overdraft)
        self._short: list[tuple[Place, Finding]] = []
        self._crossed: list[Finding] = []
        #: The parts of 8001 that hold money of nobody knows which fund, since an entry.
        self._mixed: dict[str, Transaction] = {}
        self._ran = False
        #: Whether there was something to say of the last payment that was not out of means.
        self._disagreed = False

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Take in where the money of an entry comes from and goes to."""
        flow = self._reader.flow(entry)
        self._ran = self._ran or bool(flow.parts or flow.funds)
        spends = event is not None and event.derived
        if not spends:
            self._received(entry)
        if not flow.parts:
            if spends:
                crossed = len(self._crossed)
                self._direct(entry, flow.funds)
                self._disagreed = len(self._crossed) > crossed
            return
        if not flow.told:
            self._mixed = dict.fromkeys(flow.parts, entry) | self._mixed
        self._days.begin(entry.date, entry)
        for place, change in self._counted(entry).items():
            self._days.move(place, change)

    def learn(self, kin: Kin) -> object:
        """Nothing more to say of a payment out of revenue; one out of means draws on the same ones."""
        flow = self._reader.flow(kin.entry)
        if not flow.parts:
            return self.anew if self._disagreed else None
        plain = len(kin.entry.postings) == _PAIR and len(kin.event.spendings) == 1
        if not (plain and flow.told) or kin.event.spendings[0].amount <= ZERO:
            return self.anew
        return tuple(flow.changes())

    def follow(self, batch: Batch, known: Sequence[tuple[Place, ...] | None]) -> None:
        """Draw on what they draw on; what draws on nothing is left out."""
        drawn = [known[number] or () for number in batch.kin]
        self._days.put_off(
            list(compress(batch.entries, drawn)),
            list(filter(None, drawn)),
            list(compress(batch.amounts, drawn)),
        )

    def finish(self) -> list[Finding]:
        """End the last day; say what was short, of a fund's share or of a part as a whole."""
        self._days.end_day()
        short = (
            said
            for place, said in self._short
            if (place.cell.scope in self._mixed) is not bool(place.cell.code)
        )
        return [*self._crossed, *self._untold(), *short]

    def _untold(self) -> Iterator[Finding]:
        """Say since when the funds of a part are not told apart, where there are several."""
        for detail, entry in sorted(self._mixed.items()):
            funds = {
                place.cell.code
                for place in self._days.balances
                if place.cell.scope == detail and place.cell.code
            }
            if len(funds | self._reader.flow(entry).funds.keys() - {""}) >= _PAIR:
                text = (
                    f"看不出动的是哪种资金，{chart_data().means_details[detail]}只按总额判断，"
                    "一种资金支付另一种资金的支出也查不出；请按资金性质分开记，资金结存内部的转账用 line 注明指标"
                )
                yield finding("R17", entry, text, Severity.WARN)

    def idle(self) -> Collection[str]:
        """A book in which no money moves has nothing to judge."""
        return () if self._ran else self.RULES

    def _counted(self, entry: Transaction) -> dict[Place, Decimal]:
        """Give what counts of an entry: money received does not, before it is reviewed."""
        changes = self._reader.flow(entry).changes()
        if entry.flag != "!":
            return changes
        return {place: change for place, change in changes.items() if change <= ZERO}

    def _order(self, entry: Transaction) -> tuple[str, ...]:
        """Order the decreases of a day by id, and by what they do where ids are missing."""
        changes = self._reader.flow(entry).changes()
        return event_id(entry), repr(sorted((p.key(), c) for p, c in changes.items()))

    def _received(self, entry: Transaction) -> None:
        """Compare revenue with the line that it is for, and its account with its fund."""
        for line, fund in self._reader.mistaken(entry):
            text = f"收入列{_fund(fund)}，指标 {line.id} 属{_fund(line.fund)}；请改正收入科目或指标"
            self._crossed.append(finding("R17", entry, text))
        for named in dict.fromkeys(self._reader.unknown(entry)):
            text = f"收入注明的指标 {named} 不在账上；请核对 line"
            self._crossed.append(finding("R17", entry, text))
        for means in dict.fromkeys(self._reader.unlike(entry)):
            name = chart_data().revenue[means.account]
            text = f"{_fund(means.fund)}的资金列入了 {means.account} {name}；请核对收入科目"
            self._crossed.append(finding("R17", entry, text, Severity.WARN))

    def _direct(self, entry: Transaction, funds: dict[str, Decimal]) -> None:
        """Compare what is spent of each fund with the revenue it is paid from.

        The unit's own money is paid out of what was received: not out of revenue of the day.
        """
        for fund in sorted(funds.keys() - _NOT_OWN):
            earned = self._reader.earned(entry).get(fund, ZERO)
            if earned > ZERO and earned + funds[fund] > ZERO:
                text = f"{_fund(fund)}的支出直接列作收入，没有经过资金结存；请先登记到账，再从货币资金支付"
                self._crossed.append(finding("R17", entry, text))
        if len(funds) < _PAIR:
            return  # paid out of what it is for
        paid = "、".join(_fund(fund) for fund in sorted(funds) if fund and funds[fund] > ZERO)
        paying = "、".join(_fund(fund) for fund in sorted(funds) if fund and funds[fund] < ZERO)
        if not (paid and paying) or "" in funds:
            return  # a line that is not known is R01's, an entry that does not balance beancount's
        text = f"支出的是{paid}的指标，付款的是{paying}的资金；一种资金不得支付另一种资金的支出"
        self._crossed.append(finding("R17", entry, text))

    def _overdraft(self, entry: Transaction, place: Place, held: Decimal, asked: Decimal) -> None:
        detail = chart_data().means_details[place.cell.scope]
        whose = f"中{_fund(place.cell.code)}的资金" if place.cell.code else ""
        text = (
            f"资金不足：{detail}{whose}可用 {shown(held)} 元，支付 {shown(asked)} 元，"
            f"缺口 {shown(asked - held)} 元；请先登记到账，或改用正确的支付方式"
        )
        found = finding("R17", entry, text)
        excess = Excess(MEANS_LAYER, asked - max(held, ZERO))
        self._short.append((place, found._replace(excess=excess)))


def _fund(code: str) -> str:
    return chart_data().funds[code]
