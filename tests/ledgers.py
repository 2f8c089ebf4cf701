"""A small book for tests of the rules: ledger in, findings out.

The ledgers of these tests are written with short names, one posting a line, the commodity left out:

    支出 2010301 30201     100.00      Expenses:7101-行政支出:…:2010301-行政运行:…:30201-办公费  CNY
    收入 11               -100.00      Income:6001-财政拨款预算收入:11-一般公共预算              CNY
    零余额 / 货币资金      -100.00      Assets:8001-资金结存:01-零余额账户用款额度                CNY
    可用 2020J01           100.00      Equity:92-可用指标:…:2020J01-基本支出                    CNY-ZB
    来源 01 11            -100.00      Equity:91-指标来源:01-年初批复:11-一般公共预算            CNY-ZB
    限额可用 2 30201       100.00      Equity:98-经济分类控制:02-可用:2-公用经费:…:30201-办公费   CNY-JJ
    专项可用 0102          100.00      Equity:99-专项控制:02-可用:01-三公:0102-公务接待费         CNY-ZX

A book begins with money enough of every fund in every part of 8001, so that a ledger can be about
something else; `bare` leaves it out.

Everything else (dates, metadata, links, directives, full account names) is plain beancount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from textwrap import dedent
from typing import TYPE_CHECKING
from typing import Any

from beancount import loader

from yusuan.ledger.books import text
from yusuan.ledger.budget.line import Line
from yusuan.ledger.budget.line import group_of
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import Means
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import SpecialState
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import commodity
from yusuan.ledger.chart import openings
from yusuan.ledger.classification import load as load_codes
from yusuan.ledger.events.names import BookNames
from yusuan.ledger.rules import PLUGINS
from yusuan.ledger.rules.session import advice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Opening
    from yusuan.ledger.finding import Finding

FIRST = date(2020, 1, 1)
MONEY_ENOUGH = "".join(
    f"""
2020-01-01 * "到账" ^dz-0-{fund}-{part}
  event: "receipt"
  {means}       900000000.00
  收入 {fund}    -900000000.00
"""
    for fund in ("11", "39")
    for part, means in (("01", "零余额"), ("02", "货币资金"))
)
AUTHORITY = "yusuan.plugins.authority"
CONTROL = "yusuan.plugins.control"
CHART = "yusuan.plugins.chart"
STRICT = "yusuan.plugins.strict"
#: The plugins besides these three; with them they are all.
OTHERS = tuple(plugin for plugin in PLUGINS if plugin not in {AUTHORITY, CONTROL, CHART})


def _line(line: str, function: str, klass: str, name: str, **rest: Any) -> Line:
    return Line(
        line, rest.pop("fund", "11"), function, klass, rest.pop("origin", 2020), "", name, **rest
    )


LINES = {
    line.id: line
    for line in (
        _line("2020J01", "2010301", "基本", "基本支出"),
        _line("2020J02", "2010350", "基本", "事业运行"),
        _line("2020R01", "2080505", "人员", "养老保险"),
        _line("2020X01", "2010302", "项目", "信访专项", project="X01"),
        _line("2020Q01", "2010301", "未分", "其他收入支出", fund="39"),
        _line("2020Q02", "2010350", "基本", "其他资金基本支出", fund="39"),
        _line("2019J01", "2010301", "基本", "上年结转", origin=2019),
        _line("2020K01", "2010308", "项目", "办案经费", economics=frozenset({"30201", "30213"})),
    )
}
#: Both 人员 and 公用 have a limit for 30399; nobody has one for 30211 差旅费.
LIMITS = (
    ("1", "30101"), ("1", "30108"), ("1", "30399"),
    ("2", "30201"), ("2", "30209"), ("2", "30399"),
    ("2020K01", "30201"), ("2020K01", "30213"),
)  # fmt: skip

NAMES = BookNames(load_codes(), FIRST, {line.id: line.name for line in LINES.values()})
_STATES = dict(
    zip(("可用", "冻结", "占用", "已执行", "结转", "收回"), chart_data().states, strict=True)
)
_LIMITED = dict(
    zip(("来源", "可用", "已执行", "占用", "冻结"), chart_data().economic_states, strict=True)
)
_SPECIAL = dict(zip(("来源", "可用", "已执行"), chart_data().special_states, strict=True))
_SHORT = re.compile(r"^(\s+)([一-鿿]+)((?: [0-9A-Za-z]+)*) {2,}(-?[0-9.]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """What loading a ledger gave."""

    entries: list[Any]
    errors: list[Any]
    options: dict[str, Any]

    @property
    def messages(self) -> list[str]:
        """What every error says, beancount's own among them."""
        return [error.message for error in self.errors]

    @property
    def rules(self) -> list[str]:
        """The rule of every error; beancount's own errors have the name of their type."""
        return [getattr(error, "rule", type(error).__name__) for error in self.errors]

    @property
    def ids(self) -> list[tuple[str, str]]:
        """Every finding about an entry: the rule and the entry's first link."""
        return [(error.rule, min(error.entry.links)) for error in self.errors]

    @property
    def advice(self) -> list[Finding]:
        """The findings that do not stop."""
        return advice(self.options)


def leaf(word: str, *codes: str) -> Leaf:
    """Read a short name."""
    if word == "支出":
        return Expenditure("7101", *codes)
    if word == "收入":
        return Revenue(chart_data().revenue_of_fund[codes[0]], codes[0])
    if word in {"零余额", "货币资金"}:
        return Means("8001", "01" if word == "零余额" else "02")
    if word == "来源":
        return Source(*codes)
    if word.startswith("限额"):
        return EconomicState(_LIMITED[word.removeprefix("限额")], *codes)
    if word.startswith("专项"):
        return SpecialState(_SPECIAL[word.removeprefix("专项")], group_of(codes[0]), codes[0])
    line = LINES[codes[0]]
    return LineState(_STATES[word], line.fund, line.function, line.id)


def name(short: str) -> str:
    """Give the account of a short name, such as `可用 2020J01`."""
    return account_name(leaf(*short.split()), NAMES)


def spelled(short: str) -> str:
    """Spell out a ledger that is written with short names."""

    def posting(match: re.Match[str]) -> str:
        account = name(match[2] + match[3])
        return f"{match[1]}{account}   {match[4]} {commodity(account)}"

    return _SHORT.sub(posting, dedent(short))


def chart(short: str = "", limits: Iterable[tuple[str, str]] = LIMITS) -> list[Opening]:
    """Open every line and limit in all their states, every source, and what a ledger posts to."""
    used: dict[Leaf, Mapping[str, str]] = {
        leaf(match[2], *match[3].split()): {} for match in _SHORT.finditer(short)
    }
    for each in [each for each in used if isinstance(each, EconomicState)]:
        used |= {replace(each, state=state): {} for state in chart_data().economic_states}
    for item in {each.item for each in used if isinstance(each, SpecialState)}:
        used |= {
            SpecialState(state, group_of(item), item): {} for state in chart_data().special_states
        }
    return openings([*_standing(limits), *used.items()], NAMES)


def _standing(limits: Iterable[tuple[str, str]]) -> Iterator[tuple[Leaf, Mapping[str, str]]]:
    data = chart_data()
    for line in LINES.values():
        declared = {"line": line.id, "class": line.klass, "origin": str(line.origin)}
        if line.economics:
            declared["economic"] = " ".join(sorted(line.economics))
        for state in data.states:
            yield (
                LineState(state, line.fund, line.function, line.id),
                declared if state == "92" else {},
            )
    for scope, economic in limits:
        for state in data.economic_states:
            yield EconomicState(state, scope, economic), {}
    for kind in data.source_kinds:
        for fund in ("11", "39"):
            yield Source(kind, fund), {}


def header(plugins: Iterable[str] = (STRICT,), config: str | None = None) -> str:
    """Write the options and plugins of a book's top file."""
    given = f' "{config}"' if config is not None else ""
    listed = "".join(f'plugin "{plugin}"{given}\n' for plugin in plugins)
    return text.option("tolerance_multiplier", "0") + listed


def opened(items: Iterable[Opening]) -> str:
    """Write the `open` directives of a chart."""
    return "".join(text.opening(item, FIRST) for item in items)


def book(short: str, plugins: Iterable[str] = (STRICT,), *, bare: bool = False) -> str:
    """Write a whole ledger: options, plugins, chart, and the entries given with short names."""
    whole = short if bare else MONEY_ENOUGH + dedent(short)
    return header(plugins) + opened(chart(whole)) + spelled(whole)


def load(short: str | None, plugins: Iterable[str] = (STRICT,), *, bare: bool = False) -> Found:
    """Load the entries given with short names in a whole ledger, as beancount does."""
    return load_text(book(short or "", plugins, bare=bare))


def load_text(whole: str) -> Found:
    """Load a whole ledger, as it is."""
    return Found(*loader.load_string(whole))


def documented(text: str, folder: Path, *, bare: bool = False) -> Found:
    """Load a ledger from a file; settings may stand before it, above a line `---`."""
    settings, _, short = dedent(text).rpartition("---\n")
    top = folder / "main.beancount"
    top.write_text(book(short, bare=bare), "utf-8")
    top.with_name("yusuan.toml").write_text(settings, "utf-8")
    return Found(*loader._load([(str(top), True)], None, None, None))


def told(found: Found, rule: str) -> list[tuple[str, str]]:
    """What a rule says, stopping or not: the severity and the first link of each entry it is about."""
    return sorted(
        (each.severity.value, min(each.entry.links))
        for each in [*found.errors, *found.advice]
        if getattr(each, "rule", "L09") == rule
    )
