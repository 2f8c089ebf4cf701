"""What holds for every row of the code tables, and for every table laid over them."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.ledger.classification import CodeTable
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification import Subject
from yusuan.ledger.classification import Verdict
from yusuan.ledger.classification import folded
from yusuan.ledger.classification import level
from yusuan.ledger.classification import load
from yusuan.ledger.classification import path
from yusuan.ledger.classification import rows
from yusuan.ledger.classification import well_formed

CODES = load()
NUMERIC = tuple(scheme for scheme in Scheme if scheme is not Scheme.SOURCE)
ALL_ROWS = [row for scheme in Scheme for row in CODES.table(scheme)]
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))

#: The supplied tables' rows: 869 + 111 + 85 + 62.
ROWS = 1127


def test_no_row_is_lost() -> None:
    assert len(ALL_ROWS) == ROWS


@pytest.mark.parametrize("scheme", Scheme)
def test_every_row_is_well_formed(scheme: Scheme) -> None:
    for row in CODES.table(scheme):
        assert row.scheme is scheme
        assert well_formed(scheme, row.code)
        assert row.name == row.name.strip()
        assert folded(row.name)


@pytest.mark.parametrize("scheme", NUMERIC)
def test_every_code_hangs_on_its_path(scheme: Scheme) -> None:
    table = CODES.table(scheme)
    for row in table:
        *above, last = path(row.code)
        assert last == row.code
        assert row.level == level(row.code)
        assert row.parent == (above[-1] if above else None)
        for code in above:
            assert table.versions(code), f"{row.code} has no {code}"


@pytest.mark.parametrize("scheme", NUMERIC)
def test_what_is_above_a_code_is_in_force_with_it(scheme: Scheme) -> None:
    table = CODES.table(scheme)
    for row in table:
        for on in filter(None, (row.valid_from, row.valid_to)):
            for code in path(row.code):
                assert table.get(code, on), f"{row.code} on {on} has no {code}"


@pytest.mark.parametrize("scheme", Scheme)
def test_versions_of_a_code_follow_each_other(scheme: Scheme) -> None:
    table = CODES.table(scheme)
    for code in {row.code for row in table}:
        for earlier, later in pairwise(table.versions(code)):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert (later.valid_from - earlier.valid_to).days == 1


def test_mappings_lead_to_government_codes() -> None:
    """A 类 may be ambiguous; a 款 names one code, save where the table leaves it empty."""
    for row in CODES.economic:
        for code in filter(None, (row.gov_admin, row.gov_institution)):
            known = [part for part in code.split("/") if CODES.government.versions(part)]
            assert known == code.split("/")
            assert len(known) == 1 or row.level == "类"
        assert row.gov_institution is not None
        assert row.gov_admin is not None or row.code == "30107"


@given(st.sampled_from(ALL_ROWS), DAYS)
def test_get_is_within_validity(row: Subject, on: date) -> None:
    table = CODES.table(row.scheme)
    found = table.get(row.code, on)
    assert (found is not None) == any(version.valid(on) for version in table.versions(row.code))
    assert found is None or found.valid(on)


@given(st.sampled_from(ALL_ROWS), DAYS)
def test_a_verdict_agrees_with_get(row: Subject, on: date) -> None:
    table = CODES.table(row.scheme)
    found, verdict = table.get(row.code, on), table.verdict(row.code, on)
    assert (verdict is Verdict.VALID) == (found is not None and found.certified)
    if found is None:
        assert verdict in {Verdict.EXPIRED, Verdict.UNVERIFIED}
    else:
        assert table.matches(row.code, on, found.name)


@given(st.text(max_size=9) | st.from_regex(r"[0-9R]{1,9}", fullmatch=True), DAYS)
def test_a_verdict_never_raises(code: str, on: date) -> None:
    for scheme in Scheme:
        verdict = CODES.table(scheme).verdict(code, on)
        assert (verdict is Verdict.MALFORMED) != well_formed(scheme, code)


@st.composite
def own_rows(draw: st.DrawFn) -> Subject:
    """A row of a book's own: of a known code or a new one, for some days."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Subject(
        scheme=Scheme.ECONOMIC,
        code=draw(st.sampled_from(["30101", "30311", "30107", "30297", "32001"])),
        name=draw(st.sampled_from(["基本工资", "代缴社会保险费", "甲", "乙"])),
        level="款",
        parent="301",
        valid_from=draw(st.sampled_from([None, first])),
        valid_to=draw(st.sampled_from([None, last])),
        confidence=draw(st.sampled_from(["user-certified", "recalled-low"])),
        fund=draw(st.sampled_from([None, "一般公共预算"])),
    )


OWN = st.lists(own_rows(), max_size=5)


@given(OWN, st.none() | st.integers(2018, 2026))
def test_laying_rows_over_twice_changes_nothing(own: list[Subject], year: int | None) -> None:
    once = CODES.economic.overlay(own, year)
    assert once.overlay(own, year) == once


@given(OWN, DAYS)
def test_later_rows_win_in_their_dates_only(own: list[Subject], on: date) -> None:
    table = CODES.economic.overlay(own)
    for code in ("30101", "30311", "30107", "30297", "32001"):
        covering = [row for row in own if row.code == code and row.valid(on)]
        found = table.get(code, on)
        if covering:
            assert found is not None
            assert found.name == covering[-1].name
        else:
            assert found == CODES.economic.get(code, on)


@given(OWN, DAYS)
def test_a_complete_year_has_its_own_codes_and_no_others(own: list[Subject], on: date) -> None:
    table = CODES.economic.overlay(own, on.year)
    in_force = {row.code for row in own if row.valid(on)}
    assert {row.code for row in table.at(on)} == in_force
    outside = on.replace(year=on.year + 1, day=1)
    assert table.verdict("30201", outside) == CODES.economic.verdict("30201", outside)


@pytest.mark.parametrize("scheme", Scheme)
def test_csv_text_reads_back(scheme: Scheme) -> None:
    known: CodeTable = CODES.table(scheme)
    back = rows.parse(rows.dump(known), scheme, "往返")
    assert back == [
        row._replace(fund=None, default_class=None, gov_admin=None, gov_institution=None)
        for row in known
    ]


@given(
    st.sampled_from(ALL_ROWS), st.lists(st.sampled_from("　 ，、。（）()《》-·\u200b"), min_size=1)
)
def test_punctuation_and_spaces_never_count(row: Subject, marks: list[str]) -> None:
    woven = "".join(mark + char for mark, char in zip(marks, row.name, strict=False))
    printed = woven + row.name[len(marks) :]
    on = row.valid_from or row.valid_to or date(2020, 1, 1)
    assert CODES.table(row.scheme).matches(row.code, on, printed)
