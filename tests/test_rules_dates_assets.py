"""Rules of dates and of the second book by example, and what a line's own target does.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger; what the rule says
of it stands below.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount import loader
from beancount.core.data import Open
from beancount.core.data import Transaction
from tests.ledgers import book
from tests.ledgers import documented
from tests.ledgers import load_text
from tests.ledgers import told

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.config import Settings
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.rules.assets import Capitalised
from yusuan.ledger.rules.carried import Carried
from yusuan.ledger.rules.carried import _turned
from yusuan.ledger.rules.deadlines import Timely
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.session import not_applicable
from yusuan.ledger.rules.yearend import Closed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found

    from yusuan.ledger.rules.family import Family


@pytest.fixture
def found(request: pytest.FixtureRequest, tmp_path: Path) -> Found:
    """What the ledger in the test's docstring gives."""
    return documented(request.function.__doc__, tmp_path)


def test_r28_passes_in_time(found: Found) -> None:
    """
    2020-02-14 * "批复" ^pf-1
      congress: 2020-01-10
      received: 2020-01-30
      published: "2020-03-05"
      可用 2020X01     100.00
      来源 01 11      -100.00
    """
    assert told(found, "R28") == []
    assert "R28" not in not_applicable(found.options)
    assert found.messages == []


def test_r28_fails_a_day_late_at_every_step(found: Found) -> None:
    """
    2020-02-15 * "批复" ^pf-1
      congress: 2020-01-09
      received: 2020-01-30
      published: "2020-03-07"
      可用 2020X01     100.00
      来源 01 11      -100.00
    """
    assert told(found, "R28") == [("warn", "pf-1")] * 3
    said = [each.message for each in found.advice if each.rule == "R28"]
    assert said == [
        "[R28] 2020-02-15 财政部门批复迟了：应在人大批准（2020-01-09）后 20 日内，2020-01-30 为第 21 日",
        "[R28] 2020-02-15 部门批复所属单位迟了：应在收到批复（2020-01-30）后 15 日内，2020-02-15 为第 16 日",
        "[R28] 2020-02-15 公开迟了：应在批复（2020-02-15）后 20 日内，2020-03-07 为第 21 日",
    ]


@pytest.mark.parametrize(
    ("dates", "settings", "count"),
    [
        ("congress: 2020-01-20", "", 0),
        ("congress: 2020-01-19", "", 1),
        ("congress: 2020-01-19", "[rules.R28]\nfinance = 21\n", 0),
        ('published: "三月"', "", 1),
    ],
)
def test_dates_and_days_may_be_given_one_by_one(
    tmp_path: Path, dates: str, settings: str, count: int
) -> None:
    ledger = f"""{settings}---
2020-02-09 * "批复" ^pf-1
  {dates}
  可用 2020X01     100.00
  来源 01 11      -100.00
"""
    assert told(documented(ledger, tmp_path), "R28") == [("warn", "pf-1")] * count


def test_an_approval_without_dates_is_not_judged(tmp_path: Path) -> None:
    ledger = '2020-02-09 * "批复" ^pf-1\n  可用 2020X01     100.00\n  来源 01 11      -100.00\n'
    assert "R28" in not_applicable(documented(ledger, tmp_path).options)


BOOKS = """
2020-01-01 open Assets:1601-固定资产 CNY-CW
2020-01-01 open Liabilities:2302-应付账款 CNY-CW
2020-01-01 open Expenses:5001-业务活动费用 CNY-CW
2020-01-01 open Income:4001-财政拨款收入 CNY-CW

2020-01-20 * "批复" ^pf-1
  可用 2020X01     100000.00
  来源 01 11      -100000.00
"""


def purchase(number: int, economic: str, account: str = "") -> str:
    """A payment out of a project, and its entry in the financial book if there is one."""
    financial = f"  {account}   80.00 CNY-CW\n  Income:4001-财政拨款收入   -80.00 CNY-CW\n"
    return f"""
2020-06-{number:02d} * "购置" ^zf-{number}
  id: "zf-{number}"
  line: "2020X01"
  支出 2010302 {economic}     80.00
  零余额                -80.00
{financial if account else ""}"""


FIXED, PAYABLE, COST = "Assets:1601-固定资产", "Liabilities:2302-应付账款", "Expenses:5001-业务活动费用"  # fmt: skip


def test_r25_passes_an_asset_out_of_capital_expenditure(tmp_path: Path) -> None:
    entries = (
        purchase(1, "31002", FIXED),
        purchase(2, "30201", COST),
        purchase(3, "31002", PAYABLE),  # the asset was booked when it came
        purchase(4, "31002"),
        purchase(5, "31002", FIXED),
    )
    found = documented(BOOKS + "".join(entries), tmp_path)
    assert told(found, "R25") == []
    assert "R25" not in not_applicable(found.options)
    assert found.messages == []


def test_r25_fails_an_asset_out_of_running_costs_and_the_reverse(tmp_path: Path) -> None:
    entries = (
        purchase(1, "30201", FIXED),
        purchase(2, "31002", COST),
        purchase(3, "31002", FIXED),
        purchase(4, "30201", FIXED),  # like the first
    )
    found = documented(BOOKS + "".join(entries), tmp_path)
    assert told(found, "R25") == [("warn", "zf-1"), ("warn", "zf-2"), ("warn", "zf-4")]
    said = [each.message for each in found.advice if each.rule == "R25"]
    assert any(
        "财务会计记入资产科目 1601，预算支出列 30201，不是资本性支出" in each for each in said
    )
    assert any("预算支出列资本性支出 31002，财务会计没有记入资产科目" in each for each in said)


def test_one_book_alone_has_nothing_to_agree_with(tmp_path: Path) -> None:
    found = documented(BOOKS + purchase(1, "31002"), tmp_path)
    assert "R25" in not_applicable(found.options)


LITTLE = """
2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00

2020-03-16 * "支付" ^zf-1
  line: "2020X01"
  支出 2010302 30213     50.00
  零余额                -50.00

2020-12-30 * "到账" ^dz-1
  event: "receipt"
  货币资金     1.00
  收入 39     -1.00
"""
DECLARED = '  line: "2020X01"\n  class: "项目"\n'


def aimed(target: str, ledger: str = LITTLE) -> Found:
    """Load a ledger whose line declares a target in its `open` directive."""
    whole = book(ledger)
    assert whole.count(DECLARED) == 1
    return load_text(whole.replace(DECLARED, f"{DECLARED}  target: {target}\n"))


@pytest.mark.parametrize(
    ("target", "last", "told_of"),
    [
        ('"51"', "12-30", []),
        ('"51"', "12-31", [("warn", "pf-1")]),
        ('"51%"', "12-31", [("warn", "pf-1")]),
        ("50.01", "12-31", [("warn", "pf-1")]),
        ('"50"', "12-31", []),
    ],
)
def test_a_line_may_have_a_target_of_its_own(
    target: str, last: str, told_of: list[tuple[str, str]]
) -> None:
    found = aimed(target, LITTLE.replace("12-30", last))
    assert told(found, "R29") == told_of
    assert ("R29" in not_applicable(found.options)) is (last == "12-30")


@pytest.mark.parametrize("target", ['"很多"', '"0"', '"101"', "-5", '"NaN"', "2020-01-01"])
def test_a_target_that_is_none_is_said_so(target: str) -> None:
    found = aimed(target)
    said = [each.message for each in found.advice if each.rule == "R29"]
    assert len(said) == 1
    assert "应为大于 0、不超过 100 的百分数" in said[0]


def test_a_line_without_a_budget_is_not_divided_by(tmp_path: Path) -> None:
    ledger = """
    [rules.R29]
    target = "98"
    ---
    2020-12-31 * "到账" ^dz-1
      event: "receipt"
      货币资金     1.00
      收入 39     -1.00
    """
    found = documented(ledger, tmp_path)
    assert found.messages == []
    assert "R29" in not_applicable(found.options)


@pytest.mark.parametrize(
    ("out", "into", "turned"),
    [
        ({"人员": 5, "公用": 5}, {"人员": 5, "公用": 5}, False),
        ({"人员": 5, "公用": 5}, {"人员": 4, "公用": 0}, False),  # less of all was approved
        ({"人员": 5, "公用": 5}, {"人员": 4, "公用": 6}, True),
        ({"人员": 5, "公用": 5}, {"人员": 6, "公用": 4}, True),
        ({"人员": 5, "公用": 5}, {"基本": 10}, True),
        ({"基本": 10}, {"人员": 6, "公用": 4}, False),
        ({"基本": 10, "项目": 1}, {"基本": 9, "项目": 2}, True),
        ({"基本": 10, "项目": 1}, {"基本": 10, "项目": 2}, False),
        ({}, {"基本": 10}, False),
    ],
)
def test_what_is_a_change_of_class(
    out: dict[str, int], into: dict[str, int], *, turned: bool
) -> None:
    classes = ("人员", "公用", "基本", "项目")
    before, after = ({each: Decimal(sums.get(each, 0)) for each in classes} for sums in (out, into))
    assert _turned(before, after) is turned


def test_what_was_learned_can_be_gone_back_to() -> None:
    """Judging the end of a book twice from the same checkpoint finds the same twice."""
    late = LITTLE.replace("12-30", "12-31").replace(
        "\n  可用", "\n  congress: 2019-12-01\n  可用", 1
    )
    whole = book(late + BOOKS + purchase(1, "30201", FIXED))
    entries, _, _ = loader.load_string(whole.replace(DECLARED, f"{DECLARED}  target: 98\n"))
    cut = next(at for at, entry in enumerate(entries) if "zf-1" in getattr(entry, "links", ()))
    ground = Ground(Layers(register(entries)), Settings(), EventReader())
    for kind in (Closed, Carried, Capitalised, Timely):
        family = kind(ground)
        shown(family, entries[:cut], ground)
        saved = family.checkpoint()
        shown(family, entries[cut:], ground)
        first = family.finish()
        family.restore(saved)
        shown(family, entries[cut:], ground)
        assert family.finish() == first
        assert bool(first) is (kind is not Carried)


def shown(family: Family, entries: list[Any], ground: Ground) -> None:
    """Show entries to a family."""
    for entry in entries:
        if isinstance(entry, Open):
            family.opening(entry)
        elif isinstance(entry, Transaction):
            family.transaction(entry, ground.reader.event(entry))
