"""预算执行: its figures are those of `yusuan execution`, and lead to the postings that they sum."""

from __future__ import annotations

import csv
import io
import json
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import quote
from urllib.parse import unquote
from urllib.parse import urlsplit

import pytest
from beancount.core.data import Open
from beancount.core.data import Transaction
from fava.application import create_app
from fava.core.filters import Match
from lxml import html
from openpyxl import load_workbook
from tests.books import run
from tests.webs import copied

from yusuan.ledger.tables.csv import csv_file
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.execution_json import execution_json
from yusuan.ledger.tables.outline import LEVELS
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from fava.core import FavaLedger
    from flask import Flask

    from yusuan.ledger.books.view import View
    from yusuan.ledger.tables.execution_text import Value

FIGURES = ("approved", "adjusted", "committed", "frozen", "spent", "available", "rate")
MONTH_ENDS = [date(2020, month, monthrange(2020, month)[1]) for month in range(1, 13)]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("execution") / "book")


@pytest.fixture(scope="module")
def app(book: Path) -> Flask:
    return application(book / "main.beancount")


@pytest.fixture(scope="module")
def ledger(app: Flask) -> FavaLedger:
    [held] = app.config["LEDGERS"].ledgers
    found: FavaLedger = held
    return found


@pytest.fixture(scope="module")
def view(ledger: FavaLedger) -> View:
    held: View = ledger.view  # type: ignore[attr-defined]
    return held


class Shown:
    """What the page shows for an address."""

    def __init__(self, app: Flask, query: str = "") -> None:
        client = app.test_client()
        base = client.get("/").headers["Location"].split("/")[1]
        found = client.get(f"/{base}/extension/Execution/?partial=true&{query}")
        assert found.status_code == 200
        self.page = html.fromstring(found.data.decode())
        head, *rows = self.page.xpath("//table[contains(@class, 'ys-execution')]//tr")
        self.columns = [th.text_content() for th in head][1:]
        self.rows = {
            "".join(row[0].xpath(".//span[@class='ys-code']/text()")): row[1:]
            for row in rows
            if len(row) > 1
        }
        self.text = self.page.text_content()

    @property
    def codes(self) -> list[str]:
        return [code for code in self.rows if code]

    def figures(self, code: str) -> list[str]:
        return [cell.text_content() for cell in self.rows[code]]

    def figure(self, code: str, column: str) -> str:
        return self.figures(code)[self.columns.index(column)]

    def addresses(self) -> dict[str, Decimal]:
        """Give where every figure leads."""
        return {
            link.get("href"): number(link.text)
            for cells in self.rows.values()
            for cell in cells
            for link in cell.xpath("./a")
        }


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def written(value: Any, *, rate: bool = False) -> str:
    """Write a value of the JSON as the page does."""
    if value is None:
        return "—"
    return f"{Decimal(value) * 100:.2f}%" if rate else f"{Decimal(value):,.2f}"


@pytest.mark.parametrize("by", By)
def test_every_figure_is_that_of_the_command_at_every_month_end(
    app: Flask, view: View, by: By
) -> None:
    for day in MONTH_ENDS:
        shown = Shown(app, f"by={by}&as_of={day}")
        table = execution_json(view.execution(by, day))
        assert shown.codes == [row["code"] for row in table["rows"]]
        for row in (*table["rows"], table["total"]):
            expected = [written(row[key], rate=key == "rate") for key in FIGURES]
            expected += [written(row["spent_outside"])] if by is By.ECONOMIC else []
            assert shown.figures(row["code"]) == expected, (day, row["code"])
        assert f"序时进度 {Decimal(table['time_progress']) * 100:.2f}%" in shown.text


@pytest.mark.parametrize("by", By)
def test_without_a_day_it_is_what_the_command_prints(app: Flask, book: Path, by: By) -> None:
    report = json.loads(run("execution", book, "--by", by.value, "--json").output)
    shown = Shown(app, f"by={by}")
    assert shown.figure("", "已执行") == written(report["total"]["spent"])
    assert f"截至 {report['as_of']}" in shown.text


@pytest.mark.parametrize(
    "query", ["&as_of=2020-01-15", "&time=2020-09", "&time=2020-09&as_of=2020-11-15"]
)
@pytest.mark.parametrize("by", By)
def test_every_figure_leads_to_the_postings_that_it_sums(
    app: Flask, ledger: FavaLedger, by: By, query: str
) -> None:
    found = Shown(app, f"by={by}{query}").addresses()
    assert len(found) > 5
    for address, figure in found.items():
        period = "2020-09" if figure and "2020-09-01 - " in unquote(address) else ""
        assert summed(ledger, address, period) == figure, unquote(address)


def summed(ledger: FavaLedger, address: str, period: str = "") -> Decimal:
    """Sum the postings on a page of fava: of an account and those below it, or of a pattern."""
    parts = urlsplit(address)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    kind, *name = unquote(parts.path).removeprefix("../../").strip("/").split("/")
    if kind == "account":
        [account] = name
        assert any(known == account or known.startswith(f"{account}:") for known in opened(ledger))
        match = Match(f"^{account}(:|$)")
    else:
        assert kind == "journal"
        match = Match(query["account"])
    entries: Any = ledger.get_filtered(
        account=query.get("account", ""), filter=query.get("filter", ""), time=query.get("time", "")
    ).entries
    return sum(
        (
            posting.units.number
            for entry in entries
            if isinstance(entry, Transaction)
            # What stood before the period is one entry on its eve.
            and not (period and str(entry.date) < f"{period}-01")
            for posting in entry.postings
            if match(posting.account) and posting.units and posting.units.number is not None
        ),
        Decimal(),
    )


def opened(ledger: FavaLedger) -> list[str]:
    entries: Any = ledger.all_entries
    return [entry.account for entry in entries if isinstance(entry, Open)]


def test_a_time_filter_sets_the_day_and_adds_what_was_spent_in_the_period(
    app: Flask, view: View
) -> None:
    shown = Shown(app, "by=line&time=2020-06")
    assert "截至 2020-06-30" in shown.text
    before, after = (
        view.execution(By.LINE, date(2020, month, day)) for month, day in ((5, 31), (6, 30))
    )
    for was, row in zip(before.rows, after.rows, strict=True):
        assert was.position is not None
        assert row.position is not None
        assert shown.figure(row.code, "本期执行") == written(
            row.position.spent - was.position.spent
        )
        assert shown.figure(row.code, "已执行") == written(row.position.spent)


def test_what_was_spent_in_a_period_ends_with_it_whatever_day_the_table_is_of(app: Flask) -> None:
    text = quote("payee:物业公司")
    for filtered in ("", f"&filter={text}"):
        june = Shown(app, f"by=line&time=2020-06{filtered}")
        later = Shown(app, f"by=line&time=2020-06&as_of=2020-09-30{filtered}")
        assert "截至 2020-09-30" in later.text
        assert later.codes == june.codes
        for column in ("本期执行", *(["筛选内执行"] if filtered else [])):
            for code in june.codes:
                assert later.figure(code, column) == june.figure(code, column), (code, column)


def test_a_period_after_the_day_of_the_table_has_no_column(app: Flask) -> None:
    shown = Shown(app, "by=line&time=2020-06&as_of=2020-01-31")
    assert "时间筛选从 2020-06-01 起，在截止日期 2020-01-31 之后" in shown.text
    assert not [column for column in shown.columns if "本期" in column]


def test_an_account_filter_leaves_rows_out_and_no_figure_changes(app: Flask) -> None:
    whole, some = Shown(app), Shown(app, "account=20103")
    assert some.codes == ["201", "20103", "2010301", "2010302"]
    assert {code: whole.figures(code) for code in some.rows} == {
        code: some.figures(code) for code in some.rows
    }
    assert "只列出科目相符的指标或额度" in some.text
    assert Shown(app, "by=line&account=:2020X0[12]-").codes == ["2020X01", "2020X02"]
    assert Shown(app, "by=economic&account=30209").codes == ["302", "30209"]
    assert Shown(app, "by=line&account=none").codes == []


def test_a_text_filter_leaves_the_lines_it_touches_and_adds_what_they_spent(app: Flask) -> None:
    text = quote("payee:物业公司")
    shown = Shown(app, f"by=line&filter={text}")
    assert shown.codes == ["2020J01"]
    assert shown.figure("2020J01", "筛选内执行") == "498,000.00"
    assert shown.figure("2020J01", "已执行") == Shown(app, "by=line").figure("2020J01", "已执行")
    month = Shown(app, f"by=economic&filter={text}&time=2020-03")
    assert month.codes == ["302", "30209"]
    assert month.figure("30209", "筛选内执行") == "41,500.00"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("filter=((", "条件筛选不能识别"),
        ("time=2020-99-99", "时间筛选不能识别"),
        ("time=0001", "时间筛选不能识别"),
        ("as_of=yesterday", "“yesterday”不是日期"),
        ("by=unit&sort=x&level=9", "截至 2020-12-31"),
    ],
)
def test_what_cannot_be_read_is_left_out(app: Flask, query: str, said: str) -> None:
    shown = Shown(app, query)
    assert len(shown.codes) == 16
    assert said in shown.text


def test_the_address_sorts_searches_and_folds(app: Flask) -> None:
    assert Shown(app, "level=1").codes == ["201", "208", "210", "221"]
    assert Shown(app, "level=1&turned=208").codes == ["201", "208", "20805", "210", "221"]
    assert Shown(app, "level=2&turned=201").codes == [
        "201", "208", "20805", "210", "21011", "221", "22102",
    ]  # fmt: skip
    assert Shown(app, "level=1&sort=spent").codes == ["210", "208", "221", "201"]
    assert Shown(app, "level=1&sort=spent&down=1").codes == ["201", "221", "208", "210"]
    assert Shown(app, f"level=1&search={quote('养老 505')}").codes == ["208", "20805", "2080505"]
    assert Shown(app, "search=nothing").codes == []
    # Nothing goes last, whatever the direction.
    for down in ("", "&down=1"):
        found = Shown(app, f"by=economic&sort=approved&level=2{down}")
        inside = found.codes[found.codes.index("302") + 1 :][:10]
        assert found.figure(inside[-1], "年初预算") == "—"
        assert found.figure(inside[0], "年初预算") != "—"


@pytest.mark.parametrize(
    "query", ["by=economic", "by=line&time=2020-06&filter=payee:9&account=2020"]
)
def test_under_plain_fava_it_is_the_same(app: Flask, book: Path, query: str) -> None:
    plain = create_app([str(book / "main.beancount")], load=True)
    found, expected = Shown(plain, query), Shown(app, query)
    assert {code: found.figures(code) for code in found.rows} == {
        code: expected.figures(code) for code in expected.rows
    }
    assert found.addresses() == expected.addresses()


def get(app: Flask, address: str) -> Any:
    client = app.test_client()
    base = client.get("/").headers["Location"].split("/")[1]
    found = client.get(f"/{base}/extension/Execution/{address}")
    assert found.status_code == 200
    return found


@pytest.mark.parametrize("by", By)
def test_what_is_shown_is_exported(app: Flask, by: By) -> None:
    query = f"by={by}&time=2020-06&sort=spent&level={len(LEVELS.get(by, ' ')) - 1}"
    shown = Shown(app, query)
    rows = list(
        csv.reader(io.StringIO(get(app, f"execution.csv?{query}").data.decode("utf-8-sig")))
    )
    assert rows[0][2:] == shown.columns
    assert [row[0] for row in rows[1:]] == [*shown.codes, ""]
    for row in rows[1:]:
        cells = [written(value or None, rate=at == 6) for at, value in enumerate(row[2:])]
        assert cells == shown.figures(row[0])
    sheet = load_workbook(io.BytesIO(get(app, f"execution.xlsx?{query}").data)).worksheets[0]
    grid = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [str(value or "") for value in grid[0]] == rows[0]
    assert [row[0] or "" for row in grid[1:]] == [*shown.codes, ""]
    assert "合成" in str(sheet["A2"].value)


def test_no_text_of_a_file_is_a_formula() -> None:
    rows: list[list[Value]] = [["=1+1", "+1", Decimal("-1.00"), None, "平常", "@x", "-2", "\t=1"]]
    [_, row] = csv.reader(io.StringIO(csv_file(["编码"], rows).decode("utf-8-sig")))
    assert row == ["'=1+1", "'+1", "-1.00", "", "平常", "'@x", "'-2", "'\t=1"]
