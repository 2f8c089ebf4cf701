"""What `check` promises of itself: no rule is silently left out, whatever else happens.

A family that raises in the middle, Python without assertions, and directives that beancount takes
and a budget does not have. Plugins of others are in test_load_plugins.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import run
from tests.books import yusuan
from tests.test_load_files import MARCH
from tests.test_load_files import STRICT
from tests.test_load_files import rules

from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules import PLUGINS
from yusuan.ledger.rules.catalogue import catalogue
from yusuan.ledger.rules.means import Solvent

if TYPE_CHECKING:
    from yusuan.ledger.rules.family import Family

REVENUE = "Income:6001-财政拨款预算收入:11-一般公共预算"
SINGLY = "\n".join(f'plugin "{plugin}"' for plugin in PLUGINS)
#: A plugin that makes one of our families fail in the middle of the pass.
BREAKING = """
import yusuan.ledger.rules.means as means
def boom(*_): raise ValueError("坏了")
means.Solvent.transaction = boom
def plugin(entries, options): return entries, []
__plugins__ = ("plugin",)
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = approved(tmp_path / "账套")
    assert pay(folder).exit_code == 0
    return folder


def test_every_rule_has_a_receipt_or_says_why_not(book: Path) -> None:
    shape = json.loads(run("check", book, "--json").stdout)
    told = shape["rules_run"] + shape["not_applicable"] + shape["switched_off"]
    assert len(told) == len(set(told))
    assert set(told) == {rule for family in FAMILIES for rule in family.RULES}
    assert set(told) == {rule.id for rule in catalogue() if rule.id[0] != "L"}


@pytest.mark.parametrize(
    ("family", "moment"),
    [
        *((family, "transaction") for family in FAMILIES),
        *((Solvent, moment) for moment in ("__init__", "opening", "learn", "finish", "idle")),
    ],
)
def test_a_family_that_raises_leaves_every_rule_unproved(
    book: Path, family: type[Family], moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boom(*_: object) -> None:
        raise ValueError("坏了")

    monkeypatch.setattr(family, moment, boom)
    done = run("check", book, "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["ok"], found["rules_run"]) == (1, False, [])
    assert {each["rule"] for each in found["findings"]} >= {"L01", "L09"}
    messages = [each["message"] for each in found["findings"] if each["rule"] == "L09"]
    assert ["坏了" in message and "插件" in message for message in messages] == [True]


def test_listed_singly_only_the_plugin_that_failed_is_unproved(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def boom(*_: object) -> None:
        raise ValueError("坏了")

    change(book / "main.beancount", STRICT, SINGLY)
    assert rules(book) == []
    monkeypatch.setattr(PLUGINS["yusuan.plugins.means"][0], "transaction", boom)
    assert sorted(rules(book)) == ["L01", "L09"]
    assert "R17" in run("check", book).output


@pytest.mark.parametrize("listed", [STRICT, SINGLY], ids=["strict", "singly"])
def test_bean_check_says_so_too(book: Path, listed: str) -> None:
    (book.parent / "breaking.py").write_text(BREAKING, "utf-8")
    change(book / "main.beancount", STRICT, f'plugin "breaking"\n{listed}')
    command = [
        str(Path(sys.executable).with_name("bean-check")),
        "-C",
        str(book / "main.beancount"),
    ]
    path = os.pathsep.join([str(book.parent), os.environ.get("PYTHONPATH", "")])
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path}
    )
    assert ran.returncode == 1
    assert "坏了" in ran.stdout + ran.stderr


@pytest.mark.parametrize("optimize", ["1", "2"])
@pytest.mark.parametrize("faulty", [False, True])
def test_python_without_assertions_is_refused(book: Path, optimize: str, *, faulty: bool) -> None:
    """beancount stands on assertions; our rules do not (test_tidy), so all else is found the same."""
    if faulty:
        change(book / MARCH, " 100.00 CNY", " 600000.00 CNY")
        change(book / MARCH, " -100.00 CNY", " -600000.01 CNY")
        add(book / MARCH, '\n2020-03-17 ? "甲" "乙"\n  event: "Refund"\n')
        add(book / MARCH, "\n2020-03-18 price CNY 1.00 USD\n")
    plain = yusuan("check", book, "--json")
    quick = yusuan("check", book, "--json", PYTHONOPTIMIZE=optimize)
    assert (quick.returncode, plain.returncode) == (1, int(faulty))
    found, wanted = (json.loads(done.stdout)["findings"] for done in (quick, plain))
    assert [each["rule"] for each in found if each not in wanted] == ["L12"]
    assert all(each in found for each in wanted)
    assert {"L09", "L11", "R01", "S12"} <= {each["rule"] for each in wanted} or not faulty


@pytest.mark.parametrize(
    "directive",
    [
        f'note {REVENUE} "说明"',
        "commodity CNY",
        "commodity CNY-ZB",
        'event "地点" "某地"',
        'query "收入" "SELECT account"',
        f'document {REVENUE} "批复.pdf"',
        "close Income:6609-其他预算收入:39-其他收入",
    ],
)
def test_directives_of_a_budget_pass(book: Path, directive: str) -> None:
    (book / "2020" / "批复.pdf").write_bytes(b"")
    add(book / MARCH, f"\n2020-03-18 {directive}\n")
    assert rules(book) == []


@pytest.mark.parametrize(
    "directive",
    [
        "price CNY 0.14 USD",
        "price CNY-ZB 1.00 CNY",
        "commodity USD",
        "commodity CNY-XX",
        f'document {REVENUE} "../../outside.pdf"',
        f'document {REVENUE} "link.pdf"',
        f"close {REVENUE}",
        "close Equity:91-指标来源:01-年初批复:11-一般公共预算",
    ],
)
def test_directives_that_a_budget_does_not_have(book: Path, directive: str) -> None:
    outside = book.parent / "outside.pdf"
    outside.write_bytes(b"")
    (book / "2020" / "link.pdf").symlink_to(outside)
    add(book / MARCH, f"\n2020-03-18 {directive}\n")
    assert rules(book) == ["L11"]


def test_an_account_with_nothing_left_on_it_may_be_closed(book: Path) -> None:
    other = "Income:6609-其他预算收入:39-其他收入"
    add(
        book / MARCH,
        f"""
2020-03-17 * "结平"
  event: "closing"
  {REVENUE}   100.00 CNY
  {other}   -100.00 CNY

2020-03-18 close {REVENUE}
""",
    )
    assert "L11" not in rules(book)


def test_what_our_commands_leave_out_must_have_somewhere_to_stand(book: Path) -> None:
    """Our commands load without the derived legs: what bean-check says of these, they say too."""
    chart = next(
        path for path in book.rglob("*.beancount") if "open Equity:95-" in path.read_text("utf-8")
    )
    text = chart.read_text("utf-8")
    opened = next(
        line for line in text.splitlines() if "open Equity:95-" in line and "2020J01" in line
    )
    change(chart, opened, "; 95 没有开立")
    assert set(rules(book)) >= {"S01"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (" -100.00 CNY", " -100.00", "L03"),  # no commodity
        (" -100.00 CNY", " -100.00 ; CNY", "L03"),  # a comment that swallowed it
        (" -100.00 CNY", " ; -100.00 CNY", "L03"),
        ("  Income:", "  ; Income:", "L09"),
        ("  Income:", "\n  Income:", "L09"),
        ("  Income:", "Income:", "L09"),
        ("  Income:", "* 标题\n  Income:", "L03"),
        ("2020-03-16 *", "; 2020-03-16 *", "L09"),
        ("2020-03-16 *", "\t2020-03-16 *", "L09"),
        ("2020-03-16 *", "2020-02-30 *", "L09"),
        (" 100.00 CNY", " 1,00.00 CNY", "L09"),
        (" 100.00 CNY", " 100.00 USD", "L09"),
        (" 100.00 CNY", " 100.00 CNY-ZB", "L09"),
        ('  line: "2020J01"', '  line: "2020J01"\n  line: "2020X01"', "L09"),
    ],
)
def test_what_is_written_counts_or_is_said(book: Path, old: str, new: str, rule: str) -> None:
    change(book / MARCH, old, new)
    assert rule in rules(book)
