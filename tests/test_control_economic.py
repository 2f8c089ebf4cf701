"""The economic layer: what a 款 may be spent on beside the line, and what it leaves alone."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import MONEY_ENOUGH
from tests.ledgers import chart
from tests.ledgers import header
from tests.ledgers import load
from tests.ledgers import load_text
from tests.ledgers import opened
from tests.ledgers import spelled

if TYPE_CHECKING:
    from tests.ledgers import Found

#: Ample authority on every line, so that only the economic layer can bind.
AMPLE = """
2020-01-01 * "批复" ^pf-0
  可用 2020J01    9000.00
  可用 2020J02    9000.00
  可用 2020R01    9000.00
  可用 2020X01    9000.00
  可用 2020K01    9000.00
  可用 2019J01    9000.00
  可用 2020Q01    9000.00
  可用 2020Q02    9000.00
  来源 01 11    -54000.00
  来源 01 39    -18000.00
"""


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives, with ample lines, under the strict plugin."""
    return load(AMPLE + dedent(request.function.__doc__))


def test_exactly_the_limit_passes(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     500.00
      限额来源 2 30201    -500.00

    2020-03-16 * "办公费" ^zf-1
      line: "2020J01"
      支出 2010301 30201     300.00
      零余额                -300.00

    2020-03-17 * "另一条基本支出指标，同一限额" ^zf-2
      line: "2020J02"
      支出 2010350 30201     200.00
      零余额                -200.00
    """
    assert found.messages == []


def test_one_fen_more_fails(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     500.00
      限额来源 2 30201    -500.00

    2020-03-16 * "办公费" ^zf-1
      line: "2020J01"
      支出 2010301 30201     300.00
      零余额                -300.00

    2020-03-17 * "另一条基本支出指标，同一限额" ^zf-2
      line: "2020J02"
      支出 2010350 30201     200.01
      零余额                -200.01
    """
    assert found.messages == [
        (
            "[R01] 2020-03-17 超预算：功能科目 2010350 事业运行，指标 2020J02 事业运行，"
            "经济科目 30201 办公费，按公用经费经济分类额度可用 200.00 元，申请 200.01 元，缺口 0.01 元"
        )
    ]
    assert found.ids == [("R01", "zf-2")]


def test_before_the_limit_is_given_there_is_none(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     500.00
      限额来源 2 30201    -500.00

    2020-01-19 * "早了一天" ^zf-1
      line: "2020J01"
      支出 2010301 30201     300.00
      零余额                -300.00
    """
    assert found.ids == [("R01", "zf-1")]
    assert "按公用经费经济分类额度可用 0.00 元，申请 300.00 元" in found.messages[0]


def test_an_economic_class_without_a_limit_may_not_be_spent(found: Found) -> None:
    """
    2020-03-16 * "差旅费没有额度" ^zf-1
      line: "2020J01"
      支出 2010301 30211     300.00
      零余额                -300.00

    2020-03-17 * "人员类指标只用人员经费额度" ^zf-2
      line: "2020R01"
      支出 2080505 30201     300.00
      零余额                -300.00
    """
    assert found.messages == [
        (
            "[R01] 2020-03-16 无预算支出：功能科目 2010301 行政运行，指标 2020J01 基本支出，经济科目 30211 差旅费，"
            "申请 300.00 元：经济分类 30211 在人员经费、公用经费中没有额度，未列入预算的不得支出"
        ),
        (
            "[R01] 2020-03-17 无预算支出：功能科目 2080505 机关事业单位基本养老保险缴费支出，指标 2020R01 养老保险，"
            "经济科目 30201 办公费，申请 300.00 元：经济分类 30201 在人员经费中没有额度，未列入预算的不得支出"
        ),
    ]


def test_where_both_have_a_limit_the_posting_says_which(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 1 30399     100.00
      限额来源 1 30399    -100.00
      限额可用 2 30399      50.00
      限额来源 2 30399     -50.00

    2020-03-16 * "没有说" ^zf-1
      line: "2020J01"
      支出 2010301 30399       1.00
      零余额                  -1.00

    2020-03-17 * "凭证上说" ^zf-2
      line: "2020J01"
      class: "人员"
      支出 2010301 30399     100.00
      零余额                -100.00

    2020-03-18 * "分录上说" ^zf-3
      line: "2020J01"
      class: "人员"
      支出 2010301 30399      50.01
        class: "公用"
      零余额                 -50.01

    2020-03-19 * "说错" ^zf-4
      line: "2020J01"
      class: "项目"
      支出 2010301 30399       1.00
      零余额                  -1.00
    """
    assert {rule for rule, _ in found.ids} == {"R01"}
    by_id = dict(zip((id_ for _, id_ in found.ids), found.messages, strict=True))
    assert by_id.keys() == {"zf-1", "zf-3", "zf-4"}
    assert "须用 class 注明人员或公用" in by_id["zf-1"]
    assert "按公用经费经济分类额度可用 50.00 元，申请 50.01 元，缺口 0.01 元" in by_id["zf-3"]
    assert "class 应为人员或公用，不是“项目”" in by_id["zf-4"]


def test_a_class_that_contradicts_the_line_has_no_limit(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30399      50.00
      限额来源 2 30399     -50.00

    2020-03-16 * "人员类指标列公用" ^zf-1
      line: "2020R01"
      class: "公用"
      支出 2080505 30399       1.00
      零余额                  -1.00

    2020-03-17 * "公用没有30101" ^zf-2
      line: "2020J01"
      class: "公用"
      支出 2010301 30101       1.00
      零余额                  -1.00
    """
    assert found.ids == [("R01", "zf-1"), ("R01", "zf-2")]
    assert all("没有额度" in message for message in found.messages)


def test_other_lines_leave_the_layer_alone(found: Found) -> None:
    """
    2020-03-16 * "项目支出" ^zf-1
      line: "2020X01"
      支出 2010302 30201     300.00
      零余额                -300.00

    2020-03-16 * "非一般公共预算" ^zf-2
      line: "2020Q01"
      支出 2010301 30201     300.00
      货币资金              -300.00

    2020-03-16 * "非一般公共预算的基本支出" ^zf-4
      line: "2020Q02"
      支出 2010350 30201     300.00
      货币资金              -300.00

    2020-03-16 * "以前年度结转的基本支出" ^zf-3
      line: "2019J01"
      支出 2010301 30201     300.00
      零余额                -300.00
    """
    assert found.messages == []
    legs = [posting.units.currency for entry in found.entries[-4:] for posting in entry.postings]
    assert "CNY-JJ" not in legs


def test_a_line_with_economic_codes_of_its_own_is_its_own_scope(found: Found) -> None:
    """
    2020-01-20 * "下达" ^pf-1
      限额可用 2020K01 30201     100.00
      限额来源 2020K01 30201    -100.00

    2020-03-16 * "列入指标的款" ^zf-1
      line: "2020K01"
      支出 2010308 30201     100.00
      零余额                -100.00

    2020-03-17 * "已用完" ^zf-2
      line: "2020K01"
      支出 2010308 30201       0.01
      零余额                  -0.01

    2020-03-18 * "没有列入的款" ^zf-3
      line: "2020K01"
      class: "公用"
      支出 2010308 30209       0.01
      零余额                  -0.01
    """
    assert found.ids == [("R01", "zf-2"), ("R01", "zf-3")]
    assert "按办案经费经济分类额度可用 0.00 元" in found.messages[0]
    assert "经济分类 30209 在指标 2020K01中没有额度" in found.messages[1]


def test_authority_moves_between_classes_inside_a_line(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30201     500.00
      限额来源 2 30201    -500.00

    2020-03-01 * "调剂" ^tj-1
      doc: "示例预〔2020〕001号"
      限额可用 2 30201    -200.00
      限额可用 2 30209     200.00

    2020-03-16 * "物业费" ^zf-1
      line: "2020J01"
      支出 2010301 30209     200.00
      支出 2010301 30201     300.00
      零余额                -500.00

    2020-03-17 * "再调剂已无" ^tj-2
      doc: "示例预〔2020〕001号"
      限额可用 2 30201      -0.01
      限额可用 2 30209       0.01
    """
    assert found.ids == [("R01", "tj-2")]
    assert found.messages == [
        (
            "[R01] 2020-03-17 超预算：公用经费经济科目 30201 办公费，"
            "按公用经费经济分类额度可用 0.00 元，申请 0.01 元，缺口 0.01 元"
        )
    ]


def test_a_commitment_sets_the_class_aside_too(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30209     500.00
      限额来源 2 30209    -500.00

    2020-02-01 * "物业合同" ^ht-1
      可用 2020J01          -400.00
      占用 2020J01           400.00
      限额可用 2 30209      -400.00
      限额占用 2 30209       400.00

    2020-02-02 * "合同外只余100" ^zf-1
      line: "2020J01"
      支出 2010301 30209     100.01
      零余额                -100.01

    2020-02-03 * "按合同支付" ^zf-2
      line: "2020J01"
      commitment: "ht-1"
      支出 2010301 30209     400.00
      零余额                -400.00

    2020-02-04 * "冻结需有余额" ^dj-1
      可用 2020J01          -0.01
      冻结 2020J01           0.01
      限额可用 2 30209      -0.01
      限额冻结 2 30209       0.01
    """
    assert found.ids == [("R01", "zf-1"), ("R01", "dj-1")]


def test_a_refund_restores_its_class(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      限额可用 2 30209     100.00
      限额来源 2 30209    -100.00

    2020-02-02 * "支付" ^zf-1
      line: "2020J01"
      支出 2010301 30209     100.00
      零余额                -100.00

    2020-02-03 * "退回" ^th-1
      event: "refund"
      line: "2020J01"
      支出 2010301 30209     -30.00
      零余额                  30.00

    2020-02-04 * "再支付" ^zf-2
      line: "2020J01"
      支出 2010301 30209      30.01
      零余额                 -30.01
    """
    assert found.ids == [("R01", "zf-2")]
    assert found.messages[0].endswith("可用 30.00 元，申请 30.01 元，缺口 0.01 元")


def test_without_any_limit_in_the_book_the_layer_is_off() -> None:
    short = """
    2020-02-02 * "支付" ^zf-1
      line: "2020J01"
      支出 2010301 30211     100.00
      零余额                -100.00
    """
    begun = MONEY_ENOUGH + AMPLE
    lines_alone = opened(chart(begun + short, limits=()))
    found = load_text(header() + lines_alone + spelled(begun) + spelled(short))
    assert found.messages == []
