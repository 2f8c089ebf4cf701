"""A law of 指标 lists, as of execution files: nothing is lost, doubled, shifted or altered without a word.

The seed is printed, YUSUAN_SEED repeats one.
"""

from __future__ import annotations

import csv
import io
from dataclasses import fields

from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import assume
from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis import strategies as st
from tests.executions import rows_of
from tests.lists import FIRST
from tests.test_execution_mutations import altered
from tests.test_execution_mutations import mutate_row

from yusuan.importers.allotments import is_list
from yusuan.importers.allotments import load_words
from yusuan.importers.allotments import read_list
from yusuan.importers.readers import csv as csv_reader
from yusuan.ledger.budget.allotment import AllotmentList
from yusuan.ledger.budget.allotment import Row
from yusuan.ledger.classification import load

MUTATIONS = 1_000
WORDS, CODES = load_words(), load()
Rows = list[list[str]]
ROWS = rows_of(FIRST)
HEAD = next(at for at, row in enumerate(ROWS) if "资金性质" in row)
TOTAL = len(ROWS) - 1
#: What a column may change in a row of the list; a name alone changes what its project is called.
MAY_CHANGE = {
    "指标ID": {"id"}, "年度": set(), "资金性质": {"fund"}, "支出功能分类编码": {"function"},
    "支出功能分类名称": {"function"}, "部门支出经济分类": {"economic"}, "项目类别": {"klass"},
    "项目编码": {"project", "name"}, "项目名称": {"project", "name"}, "指标文号": {"doc"},
    "支付方式": {"method"},
}  # fmt: skip


def heard(rows: Rows) -> AllotmentList | None:
    """Read rows; None where they are refused."""
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    grid = csv_reader.read(output.getvalue().encode(), "a.csv")
    if not is_list(grid, WORDS):
        return None
    found, findings = read_list(grid, WORDS, CODES, 2020)
    return None if findings else found


GOOD = heard(ROWS)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[Rows, int, str]:
    """Give mutated rows, which row it is, and the heading of the cell; "" for a whole row."""
    rows = [list(row) for row in ROWS]
    at = draw(st.integers(HEAD + 1, TOTAL))
    if draw(st.integers(0, 3)) == 0:
        mutate_row(draw, rows, at)
        return rows, at, ""
    place = draw(st.integers(0, len(ROWS[HEAD]) - 1))
    rows[at][place] = altered(draw, rows[at][place], rows[at])
    assume(rows[at][place].strip() != ROWS[at][place])
    return rows, at, ROWS[HEAD][place]


def differing(one: Row, other: Row) -> set[str]:
    names = (field.name for field in fields(Row) if field.name != "where")
    return {name for name in names if getattr(one, name) != getattr(other, name)}


def holds(rows: Rows, at: int, heading: str) -> None:
    after = heard(rows)
    assert GOOD is not None
    if after is None:
        return
    told = set(after.notes) - set(GOOD.notes) or after.controls != GOOD.controls
    if at == TOTAL:
        assert told or heading != "金额"
        assert sum(row.amount for row in after.rows) == sum(row.amount for row in GOOD.rows)
        return
    assert heading, f"a whole row was mutated without a word: {rows[at : at + 1]}"
    assert heading != "金额", f"an amount was mutated without a word: {rows[at]}"
    pairs = zip(GOOD.rows, after.rows, strict=True)
    changed = [differing(one, other) for one, other in pairs if one != other]
    assert len(changed) <= 1
    for roles in changed:
        assert roles <= MAY_CHANGE[heading], (heading, roles)


def test_no_mutation_of_a_list_passes_without_a_word(seed: int) -> None:
    @seeded(seed)
    @settings(
        max_examples=MUTATIONS,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated=mutations())
    def law(mutated: tuple[Rows, int, str]) -> None:
        holds(*mutated)

    law()
