"""The derived legs of authority: what is added, what may stand already, what may not pose as it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount import loader
from beancount.parser import printer
from tests.ledgers import AUTHORITY
from tests.ledgers import STRICT
from tests.ledgers import book
from tests.ledgers import load
from tests.ledgers import load_text
from tests.ledgers import name

from yusuan.ledger.rules.session import without_legs

if TYPE_CHECKING:
    from tests.ledgers import Found

APPROVED = """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01     100.00
      可用 2020X01     100.00
      来源 01 11      -200.00

    2020-01-20 * "批复" ^pf-2
      限额可用 2 30209     100.00
      限额来源 2 30209    -100.00
"""
PAYMENT = """
    2020-03-16 * "物业公司" "3月物业管理费" ^zf-1
      line: "2020J01"
      支出 2010301 30209      60.00
      零余额                 -60.00
"""
LEGS = """\
      已执行 2020J01          60.00
      可用 2020J01           -60.00
      限额已执行 2 30209      60.00
      限额可用 2 30209       -60.00
"""


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives, under the strict plugin."""
    return load(APPROVED + request.function.__doc__)


def legs(entry: Any) -> dict[str, Decimal]:
    """The postings of an entry that are not money."""
    return {p.account: p.units.number for p in entry.postings if p.units.currency != "CNY"}


def short(**amounts: str) -> dict[str, Decimal]:
    """Spell out `可用_2020J01="-60.00"`."""
    return {name(key.replace("_", " ")): Decimal(amount) for key, amount in amounts.items()}


def test_a_payment_is_given_its_legs() -> None:
    found = load(APPROVED + PAYMENT)
    entry = found.entries[-1]
    assert legs(entry) == short(
        可用_2020J01="-60.00",
        已执行_2020J01="60.00",
        限额可用_2_30209="-60.00",
        限额已执行_2_30209="60.00",
    )
    assert [posting.meta for posting in entry.postings[2:]] == [None] * 4


def test_what_draws_on_a_commitment_what_is_refunded_what_falls_to_no_class(found: Found) -> None:
    """
    2020-02-01 * "合同" ^ht-1
      可用 2020J01       -50.00
      占用 2020J01        50.00
      限额可用 2 30209   -50.00
      限额占用 2 30209    50.00

    2020-03-01 * "按合同" ^zf-1
      line: "2020J01"
      commitment: "ht-1"
      支出 2010301 30209      50.00
      零余额                 -50.00

    2020-03-02 * "退回" ^th-1
      event: "refund"
      line: "2020J01"
      支出 2010301 30209     -20.00
      零余额                  20.00

    2020-03-03 * "项目" ^zf-2
      line: "2020X01"
      支出 2010302 30209      20.00
      零余额                 -20.00
    """
    assert found.messages == []
    assert [legs(entry) for entry in found.entries[-3:]] == [
        short(
            占用_2020J01="-50.00",
            已执行_2020J01="50.00",
            限额占用_2_30209="-50.00",
            限额已执行_2_30209="50.00",
        ),
        short(
            可用_2020J01="20.00",
            已执行_2020J01="-20.00",
            限额可用_2_30209="20.00",
            限额已执行_2_30209="-20.00",
        ),
        short(可用_2020X01="-20.00", 已执行_2020X01="20.00"),
    ]


def test_what_comes_to_nothing_has_no_leg(found: Found) -> None:
    """
    2020-03-16 * "改列另一款" ^gz-1
      event: "reversal"
      line: "2020X01"
      支出 2010302 30209      10.00
      支出 2010302 30201     -10.00

    2020-03-17 * "改列另一指标" ^gz-2
      event: "reversal"
      支出 2010302 30209      10.00
        line: "2020X01"
      支出 2010301 30209     -10.00
        line: "2020J01"
    """
    assert found.messages == []
    assert legs(found.entries[-2]) == {}
    assert set(legs(found.entries[-1])) == {
        name(short_name)
        for short_name in (
            "可用 2020X01", "已执行 2020X01", "可用 2020J01", "已执行 2020J01",
            "限额可用 2 30209", "限额已执行 2 30209",
        )
    }  # fmt: skip


def test_legs_copied_by_the_entry_form_are_left_as_they_are() -> None:
    """fava's form completes a payee with all postings that it shows, the derived ones too."""
    found = load(APPROVED + PAYMENT + LEGS)
    assert found.messages == []
    assert legs(found.entries[-1]) == legs(load(APPROVED + PAYMENT).entries[-1])


def test_a_ledger_printed_with_its_legs_loads_the_same() -> None:
    once = load(APPROVED + PAYMENT, [AUTHORITY])
    options = 'option "tolerance_multiplier" "0"\n'
    printed = "".join(printer.format_entry(entry) for entry in once.entries)
    again = load_text(f'{options}plugin "{STRICT}"\n{printed}')
    assert again.messages == []
    assert legs(again.entries[-1]) == legs(once.entries[-1])


LEG = LEGS.splitlines()
WRONG = {
    "wrong amount": [
        LEG[0].replace("60.00", "60.01"),
        LEG[1].replace("60.00", "60.01"),
        *LEG[2:],
    ],
    "the line alone": LEG[:2],
    "the class alone": LEG[2:],
    "an extra leg": [*LEG, LEG[0], LEG[1]],
    "another line": [line.replace("2020J01", "2020J02") for line in LEG],
    "another class": [line.replace("30209", "30201") for line in LEG],
    "another state": [line.replace("已执行 2020J01", "收回 2020J01") for line in LEG],
    "authority from nowhere": [
        *LEG,
        "      可用 2020J01           500.00",
        "      来源 03 11            -500.00",
    ],
    "a source alone": ["      来源 03 11            -5.00", "      来源 03 39             5.00"],
}  # fmt: skip


@pytest.mark.parametrize("standing", WRONG.values(), ids=WRONG)
def test_legs_that_differ_are_refused(standing: list[str]) -> None:
    found = load(APPROVED + PAYMENT + "\n".join(standing) + "\n")
    assert found.rules == ["S01"]
    assert found.messages[0].startswith("[S01] 2020-03-16 凭证 zf-1 所写的指标分录与应有的不同：")
    assert found.messages[0].endswith("；请删去手写的指标分录，载入时会自动生成")


def test_the_refusal_names_the_accounts_and_amounts() -> None:
    found = load(APPROVED + PAYMENT + "\n".join(WRONG["the line alone"]) + "\n")
    used, left = name("限额已执行 2 30209"), name("限额可用 2 30209")
    assert f"{left} 应为 -60.00，所写为 0.00；{used} 应为 60.00，所写为 0.00；" in found.messages[0]


def test_one_leg_missing_does_not_even_balance() -> None:
    found = load(APPROVED + PAYMENT + "\n".join(LEG[:3]) + "\n")
    assert sorted(set(found.rules)) == ["S01", "ValidationError"]


def test_legs_written_for_a_payment_without_a_line_are_refused(found: Found) -> None:
    """
    2020-03-16 * "没有指标" ^zf-1
      支出 2010302 30209      10.00
      零余额                 -10.00
      可用 2020X01           -10.00
      已执行 2020X01          10.00
    """
    assert sorted(found.rules) == ["R01", "S01"]


@pytest.mark.parametrize(
    "event", ["paymnet", "closing", "opening", "appropriation", "receipt", "transfer", "other", ""]
)
def test_no_other_name_lets_spending_escape(event: str) -> None:
    found = load(APPROVED + PAYMENT.replace("line:", f'event: "{event}"\n      line:'))
    assert found.messages == [
        (
            f"[S02] 2020-03-16 凭证 zf-1 列有支出，但 event 为“{event}”，不受额度控制；"
            "支出的 event 应为 payment、refund、reversal 或 correction（更正），或不写"
        )
    ]
    assert legs(found.entries[-1]) == {}


@pytest.mark.parametrize("value", ["", " TRUE", " 2020-01-01", " 3", " #tag"])
def test_nor_does_a_name_that_is_no_text(value: str) -> None:
    found = load(APPROVED + PAYMENT.replace("line:", f"event:{value}\n      line:"))
    assert found.rules == ["S02"]


def test_closing_may_empty_expenditure_but_not_fill_it(found: Found) -> None:
    """
    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30209      40.00
      零余额                 -40.00

    2020-12-31 * "年末结转" ^jz-1
      event: "closing"
      line: "2020X01"
      支出 2010302 30209     -40.00
      零余额                  40.00

    2020-12-31 * "夹带支出" ^jz-2
      event: "closing"
      line: "2020X01"
      支出 2010302 30209     -40.00
      支出 2010302 30201       0.01
      零余额                  39.99

    2021-01-01 * "没有编号"
      event: "opening"
      支出 2010302 30209      40.00
      零余额                 -40.00
    """
    assert found.rules == ["S02", "S02"]
    assert "凭证 jz-2 列有支出，但 event 为“closing”" in found.messages[0]
    assert "凭证 （无编号） 列有支出" in found.messages[1]
    assert [legs(entry) for entry in found.entries[-3:]] == [{}, {}, {}]


def test_what_is_spent_moves_with_spending_alone(found: Found) -> None:
    """
    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30209     100.00
      零余额                -100.00

    2020-03-17 * "不退钱而恢复可用" ^tz-1
      已执行 2020X01        -100.00
      可用 2020X01           100.00

    2020-03-17 * "称作红冲" ^tz-2
      event: "reversal"
      限额已执行 2 30209      -1.00
      限额可用 2 30209         1.00

    2020-03-17 * "称作结转" ^tz-3
      event: "closing"
      已执行 2020X01          -1.00
      占用 2020X01             1.00

    2020-12-31 * "年末结转" ^jz-1
      event: "closing"
      已执行 2020X01         -99.00
      来源 01 11              99.00
    """
    assert found.ids == [("S02", "tz-1"), ("S02", "tz-2"), ("S02", "tz-3")]
    assert found.messages[0] == (
        "[S02] 2020-03-17 凭证 tz-1 没有支出而变动了已执行指标；"
        "已执行只随支出、退回或红冲变动，请改记相应的支出"
    )


def test_our_own_commands_load_without_legs_and_find_the_same() -> None:
    wrong = PAYMENT.replace("60.00", "100.01") + LEGS.replace("60.00", "100.02")
    whole = book(APPROVED + PAYMENT.replace("zf-1", "zf-0") + wrong)
    with without_legs():
        bare, bare_errors, _ = loader.load_string(whole)
    _, errors, _ = loader.load_string(whole)
    assert [error.message for error in bare_errors] == [error.message for error in errors] != []
    payment = next(entry for entry in bare if "zf-0" in getattr(entry, "links", ()))
    assert legs(payment) == {}
