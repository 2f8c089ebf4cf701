"""The law of special limits: what each item is charged is what a plain sum over the spendings says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from yusuan.ledger.budget.control import Control
from yusuan.ledger.budget.control import Overdraft
from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import Line
from yusuan.ledger.budget.line import Register
from yusuan.ledger.budget.line import special_cell
from yusuan.ledger.budget.movement import Event
from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.budget.movement import Shift
from yusuan.ledger.budget.movement import Spending
from yusuan.ledger.budget.movement import State
from yusuan.ledger.budget.movement import place
from yusuan.ledger.budget.position import positions

DAY = date(2020, 3, 1)
FUNDS = {"A": "11", "B": "12", "C": "39"}
LINES = {id_: Line(id_, fund, "2010302", "项目", 2020, "") for id_, fund in FUNDS.items()}
#: Written anew from HANDBOOK R09: which 款 are 三公, and what the words for procurement stand for.
THREE_PUBLIC = {"30212": "0101", "30217": "0102", "30913": "0103", "31013": "0103", "30231": "0104"}
WORDS = {"货物": "0201", "工程": "0202", "服务": "0203"}
ITEMS = sorted({*THREE_PUBLIC.values(), *WORDS.values()})

spendings = st.builds(
    Spending,
    st.sampled_from(sorted(FUNDS)),
    st.just("2010302"),
    st.sampled_from([*THREE_PUBLIC, "30201", "31002"]),
    st.integers(-500, 1000).map(lambda fen: Decimal(fen) / 100),
    st.just(""),
    st.sampled_from(["", "ht-1"]),
    st.sampled_from(["", *WORDS]),
)


def charged(item: str, spending: Spending) -> bool:
    """Whether a spending counts towards an item."""
    fiscal = FUNDS[spending.line] in {"11", "12", "13"}
    public = fiscal and THREE_PUBLIC.get(spending.economic) == item
    return public or WORDS.get(spending.procurement) == item


@given(st.lists(st.lists(spendings, min_size=1, max_size=3), max_size=8), st.integers(0, 2000))
def test_each_item_is_charged_what_is_spent_on_it_and_no_more_than_its_limit(
    payments: list[list[Spending]], fen: int
) -> None:
    limit = Decimal(fen) / 100
    layers = Layers(Register(LINES, specials={special_cell(item): item for item in ITEMS}))
    grant = [Shift(place(special_cell(item), State.AVAILABLE), limit) for item in ITEMS]
    events = [Event(DAY, "pf-1", Kind.APPROPRIATION, pending=False, entry=None, shifts=grant)]
    events += [
        Event(DAY, f"zf-{at}", Kind.PAYMENT, pending=False, entry=None, spendings=payment)
        for at, payment in enumerate(payments)
    ]
    control = Control(layers)
    for event in events:
        control.step(event)
    short = {
        violation.cell.scope
        for violation in control.finish()
        if isinstance(violation, Overdraft) and violation.cell.layer == SPECIAL_LAYER
    }
    held = positions(events, layers, DAY)
    for item in ITEMS:
        spent = sum((s.amount for p in payments for s in p if charged(item, s)), Decimal(0))
        position = held.of(special_cell(item))
        assert (position.spent, position.available) == (spent, limit - spent)
        assert (item in short) is (spent > limit)
