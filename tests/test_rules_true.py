"""Rules of entries that are what they say (S13, S14) by example: a ledger that each lets through, and ones not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import load
from tests.ledgers import told

if TYPE_CHECKING:
    from tests.ledgers import Found

APPROVED = """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      可用 2020J02      500.00
      来源 01 11      -1500.00
"""


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives, after an approval."""
    return load(APPROVED + request.function.__doc__)


def test_s13_passes_every_change_by_its_name(found: Found) -> None:
    """
    2020-01-02 * "提前下达" ^tq-1
      可用 2020X01       10.00
      来源 02 11        -10.00

    2020-01-20 * "批复，冲回提前下达" ^pf-2
      event: "appropriation"
      可用 2020X01      -10.00
      来源 02 11         10.00

    2020-02-01 * "冻结" ^dj-1
      可用 2020X01     -100.00
      冻结 2020X01      100.00

    2020-02-02 * "合同" ^ht-1
      可用 2020X01     -100.00
      占用 2020X01      100.00

    2020-02-03 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01      100.00
      来源 03 11       -100.00

    2020-02-04 * "收回" ^sh-1
      可用 2020X01      -10.00
      收回 2020X01       10.00
    """
    assert told(found, "S13") == []
    assert found.messages == []


def test_s13_fails_a_transfer_that_is_called_something_else(found: Found) -> None:
    """
    2020-02-01 * "冻结到另一条指标" ^dj-1
      可用 2020J02     -100.00
      冻结 2020X01      100.00

    2020-02-02 * "占用另一条指标" ^ht-1
      可用 2020J02     -100.00
      占用 2020X01      100.00

    2020-02-03 * "分解出更多" ^fj-1
      event: "assignment"
      可用 2020J02     -100.00
      可用 2020X01      150.00
      来源 03 11        -50.00
    """
    assert {id_ for _, id_ in told(found, "S13")} == {"dj-1", "ht-1", "fj-1"}
    assert {severity for severity, _ in told(found, "S13")} == {"stop"}


def test_s13_fails_a_supplement_that_is_called_something_else(found: Found) -> None:
    """
    2020-02-01 * "到账" ^dz-1
      event: "receipt"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-02 * "支付" ^zf-1
      event: "payment"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-03 * "批复" ^pf-2
      event: "appropriation"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert told(found, "S13") == [("stop", "dz-1"), ("stop", "pf-2"), ("stop", "zf-1")]


def test_s13_fails_more_authority_as_a_turn_of_the_year(found: Found) -> None:
    """
    2020-02-01 * "追加，误写为结账" ^jz-1
      event: "closing"
      可用 2020X01     100.00
      来源 03 11      -100.00

    2020-02-02 * "追加，误写为年初" ^jz-2
      event: "opening"
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-03 * "调剂，误写为结账" ^jz-3
      event: "closing"
      可用 2020J02    -100.00
      可用 2020X01     100.00

    2020-02-04 * "上年结转" ^jz-4
      event: "opening"
      可用 2020X01     100.00
      来源 05 11      -100.00
    """
    assert told(found, "S13") == [("stop", "jz-1"), ("stop", "jz-2"), ("stop", "jz-3")]


def test_s13_fails_a_reversal_of_nothing_that_gives_more(found: Found) -> None:
    """
    2020-02-01 * "没有原凭证的红冲" ^hc-1
      event: "reversal"
      可用 2020X01     100.00
      来源 04 11      -100.00

    2020-02-02 * "没有原凭证的红冲，跨指标" ^hc-2
      event: "reversal"
      可用 2020J02    -100.00
      可用 2020X01     100.00
    """
    assert told(found, "S13") == [("stop", "hc-1"), ("stop", "hc-2")]


def test_s13_warns_of_an_advance_that_the_approval_did_not_replace(found: Found) -> None:
    """
    2020-01-02 * "提前下达" ^tq-1
      event: "advance"
      可用 2020X01     100.00
      来源 02 11      -100.00

    2020-03-02 * "示例公司" "印刷费" ^zf-1
      line: "2020X01"
      支出 2010302 30202     10.00
      货币资金              -10.00
    """
    assert told(found, "S13") == [("warn", "pf-1")]
    assert any("指标 2020X01 的额度重复" in each.message for each in found.advice)


def test_s13_passes_it_while_the_day_of_the_approval_is_being_recorded() -> None:
    early = """
    2020-01-02 * "提前下达" ^tq-1
      event: "advance"
      可用 2020X01     100.00
      来源 02 11      -100.00
"""
    assert told(load(APPROVED + early), "S13") == []


def test_s13_passes_an_advance_for_a_line_of_its_own() -> None:
    alone = """
    2020-01-02 * "提前下达的转移支付" ^tq-1
      event: "advance"
      可用 2020J01     100.00
      来源 02 11      -100.00
"""
    assert told(load(APPROVED + alone), "S13") == []


def test_s13_fails_authority_of_another_fund(found: Found) -> None:
    """
    2020-02-01 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.00
      来源 03 39      -100.00
    """
    assert told(found, "S13") == [("stop", "zj-1")]


def test_s13_only_warns_of_what_makes_nothing_more_available(found: Found) -> None:
    """
    2020-02-01 * "收回，误写为到账" ^sh-1
      event: "receipt"
      可用 2020X01     -60.00
      收回 2020X01      60.00
    """
    assert told(found, "S13") == [("warn", "sh-1")]
    assert found.messages == []


def test_s13_fails_what_comes_back_and_was_never_carried_or_lapsed(found: Found) -> None:
    """
    2020-02-01 * "恢复没有收回过的" ^sh-1
      可用 2020X01      10.00
      收回 2020X01     -10.00

    2020-02-02 * "恢复没有结转过的" ^jz-1
      event: "closing"
      可用 2020X01      10.00
      结转 2020X01     -10.00
    """
    assert sorted(found.ids) == [("S13", "jz-1"), ("S13", "sh-1")]
    assert any("已收回额度只有 0.00 元，不能从中恢复 10.00 元" in text for text in found.messages)


PAID = """
    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      收入 11               -100.00
"""


def test_s14_passes_the_exact_negative_and_a_correction_of_what_is_left() -> None:
    found = load(
        APPROVED
        + PAID
        + """
    2020-03-17 * "退回" ^th-1 ^zf-1
      id: "th-1"
      event: "refund"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30213     -40.00
      收入 11                 40.00

    2020-03-18 * "更正" ^gz-1 ^zf-1
      id: "gz-1"
      event: "correction"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30213     -60.00
      支出 2010302 30201      60.00

    2020-03-19 * "红冲退回" ^hc-1 ^th-1
      id: "hc-1"
      event: "reversal"
      of: "th-1"
      line: "2020X01"
      支出 2010302 30213      40.00
      收入 11                -40.00

    2020-03-20 * "合同" ^ht-1
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-03-21 * "红冲合同" ^hc-2 ^ht-1
      id: "hc-2"
      event: "reversal"
      of: "ht-1"
      可用 2020X01      40.00
      占用 2020X01     -40.00
"""
    )
    assert told(found, "S14") == []
    assert found.messages == []


REVERSED = """
    2020-03-{day} * "红冲" ^{id} ^zf-1
      id: "{id}"
      event: "reversal"
      of: "{of}"
      line: "2020X01"
      支出 2010302 30213     -{amount}
      收入 11                 {amount}
"""


def reversal(id_: str = "hc-1", day: int = 17, of: str = "zf-1", amount: str = "100.00") -> str:
    """A reversal of the payment."""
    return REVERSED.format(id=id_, day=day, of=of, amount=amount)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (reversal() + reversal("hc-2", 18), "已由 hc-1 红冲；一笔凭证只能红冲一次"),
        (reversal(amount="60.00"), "不是一正一负"),
        (reversal(of="zf-9"), "红冲的原凭证 zf-9 不在账上"),
        (reversal(day=15), "红冲早于原凭证 zf-1（2020-03-16）"),
        (reversal() + reversal("hc-2", 18, of="hc-1"), "本身是红冲"),
    ],
)
def test_s14_fails_a_reversal_of_anything_else(written: str, words: str) -> None:
    found = load(APPROVED + PAID + written)
    (message,) = [text for text in found.messages if "[S14]" in text]
    assert words in message


@pytest.mark.parametrize(
    ("said", "taken_back"),
    [('class: "公用"', 'class: "人员"'), ('procurement: "服务"', 'procurement: "货物"')],
)
def test_s14_fails_a_reversal_in_other_words(said: str, taken_back: str) -> None:
    """They say what comes back: authority of another class, or of another procurement."""
    line = 'line: "2020X01"'
    paid = PAID.replace(line, f"{line}\n      {said}")
    back = reversal().replace(line, f"{line}\n      {taken_back}")
    assert told(load(APPROVED + paid + back), "S14") == [("stop", "hc-1")]
    back = reversal().replace(line, f"{line}\n      {said}")
    assert told(load(APPROVED + paid + back), "S14") == []


@pytest.mark.parametrize(
    ("less", "more", "words"),
    [
        ("100.01", "100.01", "zf-1 的指标 2020X01、经济分类 30213 多减 0.01 元"),
        ("50.00", "40.00", "更正改变支出总额 -10.00 元"),
    ],
)
def test_s14_fails_a_correction_that_is_none(less: str, more: str, words: str) -> None:
    found = load(
        APPROVED
        + PAID
        + f"""
    2020-03-18 * "更正" ^gz-1 ^zf-1
      id: "gz-1"
      event: "correction"
      of: "zf-1"
      line: "2020X01"
      支出 2010302 30213     -{less}
      支出 2010302 30201      {more}
      收入 11                 {"0.00" if less == more else "10.00"}
"""
    )
    (message,) = [text for text in found.messages if "[S14]" in text]
    assert words in message


def test_s14_holds_receipts_too(found: Found) -> None:
    """
    2020-03-16 * "到账" ^dz-1
      event: "receipt"
      line: "2020Q01"
      货币资金     100.00
      收入 39     -100.00

    2020-03-17 * "红冲" ^hc-1
      id: "hc-1"
      event: "reversal"
      of: "dz-1"
      line: "2020Q01"
      货币资金     -90.00
      收入 39       90.00
    """
    assert told(found, "S14") == [("stop", "hc-1")]


def test_s14_only_warns_where_nothing_says_of_what(found: Found) -> None:
    """
    2020-02-01 * "收回" ^sh-1
      可用 2020X01     -60.00
      收回 2020X01      60.00

    2020-02-02 * "收回有误，红冲" ^hc-1
      event: "reversal"
      可用 2020X01      60.00
      收回 2020X01     -60.00
    """
    assert told(found, "S14") == [("warn", "hc-1")]
    assert found.messages == []


def test_an_entry_called_a_payment_that_pays_nothing_breaks_no_rule_family(found: Found) -> None:
    """
    2020-02-01 * "某公司" "误写为支付" ^sh-1
      event: "payment"
      可用 2020X01     -60.00
      收回 2020X01      60.00
    """
    assert found.messages == []


def test_r26_warns_of_what_comes_back_as_a_payment_and_was_never_paid() -> None:
    found = load(
        APPROVED
        + PAID
        + """
    2020-03-17 * "甲公司" "负数的支付，在已付之内" ^zf-2
      line: "2020X01"
      支出 2010302 30213     -90.00
      收入 11                 90.00

    2020-03-18 * "甲公司" "又一笔，多于已付" ^zf-3
      line: "2020X01"
      支出 2010302 30213     -20.00
      收入 11                 20.00
"""
    )
    assert told(found, "R26") == [("warn", "zf-2"), ("warn", "zf-3")]
