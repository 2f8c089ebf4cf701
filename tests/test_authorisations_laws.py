"""Laws of overrides: they turn stops of their rule into warnings, up to their cap, and nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import hypothesis.strategies as st
from hypothesis import event
from hypothesis import given
from hypothesis import settings
from tests.ledgers import LINES
from tests.ledgers import load
from tests.test_control_laws import DAYS
from tests.test_control_laws import years

from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from tests.ledgers import Found

IDS = ("sq-1", "sq-2", "sq-3")


@dataclass(frozen=True)
class Given:
    """An authorisation, as a test knows it."""

    id: str
    day: str
    rule: str
    line: str
    cap: str
    expiry: str

    @property
    def text(self) -> str:
        return (
            f'\n{self.day} custom "authorisation" "{self.rule}" "{self.line}"\n  id: "{self.id}"\n'
            f'  office: "财政局"\n  doc: "文号"\n  reason: "应急"\n  cap: {self.cap} CNY\n'
            f"  expiry: {self.expiry}\n"
        )


@st.composite
def authorised(draw: st.DrawFn) -> list[Given]:
    """Some of three authorisations, of all kinds."""
    found = []
    for id_ in draw(st.lists(st.sampled_from(IDS), unique=True)):
        first, last = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
        rule = draw(st.sampled_from(["R01", "R01", "R04", "R26"]))
        line = draw(st.sampled_from(["", "", *LINES]))
        cap = draw(st.sampled_from(["0.01", "10.00", "20.00", "100.00"]))
        found.append(Given(id_, first, rule, line, cap, last))
    return found


def naming(entry: str, ids: tuple[str, ...]) -> str:
    """Have an entry name authorisations: metadata stands below its first line."""
    if not ids:
        return entry
    head, _, rest = entry.removeprefix("\n").partition("\n")
    return f'\n{head}\n  authorisation: "{" ".join(ids)}"\n{rest}'


def every(found: Found) -> list[Finding]:
    """All findings of our own."""
    return [each for each in [*found.errors, *found.advice] if isinstance(each, Finding)]


def told(findings: list[Finding]) -> Counter[tuple[str, str, Severity]]:
    """What is said, without what is said of authorisations."""
    return Counter(
        (each.rule, each.message.partition("；例外授权")[0].partition("；已由")[0], each.severity)
        for each in findings
    )


@given(year=years(), allowed=authorised())
@settings(max_examples=30)
def test_authorisations_that_no_entry_names_change_nothing(
    year: list[str], allowed: list[Given]
) -> None:
    plain = every(load("".join(year)))
    beside = every(load("".join([*year, *(each.text for each in allowed)])))
    assert Counter(each.message for each in beside) == Counter(each.message for each in plain)
    assert told(beside) == told(plain)


@given(data=st.data(), year=years(), allowed=authorised())
@settings(max_examples=100)
def test_the_only_change_is_that_covered_stops_warn(
    data: st.DataObject, year: list[str], allowed: list[Given]
) -> None:
    choice = st.sampled_from([(), ("sq-1",), ("sq-1",), ("sq-2",), ("sq-2", "sq-1", "sq-3")])
    named = [naming(entry, data.draw(choice)) for entry in year]
    plain = every(load("".join(year)))
    found = every(load("".join([*named, *(each.text for each in allowed)])))
    waived = [each for each in found if each.waiver is not None]
    event(f"{bool(waived)} waived")
    before = [
        each._replace(severity=Severity.STOP) if each.waiver is not None else each for each in found
    ]
    assert told(before) == told(plain)
    by_id = {each.id: each for each in allowed}
    used: dict[str, Decimal] = {}
    taken: dict[tuple[object, str], Decimal] = {}
    for each in waived:
        assert each.waiver is not None
        entry: Any = each.entry
        given_ = by_id[each.waiver.authorisation]
        assert each.severity is Severity.WARN
        assert each.rule == given_.rule
        assert given_.id in entry.meta["authorisation"].split()
        assert date.fromisoformat(given_.day) <= entry.date <= date.fromisoformat(given_.expiry)
        taken[entry.meta["lineno"], given_.id] = each.waiver.amount
    for (_, id_), amount in taken.items():
        assert amount > 0
        used[id_] = used.get(id_, Decimal(0)) + amount
    assert all(amount <= Decimal(by_id[id_].cap) for id_, amount in used.items())
