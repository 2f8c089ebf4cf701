"""The stored queries of a book answer through fava what the commands answer."""

from __future__ import annotations

import json
from datetime import UTC
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from fava.core import FavaLedger
from tests.books import run
from tests.pages import site
from tests.webs import EXAMPLE

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.queries import directives

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages import Site

NAMES = ["本月支付", "各指标可用", "三公支出", "按收款人合计", "未复核凭证"]


@pytest.fixture(scope="module")
def example() -> Site:
    return site(EXAMPLE)


def stored(opened: Site) -> dict[str, str]:
    """Give the queries that fava's sidebar shows."""
    queries = json.loads(opened.text("api/ledger_data"))["data"]["user_queries"]
    return {query["name"]: query["query_string"] for query in queries}


def answer(opened: Site, name: str) -> list[dict[str, Any]]:
    """Run a stored query as a click in the sidebar does."""
    said = json.loads(opened.text("api/query", query_string=stored(opened)[name]))["data"]
    columns = [column["name"] for column in said["types"]]
    return [dict(zip(columns, row, strict=True)) for row in said["rows"]]


def rows(*arguments: str) -> list[dict[str, Any]]:
    """Ask a command about the example."""
    found: list[dict[str, Any]] = json.loads(
        run(arguments[0], EXAMPLE, *arguments[1:], "--json").output
    )["rows"]
    return found


def test_every_query_stands_in_the_sidebar_and_answers(example: Site) -> None:
    assert list(stored(example)) == NAMES
    assert [bool(answer(example, name)) for name in NAMES] == [False, True, True, True, False]


def test_lines_and_what_is_available_of_them(example: Site) -> None:
    said = {
        row["line"].partition("-")[0]: Decimal(str(row["available"]))
        for row in answer(example, "各指标可用")
    }
    assert said == {row["line"]: Decimal(row["available"]) for row in rows("lines")}


def test_what_was_paid_to_each_adds_up_to_what_was_spent(example: Site) -> None:
    spent = sum(Decimal(row["spent"]) for row in rows("lines"))
    assert sum(Decimal(str(row["paid"])) for row in answer(example, "按收款人合计")) == spent


def test_three_public_expenses(example: Site) -> None:
    [row] = answer(example, "三公支出")
    assert (row["id"], row["economic"], Decimal(str(row["number"]))) == (
        "zf-2020-0148", "30217-公务接待费", Decimal("88.00"),
    )  # fmt: skip


def test_this_month_and_what_was_not_reviewed(tmp_path: Path) -> None:
    """Two payments of today, and an earlier one; one of them is marked."""
    today = datetime.now(tz=UTC).date()
    account = "Expenses:7101-行政支出:201-一般公共服务支出:30201-办公费"
    head = 'option "operating_currency" "CNY"\n'
    lines = [head, *(f"2000-01-01 open {name}\n" for name in (account, "Assets:8001-资金结存"))]
    for day, flag, payee in ((today, "*", "甲"), (today, "!", "乙"), ("2001-01-01", "*", "丙")):
        lines.append(
            f'{day} {flag} "{payee}" "办公费"\n  {account}  1.00 CNY\n  Assets:8001-资金结存\n'
        )
    main = tmp_path / "main.beancount"
    main.write_text("".join([*lines, *directives(2000)]), "utf-8")
    ledger = FavaLedger(str(main))
    assert ledger.errors == []

    def payees(name: str) -> list[str]:
        [query] = [each for each in ledger.all_entries_by_type.Query if each.name == name]
        found: Any = ledger.query_shell.execute_query_serialised(
            ledger.all_entries, query.query_string
        )
        at = [column.name for column in found.types].index("payee")
        return [row[at] for row in found.rows]

    assert payees("本月支付") == ["甲", "乙"]
    assert set(payees("未复核凭证")) == {"乙"}


def test_the_book_is_as_it_was(example: Site) -> None:
    """Queries are nothing that a rule looks at."""
    assert not load_book(EXAMPLE).stops
    assert "检查通过" in example.page("Checks").said()
