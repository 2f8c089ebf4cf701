"""The beangulp importers: beangulp's own regression test on golden files, and fava's import page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from typing import Any

import beangulp.testing
import pytest
from beancount import loader
from click.testing import CliRunner
from tests.books import ROOT
from tests.books import approved
from tests.books import run
from tests.executions import FOLDER
from tests.executions import HEAD
from tests.executions import PAYMENTS
from tests.executions import row
from tests.executions import write

from yusuan.importers import readings
from yusuan.importers.execution.record import Kind
from yusuan.importers.gulp import KINDS
from yusuan.importers.gulp import Executions
from yusuan.importers.gulp import UnreadableError
from yusuan.importers.gulp import importers
from yusuan.importers.readers import read
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.readers.grid import Grid

BOOK = ROOT / "examples" / "songjiang-xinfang-2020" / "book"
DATED = [kind for kind in KINDS if kind not in {Kind.PAYROLL, Kind.INSURANCE}]


@pytest.mark.parametrize("kind", DATED)
def test_beangulp_s_own_test_passes_on_the_golden_files(kind: Kind, tmp_path: Path) -> None:
    mine = tmp_path / "files"
    mine.mkdir()
    importer = Executions(BOOK, kind)
    for path in FOLDER.glob("*.csv"):
        if importer.identify(str(path)):
            shutil.copy(path, mine)
            shutil.copy(path.with_suffix(".csv.beancount"), mine)
    assert len(list(mine.iterdir())) == 2
    command: Any = beangulp.testing.wrap(importer)
    done = CliRunner().invoke(command, ["test", str(mine)], obj=None)
    assert (done.exit_code, done.output.count("PASSED")) == (0, 1), done.output


def test_a_file_without_dates_is_for_the_command() -> None:
    for name, kind in (("工资表", Kind.PAYROLL), ("社保缴费表", Kind.INSURANCE)):
        importer = Executions(BOOK, kind)
        file = str(FOLDER / f"{name}.csv")
        assert (importer.identify(file), importer.date(file)) == (True, None)
        with pytest.raises(UnreadableError, match="没有日期"):
            importer.extract(file, [])


def test_every_file_has_one_importer_at_most() -> None:
    found = {path.stem: [i.name for i in importers(BOOK) if i.identify(str(path))]
             for path in FOLDER.glob("*.csv")}  # fmt: skip
    for kept_out in ("支付申请", "对账单", "对账单一列金额", "用款计划"):
        assert found.pop(kept_out) == []
    assert all(len(names) == 1 for names in found.values())
    assert not importers(BOOK)[0].identify(str(FOLDER / "支付凭证.csv.json"))


def test_what_the_book_has_is_not_extracted_again(tmp_path: Path) -> None:
    book = approved(tmp_path / "账套")
    assert run("import", PAYMENTS, "--book", book, "--yes").exit_code == 0
    entries, _, _ = loader.load_file(str(book / "main.beancount"))
    importer = Executions(book, Kind.PAYMENT)
    assert importer.extract(str(PAYMENTS), entries) == []
    twice = write(tmp_path / "a.csv", [HEAD, row(支付凭证号=""), row(支付凭证号="")])
    found = importer.extract(str(twice), entries)
    importer.deduplicate(found, entries)
    assert [each.meta["id"] for each in found] == ["zf-2020-0004", "zf-2020-0005"]
    assert not any("__duplicate__" in each.meta for each in found)


def test_a_file_that_does_not_tie_out_gives_nothing(tmp_path: Path) -> None:
    total = ["合计", "", "", "99.00", "", "", "", "", ""]
    file = write(tmp_path / "a.csv", [HEAD, row(), total])
    with pytest.raises(UnreadableError, match=r"合计 99\.00 元与各行之和 100\.00 元不符"):
        Executions(BOOK, Kind.PAYMENT).extract(str(file), [])


def test_names_of_files_say_nothing_but_names() -> None:
    assert Executions(BOOK, Kind.PAYMENT).filename("/a/b\nplugin.csv") == "b_plugin.csv"


def served(book: Path) -> tuple[Any, str]:
    client = application(book / "main.beancount").test_client()
    return client, client.get("/").headers["Location"].strip("/").split("/")[0]


def untold(book: Path) -> None:
    """Make the book one of the time before `yusuan init` wrote its importers."""
    (book / "import.py").unlink()
    main = book / "main.beancount"
    kept = [line for line in main.read_text("utf-8").splitlines() if '"import-' not in line]
    main.write_text("\n".join(kept) + "\n", "utf-8")


def test_a_book_s_own_import_py_is_beangulp_s_command(tmp_path: Path) -> None:
    book = approved(tmp_path / "账套")
    done = subprocess.run(
        [sys.executable, book / "import.py", "identify", PAYMENTS],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "yusuan.payment" in done.stdout


def test_a_file_is_read_once_however_many_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = []

    def counted(path: str) -> Grid:
        times.append(path)
        return read(path)

    monkeypatch.setattr(readings, "read", counted)
    file = write(tmp_path / "a.csv", [HEAD, row()])
    all_of_them = importers(BOOK)
    (found,) = [each for each in all_of_them if each.identify(str(file))]
    assert (str(found.date(str(file))), len(times)) == ("2020-03-16", 1)
    write(file, [HEAD, row(凭证日期="2020-03-17")])
    assert (str(found.date(str(file))), len(times)) == ("2020-03-17", 2)


@pytest.mark.parametrize("told", [True, False], ids=["as init makes it", "by itself"])
def test_fava_s_import_page_offers_the_file_and_its_payments(tmp_path: Path, *, told: bool) -> None:
    """They are the first ones of their 款: its accounts are opened with them."""
    book = approved(tmp_path / "账套")
    (book / "导入").mkdir()
    file = write(book / "导入" / "a.csv", [HEAD, row(), row(支付凭证号="P2", 用途="4月物业费")])
    if not told:
        untold(book)
    write(book / "导入" / "b.csv", [HEAD, row(), ["合计", "", "", "99.00", *[""] * 5]])
    client, slug = served(book)
    offered = client.get(f"/{slug}/api/imports").get_json()["data"]
    assert [each["basename"] for each in offered] == ["a.csv", "b.csv"]
    faulty = {"filename": offered[1]["name"], "importer": "yusuan.payment"}
    said = client.get(f"/{slug}/api/extract", query_string=faulty).get_json()["error"]
    assert "合计 99.00 元与各行之和 100.00 元不符" in said
    asked = {"filename": str(file), "importer": offered[0]["importers"][0]["importer_name"]}
    entries = client.get(f"/{slug}/api/extract", query_string=asked).get_json()["data"]
    assert [(each["payee"], each["meta"]["pay_cert_no"]) for each in entries] == [
        ("物业公司", "P1"), ("物业公司", "P2"),
    ]  # fmt: skip
    # fava's form takes no account but those that it knows.
    known = client.get(f"/{slug}/api/ledger_data").get_json()["data"]["accounts"]
    assert {each["account"] for entry in entries for each in entry["postings"]} <= set(known)
    written = client.put(f"/{slug}/api/add_entries", json={"entries": entries})
    assert written.status_code == 200, written.get_json()
    assert "open Expenses:7101-行政支出" in (book / "chart.beancount").read_text("utf-8")
    checked = run("check", book)
    assert checked.exit_code == 0, checked.output
    again = client.get(f"/{slug}/api/extract", query_string=asked).get_json()["data"]
    assert again == []
    assert "账套没有变化" in run("import", file, "--book", book, "--yes").stdout
