"""A law: no row or cell of a good file can be lost, doubled, shifted or altered without a word.

10,000 mutations in all; the seed is printed, YUSUAN_SEED repeats one.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import assume
from hypothesis import given
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis import strategies as st
from tests.executions import FOLDER
from tests.executions import rows_of

from yusuan.importers.allotments.columns import columns
from yusuan.importers.budget.words import is_blank
from yusuan.importers.execution import kind_of
from yusuan.importers.execution import load_vocabulary
from yusuan.importers.execution import read_file
from yusuan.importers.execution.header import find
from yusuan.importers.readers import csv as csv_reader
from yusuan.ledger.classification import load

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.execution.record import Execution
    from yusuan.importers.execution.record import Record
    from yusuan.importers.readers.grid import Grid

FILES = sorted(FOLDER.glob("*.csv"))
MUTATIONS = 10_000
VOCABULARY, CODES = load_vocabulary(), load()
#: The roles whose cells are amounts; a total or a balance vouches for each of them.
AMOUNTS = {
    "amount", "paid", "asked", "quota", "debit", "credit", "balance", "gross", "wage", "withheld",
    "change", "planned", "net", "deducted",
}  # fmt: skip
WHOLE_ROW = ("delete", "double", "left", "right")
Rows = list[list[str]]


@dataclass(frozen=True)
class Good:
    """A file that is in order: its rows, which of them has the headings, and what is read of it."""

    rows: Rows
    head: int
    total: int
    roles: list[str]
    read: Execution


def good(path: Path) -> Good:
    rows = rows_of(path)
    read = heard(rows)
    assert read is not None
    heading = find([row for row in grid(rows).rows if row.filled], VOCABULARY)
    assert heading is not None
    roles = [each.role if each else "" for each in columns(heading.header.row, VOCABULARY.words)]
    head = next(at for at, row in enumerate(rows) if row == heading.header.row.texts)
    return Good(rows, head, len(rows) - 1, roles, read)


def grid(rows: Rows) -> Grid:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return csv_reader.read(output.getvalue().encode(), "a.csv")


def heard(rows: Rows) -> Execution | None:
    """Read rows; None where they are refused."""
    read = grid(rows)
    if not kind_of(read, VOCABULARY):
        return None
    found, findings = read_file(read, VOCABULARY, CODES)
    return None if findings else found


def altered(draw: st.DrawFn, text: str, row: list[str]) -> str:
    """Alter a cell: a digit, a sign, the place of the point, another cell's text, nothing at all."""
    how = draw(st.sampled_from(["digit", "digit", "sign", "point", "blank", "other", "more"]))
    digits = [at for at, ch in enumerate(text) if ch.isdecimal()]
    if how == "digit" and digits:
        at = draw(st.sampled_from(digits))
        return text[:at] + str((int(text[at]) + draw(st.integers(1, 9))) % 10) + text[at + 1 :]
    if how == "other":
        return draw(st.sampled_from(row))
    changed = {"sign": f"-{text}", "point": f"{text}0".replace(".", ""), "blank": ""}
    return changed.get(how, f"{text}x")


def mutate_row(draw: st.DrawFn, rows: Rows, at: int) -> None:
    """Delete, double or shift a whole row."""
    how = draw(st.sampled_from(WHOLE_ROW))
    if how == "delete":
        del rows[at]
    elif how == "double":
        rows.insert(at, list(rows[at]))
    else:
        rows[at] = [*rows[at][1:], ""] if how == "left" else ["", *rows[at]]


@st.composite
def mutations(draw: st.DrawFn, file: Good) -> tuple[Rows, int, str]:
    """Give mutated rows, which row it is, and the role of the cell; "" for a whole row."""
    rows = [list(row) for row in file.rows]
    at = draw(st.integers(file.head, file.total))
    if draw(st.integers(0, 3)) == 0:
        mutate_row(draw, rows, at)
        return rows, at, ""
    place = draw(st.integers(0, len(file.roles) - 1))
    rows[at][place] = altered(draw, rows[at][place], rows[at])
    now, was = rows[at][place].strip(), file.rows[at][place]
    # A dash is a blank; on the other side of a debit or a credit, so is a zero.
    nothing = [is_blank(text) or text == "0" for text in (now, was)]
    assume(now != was and not all(nothing))
    return rows, at, file.roles[place] or "?"


def differing(one: Record, other: Record) -> set[str]:
    roles = {role for role in (*one.fields, *other.fields) if one.get(role) != other.get(role)}
    roles |= {"day"} if one.day != other.day else set()
    return roles | ({"amount"} if one.amount != other.amount else set())


#: What a column may change in a record: days stand in for one another, a name may be a person's,
#: and a person's name is taken out of the text.
MAY_CHANGE = {
    "paid_day": {"day"}, "asked_day": {"day"}, "payee": {"payee", "text"},
    "counterparty": {"payee", "text"}, "person": {"payee", "text"}, "identity": {"payee", "text"},
    "subject": set(),
}  # fmt: skip


def holds(file: Good, rows: Rows, at: int, role: str) -> None:
    after = heard(rows)
    if after is None:
        return
    told = set(after.notes) - set(file.read.notes) or after.controls != file.read.controls
    if at == file.head:
        # The name of a wage item is what its payment is for.
        assert told or role == "wage" or after.records == file.read.records or file.rows[at] in rows
        return
    if at == file.total:
        # Balances are not summed, so what stands there in the row of totals says nothing.
        assert told or len(rows) != len(file.rows) or role not in AMOUNTS - {"balance"}
        assert sum(each.amount for each in after.records) == sum(
            each.amount for each in file.read.records
        )
        return
    assert role, f"a whole row was mutated without a word: {rows[at : at + 1]}"
    assert role not in AMOUNTS, f"an amount was mutated without a word: {rows[at]}"
    assert len(after.records) == len(file.read.records) or role == "subject"
    pairs = zip(file.read.records, after.records, strict=False)
    changed = [differing(one, other) for one, other in pairs if one != other]
    assert role == "subject" or len(changed) <= 1
    for roles in changed:
        assert role == "subject" or roles <= MAY_CHANGE.get(role, {role}), (role, roles)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_mutation_passes_without_a_word(path: Path, seed: int) -> None:
    file = good(path)

    @seeded(seed)
    @settings(
        max_examples=MUTATIONS // len(FILES),
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(mutated=mutations(file))
    def law(mutated: tuple[Rows, int, str]) -> None:
        holds(file, *mutated)

    law()
