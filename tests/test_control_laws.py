"""Laws of control: the order of entries, files and plugins is no matter; authority is conserved."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from itertools import permutations
from typing import TYPE_CHECKING
from typing import Any

import hypothesis.strategies as st
from hypothesis import given
from hypothesis import settings
from tests.ledgers import AUTHORITY
from tests.ledgers import CHART
from tests.ledgers import CONTROL
from tests.ledgers import LIMITS
from tests.ledgers import LINES
from tests.ledgers import OTHERS
from tests.ledgers import STRICT
from tests.ledgers import Found
from tests.ledgers import load

from yusuan.ledger.chart import commodity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: 92 可用, 93 冻结, 94 占用; 98 with 02 可用, 04 占用, 05 冻结.
LIMITED = re.compile(r"Equity:(?:9[234]-|98-[^:]*:0[245]-)")
DAYS = ("2020-01-20", "2020-01-21", "2020-06-30")
amounts = st.sampled_from(["0.01", "10.00", "10.01", "20.00"])
days = st.sampled_from(DAYS)
flags = st.sampled_from("**!")
lines = st.sampled_from(sorted(LINES))


@st.composite
def grants(draw: st.DrawFn) -> str:
    """Authority for a line, or for an economic class."""
    amount, day, flag = draw(amounts), draw(days), draw(flags)
    if draw(st.booleans()):
        line = draw(lines)
        to, source = f"可用 {line}", f"来源 03 {LINES[line].fund}"
    else:
        scope, economic = draw(st.sampled_from(LIMITS))
        to, source = f"限额可用 {scope} {economic}", f"限额来源 {scope} {economic}"
    return f'{day} {flag} "下达"{{id}}\n  {to}    {amount}\n  {source}    -{amount}\n'


@st.composite
def moves(draw: st.DrawFn) -> str:
    """Freeze, commit, carry or lapse, and the other way round."""
    amount, day, flag, line = draw(amounts), draw(days), draw(flags), draw(lines)
    out, into = draw(st.permutations(["可用", "冻结", "占用", "结转", "收回"]))[:2]
    return f'{day} {flag} "变动"{{id}}\n  {out} {line}    -{amount}\n  {into} {line}    {amount}\n'


@st.composite
def payments(draw: st.DrawFn) -> str:
    """Spend on a line, rightly or wrongly."""
    amount, day, flag, line = draw(amounts), draw(days), draw(flags), draw(lines)
    economic = draw(st.sampled_from(["30101", "30201", "30211", "30399"]))
    function = draw(st.sampled_from([LINES[line].function] * 3 + ["2010399"]))
    meta = draw(
        st.sampled_from(["", '  class: "人员"\n', '  event: "refund"\n', '  commitment: "a"\n'])
    )
    return (
        f'{day} {flag} "支付"{{id}}\n  line: "{line}"\n{meta}'
        f"  支出 {function} {economic}    {amount}\n  零余额    -{amount}\n"
    )


@st.composite
def years(draw: st.DrawFn) -> list[str]:
    """A few entries; some without an id, no two with the same."""
    bodies = draw(st.lists(st.one_of(grants(), moves(), payments()), min_size=2, max_size=8))
    ids = draw(st.permutations(range(len(bodies))))
    named = draw(st.lists(st.booleans(), min_size=len(bodies), max_size=len(bodies)))
    links = [f" ^e-{at}" if has else "" for at, has in zip(ids, named, strict=True)]
    return ["\n" + body.format(id=link) for body, link in zip(bodies, links, strict=True)]


def told(found: Found) -> Counter[tuple[str, str, str]]:
    """What is said of which entry (its link; its narration), however often."""
    return Counter(
        (error.rule, error.message, " ".join(sorted(error.entry.links))) for error in found.errors
    )


@given(data=st.data(), year=years())
@settings(max_examples=60)
def test_the_order_of_entries_is_no_matter(data: st.DataObject, year: list[str]) -> None:
    other = data.draw(st.permutations(year))
    assert told(load("".join(other))) == told(load("".join(year)))


@given(year=years(), plugins=st.sampled_from(list(permutations([AUTHORITY, CONTROL, CHART]))))
@settings(max_examples=40)
def test_the_order_of_plugins_is_no_matter(year: list[str], plugins: tuple[str, ...]) -> None:
    assert told(load("".join(year), [*plugins, *OTHERS])) == told(load("".join(year), [STRICT]))


def daily(entries: list[Any]) -> Iterator[Counter[str]]:
    """What every account holds at the end of each day, as fava reads it: from the postings."""
    held: Counter[str] = Counter()
    for _, day in groupby(entries, key=lambda entry: entry.date):
        for entry in day:
            for posting in getattr(entry, "postings", ()):
                held[posting.account] += posting.units.number
        yield held


@given(year=years())
@settings(max_examples=40)
def test_all_states_together_are_all_sources_together(year: list[str]) -> None:
    for held in daily(load("".join(year)).entries):
        authority = [n for account, n in held.items() if commodity(account) == "CNY-ZB"]
        limits = [n for account, n in held.items() if commodity(account) == "CNY-JJ"]
        assert (sum(authority), sum(limits)) == (0, 0)


@given(year=years())
@settings(max_examples=60)
def test_a_balance_falls_below_zero_where_an_overdraft_is_told_and_nowhere_else(
    year: list[str],
) -> None:
    reviewed = "".join(year).replace(" ! ", " * ")
    found = load(reviewed)
    below = any(
        held[account] < 0
        for held in daily(found.entries)
        for account in held
        if LIMITED.match(account)
    )
    assert below is any("超预算" in message for message in found.messages)
