"""Rules of changes and of the calendar by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives; one about means begins without money."""
    bare = request.function.__name__.startswith("test_r17")
    return documented(request.function.__doc__, tmp_path, bare=bare)


def test_r07_passes_a_transfer_with_its_document(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^tj-1
      doc: "示例调〔2020〕001号"
      approver: "财政局"
      可用 2020X01     -100.00
      可用 2020Q01      100.00
    """
    assert told(found, "R07") == []
    assert found.messages == []


def test_r07_passes_whichever_office_of_finance_is_named(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^tj-1
      doc: "示例调〔2020〕001号"
      approver: "区财政局"
      可用 2020X01     -100.00
      可用 2020Q01      100.00
    """
    assert told(found, "R07") == []
    assert found.messages == []


def test_r07_fails_a_transfer_without_a_document(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^tj-1
      可用 2020X01     -100.00
      可用 2020Q01      100.00
    """
    assert told(found, "R07") == [("stop", "tj-1"), ("warn", "tj-1")]


def test_r08_passes_a_supplement_with_its_document(found: Found) -> None:
    """
    2020-05-06 * "追加" ^zj-1
      doc: "示例预〔2020〕009号"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert told(found, "R08") == []
    assert found.messages == []


def test_r08_fails_a_reduction_without_one(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "追减" ^zj-1
      可用 2020X01     -100.00
      来源 04 11      100.00
    """
    assert told(found, "R08") == [("stop", "zj-1")]


def test_r08_fails_a_transfer_that_changes_the_total(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^zj-1
      event: "transfer"
      doc: "示例调〔2020〕001号"
      可用 2020X01     -100.00
      可用 2020Q01      150.00
      来源 03 39       -50.00
    """
    assert told(found, "R08") == [("stop", "zj-1")]


def test_r08_fails_a_supplement_that_gives_nothing_more(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "追加，实为调剂" ^zj-1
      event: "supplement"
      doc: "示例预〔2020〕009号"
      可用 2020X01     -100.00
      可用 2020J02      100.00

    2020-05-07 * "追减，反了方向" ^zj-2
      event: "reduction"
      doc: "示例预〔2020〕010号"
      可用 2020X01      100.00
      来源 04 11       -100.00
    """
    assert told(found, "R08") == [("stop", "zj-1"), ("stop", "zj-2")]
    assert "追加没有改变总额" in found.messages[0]


def test_r08_fails_a_transfer_out_of_nothing(found: Found) -> None:
    """
    2020-05-06 * "调剂" ^tj-1
      event: "transfer"
      doc: "示例调〔2020〕001号"
      可用 2020X01      100.00
      来源 03 11       -100.00

    2020-05-07 * "只加额度" ^tj-2
      event: "transfer"
      doc: "示例调〔2020〕002号"
      限额可用 2 30201     100.00
      限额来源 2 30201    -100.00
    """
    assert told(found, "R08") == [("stop", "tj-1"), ("stop", "tj-2")]


def test_r09_passes_with_the_finance_offices_word(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     100.00
      限额来源 2 30201    -100.00

    2020-05-06 * "调剂" ^tj-1
      line: "2020J01"
      doc: "示例调〔2020〕002号"
      approver: "财政局"
      限额可用 2 30201     -100.00
      限额可用 2 30217      100.00
    """
    assert told(found, "R09") == []
    assert found.messages == []


def test_r09_passes_between_other_classes(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     100.00
      限额来源 2 30201    -100.00

    2020-05-06 * "调剂" ^tj-1
      line: "2020J01"
      doc: "示例调〔2020〕002号"
      限额可用 2 30201     -100.00
      限额可用 2 30209      100.00
    """
    assert told(found, "R09") == []
    assert found.messages == []


def test_r09_fails_into_receptions(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     100.00
      限额来源 2 30201    -100.00

    2020-05-06 * "调剂" ^tj-1
      line: "2020J01"
      doc: "示例调〔2020〕002号"
      限额可用 2 30201     -100.00
      限额可用 2 30217      100.00
    """
    assert told(found, "R09") == [("stop", "tj-1")]


def test_r12_passes_to_the_same_purpose(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2019J01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^tj-1
      doc: "示例调〔2020〕003号"
      可用 2019J01     -100.00
      冻结 2019J01      100.00
    """
    assert told(found, "R12") == []
    assert found.messages == []


def test_r12_fails_carried_money_to_a_project(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2019J01     100000.00
      来源 01 11      -100000.00

    2020-05-06 * "调剂" ^tj-1
      doc: "示例调〔2020〕003号"
      可用 2019J01     -100.00
      可用 2020X01      100.00
    """
    assert told(found, "R12") == [("stop", "tj-1")]


def test_r15_passes_no_more_than_last_year(found: Found) -> None:
    """
    [rules.R15]
    same_period = "3000.00"
    ---
    2020-01-02 * "提前下达" ^tq-1
      可用 2020X01     5000.00
      来源 02 11      -5000.00

    2020-01-10 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     3000.00
      收入 11      -3000.00
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     2000.00
      来源 01 11      -2000.00
    """
    assert told(found, "R15") == []
    assert found.messages == []


def test_r15_fails_more_than_last_year(found: Found) -> None:
    """
    [rules.R15]
    same_period = "2999.99"
    ---
    2020-01-02 * "提前下达" ^tq-1
      可用 2020X01     5000.00
      来源 02 11      -5000.00

    2020-01-10 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     3000.00
      收入 11      -3000.00
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     2000.00
      来源 01 11      -2000.00
    """
    assert told(found, "R15") == [("warn", "pf-1")]


def test_r16_passes_half_the_year_half_the_money(found: Found) -> None:
    """
    [rules.R16]
    months = [6]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-06-30 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     400.00
      收入 11      -400.00
    """
    assert told(found, "R16") == []
    assert found.messages == []


def test_r16_fails_half_the_year_and_little_spent(found: Found) -> None:
    """
    [rules.R16]
    months = [6]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-06-30 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     390.00
      收入 11      -390.00
    """
    assert told(found, "R16") == [("warn", "zf-1")]


def test_r18_passes_half_in_december(found: Found) -> None:
    """
    [rules.R18]
    months = [12]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-12-10 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     500.00
      收入 11      -500.00
    """
    assert told(found, "R18") == []
    assert found.messages == []


def test_r18_fails_most_in_december(found: Found) -> None:
    """
    [rules.R18]
    months = [12]
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     1000.00
      来源 01 11      -1000.00

    2020-12-10 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     500.01
      收入 11      -500.01
    """
    assert told(found, "R18") == [("warn", "zf-1")]


def test_s08_passes_both_books(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01         100.00
      来源 01 11          -100.00
      限额可用 2 30229      100.00
      限额来源 2 30229     -100.00

    2020-02-01 * "冻结" ^dj-1
      可用 2020J01        -100.00
      冻结 2020J01         100.00
      限额可用 2 30229     -100.00
      限额冻结 2 30229      100.00
    """
    assert told(found, "S08") == []
    assert found.messages == []


def test_s08_warns_of_limits_that_no_approval_stands_behind(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01     100000.00
      来源 01 11      -100000.00

    2020-01-20 * "批复的经济分类额度" ^pf-2
      限额可用 2 30201     100.00
      限额来源 2 30201    -100.00

    2020-05-06 * "后来另加，没有文号" ^xe-1
      限额可用 2 30201     900.00
      限额来源 2 30201    -900.00

    2020-05-07 * "补充批复的经济分类额度" ^pf-3
      event: "appropriation"
      限额可用 2 30209     100.00
      限额来源 2 30209    -100.00
    """
    assert told(found, "S08") == [("warn", "xe-1")]


def test_s08_fails_one_book_alone(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01         100.00
      来源 01 11          -100.00
      限额可用 2 30229      100.00
      限额来源 2 30229     -100.00

    2020-02-01 * "冻结" ^dj-1
      可用 2020J01        -100.00
      冻结 2020J01         100.00
    """
    assert told(found, "S08") == [("stop", "dj-1")]
