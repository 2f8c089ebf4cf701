"""Amounts: what is one, what is none, and that no value ever changes on the way."""

from __future__ import annotations

from decimal import Decimal
from decimal import Inexact

import hypothesis.strategies as st
import pytest
from hypothesis import given

from yusuan.ledger.money import MAX_DIGITS
from yusuan.ledger.money import MoneyError
from yusuan.ledger.money import from_wan
from yusuan.ledger.money import grouped
from yusuan.ledger.money import parse
from yusuan.ledger.money import plain
from yusuan.ledger.money import quantized
from yusuan.ledger.money import shown
from yusuan.ledger.money import to_wan
from yusuan.ledger.money import yuan

#: Below 10^15 fen, on either side of zero.
fen = st.integers(1 - 10**MAX_DIGITS, 10**MAX_DIGITS - 1)
amounts = fen.map(lambda n: Decimal(n).scaleb(-2))
FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.00", "0.00"),
        ("84.83", "84.83"),
        ("8,466,201.85", "8466201.85"),
        ("8466201.85", "8466201.85"),
        (" 12.3 ", "12.3"),
        ("\u3000１，２３４．５０", "1234.50"),
        ("¥5", "5"),
        ("￥ 5.00", "5.00"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("\N{MINUS SIGN}5", "-5"),
        ("+5", "5"),
        ("(5.10)", "-5.10"),
        ("（1,000）", "-1000"),
        ("¥(5)", "-5"),
        ("007", "7"),
        ("9" * MAX_DIGITS, "9" * MAX_DIGITS),
        ("0" * 30 + "1.25", "1.25"),
    ],
)
def test_what_is_an_amount(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u3000", "¥", "-", "—", "－", "()", "（）", ".", ",", "+", "0-", "5-",
        "1,23,4", "1,2345", ",123", "1,234,", "12,34", "1,234,56", "1234,567", "1,,000",
        "5.", ".5", "1.2.3", "1 234", "1_000", "1'000",
        "--5", "+-5", "(-5)", "(+5)", "(5", "5)", "((5))", "-¥5", "(¥5)",
        "1e3", "1E+3", "NaN", "nan", "Infinity", "inf", "-Infinity", "0x10",
        "٣", "५", "Ⅲ", "一百", "五", "①", "½",
        "100元", "5%", "约5", "84.83万元", "0\x00", "1\n2", "5\u200b", "\u202e5",
        "9" * (MAX_DIGITS + 1), "1." + "0" * MAX_DIGITS, "1" + "0" * 400,
    ],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(MoneyError) as caught:
        parse(text)
    assert caught.value.text == text
    assert str(caught.value).startswith(f"“{text}”不是金额：")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "空白不等于零"),
        ("(-5)", "括号和正负号不能同时使用"),
        ("9" * (MAX_DIGITS + 1), "超过 15 位数字"),
        ("1,23,4", "只能有数字、正确的千分位逗号和一个小数点"),
    ],
)
def test_the_message_says_why(text: str, why: str) -> None:
    with pytest.raises(MoneyError, match=why):
        parse(text)


@given(st.text())
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        value = parse(text)
    except MoneyError:
        return
    assert value.is_finite()
    assert any(ch.isdigit() for ch in text)


@given(amounts)
def test_what_is_written_reads_back(amount: Decimal) -> None:
    assert parse(plain(amount)) == parse(grouped(amount)) == yuan(plain(amount)) == amount
    assert parse(grouped(amount).translate(FULL_WIDTH)) == amount
    assert parse(f"({grouped(abs(amount))})") == -abs(amount)


@given(fen, st.data())
def test_no_damaged_amount_reads_as_another(value: int, data: st.DataObject) -> None:
    """Take one character out, or put a stray one in: refused, or a value that shows the change."""
    text = grouped(Decimal(value).scaleb(-2))
    at = data.draw(st.integers(0, len(text)))
    stray = data.draw(st.sampled_from([" ", ",", ".", "-", "e", "_", "'", "O", "l", "\u200b"]))
    damaged = data.draw(
        st.sampled_from([text[:at] + text[at + 1 :], text[:at] + stray + text[at:]])
    )
    try:
        read = parse(damaged)
    except MoneyError:
        return
    digits = "".join(ch for ch in damaged if ch.isdigit() or ch in ".-")
    assert read == Decimal(digits)


@given(st.integers(1 - 10**12, 10**12 - 1), st.sampled_from(["", ".0", ".00", ".000"]))
def test_yuan_has_two_decimals(whole: int, zeros: str) -> None:
    assert str(yuan(f"{whole}{zeros}")) == str(quantized(Decimal(whole))) == f"{whole}.00"


@pytest.mark.parametrize("zero", ["-0", "-0.00", "(0.00)", "0"])
def test_there_is_one_zero(zero: str) -> None:
    assert plain(parse(zero)) == grouped(parse(zero)) == str(yuan(zero)) == "0.00"
    assert plain(from_wan(parse(zero))) == "0.00"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("5", "5.00"),
        ("5.1", "5.10"),
        ("-0.01", "-0.01"),
        ("100.005", "100.005"),
        ("1E+3", "1000.00"),
    ],
)
def test_a_message_shows_even_what_is_wrong(amount: str, text: str) -> None:
    assert shown(Decimal(amount)) == text


def test_more_than_fen_is_no_amount_of_yuan() -> None:
    assert yuan("1.230") == Decimal("1.23")
    with pytest.raises(MoneyError, match="最多两位小数"):
        yuan("1.234")
    with pytest.raises(Inexact):
        plain(Decimal("0.005"))
    with pytest.raises(Inexact):
        from_wan(Decimal("0.0000001"))


@given(amounts)
def test_wan_is_exact_both_ways(amount: Decimal) -> None:
    assert from_wan(to_wan(amount)) == amount
    assert to_wan(amount) * 10_000 == amount


@pytest.mark.parametrize(("wan", "yuan_"), [("84.83", "848300.00"), ("0.0001", "1.00")])
def test_wan_as_printed(wan: str, yuan_: str) -> None:
    assert plain(from_wan(parse(wan))) == yuan_


@given(st.lists(amounts, max_size=20))
def test_sums_agree_with_whole_fen(values: list[Decimal]) -> None:
    total = sum(values, Decimal("0.00"))
    assert plain(total) == plain(Decimal(sum(int(v.scaleb(2)) for v in values)).scaleb(-2))
