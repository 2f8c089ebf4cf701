"""S09: an authorisation says all that it needs to be used, or it lets nothing pass."""

from __future__ import annotations

import pytest
from tests.authorised import GIVEN
from tests.authorised import paid
from tests.ledgers import load


def test_s09_passes_one_with_all_it_needs() -> None:
    assert load(GIVEN).errors == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('  id: "sq-1"\n', "", "没有写编号（id）"),
        ('  office: "财政局"\n', "", "没有写授权单位（office）"),
        ('  doc: "示例函〔2020〕001号"\n', '  doc: " "\n', "没有写文号（doc）"),
        ('  reason: "防汛应急"\n', "", "没有写理由（reason）"),
        ("  cap: 50.00 CNY\n", "", "没有写限额（cap）"),
        ("50.00 CNY", '"50.00"', "没有写限额（cap）"),
        ("50.00 CNY", "50.00 CNY-ZB", "没有写限额（cap）"),
        ("50.00 CNY", "0.00 CNY", "限额应大于零，不是 0.00 元"),
        ("50.00 CNY", "-1.00 CNY", "限额应大于零，不是 -1.00 元"),
        ("50.00 CNY", "50.001 CNY", "限额 50.001 元多于两位小数"),
        ("  expiry: 2020-06-30\n", "", "没有写有效期（expiry），应为日期"),
        ("2020-06-30", '"2020-06-30"', "没有写有效期（expiry），应为日期"),
        ("2020-06-30", "2020-05-05", "有效期 2020-05-05 早于授权日期"),
        ('"R01"', '"R99"', "没有规则 R99"),
        ('"R01"', '"S01"', "规则 S01 关系账套的完整，不能由例外授权放行"),
        ('"R01"', '"L09"', "规则 L09 关系账套的完整，不能由例外授权放行"),
        ('"R01" "2020X01"', '"R01"', "应写作 custom"),
        ('"R01" "2020X01"', '"R01" 5', "应写作 custom"),
        ('"R01" "2020X01"', '"R01" "2020X99"', "没有编号为 2020X99 的指标"),
    ],
)
def test_s09_fails_one_that_lacks_something_and_it_lets_nothing_pass(
    old: str, new: str, why: str
) -> None:
    assert GIVEN.count(old) == 1
    found = load(GIVEN.replace(old, new) + paid("zf-1", "2020-05-06", "150.00"))
    assert sorted(found.rules) == ["R01", "S09"]
    [said] = [error.message for error in found.errors if error.rule == "S09"]
    assert said.startswith("[S09] 2020-05-06 例外授权 ")
    assert why in said


def test_s09_fails_two_of_one_id_and_neither_lets_anything_pass() -> None:
    again = GIVEN[GIVEN.index("2020-05-06") :]
    found = load(GIVEN + "\n" + again + paid("zf-1", "2020-05-06", "150.00"))
    assert sorted(found.rules) == ["R01", "S09", "S09"]
    assert "有 2 份授权的编号相同" in next(e for e in found.errors if e.rule == "S09").message


def test_other_custom_directives_are_left_alone() -> None:
    assert load('\n2020-01-01 custom "fava-option" "language" "zh"\n').errors == []
