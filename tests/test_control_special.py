"""The special layer by example: what draws on 三公 and 采购 limits, and what does not."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import load
from tests.ledgers import name
from tests.ledgers import told

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.line import special_cell
from yusuan.ledger.budget.position import positions
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register

if TYPE_CHECKING:
    from tests.ledgers import Found

    from yusuan.ledger.budget.position import Position

GIVEN = """
2020-01-20 * "批复" ^pf-1
  可用 2020X01     10000.00
  可用 2020Q01     10000.00
  可用 2020J01     10000.00
  来源 01 11      -20000.00
  来源 01 39      -10000.00
  限额可用 2 30217     800.00
  限额可用 2 30201    9200.00
  限额来源 2 30217    -800.00
  限额来源 2 30201   -9200.00

2020-01-20 * "批复" ^pf-3
  event: "appropriation"
  专项可用 0102     500.00
  专项可用 0103       0.00
  专项可用 0201     500.00
  专项来源 0102    -500.00
  专项来源 0201    -500.00
"""


def after(ledger: str) -> Found:
    """Load a ledger in which 500.00 are given for receptions and for goods, nothing for vehicles."""
    return load(GIVEN + dedent(ledger))


def spent(line: str, account: str, amount: str, *meta: str, id_: str = "zf-1") -> str:
    """Write a payment of a line; lines of 39 are paid from the unit's own money."""
    means = "货币资金" if line == "2020Q01" else "零余额"
    said = "".join(f"  {each}\n" for each in meta)
    head = f'\n2020-03-01 * "支付" ^{id_}\n  line: "{line}"\n{said}'
    return f"{head}  支出 {account}     {amount}\n  {means}     -{amount}\n"


def special(found: Found, item: str) -> Position:
    """Give what stands where in a special cell at the year's end."""
    layers = Layers(register(found.entries))
    events = list(EventReader().events(found.entries))
    return positions(events, layers, max(event.date for event in events)).of(special_cell(item))


def test_a_payment_has_legs_in_the_special_book_too() -> None:
    found = after(spent("2020J01", "2010301 30217", "100.00"))
    assert found.messages == []
    legs = {
        posting.account: posting.units.number
        for posting in found.entries[-1].postings
        if posting.units.currency == "CNY-ZX"
    }
    assert legs == {
        name("专项可用 0102"): Decimal("-100.00"),
        name("专项已执行 0102"): Decimal("100.00"),
    }
    held = special(found, "0102")
    assert (held.approved, held.available, held.spent) == (
        Decimal("500.00"), Decimal("400.00"), Decimal("100.00"),
    )  # fmt: skip


def test_legs_that_are_written_out_must_be_the_ones_derived() -> None:
    legs = (
        f"  {name('专项可用 0102')}   -99.00 CNY-ZX\n  {name('专项已执行 0102')}   99.00 CNY-ZX\n"
    )
    found = after(spent("2020X01", "2010302 30217", "100.00") + legs)
    assert told(found, "S01") == [("stop", "zf-1")]


def test_what_is_spent_does_not_move_alone() -> None:
    found = after(
        """
        2020-03-01 * "擅自" ^x-1
          专项可用 0102    -100.00
          专项已执行 0102   100.00
        """
    )
    assert told(found, "S02") == [("stop", "x-1")]


@pytest.mark.parametrize(
    ("line", "account", "item"),
    [
        ("2020X01", "2010302 30217", "0102"),
        ("2020X01", "2010302 30913", "0103"),
        ("2020X01", "2010302 31013", "0103"),
        ("2020J01", "2010301 30217", "0102"),
        ("2020Q01", "2010301 30217", ""),
        ("2020X01", "2010302 30201", ""),
    ],
    ids=["project", "309", "310", "basic", "not fiscal", "not 三公"],
)
def test_fiscal_money_of_any_class_draws_by_its_economic_code(
    line: str, account: str, item: str
) -> None:
    layers = Layers(register(after("").entries))
    touched = layers.touched(line, account.split()[1], "", 2020)
    found = [cell.scope for cell in touched.cells if cell.layer == SPECIAL_LAYER]
    assert found == ([item] if item else [])
    assert touched.problem == ""


def test_a_limit_of_nothing_allows_nothing() -> None:
    found = after(spent("2020X01", "2010302 31013", "0.01"))
    assert told(found, "R09") == [("stop", "zf-1")]


def test_an_item_without_a_limit_in_a_book_that_has_them_has_no_authority() -> None:
    found = after(spent("2020X01", "2010302 30212", "1.00"))
    assert told(found, "R01") == [("stop", "zf-1")]
    assert "三公 0101 因公出国境费没有额度，未列入预算的不得支出" in found.messages[0]
    found = after(spent("2020X01", "2010302 30201", "1.00", 'procurement: "服务"'))
    assert "采购 0203 服务没有额度" in found.messages[0]


def test_an_unknown_word_for_procurement_is_refused() -> None:
    found = after(spent("2020X01", "2010302 30201", "1.00", 'procurement: "是"'))
    assert told(found, "R01") == [("stop", "zf-1")]
    assert "procurement 应为货物、工程、服务之一，不是“是”" in found.messages[0]


def test_a_car_is_both_three_public_and_procurement() -> None:
    found = after(spent("2020X01", "2010302 31013", "600.00", 'procurement: "货物"'))
    assert {rule for rule, _ in found.ids} == {"R09", "R11"}


def test_a_refund_gives_back_what_the_payment_took() -> None:
    """The third payment finds room for what came back, and not for a fen more."""
    goods = 'procurement: "货物"'
    ledger = spent("2020X01", "2010302 31002", "500.00", goods)
    ledger += """
2020-04-01 * "退回" ^zf-1 ^th-1
  id: "th-1"
  event: "refund"
  line: "2020X01"
  procurement: "货物"
  支出 2010302 31002     -200.00
  零余额                  200.00
"""
    second = spent("2020X01", "2010302 31002", "200.00", goods, id_="zf-2")
    second = second.replace("2020-03-01", "2020-05-01")
    assert after(ledger + second).messages == []
    found = after(ledger + second.replace("200.00", "200.01"))
    assert told(found, "R11") == [("stop", "zf-2")]


def test_a_refund_that_calls_itself_something_else_is_refused() -> None:
    """It would make more available for goods than was ever given for them."""
    ledger = spent("2020X01", "2010302 31002", "500.00")
    refund = """
2020-04-01 * "退回" ^zf-1 ^th-1
  id: "th-1"
  event: "refund"
  line: "2020X01"
  procurement: "货物"
  支出 2010302 31002     -200.00
  零余额                  200.00
"""
    found = after(ledger + refund)
    assert "R26" in found.rules
    assert "31002 货物没有支出" in "".join(found.messages)
    assert "R26" in after(ledger + refund.replace("^zf-1 ", "")).rules
    assert after(ledger + refund.replace('  procurement: "货物"\n', "")).messages == []


def test_a_payment_against_a_commitment_draws_on_the_special_limit_all_the_same() -> None:
    commitment = """
2020-02-01 * "合同" ^ht-1
  event: "commitment"
  line: "2020X01"
  commitment: "ht-1"
  可用 2020X01     -900.00
  占用 2020X01      900.00
"""
    paid = spent("2020X01", "2010302 30217", "400.00", 'commitment: "ht-1"')
    found = after(commitment + paid)
    assert found.messages == []
    assert special(found, "0102").available == Decimal("100.00")
    more = spent("2020X01", "2010302 30217", "100.01", 'commitment: "ht-1"', id_="zf-2")
    assert told(after(commitment + paid + more), "R09") == [("stop", "zf-2")]


def test_an_unreviewed_increase_does_not_count() -> None:
    found = after(
        """
        2020-02-01 ! "追加" ^zj-1
          event: "supplement"
          doc: "示例预〔2020〕009号"
          approver: "财政局"
          专项可用 0102     100.00
          专项来源 0102    -100.00
        """
    )
    assert told(found, "S03") == [("stop", "zj-1")]
    assert "三公经费额度 公务接待费增加 100.00 元" in found.messages[0]
