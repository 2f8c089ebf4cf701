"""Codes ⇄ account names: total and reversible over the whole code tables, whatever a name holds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import pytest
from beancount.core import account as beancount_account
from hypothesis import given
from tests.ledgers import FIRST
from tests.ledgers import LINES
from tests.ledgers import NAMES

from yusuan.ledger.chart import CarryOver
from yusuan.ledger.chart import ChartError
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Level
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import SpecialState
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import commodity
from yusuan.ledger.chart import openings
from yusuan.ledger.chart import parse
from yusuan.ledger.chart.names import cleaned
from yusuan.ledger.chart.names import component
from yusuan.ledger.chart.names import split
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.chart import Leaf

CODES = load()
DATA = chart_data()
FUNCTIONS = sorted({s.code for s in CODES.functional if len(s.code) == 7})
ECONOMICS = sorted({s.code for s in CODES.economic if len(s.code) == 5})
VALID = beancount_account.is_valid


def names_of(leaf: Leaf) -> str:
    """Write the name, and hold it to being read back as the same."""
    account = account_name(leaf, NAMES)
    assert VALID(account), account
    assert parse(account) == leaf
    return account


def test_the_tables_are_there() -> None:
    assert len(FUNCTIONS) > 500
    assert len(ECONOMICS) > 80


def test_every_item_and_every_class_round_trips() -> None:
    for function, economic in zip(FUNCTIONS, ECONOMICS * 10, strict=False):
        assert commodity(names_of(Expenditure("7101", function, economic))) == "CNY"
    for economic, code in product(ECONOMICS, DATA.expenditure):
        names_of(Expenditure(code, FUNCTIONS[0], economic))


def test_every_line_state_round_trips() -> None:
    for function, fund in product(FUNCTIONS, DATA.funds):
        assert commodity(names_of(LineState("92", fund, function, "2020J01"))) == "CNY-ZB"
    for state, line in product(DATA.states, [*LINES, "0", "2020J01a", "Z"]):
        names_of(LineState(state, "11", "2010301", line))


def test_every_limit_round_trips() -> None:
    for economic, state in product(ECONOMICS, DATA.economic_states):
        for scope in (*DATA.scopes, "2020K01"):
            assert commodity(names_of(EconomicState(state, scope, economic))) == "CNY-JJ"


def test_the_rest_of_the_chart_round_trips() -> None:
    rest: list[tuple[str, Leaf]] = [
        *(("CNY", Revenue(code, fund)) for code, fund in product(DATA.revenue, DATA.funds)),
        *(("CNY", Means(code, part)) for code, part in product(DATA.means, DATA.means_details)),
        *(
            ("CNY", CarryOver(*codes))
            for codes in product(DATA.carryover, DATA.carryover_details, DATA.funds)
        ),
        *(("CNY-ZB", Source(*codes)) for codes in product(DATA.source_kinds, DATA.funds)),
        *(
            ("CNY-ZX", SpecialState(state, item[:2], item))
            for state, item in product(DATA.special_states, DATA.special_items)
        ),
    ]
    assert [(held, commodity(names_of(leaf))) for held, leaf in rest] == [
        (held, held) for held, _ in rest
    ]
    accounts = {account_name(leaf, NAMES) for _, leaf in rest}
    assert len(accounts) == len(rest)


def test_names_as_design_has_them() -> None:
    assert names_of(Expenditure("7101", "2010301", "30209")) == (
        "Expenses:7101-行政支出:201-一般公共服务支出:20103-政府办公厅室及相关机构事务:2010301-行政运行"
        ":302-商品和服务支出:30209-物业管理费"
    )
    assert names_of(EconomicState("02", "2", "30209")) == (
        "Equity:98-经济分类控制:02-可用:2-公用经费:302-商品和服务支出:30209-物业管理费"
    )
    assert names_of(EconomicState("02", "2020K01", "30209")).split(":")[3] == "2020K01-办案经费"
    assert names_of(Source("01", "39")) == "Equity:91-指标来源:01-年初批复:39-其他收入"


@dataclass(frozen=True, slots=True)
class Called:
    """Names that are all the same."""

    text: str

    def function(self, code: str) -> str:
        return self.text + code[:0]

    economic = line = function


#: Lone surrogates cannot stand in a file at all.
any_name = st.text(st.characters(codec="utf-8"), max_size=30)


@given(any_name)
def test_any_name_gives_a_valid_account_of_the_same_code(text: str) -> None:
    leaf = LineState("92", "11", "2010301", "2020J01")
    account = account_name(leaf, Called(text))
    assert VALID(account)
    assert parse(account) == leaf
    assert [split(part)[0] for part in account.split(":")[1:]] == [
        "92", "11", "201", "20103", "2010301", "2020J01",
    ]  # fmt: skip


@given(any_name)
def test_a_cleaned_name_has_one_form(text: str) -> None:
    """Names that look alike become one account; nothing invisible or reordering is left."""
    name = cleaned(text)
    assert cleaned(name) == name
    assert unicodedata.normalize("NFKC", name) == name
    assert all(ch.isalpha() or ch in "0123456789" for ch in name)


def test_every_character_beancount_may_meet() -> None:
    """All 1.1 million code points, each in the middle of a name."""
    for at in range(0x110000):
        if not 0xD800 <= at <= 0xDFFF:
            kept = cleaned(f"甲{chr(at)}乙")
            assert kept == "甲乙" or VALID(f"Equity:1-{kept}"), hex(at)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("政府办公厅（室）及相关机构事务", "政府办公厅室及相关机构事务"),
        ("其中：“三公”经费", "其中三公经费"),
        ("ＡＢ１２", "AB12"),
        ("\u1100-\u1161", "\uac00"),  # what stood apart composes once it is side by side
        ("３", "3"),
        ("٣", ""),
        ("甲\u202e乙\u200b丙\n丁", "甲乙丙丁"),
        ("", ""),
        ("——", ""),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    assert cleaned(name) == kept
    assert component("30201", name) == (f"30201-{kept}" if kept else "30201")
    assert split(component("30201", name)) == ("30201", kept)


FUNCTION = "201:20103:2010301"
REFUSED = {
    "Income:6001:11:01": "层级过多，应到第 2 级为止",
    "Income:6001:99": "没有代码为 99 的资金性质",
    "Income:6001:１１": "没有代码为 １１ 的资金性质",
    "Expenses:7101:2010301": "功能分类代码 2010301 应为 3 位数字",
    "Expenses:7101:201:201": "功能分类代码 201 应为 5 位数字",
    "Expenses:7101:２０１": "功能分类代码 ２０１ 应为 3 位数字",
    "Expenses:7101:20A": "功能分类代码 20A 应为 3 位数字",
    "Expenses:7101:201:20203": "功能分类代码 20203 不在上级 201 之下",
    "Expenses:7101:201:20103:2010401": "功能分类代码 2010401 不在上级 20103 之下",
    f"Expenses:7101:{FUNCTION}:302:30101": "经济分类代码 30101 不在上级 302 之下",
    f"Expenses:7101:{FUNCTION}:302:302": "经济分类代码 302 应为 5 位数字",
    f"Expenses:7101:{FUNCTION}:302:30201:1": "层级过多，应到第 6 级为止",
    "Assets:8001:09": "没有代码为 09 的资金结存明细",
    "Equity:8101:99": "没有代码为 99 的结转结余明细",
    "Equity:8101:01:99": "没有代码为 99 的资金性质",
    "Equity:91:06": "没有代码为 06 的指标来源",
    "Equity:91:01:98": "没有代码为 98 的资金性质",
    f"Equity:92:11:{FUNCTION}:J_1": "指标编号 J_1 只能由数字和字母组成，且不以小写字母开头",
    f"Equity:92:11:{FUNCTION}:指标一": "指标编号 指标一 只能由数字和字母组成，且不以小写字母开头",
    f"Equity:92:11:{FUNCTION}:2": "指标编号 2 与经济分类控制的范围“公用经费”重名，请换一个编号",
    f"Equity:92:11:{FUNCTION}:J1:J2": "层级过多，应到第 6 级为止",
    "Equity:98:06": "没有代码为 06 的额度状态",
    "Equity:98:02:j": "指标编号 j 只能由数字和字母组成，且不以小写字母开头",
    "Equity:98:02:2:302:30301": "经济分类代码 30301 不在上级 302 之下",
    "Equity:99:04": "没有代码为 04 的额度状态",
    "Equity:99:01:03": "没有代码为 03 的专项",
    "Equity:99:01:01:0301": "没有代码为 0301 的专项项目",
    "Equity:99:01:01:0201": "代码 0201 不在上级 01 之下",
}


@pytest.mark.parametrize(("account", "why"), REFUSED.items(), ids=REFUSED)
def test_what_breaks_the_chart_is_refused(account: str, why: str) -> None:
    with pytest.raises(ChartError) as caught:
        parse(account)
    assert (caught.value.account, caught.value.why) == (account, why)
    assert str(caught.value) == f"科目 {account} 不符合账套科目表：{why}"


def levels(account: str) -> Iterator[str]:
    """Every account above an account, below its root."""
    parts = account.split(":")
    yield from (":".join(parts[:depth]) for depth in range(2, len(parts)))


LEAVES: list[Leaf] = [
    Revenue("6001", "11"),
    Expenditure("7101", "2010301", "30209"),
    Means("8001", "01"),
    CarryOver("8101", "07", "11"),
    Source("01", "11"),
    LineState("92", "11", "2010301", "2020J01"),
    LineState("95", "11", "2010301", "2020J01"),
    EconomicState("02", "2", "30209"),
    EconomicState("02", "2020K01", "30201"),
    SpecialState("02", "01", "0102"),
]


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: type(leaf).__name__)
def test_what_stands_above_a_leaf_is_a_level(leaf: Leaf) -> None:
    account = account_name(leaf, NAMES)
    codes = tuple(split(part)[0] for part in account.split(":")[1:])
    for depth, level in enumerate(levels(account), start=1):
        assert parse(level) == Level(codes[:depth])
        assert commodity(level) == commodity(account)


@pytest.mark.parametrize(
    "account",
    ["Assets", "Assets:Bank", "Income:7101-行政支出", "Equity:92可用指标", "Equity:９２-可用", "Equity:8901-期初余额"],
)  # fmt: skip
def test_what_is_not_of_this_chart(account: str) -> None:
    assert parse(account) is None
    assert commodity(account) is None


def test_financial_accounts_are_known_by_their_four_digits() -> None:
    assert parse("Assets:1002-银行存款") is None
    assert commodity("Assets:1002-银行存款") == "CNY-CW"
    assert commodity("Expenses:5001-业务活动费用:01") == "CNY-CW"
    assert commodity("Assets:１００２-银行存款") is None


def test_every_level_is_opened_once_with_its_commodity_and_official_name() -> None:
    found = openings([(leaf, {}) for leaf in [*LEAVES, *LEAVES]], NAMES)
    accounts = [item.account for item in found]
    assert accounts == sorted(set(accounts))
    leaves = {account_name(leaf, NAMES) for leaf in LEAVES}
    assert set(accounts) == leaves | {level for leaf in leaves for level in levels(leaf)}
    assert [item.commodity for item in found] == [commodity(account) for account in accounts]
    names = {split(item.account.rpartition(":")[2])[0]: item.meta["name"] for item in found}
    assert (
        names["20103"] == "政府办公厅（室）及相关机构事务" == CODES.functional.name("20103", FIRST)
    )
    assert names["2020J01"] == "基本支出"
    assert names["8001"] == "资金结存"


def test_metadata_stands_on_the_leaf_alone() -> None:
    leaf = LineState("92", "11", "2010301", "2020J01")
    *above, last = openings([(leaf, {"line": "2020J01", "class": "基本"})], NAMES)
    assert dict(last.meta) == {"name": "基本支出", "line": "2020J01", "class": "基本"}
    assert all(set(item.meta) == {"name"} for item in above)


def test_what_is_open_already_is_not_opened_again() -> None:
    first = openings([(LEAVES[1], {})], NAMES)
    opened = [item.account for item in first]
    assert openings([(LEAVES[1], {})], NAMES, opened) == []
    more = openings([(Expenditure("7101", "2010301", "30201"), {})], NAMES, opened)
    assert [item.account.rpartition(":")[2] for item in more] == ["30201-办公费"]


def test_a_code_without_a_name_is_opened_bare() -> None:
    [*_, item] = openings([(Expenditure("7101", "2999999", "39988"), {})], Called(""))
    assert item.account == "Expenses:7101-行政支出:299:29999:2999999:399:39988"
    assert dict(item.meta) == {}
