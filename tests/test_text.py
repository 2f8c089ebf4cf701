"""The emitter of ledger text: what it writes beancount reads back, equal, and once; the rest it refuses."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount.core.amount import Amount
from beancount.core.data import Balance
from beancount.core.data import Open
from beancount.core.data import Transaction
from beancount.parser import parser
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.books import approved
from tests.books import pay

from yusuan.ledger.books import text
from yusuan.ledger.books.guard import scan
from yusuan.ledger.books.text import TextError
from yusuan.ledger.chart import Opening
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting

if TYPE_CHECKING:
    from hypothesis.internal.charmap import CategoryName

HIDDEN: tuple[CategoryName, ...] = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
VALUES = st.text(st.characters(exclude_categories=HIDDEN), max_size=40)
ASCII = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMES = st.text(st.characters(categories=["L"]), max_size=8)
PARTS = st.builds("{}{}-{}".format, st.sampled_from(ASCII), st.text(ASCII, max_size=6), NAMES)
ACCOUNTS = st.builds(
    lambda root, parts: ":".join([root, *parts]),
    st.sampled_from(["Assets", "Liabilities", "Equity", "Income", "Expenses"]),
    st.lists(PARTS, min_size=1, max_size=5),
)
COMMODITIES = st.sampled_from(["CNY", "CNY-ZB", "CNY-JJ", "CNY-ZX"])
AMOUNTS = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)
KEYS = st.from_regex(r"[a-z][a-z0-9\-_]{1,12}", fullmatch=True).filter(
    lambda key: key not in {"filename", "lineno", "id"}
)
IDS = st.from_regex(r"[A-Za-z0-9\-_/.]{1,20}", fullmatch=True)
DAYS = st.dates(date(2019, 1, 1), date(2099, 12, 31))
METAS = st.dictionaries(KEYS, VALUES, max_size=4)
POSTINGS = st.builds(DraftPosting, ACCOUNTS, AMOUNTS, COMMODITIES, METAS)
DRAFTS = st.builds(
    Draft,
    DAYS,
    IDS,
    VALUES,
    st.lists(POSTINGS, min_size=1, max_size=4).map(tuple),
    VALUES,
    st.sampled_from("*!"),
    METAS,
    st.frozensets(IDS, max_size=3),
)


def read(written: str) -> Any:
    """Give the one directive that a text holds, having passed the guard."""
    assert scan(written.encode()).problems == ()
    (entry,), errors, _ = parser.parse_string(written)
    assert errors == []
    return entry


def meta(given: Any) -> dict[str, Any]:
    return {key: value for key, value in (given or {}).items() if key not in {"filename", "lineno"}}


@settings(max_examples=500)
@given(DRAFTS)
def test_an_entry_comes_back_equal(draft: Draft) -> None:
    entry = read(text.transaction(draft))
    assert isinstance(entry, Transaction)
    assert (entry.date, entry.flag, entry.narration) == (draft.date, draft.flag, draft.narration)
    assert entry.payee == (draft.payee or None)
    assert entry.links == {draft.id, *draft.links}
    assert entry.tags == frozenset()
    assert meta(entry.meta) == {"id": draft.id, **draft.meta}
    found = [(p.account, p.units, p.cost, p.price, p.flag, meta(p.meta)) for p in entry.postings]
    assert found == [
        (p.account, Amount(p.amount, p.commodity), None, None, None, dict(p.meta))
        for p in draft.postings
    ]


@given(ACCOUNTS, COMMODITIES, METAS, DAYS)
def test_an_opening_comes_back_equal(
    account: str, commodity: str, given_: dict[str, str], day: date
) -> None:
    entry = read(text.opening(Opening(account, commodity, given_), day))
    assert isinstance(entry, Open)
    assert (entry.date, entry.account, entry.currencies) == (day, account, [commodity])
    assert meta(entry.meta) == given_


@given(ACCOUNTS, AMOUNTS, COMMODITIES, DAYS)
def test_a_balance_comes_back_equal(
    account: str, amount: Decimal, commodity: str, day: date
) -> None:
    entry = read(text.balance(account, amount, commodity, day))
    assert isinstance(entry, Balance)
    assert (entry.date, entry.account, entry.amount) == (
        day,
        account,
        Amount(amount, commodity),
    )


@given(st.lists(VALUES, max_size=4), VALUES)
def test_comments_and_options_hold_nothing_else(lines: list[str], value: str) -> None:
    written = text.comment(lines) + text.option("title", value)
    assert scan(written.encode()).problems == ()
    entries, errors, options = parser.parse_string(written)
    assert (entries, errors, options["title"]) == ([], [], value)


@pytest.mark.parametrize("category", [name for name in HIDDEN if name != "Cs"])
def test_hidden_characters_are_refused(category: str) -> None:
    character = next(chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) == category)
    with pytest.raises(TextError, match="不可见字符"):
        text.quoted(f"甲{character}乙")


def draft(own: Any = None, **changes: Any) -> Draft:
    """Make a good draft, but for some changes; `own` changes its one posting."""
    posting = {"account": "Assets:8001-资金结存", "amount": Decimal(1), "commodity": "CNY"}
    entry = {"date": date(2020, 1, 1), "id": "zf-1", "narration": "摘要"}
    return Draft(**{**entry, "postings": (DraftPosting(**{**posting, **(own or {})}),), **changes})


@pytest.mark.parametrize(
    "wrong",
    [
        {"narration": 'a\n2020-01-01 open Assets:1 "'},
        {"payee": "物业\r公司"},
        {"narration": "右到左\u202e"},
        {"narration": "零宽\u200b"},
        {"id": "支付-1"},
        {"id": "a b"},
        {"id": ""},
        {"links": frozenset({"a ^b"})},
        {"flag": "#"},
        {"flag": "* "},
        {"meta": {"Doc": "x"}},
        {"meta": {"文号": "x"}},
        {"meta": {"a": "x"}},
        {"meta": {"doc": "x\n  other: 1"}},
        {"own": {"meta": {"line:": "x"}}},
        {"own": {"commodity": "cny"}},
        {"own": {"commodity": "CNY 1.00"}},
        {"own": {"account": "Assets:银行存款"}},
        {"own": {"account": "Assets"}},
        {"own": {"account": "Assets:"}},
        {"own": {"account": "资产:1001"}},
        {"own": {"account": "Assets:1001-a b"}},
        {"own": {"account": "Assets:1001\n"}},
        {"own": {"account": "Assets:1００２"}},
        {"own": {"account": "Assets:1-②"}},
        {"own": {"account": "Assets:1-Ⅱ"}},
        {"own": {"account": "Assets:1-（室）"}},
    ],
)
def test_what_must_not_go_into_a_ledger_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(TextError):
        text.transaction(draft(**wrong))


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity", "1E+80", "1E+13"])
def test_amounts_that_are_none_are_refused(amount: str) -> None:
    with pytest.raises(TextError, match="金额"):
        text.transaction(draft(own={"amount": Decimal(amount)}))


def test_a_payee_from_a_bank_memo_writes_no_directive(tmp_path: Any) -> None:
    book = approved(tmp_path / "book")
    assert pay(book, payee='甲"\\" ^x\\').exit_code == 0
    assert pay(book, payee='甲"\n2020-01-01 open Assets:1').exit_code == 2
    assert "Assets:1 " not in (book / "2020" / "2020-03.beancount").read_text("utf-8")
