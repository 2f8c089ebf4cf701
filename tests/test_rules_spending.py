"""Rules of spending by example: a ledger that each lets through, and one that it does not.

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


def test_r01_passes_what_is_available(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R01") == []
    assert found.messages == []


def test_r01_fails_one_fen_more(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     99.99
      来源 01 11      -99.99

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R01") == [("stop", "zf-1")]


def test_r03_passes_a_code_of_the_year(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R03") == []
    assert found.messages == []


def test_r03_fails_a_code_that_came_later(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2013901 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R03") == [("stop", "zf-1")]


def test_r03_fails_a_limit_for_a_code_that_there_is_not(found: Found) -> None:
    """
    2020-02-01 * "追加，写了政府预算经济分类" ^zj-1
      event: "supplement"
      doc: "示例预〔2020〕009号"
      可用 2020K01     100.00
      来源 03 11      -100.00
      限额可用 2020K01 50201     100.00
      限额来源 2020K01 50201    -100.00

    2020-02-02 * "追加，款写错了" ^zj-2
      event: "supplement"
      doc: "示例预〔2020〕010号"
      可用 2020K01     100.00
      来源 03 11      -100.00
      限额可用 2020K01 30288     100.00
      限额来源 2020K01 30288    -100.00
    """
    assert told(found, "R03") == [("stop", "zj-1"), ("warn", "zj-2")]


def test_r04_passes_the_function_of_the_line(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R04") == []
    assert found.messages == []


def test_r04_fails_another_function(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00

    2020-03-16 * "支付" ^zf-1
      line: "2020X01"
      支出 2010301 30201     100.00
      收入 11      -100.00
    """
    assert told(found, "R04") == [("stop", "zf-1")]


def test_r05_passes_a_class_that_is_the_lines_own(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00
    2020-01-20 * "批复" ^pf-2
      可用 2020Q02     100000.00
      来源 01 39      -100000.00

    2020-03-16 * "支付" ^zf-1
      class: "项目"
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-2
      class: "公用"
      line: "2020Q02"
      支出 2010350 30201     100.00
      货币资金     -100.00
    """
    assert told(found, "R05") == []
    assert found.messages == []


def test_r05_fails_a_class_of_another_kind(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100000.00
      来源 01 11      -100000.00
    2020-01-20 * "批复" ^pf-2
      可用 2020Q02     100000.00
      来源 01 39      -100000.00

    2020-03-16 * "支付" ^zf-1
      class: "公用"
      line: "2020X01"
      支出 2010302 30201     100.00
      收入 11      -100.00

    2020-03-16 * "支付" ^zf-2
      class: "项目"
      line: "2020Q02"
      支出 2010350 30201     100.00
      货币资金     -100.00

    2020-03-16 * "工资列在项目上" ^zf-3
      line: "2020X01"
      支出 2010302 30101     100.00
      收入 11      -100.00
    """
    assert told(found, "R05") == [("stop", "zf-1"), ("stop", "zf-2"), ("warn", "zf-3")]


def test_r06_passes_each_class_its_own_codes(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020Q02     100000.00
      来源 01 39      -100000.00

    2020-03-16 * "支付" ^zf-1
      class: "公用"
      line: "2020Q02"
      支出 2010350 30201     100.00
      货币资金     -100.00

    2020-03-16 * "支付" ^zf-2
      class: "人员"
      line: "2020Q02"
      支出 2010350 30101     100.00
      货币资金     -100.00

    2020-03-16 * "没有分人员和公用的不判断" ^zf-3
      line: "2020Q02"
      支出 2010350 30101     100.00
      货币资金     -100.00
    """
    assert told(found, "R06") == []
    assert found.messages == []


def test_r06_fails_wages_out_of_running_costs(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020Q02     100000.00
      来源 01 39      -100000.00

    2020-03-16 * "支付" ^zf-1
      class: "公用"
      line: "2020Q02"
      支出 2010350 30101     100.00
      货币资金     -100.00

    2020-03-16 * "支付" ^zf-2
      class: "公用"
      line: "2020Q02"
      支出 2010350 30306     100.00
      货币资金     -100.00

    2020-03-16 * "支付" ^zf-3
      class: "人员"
      line: "2020Q02"
      支出 2010350 30201     100.00
      货币资金     -100.00
    """
    assert told(found, "R06") == [("stop", "zf-1"), ("warn", "zf-2"), ("warn", "zf-3")]


def test_r20_passes_within_the_limit(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01         100.00
      来源 01 11          -100.00
      限额可用 2 30229      100.00
      限额来源 2 30229     -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020J01"
      支出 2010301 30229     100.00
      收入 11      -100.00
    """
    assert told(found, "R20") == []
    assert found.messages == []


def test_r20_fails_beyond_it(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020J01         100.00
      来源 01 11          -100.00
      限额可用 2 30229      99.00
      限额来源 2 30229     -99.00

    2020-03-16 * "支付" ^zf-1
      line: "2020J01"
      支出 2010301 30229     100.00
      收入 11      -100.00
    """
    assert told(found, "R20") == [("info", "zf-1")]


def test_r24_passes_pensions_as_pensions(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020R01         100.00
      来源 01 11          -100.00
      限额可用 1 30108      100.00
      限额来源 1 30108     -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020R01"
      支出 2080505 30108     100.00
      收入 11      -100.00
    """
    assert told(found, "R24") == []
    assert found.messages == []


def test_r24_fails_pensions_as_wages(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020R01         100.00
      来源 01 11          -100.00
      限额可用 1 30101      100.00
      限额来源 1 30101     -100.00

    2020-03-16 * "支付" ^zf-1
      line: "2020R01"
      支出 2080505 30101     100.00
      收入 11      -100.00
    """
    assert told(found, "R24") == [("warn", "zf-1")]


def test_r30_passes_an_institution(found: Found) -> None:
    """
    [unit]
    kind = "事业"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020Q02         200.00
      来源 01 39          -200.00

    2020-03-16 * "支付" ^zf-1
      line: "2020Q02"
      支出 2010350 30107     100.00
      货币资金     -100.00
    """
    assert told(found, "R30") == []
    assert found.messages == []


def test_r30_fails_an_administrative_unit(found: Found) -> None:
    """
    [unit]
    kind = "行政"
    ---
    2020-01-20 * "批复" ^pf-1
      可用 2020Q02         200.00
      来源 01 39          -200.00

    2020-03-16 * "支付" ^zf-1
      line: "2020Q02"
      支出 2010350 30107     100.00
      货币资金     -100.00

    2020-03-16 * "只提示一次" ^zf-2
      line: "2020Q02"
      支出 2010350 30107     100.00
      货币资金     -100.00
    """
    assert told(found, "R30") == [("warn", "zf-1")]
