"""Special limits (三公, 采购) by example: a ledger that each rule lets through, and one not.

`test_<rule>_passes_…` and `test_<rule>_fails_…`: the docstring is the ledger, with the settings it
needs above a line `---`; what the rule says of it stands below. R09 on transfers between 款
stands in test_rules_changes.
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


def test_r09_passes_three_public_up_to_the_fen_of_its_limit(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10000.00
      来源 01 11      -10000.00

    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      专项可用 0102     500.00
      专项来源 0102    -500.00

    2020-03-01 * "接待" ^zf-1
      line: "2020X01"
      支出 2010302 30217     500.00
      零余额                -500.00
    """
    assert found.messages == []


def test_r09_fails_a_fen_more_even_inside_a_project(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10000.00
      来源 01 11      -10000.00

    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      专项可用 0102     500.00
      专项来源 0102    -500.00

    2020-03-01 * "接待" ^zf-1
      line: "2020X01"
      支出 2010302 30217     300.00
      零余额                -300.00

    2020-03-02 * "接待" ^zf-2
      line: "2020X01"
      支出 2010302 30217     200.01
      零余额                -200.01
    """
    assert told(found, "R09") == [("stop", "zf-2")]
    (message,) = found.messages
    assert "按三公经费额度 公务接待费 可用 200.00 元，申请 200.01 元，缺口 0.01 元" in message
    assert "指标 2020X01 信访专项，经济科目 30217 公务接待费" in message


def test_r09_fails_spending_before_the_limit_is_given(found: Found) -> None:
    """
    2020-01-10 * "批复" ^pf-1
      可用 2020X01     10000.00
      来源 01 11      -10000.00

    2020-01-15 * "接待" ^zf-1
      line: "2020X01"
      支出 2010302 30217     100.00
      零余额                -100.00

    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      专项可用 0102     500.00
      专项来源 0102    -500.00
    """
    assert told(found, "R09") == [("stop", "zf-1")]


def test_r09_fails_an_increase_without_the_finance_office(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      专项可用 0102     500.00
      专项来源 0102    -500.00

    2020-05-06 * "追加" ^zj-1
      event: "supplement"
      doc: "示例预〔2020〕009号"
      approver: "本单位"
      专项可用 0102     100.00
      专项来源 0102    -100.00

    2020-05-07 * "不说是什么" ^zj-2
      专项可用 0102     100.00
      专项来源 0102    -100.00

    2020-05-08 * "三公之间" ^tj-1
      event: "transfer"
      doc: "示例调〔2020〕009号"
      专项可用 0102    -100.00
      专项可用 0104     100.00
    """
    assert told(found, "R09") == [("stop", "tj-1"), ("stop", "zj-1"), ("stop", "zj-2")]


def test_r09_passes_an_increase_that_the_finance_office_approved(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      专项可用 0102     500.00
      专项来源 0102    -500.00

    2020-05-06 * "追加" ^zj-1
      event: "supplement"
      doc: "示例预〔2020〕009号"
      approver: "财政局"
      专项可用 0102     100.00
      专项来源 0102    -100.00

    2020-05-07 * "追减" ^kj-1
      event: "reduction"
      doc: "示例预〔2020〕010号"
      专项可用 0102    -300.00
      专项来源 0102     300.00
    """
    assert found.messages == []


def test_r10_passes_no_more_than_last_year(found: Found) -> None:
    """
    [rules.R10]
    last_year = "500.00"
    ---
    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      tolerance: "200.00"
      专项可用 0102     400.00
      专项可用 0104     300.00
      专项来源 0102    -400.00
      专项来源 0104    -300.00
    """
    assert told(found, "R10") == []
    assert "R10" not in not_applicable(found.options)


def test_r10_fails_more_than_last_year(found: Found) -> None:
    """
    [rules.R10]
    last_year = "499.99"
    ---
    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      tolerance: "200.00"
      专项可用 0102     400.00
      专项可用 0104     300.00
      专项来源 0102    -400.00
      专项来源 0104    -300.00
    """
    assert told(found, "R10") == [("warn", "pf-3")]


def test_r10_passes_more_for_a_reason(found: Found) -> None:
    """
    [rules.R10]
    last_year = "100.00"
    ---
    2020-01-20 * "批复" ^pf-3
      event: "appropriation"
      reason: "公务用车到期更新"
      专项可用 0103     180000.00
      专项来源 0103    -180000.00
    """
    assert told(found, "R10") == []


def test_r10_fails_against_the_year_before_in_the_book(found: Found) -> None:
    """
    2019-01-20 * "批复" ^pf-2019
      event: "appropriation"
      专项可用 0102     400.00
      专项来源 0102    -400.00

    2019-12-31 * "收回" ^sh-2019
      event: "lapse"
      专项可用 0102    -400.00
      专项来源 0102     400.00

    2020-01-20 * "批复" ^pf-2020
      event: "appropriation"
      专项可用 0102     400.00
      专项来源 0102    -400.00

    2020-06-01 * "追加" ^zj-2020
      event: "supplement"
      doc: "示例预〔2020〕009号"
      approver: "财政局"
      专项可用 0102       0.01
      专项来源 0102      -0.01
    """
    assert told(found, "R10") == [("warn", "zj-2020")]


def test_r11_passes_procurement_up_to_its_limit(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10000.00
      可用 2020Q01     10000.00
      来源 01 11      -10000.00
      来源 01 39      -10000.00

    2020-01-20 * "采购预算" ^pf-4
      专项可用 0201     3000.00
      专项来源 0201    -3000.00

    2020-03-01 * "电脑" ^zf-1
      line: "2020X01"
      procurement: "货物"
      支出 2010302 31002     1000.00
      零余额                -1000.00

    2020-03-02 * "电脑，单位资金" ^zf-2
      line: "2020Q01"
      procurement: "货物"
      支出 2010301 31002     2000.00
      货币资金              -2000.00

    2020-03-03 * "不是政府采购" ^zf-3
      line: "2020X01"
      支出 2010302 31002     4000.00
      零余额                -4000.00
    """
    assert found.messages == []
    assert "R11" not in not_applicable(found.options)


def test_r11_fails_a_fen_more_of_any_money(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10000.00
      可用 2020Q01     10000.00
      来源 01 11      -10000.00
      来源 01 39      -10000.00

    2020-01-20 * "采购预算" ^pf-4
      专项可用 0201     3000.00
      专项来源 0201    -3000.00

    2020-03-01 * "电脑" ^zf-1
      line: "2020X01"
      procurement: "货物"
      支出 2010302 31002     1000.00
      零余额                -1000.00

    2020-03-02 * "电脑和安装" ^zf-2
      line: "2020Q01"
      支出 2010301 30214      500.00
      支出 2010301 31002     2000.01
        procurement: "货物"
      货币资金              -2500.01
    """
    assert told(found, "R11") == [("stop", "zf-2")]
    (message,) = found.messages
    assert "按政府采购额度 货物 可用 2000.00 元，申请 2000.01 元" in message


def test_r11_fails_words_of_a_budget_that_do_not_add_up(tmp_path: Path) -> None:
    """Figures of the prose, as `import` keeps them: 100 元 of rounding are let through."""
    ledger = """
    [unit]
    years = [2020]
    ---
    """
    write_figures(tmp_path, procurement="28000.00", procurement_goods="27900.00")
    found = documented(ledger, tmp_path)
    assert [each for each in found.advice if each.rule == "R11"] == []
    assert "R11" not in not_applicable(found.options)
    write_figures(
        tmp_path,
        procurement="28000.00",
        procurement_goods="27000.00",
        procurement_services="899.99",
        procurement_sme="28100.01",
        procurement_small="28200.02",
    )
    found = documented(ledger, tmp_path)
    said = [each.message for each in found.advice if each.rule == "R11"]
    assert [each.severity.value for each in found.advice if each.rule == "R11"] == ["warn"] * 3
    assert "28000.00 元不等于货物、工程、服务之和 27899.99 元" in said[0]
    assert "面向小微企业 28200.02 元多于面向中小企业预留 28100.01 元" in said[1]
    assert "面向中小企业预留 28100.01 元多于政府采购预算 28000.00 元" in said[2]
    assert found.messages == []


@pytest.mark.parametrize("text", ["figures = [", 'figures = ["x"]', '[[figures]]\nkey = "x"'])
def test_r11_fails_words_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    write_figures(tmp_path)
    (tmp_path / "2020" / "particulars.toml").write_text(text, "utf-8")
    found = documented("[unit]\nyears = [2020]\n---\n", tmp_path)
    assert ["读不出来" in each.message for each in found.advice if each.rule == "R11"] == [True]


def test_without_limits_nobody_is_held_to_any(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     10000.00
      来源 01 11      -10000.00

    2020-03-01 * "接待" ^zf-1
      line: "2020X01"
      procurement: "服务"
      支出 2010302 30217     500.00
      零余额                -500.00
    """
    assert found.messages == []
    assert {"R09", "R10", "R11"} <= set(not_applicable(found.options))


def write_figures(folder: Path, **figures: str) -> None:
    """Keep figures beside the ledger as `import` does."""
    (folder / "2020").mkdir(exist_ok=True)
    text = "".join(
        f'[[figures]]\nkey = "{key}"\namount = "{amount}"\nunit = "元"\n\n'
        for key, amount in figures.items()
    )
    (folder / "2020" / "particulars.toml").write_text(text, "utf-8")
