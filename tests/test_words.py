"""What an entry says in words that no rule knows is never passed over in silence (S12)."""

from __future__ import annotations

import pytest
from tests.ledgers import load
from tests.ledgers import told

APPROVED = """
2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00
"""
PAYMENT = """
2020-03-16 * "支付" ^zf-1
  id: "zf-1"
  line: "2020X01"
  支出 2010302 30213     60.00
  零余额                -60.00
"""
STOPPED, WARNED = [("stop", "zf-1")], [("warn", "zf-1")]


def said(old: str, new: str) -> list[tuple[str, str]]:
    """What S12 says of the payment with one thing changed; and of it alike behind a good one."""
    assert PAYMENT.count(old) == 1
    changed = PAYMENT.replace(old, new)
    small = PAYMENT.replace("zf-1", "zf-0").replace("60.00", "1.00")
    alone, behind = load(APPROVED + changed), load(APPROVED + small + changed)
    assert told(behind, "S12") == told(alone, "S12")
    return told(alone, "S12")


@pytest.mark.parametrize("flag", ["*", "!", "txn"])
def test_reviewed_or_not_are_the_flags(flag: str) -> None:
    assert said("03-16 *", f"03-16 {flag}") == []


@pytest.mark.parametrize("flag", list("PSTCURM#?%&"))
def test_any_other_flag_is_neither(flag: str) -> None:
    assert said("03-16 *", f"03-16 {flag}") == STOPPED


def test_an_increase_that_is_only_doubtful_does_not_pass_for_reviewed() -> None:
    """S03 asks for “!”; what is flagged “?” is not to slip past it."""
    assert told(load(APPROVED.replace("20 *", "20 ?")), "S12") == [("stop", "pf-1")]


@pytest.mark.parametrize("flag", list("!P#"))
def test_a_posting_is_not_flagged(flag: str) -> None:
    full = "  Assets:8001-资金结存:01-零余额账户用款额度   -60.00 CNY"
    assert said("  零余额                -60.00", full) == []
    assert said("  零余额                -60.00", full.replace("  A", f"  {flag} A")) == STOPPED


@pytest.mark.parametrize(
    "key", ["commitment", "procurement", "method", "payee-type", "of", "class"]
)
@pytest.mark.parametrize("value", ["2020", "2020-01-01", "TRUE", "1.00 CNY", "", '"货物 "'])
def test_what_rules_compare_is_a_text(key: str, value: str) -> None:
    assert set(said("  line:", f"  {key}: {value}\n  line:")) == set(STOPPED)


@pytest.mark.parametrize(
    "value", ["2020", "2020-01-01", "TRUE", "CNY", "Equity:1", "", '"2020X01 "']
)
def test_what_is_no_line_is_never_taken_for_one(value: str) -> None:
    """beancount reads a commodity and an account as texts."""
    found = load(APPROVED + PAYMENT.replace('"2020X01"', value))
    assert told(found, "R01") == STOPPED
    assert told(found, "S12") == ([] if value in {"CNY", "Equity:1"} else STOPPED)


@pytest.mark.parametrize(("klass", "good"), [("人员", True), ("人员经费", False), ("公用 ", False)])
def test_a_class_is_one_of_ours(klass: str, *, good: bool) -> None:
    assert said("  line:", f'  class: "{klass}"\n  line:') == ([] if good else STOPPED)


@pytest.mark.parametrize("key", ["lines", "commitmnet", "payeeType", "payee_type", "procurment"])
def test_a_key_that_is_almost_one_of_ours_is_asked_about(key: str) -> None:
    assert said("  line:", f'  {key}: "x"\n  line:') == WARNED


@pytest.mark.parametrize("key", ["memo", "note", "contract", "year", "payment-type", "category"])
def test_keys_of_a_units_own_are_welcome(key: str) -> None:
    assert said("  line:", f'  {key}: "x"\n  line:') == []


def test_on_a_posting_too() -> None:
    own = '  支出 2010302 30213     60.00\n    class: "人员经费"'
    assert said("  支出 2010302 30213     60.00", own) == STOPPED


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("spending-paln", False),
        ("Spending_Plan", False),
        ("spending-plan ", False),
        ("authorization", False),
        ("fava-option", True),
        ("budget", True),
        ("某事", True),
    ],
)
def test_a_plan_of_a_name_almost_right_is_said(kind: str, *, good: bool) -> None:
    found = load(f'2020-02-01 custom "{kind}" "2020-02" "2020X01" 15.00 CNY\n')
    assert found.rules == ([] if good else ["S12"])


@pytest.mark.parametrize("value", ["99", "2020-01-01", "CNY", "Equity:1", "TRUE"])
def test_an_id_that_is_no_text_is_an_id(value: str) -> None:
    """R23 goes by what it says, so an id told twice is found, be it a text once."""
    one = PAYMENT.replace('"zf-1"', value).replace("60.00", "10.00")
    text = {"TRUE": "True"}.get(value, value)
    for other in (one, one.replace(f"id: {value}", f'id: "{text}"')):
        found = load(APPROVED + one + other.replace("^zf-1", "^zf-2"))
        assert told(found, "R23") == [("stop", "zf-1"), ("stop", "zf-2")]


def test_an_entry_without_postings_is_noticed() -> None:
    found = load(APPROVED + '\n2020-05-01 * "忘了写分录" ^zf-9\n')
    assert told(found, "S12") == [("warn", "zf-9")]
    assert found.messages == []
