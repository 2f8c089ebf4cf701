"""Loading a book: its files, its options, its encoding; nothing that goes unread goes unsaid."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import python
from tests.books import run
from tests.books import yusuan

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.requirements import PLUGINS

MARCH = Path("2020") / "2020-03.beancount"
STRICT = 'plugin "yusuan.plugins.strict"'
TOLERANCE = 'option "tolerance_multiplier" "0"'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = approved(tmp_path / "账套")
    assert pay(folder).exit_code == 0
    return folder


def rules(book: Path) -> list[str]:
    """Give the rules that stop; `yusuan check` must agree that something does."""
    done = run("check", book, "--json")
    shape = json.loads(done.output)
    found = [f["rule"] for f in shape["findings"] if f["severity"] == "stop"]
    assert (done.exit_code, shape["ok"]) == ((1, False) if found else (0, True))
    return found


def messages(book: Path) -> str:
    return "\n".join(finding.message for finding in load_book(book).findings)


def test_a_good_book(book: Path) -> None:
    assert rules(book) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('include "2020/*.beancount"', "L04"),
        ('include "2020/2020-0[1].beancount"', "L04"),
        ('include "nowhere.beancount"', "L04"),
        ('include "2020"', "L04"),
        ('include "../outside.beancount"', "L04"),
        ('include "inside.beancount"', "L04"),  # a link that leads outside
        ('include "fifo"', "L04"),
        ('include "secret.asc"', "L04"),
        ('include "secret.gpg"', "L04"),
        ('include "back\\\\slash.beancount"', "L04"),
        ('  include "dangerous.beancount"', "L03"),
        ('include "dangerous\n.beancount"', "L03"),
        ('"x" include "dangerous.beancount"', "L03"),
        ('option "include" "dangerous.beancount"', "L04"),
        ("pushtag #t", "L04"),
        ("poptag #t", "L04"),
        ('pushmeta key: "x"', "L04"),
        ("popmeta key:", "L04"),
    ],
)
def test_what_may_not_be_included(book: Path, text: str, rule: str) -> None:
    (book.parent / "outside.beancount").write_text("", "utf-8")
    (book / "inside.beancount").symlink_to(book.parent / "outside.beancount")
    os.mkfifo(book / "fifo")
    (book / "secret.asc").write_text("-----BEGIN PGP MESSAGE-----\n", "utf-8")
    (book / "secret.gpg").write_text("", "utf-8")
    (book / "backslash.beancount").write_text("2020-01-01 price CNY 1/0 USD\n", "utf-8")
    (book / "back\\slash.beancount").write_text("", "utf-8")
    for name in ("dangerous.beancount", "dangerous\n.beancount"):
        (book / name).write_text("2020-01-01 price CNY 1/0 USD\n", "utf-8")
    add(book / "main.beancount", f"\n{text}\n")
    assert rule in rules(book)


def test_dots_and_links_lead_where_beancount_goes(book: Path) -> None:
    # "link/../x" is x beside the link for beancount, and x beside the link's target for the system.
    (book / "elsewhere" / "deep").mkdir(parents=True)
    (book / "elsewhere" / "x.beancount").write_text("", "utf-8")
    (book / "x.beancount").write_text("2020-01-01 price CNY 1/0 USD\n", "utf-8")
    (book / "link").symlink_to(book / "elsewhere" / "deep")
    add(book / "main.beancount", '\ninclude "link/../x.beancount"\n')
    assert rules(book) == ["L03"]


def test_a_file_included_twice_or_in_a_circle_is_said_so(book: Path) -> None:
    add(book / "main.beancount", '\ninclude "./2020/2020-03.beancount"\n')
    assert rules(book) == ["L09"]
    assert "被包含了两次" in messages(book)
    add(book / MARCH, '\ninclude "../main.beancount"\n')
    assert set(rules(book)) == {"L09"}


def test_an_empty_file_is_fine_and_an_empty_book_is_not(book: Path) -> None:
    (book / "2020" / "2020-12.beancount").write_text("", "utf-8")
    assert rules(book) == []
    (book / "main.beancount").write_text("", "utf-8")
    assert rules(book) == [*["L01"] * len(PLUGINS), "L05"]


def test_options_and_plugins_in_included_files_do_not_count(book: Path) -> None:
    change(book / "main.beancount", f"{STRICT}\n", "")
    add(book / MARCH, f"\n{STRICT}\n{TOLERANCE}\n")
    assert rules(book) == ["L02", "L02"]


OTHERS = [
    name
    for name in (plugin.removeprefix("yusuan.plugins.") for plugin in PLUGINS)
    if name not in {"authority", "control", "chart"}
]


@pytest.mark.parametrize(
    ("plugins", "missing"),
    [
        (["strict"], 0),
        (["strict", "strict"], 0),
        (["control", "chart", "authority", *OTHERS], 0),
        (["control", "chart", *OTHERS], 1),
        (["chart", *OTHERS], 2),
        (OTHERS, 3),
        ([], len(PLUGINS)),
    ],
)
def test_each_missing_plugin_is_reported(book: Path, plugins: list[str], missing: int) -> None:
    listed = "\n".join(f'plugin "yusuan.plugins.{plugin}"' for plugin in plugins)
    change(book / "main.beancount", STRICT, listed)
    assert rules(book) == ["L01"] * missing


def test_checking_an_included_file_alone_is_no_check(book: Path) -> None:
    found = rules(book / MARCH)
    assert {"L01", "L05"} <= set(found)


@pytest.mark.parametrize(
    ("option", "good"),
    [
        (TOLERANCE, True),
        ('option "tolerance_multiplier" "0.0"', True),
        ('option "inferred_tolerance_multiplier" "0"', False),  # deprecated, beancount says so
        ("", False),
        ('option "tolerance_multiplier" "0.5"', False),
        ('option "tolerance_multiplier" "0.01"', False),
        ('option "tolerance_multiplier" "-1"', False),
        ('option "tolerance_multiplier" ""', False),
        ('option "tolerance_multiplier" "零"', False),
        (f'{TOLERANCE}\noption "tolerance_multiplier" "1"', False),
        (f'{TOLERANCE}\noption "inferred_tolerance_default" "*:0.005"', False),
        (f'{TOLERANCE}\noption "plugin_processing_mode" "raw"', False),
        (f'{TOLERANCE}\noption "insert_pythonpath" "TRUE"', False),
    ],
)
def test_only_a_tolerance_of_nothing_will_do(book: Path, option: str, *, good: bool) -> None:
    change(book / "main.beancount", TOLERANCE, option)
    assert (rules(book) == []) is good


@pytest.mark.parametrize("amount", ["100.01", "99.99", "100.1", "100"])
def test_a_single_fen_is_caught(book: Path, amount: str) -> None:
    change(book / MARCH, " -100.00 CNY", f" -{amount} CNY")
    assert rules(book) == ([] if amount == "100" else ["L09"])


def test_a_balance_is_exact_to_the_fen(book: Path) -> None:
    account = "Income:6001-财政拨款预算收入:11-一般公共预算"
    add(book / MARCH, f"\n2020-04-01 balance {account}   -100.00 CNY\n")
    assert rules(book) == []
    add(book / MARCH, f"\n2020-04-01 balance {account}   -100.01 CNY\n")
    assert set(rules(book)) == {"L09"}
    assert re.search(
        "余额断言不符：应为 .*，账上为 .*，[多少] [0-9.]+$", messages(book), re.MULTILINE
    )


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (" -100.00 CNY", "", "没有写金额"),
        (" -100.00 CNY", " -100.000", "两位小数"),
        (" -100.00 CNY", " CNY", "没有写金额"),
        (" -100.00 CNY", " -100.000 CNY", "两位小数"),
    ],
)
def test_amounts_are_written_out(book: Path, old: str, new: str, word: str) -> None:
    change(book / MARCH, old, new)
    assert rules(book) == ["L03"]
    assert word in messages(book)


def test_nothing_is_padded(book: Path) -> None:
    account = "Income:6001-财政拨款预算收入:11-一般公共预算"
    add(book / MARCH, f"\n2020-03-30 pad {account} Income:6609-其他预算收入:39-其他收入\n")
    add(book / MARCH, f"\n2020-04-01 balance {account}   -999.00 CNY\n")
    assert "L03" in rules(book)


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("; 注释\n".encode("gb18030"), "L06"),
        (b"\xef\xbb\xbf; \n", "L06"),
        ("; 注释\n".encode("utf-16"), "L06"),
        (b"; \0\n", "L06"),
        (b"* \xe6\x98\xaf\xe6\xb3\xa8\xe9\x87\x8a\n", "L03"),
    ],
)
def test_encodings(book: Path, data: bytes, rule: str) -> None:
    (book / "2020" / "2020-12.beancount").write_bytes(data)
    assert rules(book) == [rule]


def test_windows_line_ends_are_fine(book: Path) -> None:
    for path in book.rglob("*.beancount"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rules(book) == []
    assert pay(book).exit_code == 0
    assert rules(book) == []


@pytest.mark.parametrize("name", ["账套[1]", "a*b", "what?"])
def test_a_folder_that_beancount_would_take_for_a_pattern(tmp_path: Path, name: str) -> None:
    assert rules(approved(tmp_path / name)) == ["L04"]


def test_a_cache_is_never_run_and_is_warned_about(book: Path) -> None:
    planted = book / ".main.beancount.picklecache"
    trace = book / "trace"
    python(
        "import pickle, sys\n"
        "class Evil:\n"
        "    def __reduce__(self): return (open, (sys.argv[2], 'w'))\n"
        "pickle.dump(Evil(), open(sys.argv[1], 'wb'))",
        planted,
        trace,
    )
    for command in (["check"], ["lines"], ["execution", "--by", "line"]):
        assert yusuan(command[0], book, *command[1:]).returncode == 0
    assert not trace.exists()
    assert "L07" in [finding.rule for finding in load_book(book).findings]
    assert yusuan("check", book, "--strict").returncode == 1


def test_settings_that_cannot_be_used_stop(book: Path) -> None:
    add(book / "yusuan.toml", "[unknown]\n")
    assert set(rules(book)) == {"L01", "L08"}


def test_a_code_table_that_cannot_be_used_stops(book: Path) -> None:
    (book / "codes").mkdir()
    (book / "codes" / "economic-2020.csv").write_text("乱写\n", "utf-8")
    assert set(rules(book)) == {"L01", "L08"}
    assert yusuan("available", book, "--line", "2020J01").returncode in {1, 2}


def test_no_finding_is_said_in_english(book: Path) -> None:
    add(book / MARCH, '\n2020-03-17 * "甲" "乙"\n  Assets:1   1.00 CNY\n')
    add(book / MARCH, "\n2020-03-17 open Assets:没有编码\n2020-03-18 乱写\n")
    assert rules(book)
    for line in messages(book).splitlines():
        assert "beancount 报告" not in line, line
