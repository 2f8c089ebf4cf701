"""Changes of authority and receipts as drafts: which postings each kind of event has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.line import Line
from yusuan.ledger.budget.line import Register
from yusuan.ledger.budget.line import economic_cell
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.classification import load
from yusuan.ledger.events import advance
from yusuan.ledger.events import authority
from yusuan.ledger.events import receipt
from yusuan.ledger.events import supplement
from yusuan.ledger.events import transfer
from yusuan.ledger.events.authority import LimitError
from yusuan.ledger.events.authority import Request
from yusuan.ledger.events.names import BookNames

if TYPE_CHECKING:
    from yusuan.ledger.draft import Draft
    from yusuan.ledger.events.authority import Change

DAY = date(2020, 3, 2)
BASIC = Line("2020J01", "11", "2010301", "基本", 2020, "", "基本支出")
PROJECT = Line("2020X01", "11", "2010302", "项目", 2020, "", "维稳工作")
OTHER = Line("2020X03", "39", "2010302", "项目", 2020, "", "实习基地")
LINES = {line.id: line for line in (BASIC, PROJECT, OTHER)}
LIMITS = {
    economic_cell(scope, code): ""
    for scope, code in (("1", "30103"), ("2", "30201"), ("2", "30216"))
}
LAYERS = Layers(Register(lines=dict(LINES), limits=LIMITS))
NAMES = BookNames(load(), DAY, {line.id: line.name for line in LINES.values()})


def change(line: Line, amount: str, economic: str = "", klass: str = "") -> Change:
    return authority.change(Request(line, Decimal(amount), economic, klass), LAYERS, 2020)


def short(draft: Draft) -> list[tuple[str, str, str]]:
    """Postings by the codes of their account's first and last parts."""
    shown = []
    for posting in draft.postings:
        codes = [part.partition("-")[0] for part in posting.account.split(":")[1:]]
        head = "".join(codes[:2]) if codes[0] in {"91", "98", "8001"} else codes[0]
        shown.append((f"{head}…{codes[-1]}", str(posting.amount), posting.commodity))
    return shown


def test_a_supplement_raises_line_and_limit_with_their_sources() -> None:
    event = supplement.Supplement(DAY, "zj-1", "文号1", "追加", (change(BASIC, "100.00", "30103"),))
    draft = supplement.draft(event, NAMES)
    assert short(draft) == [
        ("92…2020J01", "100.00", "CNY-ZB"),
        ("9103…11", "-100.00", "CNY-ZB"),
        ("9802…30103", "100.00", "CNY-JJ"),
        ("9801…30103", "-100.00", "CNY-JJ"),
    ]
    assert draft.meta == {"event": "supplement", "doc": "文号1"}


def test_a_supplement_of_a_new_class_opens_it_in_every_state() -> None:
    event = supplement.Supplement(
        DAY, "zj-1", "文号1", "追加", (change(BASIC, "100.00", "30218", "公用"),)
    )
    states = {leaf.state for leaf in supplement.leaves(event) if isinstance(leaf, EconomicState)}
    assert states == {"01", "02", "03", "04", "05"}


def test_an_advance_is_taken_back_exactly() -> None:
    given = advance.Advance(
        DAY, "tq-1", "文号1", "一月", (change(BASIC, "100.00", "30201"), change(PROJECT, "50.00"))
    )
    back = advance.withdrawal(given, date(2020, 3, 9), "tq-2", "pf-1")
    there, again = advance.draft(given, NAMES), advance.draft(back, NAMES)
    assert [(p.account, -p.amount) for p in there.postings] == [
        (p.account, p.amount) for p in again.postings
    ]
    assert again.links == {"tq-1", "pf-1"}
    assert short(there)[2] == ("9102…11", "-150.00", "CNY-ZB")


def test_a_transfer_inside_a_line_moves_limits_alone() -> None:
    event = transfer.Transfer(
        DAY,
        "tj-1",
        "文号1",
        "调剂",
        (change(BASIC, "-8.00", "30201"), change(BASIC, "8.00", "30216")),
    )
    draft = transfer.draft(event, NAMES)
    assert short(draft) == [("9802…30201", "-8.00", "CNY-JJ"), ("9802…30216", "8.00", "CNY-JJ")]
    assert draft.meta["line"] == "2020J01"


def test_a_transfer_to_a_project_leaves_the_economic_layer() -> None:
    changes = (change(BASIC, "-8.00", "30201"), change(PROJECT, "8.00"))
    event = transfer.Transfer(DAY, "tj-1", "文号1", "调剂", changes)
    assert short(transfer.draft(event, NAMES)) == [
        ("92…2020J01", "-8.00", "CNY-ZB"),
        ("92…2020X01", "8.00", "CNY-ZB"),
        ("9802…30201", "-8.00", "CNY-JJ"),
        ("9801…30201", "8.00", "CNY-JJ"),
    ]


def test_a_transfer_never_changes_a_total() -> None:
    changes = (change(PROJECT, "-8.00"), change(OTHER, "7.00"))
    with pytest.raises(transfer.UnevenError, match=r"相差 -1\.00 元"):
        transfer.draft(transfer.Transfer(DAY, "tj-1", "文号1", "调剂", changes), NAMES)


@pytest.mark.parametrize(
    ("line", "economic", "klass", "why"),
    [
        (BASIC, "", "", "没有写经济分类款"),
        (BASIC, "30218", "", "人员还是公用"),
        (PROJECT, "30201", "", "不应写经济分类"),
    ],
)
def test_both_books_move_or_neither(line: Line, economic: str, klass: str, why: str) -> None:
    with pytest.raises(LimitError, match=why):
        change(line, "1.00", economic, klass)


def test_quota_is_received_as_revenue_of_its_lines() -> None:
    shares = (receipt.Share(BASIC, Decimal("10.00")), receipt.Share(PROJECT, Decimal("5.00")))
    event = receipt.Receipt(DAY, "dz-1", shares, "区财政局", "用款额度", receipt.Into.QUOTA)
    draft = receipt.draft(event, NAMES)
    assert short(draft) == [
        ("800101…01", "15.00", "CNY"),
        ("6001…11", "-10.00", "CNY"),
        ("6001…11", "-5.00", "CNY"),
    ]
    assert [posting.meta.get("line") for posting in draft.postings] == [None, "2020J01", "2020X01"]


def test_other_money_is_received_into_the_units_own_account() -> None:
    event = receipt.Receipt(
        DAY,
        "dz-1",
        (receipt.Share(OTHER, Decimal("10.00")),),
        "拨款单位",
        "到账",
        receipt.Into.MONEY,
    )
    assert [row[0] for row in short(receipt.draft(event, NAMES))] == ["800102…02", "6609…39"]
