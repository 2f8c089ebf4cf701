"""Special limits from a budget to the end of a year: imported, raised, spent, refunded, taken back."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.books import SOURCE
from tests.books import add
from tests.books import change
from tests.books import empty
from tests.books import run
from tests.events import event
from tests.events import must

from yusuan.importers.plan.special import specials
from yusuan.ledger.budget.line import PROCUREMENT
from yusuan.ledger.budget.line import THREE_PUBLIC
from yusuan.ledger.tables.model import Cell
from yusuan.ledger.tables.model import Document
from yusuan.ledger.tables.model import Figure
from yusuan.ledger.tables.model import Row
from yusuan.ledger.tables.model import Table
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from pathlib import Path

#: The row of T9 in the source: nothing for 三公. Then 0.50 for receptions, 3.00 to run vehicles.
PRINTED = "0.00,0.00,0.00,0.00,0.00,0.00,84.83,,"
GIVEN = "3.50,0.00,0.50,3.00,0.00,3.00,84.83,,"
TOLERANCE = Decimal("100.00")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with an approved budget: 5,100.00 for receptions, 30,100.00 to run vehicles."""
    return imported(tmp_path, GIVEN)


def imported(folder: Path, row: str, settings: str = "") -> Path:
    """Import the source with another row in T9."""
    source = folder / "预算.csv"
    source.write_bytes(SOURCE.read_bytes())
    change(source, PRINTED, row)
    book = empty(folder / "book")
    add(book / "yusuan.toml", settings)
    done = run("import", source, "--book", book, "--yes")
    assert done.exit_code == 0, done.output
    return book


def paid(book: Path, amount: str, *more: str, date: str = "2020-03-16") -> str:
    """Pay for a reception out of a project."""
    asked = f"--line 2020X01 --economic 30217 --amount {amount} --payee 餐厅 --text 接待"
    return event(book, "pay", asked, *more, date=date).output


def layers(book: Path, economic: str, *more: str) -> dict[str, tuple[str, bool]]:
    """Give what each layer of the project allows, and whether it binds."""
    words = ("--line", "2020X01", "--economic", economic, "--as-of", "2020-12-31", *more)
    shape = json.loads(run("available", book, *words, "--json").stdout)
    return {each["layer"]: (each["available"], each["binding"]) for each in shape["layers"]}


def test_an_import_gives_each_item_its_figure_and_the_tolerance(book: Path) -> None:
    text = (book / "2020" / "budget.beancount").read_text("utf-8")
    entry = text[text.index("^pf-2020-003") :]
    assert [line.split()[1] for line in entry.splitlines() if "CNY-ZX" in line] == [
        "5100.00", "30100.00", "-5100.00", "-30100.00",
    ]  # fmt: skip
    assert 'tolerance: "200.00"' in entry
    assert 'note: "额度为“三公”经费预算表所列之数' in entry.replace('\\"', '"')
    chart = (book / "chart.beancount").read_text("utf-8")
    for item in ("0101-因公出国境费", "0102", "0103", "0104-公务用车运行费"):
        assert f"open Equity:99-专项控制:02-可用:01-三公:{item}" in chart
    assert "02-采购" not in chart
    assert run("check", book).exit_code == 0


def test_a_book_may_switch_the_import_off_or_choose_its_tolerance(tmp_path: Path) -> None:
    off = "\n[rules.R09]\nfrom_budget = false\n"
    (tmp_path / "a").mkdir()
    book = imported(tmp_path / "a", GIVEN, off)
    assert "CNY-ZX" not in (book / "chart.beancount").read_text("utf-8")
    (tmp_path / "b").mkdir()
    book = imported(tmp_path / "b", GIVEN, '\n[rules.R09]\ntolerance = "0.00"\n')
    assert layers(book, "30217")["special"] == ("5000.00", True)


@pytest.mark.parametrize("value", ['"-1.00"', '"100.001"', "100"])
def test_a_tolerance_that_is_none_is_refused(book: Path, value: str) -> None:
    add(book / "yusuan.toml", f"\n[rules.R09]\ntolerance = {value}\n")
    done = run("check", book)
    assert done.exit_code == 1
    assert "L08" in done.output


def test_nobody_divides_what_is_printed_undivided(tmp_path: Path) -> None:
    book = imported(tmp_path, "3.50,0.00,0.50,3.00,,,84.83,,")
    assert "CNY-ZX" not in (book / "chart.beancount").read_text("utf-8")


def document(measure: str, figures: dict[str, str], **amounts: str) -> Document:
    """A document with T9 and figures in its prose; nothing but what a test asks for."""
    cells = {key: Cell(Decimal(text), text, Where()) for key, text in amounts.items()}
    row = Row("合计", "", "合计", cells, Where())
    named = (Figure(k, "", Decimal(t), f"{k}{t}{measure}", Where()) for k, t in figures.items())
    table = Table("T9", "三公", measure, tuple(cells), (row,))
    return Document("甲", 2020, "budget", (table,), (), tuple(named), "", "")


def planned(doc: Document, *groups: str) -> tuple[dict[str, str], list[str]]:
    """Give the limits by item, and the notes."""
    notes: list[str] = []
    found = specials(doc, dict.fromkeys(groups, TOLERANCE), notes)
    return {each.item: str(each.limit) for each in found}, notes


def test_blank_or_nothing_is_nothing_and_figures_in_yuan_are_exact() -> None:
    figures = {"procurement_goods": "28000.00", "procurement_works": "0.00"}
    wan = document("万元", figures, total="5000.00", reception="5000.00", abroad="0.00")
    assert planned(wan, THREE_PUBLIC) == (
        {"0101": "0.00", "0102": "5100.00", "0103": "0.00", "0104": "0.00"}, [],
    )  # fmt: skip
    assert planned(wan, PROCUREMENT) == ({"0201": "28100.00", "0202": "0.00"}, [])
    yuan = document("元", figures, total="5000.00", reception="5000.00")
    assert planned(yuan, THREE_PUBLIC)[0]["0102"] == "5000.00"
    assert planned(yuan, PROCUREMENT)[0]["0201"] == "28000.00"
    assert planned(wan) == ({}, [])


def test_what_does_not_make_up_its_total_is_not_taken_for_limits() -> None:
    for amounts in (
        {"total": "5300.00", "reception": "5000.00"},
        {"vehicle": "5000.00"},
        {"total": "5000.00", "reception": "5000.00", "vehicle_running": "300.00"},
    ):
        found, notes = planned(document("万元", {}, **amounts), THREE_PUBLIC)
        assert found == {}
        assert "没有分列各项" in notes[0]


def test_available_shows_the_layer_and_which_one_binds(book: Path) -> None:
    assert layers(book, "30217") == {
        "line": ("2730000.00", False), "special": ("5100.00", True),
    }  # fmt: skip
    done = run("available", book, "--line", "2020X01", "--economic", "30217")
    (row,) = (line for line in done.stdout.splitlines() if line.startswith("专项"))
    assert "三公 0102 公务接待费" in row
    assert "最紧" in row
    assert layers(book, "30201") == {"line": ("2730000.00", True)}


def test_a_payment_shows_the_layer_and_is_refused_beyond_it(book: Path) -> None:
    shown = paid(book, "5000")
    assert "三公 0102 公务接待费" in shown
    assert "已记账" in shown
    refused = paid(book, "100.01")
    assert "[R09]" in refused
    assert "按三公经费额度 公务接待费 可用 100.00 元" in refused
    assert "没有记账" in refused


def test_refund_and_reversal_give_the_limit_back(book: Path) -> None:
    paid(book, "5000")
    must(book, "refund", "--of zf-2020-0001 --amount 400", date="2020-03-17")
    assert layers(book, "30217")["special"][0] == "500.00"
    paid(book, "500", date="2020-03-18")
    must(book, "reverse", "--of zf-2020-0002", date="2020-03-19")
    assert layers(book, "30217")["special"][0] == "500.00"
    asked = "--of zf-2020-0001 --amount 4600 --to-economic 30201"
    must(book, "correct", asked, date="2020-03-20")
    assert layers(book, "30217")["special"][0] == "5100.00"
    assert run("check", book).exit_code == 0


def test_a_contract_is_paid_under_the_limit_all_the_same(book: Path) -> None:
    asked = "--line 2020X01 --amount 8000 --payee 餐厅 --text 协议"
    must(book, "commit", asked)
    shown = paid(book, "5000", "--commitment", "ht-2020-0001", date="2020-03-17")
    assert "占用 ht-2020-0001：此前余 8000.00 元，此后余 3000.00 元" in shown
    refused = paid(book, "200", "--commitment", "ht-2020-0001", date="2020-03-18")
    assert "[R09]" in refused
    must(book, "release", "--commitment ht-2020-0001 --text 终止", date="2020-03-19")


def test_a_supplement_raises_the_limit_with_the_finance_offices_word(book: Path) -> None:
    asked = "--line 2020X01 --amount 500 --doc 文号 --text 追加 --special 0102=500"
    refused = event(book, "supplement", asked)
    assert refused.exit_code == 1
    assert "增加三公经费额度（0102 公务接待费 500.00 元）须有财政部门批准" in refused.output
    shown = must(book, "supplement", asked, "--approver", "财政局")
    assert "三公 0102 公务接待费" in shown
    assert layers(book, "30217")["special"][0] == "5600.00"
    plain = "--line 2020X01 --amount 500 --doc 文号 --text 追加"
    must(book, "supplement", plain)
    assert layers(book, "30217")["special"][0] == "5600.00"


def test_a_reduction_and_a_transfer_take_the_limit_along_where_asked(book: Path) -> None:
    asked = "--line 2020X01 --amount 500 --doc 文号 --text 追减 --special 0104=100"
    must(book, "reduce", asked)
    assert layers(book, "30231")["special"][0] == "30000.00"
    asked = "--from 2020X01=10 --to 2020X02=10 --doc 文号 --text 调剂 --approver 财政局"
    must(book, "transfer", asked, "--special", "0102=400", "--special", "0104=-400")
    assert layers(book, "30231")["special"][0] == "29600.00"
    assert layers(book, "30217")["special"][0] == "5500.00"
    more = "--line 2020X01 --amount 500 --doc 文号 --text 追减 --special 0104=29600.01"
    refused = event(book, "reduce", more)
    assert refused.exit_code == 1
    assert "[R09]" in refused.output


def test_procurement_is_approved_and_drawn_on_by_its_own_word(book: Path) -> None:
    asked = "--kind approval --to 2020X01=1 --doc 文号 --text 采购预算 --special 0201=1000"
    must(book, "appropriate", asked)
    assert layers(book, "31002", "--procurement", "货物")["special"] == ("1000.00", True)
    asked = "--line 2020X01 --economic 31002 --payee 商店 --text 电脑 --procurement 货物"
    must(book, "pay", f"{asked} --amount 900", date="2020-04-01")
    refused = event(book, "pay", f"{asked} --amount 100.01", date="2020-04-02")
    assert "[R11]" in refused.output
    must(book, "refund", "--of zf-2020-0001 --amount 100", date="2020-04-03")
    must(book, "correct", "--of zf-2020-0001 --amount 800 --to-line 2020X02", date="2020-04-04")
    assert layers(book, "31002", "--procurement", "货物")["special"][0] == "200.00"
    service = event(book, "pay", f"{asked[:-2]}服务 --amount 1", date="2020-04-05")
    assert "采购 0203 服务没有额度" in service.output


def test_an_advance_has_a_limit_until_the_approval_takes_its_place(tmp_path: Path) -> None:
    book = imported(tmp_path, PRINTED)
    asked = "--kind advance --to 2020X01=300 --doc 文号 --text 一月 --special 0102=300"
    must(book, "appropriate", asked, date="2020-01-02")
    assert layers(book, "30217")["special"][0] == "300.00"
    must(book, "reverse", "--of tq-2020-0001", date="2020-01-20")
    assert layers(book, "30217")["special"][0] == "0.00"


@pytest.mark.parametrize("text", ["0102", "0199=1", "0102=0", "0102=-5", "0102=x"])
def test_a_special_limit_is_written_as_it_should_be(book: Path, text: str) -> None:
    asked = f"--line 2020X01 --amount 500 --doc 文号 --text 追加 --special {text}"
    assert event(book, "supplement", asked).exit_code == 2
