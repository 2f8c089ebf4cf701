"""Laws of the recogniser: it never fails on a damaged document, and never loses a number."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from yusuan.importers.budget import recognise
from yusuan.importers.readers import txt
from yusuan.ledger.tables import json as shapes
from yusuan.ledger.tables.identities import verify

LINES = (Path(__file__).parent / "documents" / "rows.txt").read_text(encoding="utf-8").splitlines()
FIRST = next(at for at, line in enumerate(LINES) if "收支预算总表" in line)
PROSE = next(at for at, line in enumerate(LINES) if line.startswith("2023年“三公”经费预算数为"))

#: The lines of tables and of the form, where a number stands in a cell of its own.
CELLS = [at for at, line in enumerate(LINES) if "\t" in line and at > FIRST]
STRAY = "777,777.77"


def kept(text: str) -> str:
    """Give all that is said about a document: cells as printed, and findings."""
    document = recognise(txt.read(text.encode(), "rows.txt"))
    printed = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.amounts.values()
    ]
    findings = [finding.message for finding in document.findings]
    forms = [json.dumps(shapes.document(document)["projects"], ensure_ascii=False)]
    labels = [row.name for table in document.tables for row in table.rows]
    return "\n".join(printed + findings + forms + labels)


@settings(max_examples=300)
@given(st.sampled_from(CELLS), st.integers(0, 9), st.booleans())
def test_a_stray_number_lands_or_is_reported(at: int, column: int, insert: bool) -> None:  # noqa: FBT001 - drawn
    cells = LINES[at].split("\t")
    column = min(column, len(cells) - 1)
    cells[column : column + (not insert)] = [STRAY]
    text = "\n".join([*LINES[:at], "\t".join(cells), *LINES[at + 1 :]])
    said = kept(text)
    refused = "整张表未读取" in said  # a number in the header: the table is not read at all
    assert STRAY in said or STRAY.replace(",", "") in said or refused


damage = st.one_of(
    st.tuples(st.just("drop"), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("double"), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("swap"), st.integers(0, len(LINES) - 2)),
    st.tuples(st.just("cut"), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("join"), st.integers(0, len(LINES) - 2)),
)


@settings(max_examples=60)
@given(st.lists(damage, min_size=1, max_size=12))
def test_a_damaged_document_is_read_without_failing(damages: list[tuple[str, int]]) -> None:
    lines = list(LINES)
    for kind, position in damages:
        at = position % max(1, len(lines) - 1)
        match kind:
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[at + 1] = lines[at + 1], lines[at]
            case "cut":
                lines[at] = lines[at][: len(lines[at]) // 2]
            case _:
                lines[at : at + 2] = [lines[at] + "\t" + lines[at + 1]]
    document = recognise(txt.read("\n".join(lines).encode(), "rows.txt"))
    json.dumps(shapes.document(document))
    verify(document)


def test_a_row_that_ends_before_a_column_left_out_is_read() -> None:
    head = next(
        at for at, line in enumerate(LINES) if line.startswith("财政拨款收入\t财政拨款支出")
    )
    for end in ("", "\n一、", "\n一、\t140,100.10"):
        text = "\n".join([*LINES[: head + 1], LINES[head + 1] + "\t备查数", LINES[head + 2] + end])
        document = recognise(txt.read(text.encode(), "rows.txt"))
        assert document.tables[-1].rows[0].name == "一般公共预算资金"


@given(
    st.lists(
        st.lists(
            st.text(alphabet="201 .,款项类合计编码名称收支出总表预算\t三公", max_size=8), max_size=6
        ),
        max_size=12,
    )
)
def test_any_grid_is_read_without_failing(rows: list[list[str]]) -> None:
    text = "支出预算总表\n" + "\n".join("\t".join(row) for row in rows)
    verify(recognise(txt.read(text.encode(), "a.txt")))
