"""Rules of the year's end by example: a ledger that each lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

from yusuan.ledger.rules.session import not_applicable

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives."""
    return documented(request.function.__doc__, tmp_path)


def test_r13_passes_what_is_left_after_two_years_is_taken_back(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-12-31 * "年末结转" ^jz-1
      结转 2020X01     100.00
      可用 2020X01    -100.00

    2021-01-01 * "上年结转" ^jz-2
      可用 2020X01     100.00
      来源 05 11      -100.00

    2021-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     60.00
      零余额                -60.00

    2021-12-31 * "收回" ^sh-1
      收回 2020X01      40.00
      可用 2020X01     -40.00

    2022-01-04 * "到账" ^dz-1
      event: "receipt"
      货币资金     1.00
      收入 39     -1.00
    """
    assert told(found, "R13") == []
    assert "R13" not in not_applicable(found.options)
    assert found.messages == []


def test_r13_fails_what_is_carried_again(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-12-31 * "年末结转" ^jz-1
      结转 2020X01     100.00
      可用 2020X01    -100.00

    2021-01-01 * "上年结转" ^jz-2
      可用 2020X01     100.00
      来源 05 11      -100.00

    2021-12-31 * "年末再结转" ^jz-3
      结转 2020X01     100.00
      可用 2020X01    -100.00
    """
    assert told(found, "R13") == [("stop", "jz-3")]
    assert found.messages == [
        (
            "[R13] 2021-12-31 2020年的项目指标 2020X01 信访专项结转已满两年，"
            "2021-12-31 又结转 100.00 元，应收回转为结余；基建项目竣工前的列入 exempt"
        )
    ]


def test_r13_fails_what_is_simply_kept(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2021-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     30.00
      零余额                -30.00

    2021-03-17 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30213     30.00
      零余额                -30.00

    2021-10-16 * "冻结" ^dj-1
      冻结 2020X01      15.00
      可用 2020X01     -15.00

    2022-01-04 * "到账" ^dz-1
      event: "receipt"
      货币资金     1.00
      收入 39     -1.00
    """
    assert told(found, "R13") == [("stop", "dj-1")]
    assert "2021-12-31 仍有额度 40.00 元" in found.messages[0]


UNFINISHED = """
2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00

2021-12-31 * "年末支付" ^zf-1
  line: "2020X01"
  支出 2010302 30213     60.00
  零余额                -60.00
"""
CLOSED = """
2021-12-31 * "年末结账" ^jz-1
  event: "closing"
  零余额       0.00
  收入 11      0.00
"""


@pytest.mark.parametrize(
    ("ledger", "told_of", "idle"),
    [
        (UNFINISHED, [], True),
        (UNFINISHED + CLOSED, [("stop", "pf-1")], False),
        (UNFINISHED.replace("2020X01", "2020J01").replace("2010302", "2010301") + CLOSED, [], True),
        (UNFINISHED.replace("2021-12", "2020-12") + CLOSED.replace("2021", "2020"), [], True),
        ('[rules.R13]\nexempt = ["2020X01"]\n---\n' + UNFINISHED + CLOSED, [], True),
    ],
    ids=["not yet closed", "closed", "not a project", "the first year", "exempt"],
)
def test_two_years_are_judged_when_the_second_is_closed(
    tmp_path: Path, ledger: str, told_of: list[tuple[str, str]], *, idle: bool
) -> None:
    found = documented(ledger, tmp_path)
    assert told(found, "R13") == told_of
    assert ("R13" in not_applicable(found.options)) is idle


def test_r14_passes_each_class_as_it_was(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01     100.00
      可用 2020R01      50.00
      来源 01 11      -150.00

    2020-12-31 * "年末结转" ^jz-1
      event: "carry"
      结转 2020J01     100.00
      结转 2020R01      50.00
      可用 2020J01    -100.00
      可用 2020R01     -50.00

    2021-01-01 * "上年结转，财政少批 10 元" ^jz-2
      event: "carry"
      可用 2020J01      90.00
      可用 2020R01      50.00
      来源 05 11      -140.00
    """
    assert told(found, "R14") == []
    assert "R14" not in not_applicable(found.options)
    assert found.messages == []


def test_r14_fails_a_class_that_became_another(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020R01      50.00
      来源 01 11       -50.00

    2020-12-31 * "年末结转" ^jz-1
      event: "carry"
      结转 2020R01      50.00
      可用 2020R01     -50.00

    2021-01-01 * "上年结转" ^jz-2
      event: "carry"
      可用 2020X01      50.00
      来源 05 11       -50.00
    """
    assert told(found, "R14") == [("info", "jz-2")]
    (said,) = (each for each in found.advice if each.rule == "R14")
    assert "2020年结转 人员 50.00 元，2021年转入 项目 50.00 元" in said.message


def test_r14_fails_basic_expenditure_that_lapses(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020R01      50.00
      来源 01 11       -50.00

    2020-12-31 * "年末收回" ^sh-1
      收回 2020R01      50.00
      可用 2020R01     -50.00
    """
    assert told(found, "R14") == [("info", "sh-1")]


def test_nothing_carried_nothing_judged(tmp_path: Path) -> None:
    """A project lapses at the end, basic expenditure in the year: neither is R14's."""
    ledger = """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      可用 2020R01      50.00
      来源 01 11      -150.00

    2020-11-30 * "年中收回" ^sh-1
      收回 2020R01      50.00
      可用 2020R01     -50.00

    2020-12-31 * "年末收回" ^sh-2
      收回 2020X01     100.00
      可用 2020X01    -100.00
    """
    found = documented(ledger, tmp_path)
    assert told(found, "R14") == []
    assert "R14" in not_applicable(found.options)


def test_r29_passes_what_was_aimed_at(found: Found) -> None:
    """
    [rules.R29]
    target = "98"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     49.00
      零余额                -49.00

    2020-05-16 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30213     49.00
      零余额                -49.00

    2020-12-31 * "年末收回" ^sh-1
      收回 2020X01       2.00
      可用 2020X01      -2.00
    """
    assert told(found, "R29") == []
    assert "R29" not in not_applicable(found.options)
    assert found.messages == []


def test_r29_fails_less(found: Found) -> None:
    """
    [rules.R29]
    target = "98"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     48.00
      零余额                -48.00

    2020-05-16 * "支付" ^zf-2
      line: "2020X01"
      支出 2010302 30213     49.99
      零余额                -49.99

    2020-12-31 * "年末收回" ^sh-1
      收回 2020X01       2.01
      可用 2020X01      -2.01
    """
    assert told(found, "R29") == [("warn", "sh-1")]
    (said,) = (each for each in found.advice if each.rule == "R29")
    assert said.message == (
        "[R29] 2020-12-31 指标 2020X01 2020年预算执行率 97.99%，低于目标 98%"
        "（全年预算 100.00 元，执行 97.99 元）；请说明原因"
    )
