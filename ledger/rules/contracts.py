"""The contracts family: no commitment is drawn on beyond what is left of it (S11)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import NamedTuple

from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import State
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown
from yusuan.ledger.rules.family import Family
from yusuan.ledger.rules.report import finding

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator

    from beancount.core.data import Transaction

    from yusuan.ledger.budget.movement import Event
    from yusuan.ledger.budget.movement import Place
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.family import Ground
    from yusuan.ledger.rules.family import Kin

ZERO = Decimal("0.00")
_WORDS = {Kind.RELEASE: "释放", Kind.REVERSAL: "红冲"}


class Use(NamedTuple):
    """What an entry does to one cell of a commitment: so much more, or less where negative, in 元.

    `names` are what the entry may mean by the commitment; the first that there is counts.
    """

    entry: Transaction
    event: Event
    names: tuple[str, ...]
    place: Place
    amount: Decimal

    @property
    def order(self) -> tuple[Any, ...]:
        """Order by day, increases first, then by id, and by what is said where ids are missing."""
        event = self.event
        said = repr((event.spendings, event.shifts))
        return event.date, self.amount < ZERO, event.id, said


class Contracted(Family):
    """Follows each commitment by itself; R01 follows their sum (94). Source: project decision.

    A commitment is known by the metadata `commitment` of the entry that makes it, else by that
    entry's id. Judged day by day over whole entries, increases first, as authority is.
    """

    RULES: ClassVar[tuple[str, ...]] = ("S11",)
    STATE: ClassVar[tuple[str, ...]] = ("_uses", "_made")

    def __init__(self, ground: Ground) -> None:
        """Start with nothing committed."""
        super().__init__(ground)
        self._layers = ground.layers
        self._uses: list[Use] = []
        #: The commitments that there are, on whatever day.
        self._made: set[str] = set()

    def transaction(self, entry: Transaction, event: Event | None) -> None:
        """Remember what an entry commits, and what it takes out of a commitment."""
        if event is None:
            return
        if not event.derived:
            self._written(entry, event)
        elif any(spending.commitment for spending in event.spendings):
            for spending, touched in zip(event.spendings, self._layers.of(event), strict=True):
                if spending.commitment:
                    names = (spending.commitment,)
                    for place in touched.held:
                        self._uses.append(Use(entry, event, names, place, -spending.amount))

    def learn(self, kin: Kin) -> None:
        """What names a commitment is like nothing else, so nothing alike does."""

    def finish(self) -> list[Finding]:
        """Go through every commitment; say each thing once of each entry."""
        held: dict[tuple[str, Place], dict[int, Use]] = {}
        said: dict[tuple[str, int], Finding] = {}
        for use in self._uses:
            name = next((name for name in use.names if name in self._made), "")
            if not name:
                _unknown(use, said)
                continue
            cell = held.setdefault((name, use.place), {})
            before = cell.get(id(use.entry))
            cell[id(use.entry)] = (
                use._replace(amount=before.amount + use.amount) if before is not None else use
            )
        for (name, _place), uses in sorted(held.items(), key=_lines_first):
            for use, left in _short(uses.values()):
                said.setdefault((name, id(use.entry)), _overdrawn(name, use, left))
        return list(said.values())

    def idle(self) -> Collection[str]:
        """A book without commitments has none to judge."""
        return () if self._uses else self.RULES

    def _written(self, entry: Transaction, event: Event) -> None:
        shifts = [shift for shift in event.shifts if shift.place.state is State.COMMITTED]
        signs = {shift.amount > ZERO for shift in shifts}
        if not event.commitment and len(signs) > 1:
            return  # It moves what is committed from line to line, and does not say whose it is.
        own = event.commitment or event.id
        if own and True in signs and event.kind is not Kind.REVERSAL:
            self._made.add(own)
        names = _names(entry, event)
        self._uses += (Use(entry, event, names, shift.place, shift.amount) for shift in shifts)


def _names(entry: Transaction, event: Event) -> tuple[str, ...]:
    """Give what an entry that does not spend may mean: its word, its original, itself, its links."""
    if event.commitment:
        return (event.commitment,)
    return str(entry.meta.get("of") or ""), event.id, *sorted(entry.links)


def _unknown(use: Use, said: dict[tuple[str, int], Finding]) -> None:
    """Say of a commitment that is named that there is none, and of a release that it names none."""
    entry, event = use.entry, use.event
    key = (use.names[0], id(entry))
    if event.derived or event.commitment:
        text = f"没有编号为 {use.names[0]} 的占用；请核对合同编号，不按合同支付的不写 commitment"
        said.setdefault(key, finding("S11", entry, text))
    elif event.kind is Kind.RELEASE:
        text = "释放没有注明占用编号，看不出是哪份合同的；请用 commitment 注明"
        said.setdefault(key, finding("S11", entry, text, Severity.WARN))


def _lines_first(item: tuple[tuple[str, Place], Any]) -> tuple[str, bool, Any]:
    (name, place), _ = item
    return name, place.cell.layer != LINE_LAYER, place.key()


def _short(uses: Iterable[Use]) -> Iterator[tuple[Use, Decimal]]:
    """Give each use that takes more than is left, and what is left."""
    left = ZERO
    for use in sorted(uses, key=lambda use: use.order):
        if use.amount < ZERO and left + use.amount < ZERO:
            yield use, left
        left += use.amount


def _overdrawn(name: str, use: Use, left: Decimal) -> Finding:
    cell = use.place.cell
    what = f"指标 {cell.scope}" if cell.layer == LINE_LAYER else f"经济分类 {cell.code}"
    word = "支付" if use.event.derived else _WORDS.get(use.event.kind, "减少")
    text = f"占用 {name} 只余 {shown(left)} 元，不能{word} {shown(-use.amount)} 元（{what}）"
    return finding("S11", use.entry, f"{text}；请核对合同编号和金额")
