"""The rules as reducers: a pass can be taken up again anywhere, and what is alike is judged alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from unittest.mock import patch

import hypothesis.strategies as st
import pytest
from beancount import loader
from beancount.core.data import Custom
from beancount.core.data import Transaction
from hypothesis import given
from hypothesis import settings
from tests.ledgers import book

from yusuan.ledger.budget.layers import Layers
from yusuan.ledger.config import Settings
from yusuan.ledger.entries import EventReader
from yusuan.ledger.entries import register
from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules import alike
from yusuan.ledger.rules import run
from yusuan.ledger.rules.alike import Likeness
from yusuan.ledger.rules.family import Ground
from yusuan.ledger.rules.ruling import pools_of
from yusuan.ledger.rules.run import Pass
from yusuan.ledger.rules.session import legs_for
from yusuan.ledger.rules.session import without_legs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.batch import Row

#: Rules that only warn or inform are asked for too, and every month is looked at.
SETTINGS = Settings(
    unit="本单位",
    years=(2020, 2021),
    rules={
        "R01": {"inform": 50, "warn": 80, "period": "cumulative", "economic": "类"},
        "R15": {"same_period": "100.00"},
        "R16": {"months": [3, 6, 12]},
        "R18": {"months": [3, 12]},
        "R22": {"round": "10.00"},
        "R29": {"target": "90"},
    },
)
APPROVED = """
2020-02-01 custom "spending-plan" "2020-02" "2020J01" 15.00 CNY
2020-02-01 custom "spending-plan" "2020-03" "2020J01" 15.00 CNY

2020-01-20 * "批复" ^pf-1
  可用 2020J01      30.00
  可用 2020X01     100.00
  可用 2020R01     100.00
  可用 2020Q02      50.00
  来源 01 11      -230.00
  来源 01 39       -50.00

2020-01-20 * "批复" ^pf-2
  限额可用 2 30201     60.00
  限额可用 1 30108     60.00
  限额来源 2 30201    -60.00
  限额来源 1 30108    -60.00

2020-01-02 * "到账" ^dz-1
  event: "receipt"
  货币资金      40.00
  收入 39      -40.00

2020-01-02 * "到账" ^dz-2
  event: "receipt"
  零余额       20.00
  收入 11      -20.00
"""
SPENT = st.sampled_from(
    [
        ("2020J01", "2010301", "30201"),
        ("2020X01", "2010302", "30201"),
        ("2020X01", "2010302", "30101"),
        ("2020R01", "2080505", "30108"),
        ("2020R01", "2080505", "30101"),
        ("2020Q02", "2010350", "30201"),
        ("2020X01", "2010301", "30209"),
        ("2020Z09", "2010301", "30209"),
    ]
)
#: Mostly plain and alike, or they would not be judged by what was learned of the first.
PLAIN = ("2020J01", "2010301", "30201")
PAYMENTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    day=st.sampled_from(["2020-02-05", "2020-03-02", "2020-03-03", "2020-12-31", "2021-01-04"]),
    id=st.integers(1, 60),
    spent=st.one_of(st.just(PLAIN), st.just(PLAIN), SPENT),
    more=st.one_of(st.none(), st.none(), st.none(), SPENT),
    amount=st.sampled_from(["10.00", "10.00", "20.00", "5.01", "-10.00"]),
    payee=st.sampled_from(["甲公司", "甲公司", "本单位", ""]),
    means=st.sampled_from(["收入 11", "收入 11", "零余额", "零余额", "货币资金", "收入 39"]),
    said=st.sampled_from(
        ["", "", "", "", '  event: "refund"', '  class: "人员"', '  payee-type: "个人"']
    ),
    flag=st.sampled_from("****!"),
    linked=st.sampled_from([False, False, False, True]),
)


def written(payment: dict[str, Any]) -> str:
    """Write a payment, of one part or two, with short names."""
    parts = [part for part in (payment["spent"], payment["more"]) if part]
    opposite = payment["amount"][1:] if payment["amount"][0] == "-" else "-" + payment["amount"]
    number = payment["id"] % 7 if payment["linked"] else payment["id"]
    lines = [
        f'{payment["day"]} {payment["flag"]} "{payment["payee"]}" "支付" ^zf-{number}',
        *([] if payment["linked"] else [f'  id: "zf-{number}"']),
        f'  line: "{parts[0][0]}"',
        *filter(None, [payment["said"]]),
    ]
    for line, function, economic in parts:
        lines.append(f"  支出 {function} {economic}     {payment['amount']}")
        if len(parts) > 1:
            lines.append(f'    line: "{line}"')
        lines.append(f"  {payment['means']}     {opposite}")
    return "\n".join(lines) + "\n"


#: Kinds of payments of which there are many: what they say, and what they post; `{0}` is the amount.
#: In order; out of quota; out of the wrong fund; wages on a project; without a limit; on a function
#: that is not the line's; the unit's own money; in two parts; with the opposite first.
KINDS = (
    ("2020J01", "支出 2010301 30201  {0} | 收入 11  -{0}"),
    ("2020J01", "支出 2010301 30201  {0} | 零余额  -{0}"),
    ("2020X01", "支出 2010302 30201  {0} | 收入 39  -{0}"),
    ("2020X01", "支出 2010302 30101  {0} | 收入 11  -{0}"),
    ("2020R01", "支出 2080505 30101  {0} | 收入 11  -{0}"),
    ("2020X01", "支出 2010301 30209  {0} | 收入 11  -{0}"),
    ("2020Q02", "支出 2010350 30201  {0} | 货币资金  -{0}"),
    (
        "2020X01",
        "支出 2010302 30201  {0} | 支出 2010302 30209  {0} | 收入 11  -{0} | 收入 11  -{0}",
    ),
    ("2020X01", "收入 11  -{0} | 支出 2010302 30201  {0}"),
)
DAYS = ("2020-02-05", "2020-02-06", "2020-03-02", "2020-12-30", "2020-12-31", "2021-01-04")


@st.composite
def many_alike(draw: st.DrawFn) -> str:
    """Write many payments of few kinds."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True))
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(kinds),
                st.sampled_from(DAYS),
                st.sampled_from(["0.01", "0.50", "10.00", "20.00"]),
                st.sampled_from(["甲公司", "乙公司", "本单位", ""]),
                st.integers(0, 400),  # seldom one that there was before
            ),
            min_size=6,
            max_size=40,
        )
    )
    found = []
    for (line, posted), day, amount, payee, number in rows:
        head = f'{day} * "{payee}" "支付"\n  id: "zf-{number}"\n  line: "{line}"\n'
        found.append(head + "".join(f"  {each}\n" for each in posted.format(amount).split(" | ")))
    return "\n".join(found)


def entries_of(payments: list[dict[str, Any]]) -> list[Any]:
    """Load a ledger without its rules; beancount may have something to say of it, too."""
    return loaded("\n".join(map(written, payments)))


def loaded(payments: str) -> list[Any]:
    """Load what was approved, and payments."""
    entries = list(loader.load_string(book(APPROVED + payments, (), bare=True))[0])
    assert sum(type(entry) is Transaction for entry in entries) == 4 + payments.count("支付")
    return entries


def begun(entries: list[Any], *, legs: bool = False) -> Pass:
    """Begin a pass of all families, with derived legs or without."""
    customs = tuple(entry for entry in entries if isinstance(entry, Custom))
    layers = Layers(register(entries), pools_of(SETTINGS))
    ground = Ground(layers, SETTINGS, EventReader(), customs)
    with legs_for(asserted=False) if legs else without_legs():
        return Pass(ground, [family(ground) for family in FAMILIES])


def said(findings: list[Finding]) -> list[tuple[str, str, object]]:
    """Give what is said, of what, in some order."""
    return sorted((f.rule, f.message, f.source.get("lineno") or 0) for f in findings)


@settings(max_examples=60, deadline=None)
@given(st.lists(PAYMENTS, max_size=25), st.integers(0, 400))
def test_a_pass_taken_up_again_gives_what_it_gave(payments: list[dict[str, Any]], at: int) -> None:
    entries = entries_of(payments)
    at = len(entries) - at % (len(payments) + 5)
    once = begun(entries)
    once.through(entries[:at])
    kept = once.checkpoint()
    for _ in range(2):
        once.through(entries[at:])
        found = said(once.findings())
        once.restore(kept)
        whole = begun(entries)
        whole.through(entries)
        assert found == said(whole.findings())


def unlike(self: Likeness, entries: Sequence[Any], at: int, rows: list[Row]) -> tuple[int, None]:
    """Take every entry for one of its own."""
    del self, entries, rows
    return at, None


@pytest.mark.parametrize("legs", [False, True])
@settings(max_examples=60, deadline=None)
@given(payments=st.lists(PAYMENTS, max_size=40), many=st.sampled_from([1, 2, 5, 64]))
def test_what_is_alike_is_judged_as_if_it_were_not(
    payments: list[dict[str, Any]], many: int, *, legs: bool
) -> None:
    same_alike_or_not(entries_of(payments), many, legs=legs)


@pytest.mark.parametrize("legs", [False, True])
@settings(max_examples=60, deadline=None)
@given(payments=many_alike(), many=st.sampled_from([1, 2, 5, 64]))
def test_many_that_are_alike_are_judged_as_if_they_were_not(
    payments: str, many: int, *, legs: bool
) -> None:
    same_alike_or_not(loaded(payments), many, legs=legs)


def test_a_posting_made_by_a_program_has_no_metadata() -> None:
    pay = (
        '2020-02-05 * "甲公司" "支付"\n  id: "zf-{}"\n  line: "2020J01"\n'
        "  支出 2010301 30201  1.00\n  收入 11  -1.00\n\n"
    )
    entries = loaded("".join(map(pay.format, range(4))))
    at = next(at for at, entry in enumerate(entries) if entry.meta.get("id") == "zf-2")
    bare = [posting._replace(meta=None) for posting in entries[at].postings]
    entries[at] = entries[at]._replace(postings=bare)
    same_alike_or_not(entries, 64, legs=False)


def same_alike_or_not(entries: list[Any], many: int, *, legs: bool) -> None:
    """Judge payments so many at a time, and each by itself."""
    quick, slow = begun(entries, legs=legs), begun(entries, legs=legs)
    slow._likeness = type("Unlike", (Likeness,), {"gather": unlike})()
    with patch.object(run, "MANY", many), patch.object(alike, "MANY", many):
        changed, wanted = quick.through(entries), slow.through(entries)
    assert changed == wanted
    assert legs or changed == entries
    assert said(quick.findings()) == said(slow.findings())
