"""Plugins that would go wrong in silence: `yusuan check` never leaves with 0 on any of them.

beancount skips a module without `__plugins__`, believes a plugin that returns nothing, and lets
one end the program with status 0 (TRAPS part 2). Each of them stands here beside our own rules.
"""

from __future__ import annotations

import json
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import run
from tests.books import yusuan

if TYPE_CHECKING:
    from pathlib import Path

STRICT = 'plugin "yusuan.plugins.strict"'

#: What a plugin's module says, and the rules that then stop.
BAD = {
    "raises": ("def plugin(entries, options): raise ValueError('错')", {"L09"}),
    "clears and raises": (
        "def plugin(entries, options):\n    entries.clear()\n    raise ValueError('错')",
        {"L09", "L10"},
    ),
    "returns nothing": ("def plugin(entries, options): return [], []", {"L10"}),
    "returns a half": (
        "def plugin(entries, options): return entries[: len(entries) // 2], []",
        {"L10"},
    ),
    "exits with 0": ("import sys\ndef plugin(entries, options): sys.exit(0)", {"L09"}),
    "exits on import": ("import sys\nsys.exit(0)", {"L09"}),
    "no such module": (None, {"L09"}),
    "import error": ("import no_such_module_at_all", {"L09"}),
    "error on import": ("1 / 0", {"L09"}),
    "syntax error": ("def", {"L09"}),
    "missing function": ("__plugins__ = ('nowhere',)", {"L09"}),
    "returns None for entries": ("def plugin(entries, options): return None, []", {"L09"}),
    "returns no pair": ("def plugin(entries, options): return entries", {"L09"}),
    "drops payments": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [e for e in entries if not (type(e) is Transaction and e.payee == "物业公司")], []
        """,
        {"L10"},
    ),
    "changes an amount": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            def half(entry):
                if type(entry) is not Transaction:
                    return entry
                units = [p._replace(units=p.units._replace(number=p.units.number / 2)) for p in entry.postings]
                return entry._replace(postings=units)
            return [half(entry) for entry in entries], []
        """,
        {"L10"},
    ),
    "changes an entry in place": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            for entry in entries:
                if type(entry) is Transaction:
                    entry.postings.clear()
            return entries, []
        """,
        {"L10"},
    ),
    "changes a date": (
        """
        from datetime import timedelta
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [
                e._replace(date=e.date + timedelta(1)) if type(e) is Transaction else e for e in entries
            ], []
        """,
        {"L10"},
    ),
    "doubles an entry": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return entries + [entry for entry in entries if type(entry) is Transaction][-1:], []
        """,
        {"L10"},
    ),
    "changes the line of a payment": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [
                e._replace(meta={**e.meta, "line": "2020X01"}) if type(e) is Transaction else e
                for e in entries
            ], []
        """,
        {"L10"},
    ),
    "changes the line in place": (
        """
        def plugin(entries, options):
            for entry in entries:
                entry.meta.pop("line", None)
            return entries, []
        """,
        {"L10"},
    ),
    "reviews what nobody reviewed": (
        """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [e._replace(flag="!") if type(e) is Transaction else e for e in entries], []
        """,
        {"L10"},
    ),
    "changes what is opened": (
        """
        from beancount.core.data import Open
        def plugin(entries, options):
            return [e._replace(currencies=None) if type(e) is Open else e for e in entries], []
        """,
        {"L10"},
    ),
    "authorises": (
        """
        from beancount.core.data import Custom
        from beancount.core.data import new_metadata
        def plugin(entries, options):
            made = Custom(new_metadata("<plugin>", 0), entries[0].date, "authorisation", [])
            return [*entries, made], []
        """,
        {"L10"},
    ),
    "opens accounts": (
        """
        from beancount.core.data import Open
        from beancount.core.data import new_metadata
        def plugin(entries, options):
            made = Open(new_metadata("<plugin>", 0), entries[0].date, "Assets:9", None, None)
            return [*entries, made], []
        """,
        {"L10"},
    ),
}
#: What stands in our own plugin's place does not run our rules.
INSTEAD = {
    "no __plugins__": "__plugin__ = ('plugin',)\ndef plugin(entries, options): return entries, []",
    "empty __plugins__": "__plugins__ = ()",
    "does nothing": "def plugin(entries, options): return entries, []",
}
HARMLESS = {
    "adds metadata": """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [
                e._replace(meta={**e.meta, "seen": "1"}) if type(e) is Transaction else e
                for e in entries
            ], []
        """,
    "adds a tag": """
        from beancount.core.data import Transaction
        def plugin(entries, options):
            return [
                e._replace(tags=(e.tags or frozenset()) | {"seen"}) if type(e) is Transaction else e
                for e in entries
            ], []
        """,
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = approved(tmp_path / "book")
    assert pay(folder).exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def importable(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let plugins be imported from beside the book, each anew."""
    monkeypatch.syspath_prepend(book.parent)
    monkeypatch.delitem(sys.modules, "bad_plugin", raising=False)


def check(book: Path, code: str | None, plugins: str) -> tuple[int, set[str]]:
    """Give the exit status and the rules that stop, with a plugin of such code."""
    if code is not None:
        text = dedent(code)
        if "__plugin" not in text:
            text += "\n__plugins__ = ('plugin',)\n"
        (book.parent / "bad_plugin.py").write_text(text, "utf-8")
    change(book / "main.beancount", STRICT, plugins)
    done = run("check", book, "--json")
    stops = {f["rule"] for f in json.loads(done.stdout)["findings"] if f["severity"] == "stop"}
    return done.exit_code, stops


@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_plugin_is_never_silent(book: Path, name: str, *, before: bool) -> None:
    code, expected = BAD[name]
    lines = [STRICT, 'plugin "bad_plugin"']
    status, stops = check(book, code, "\n".join(reversed(lines) if before else lines))
    assert status == 1
    assert expected <= stops


@pytest.mark.parametrize("name", INSTEAD)
def test_a_plugin_that_is_not_ours_is_no_rule(book: Path, name: str) -> None:
    assert check(book, INSTEAD[name], 'plugin "bad_plugin"') == (1, {"L01"})


@pytest.mark.parametrize("name", HARMLESS)
def test_a_plugin_that_adds_without_changing_is_welcome(book: Path, name: str) -> None:
    assert check(book, HARMLESS[name], f'{STRICT}\nplugin "bad_plugin"') == (0, set())


def test_rules_hold_without_assertions(book: Path) -> None:
    change(book / "2020" / "2020-03.beancount", " 100.00 CNY", " 600000.00 CNY")
    change(book / "2020" / "2020-03.beancount", " -100.00 CNY", " -600000.00 CNY")
    assert "R01" in (done := yusuan("check", book, PYTHONOPTIMIZE="2")).stdout
    assert done.returncode == 1


def test_a_plugin_that_exits_stops_every_command(book: Path) -> None:
    (book.parent / "bad_plugin.py").write_text("raise SystemExit(0)", "utf-8")
    change(book / "main.beancount", STRICT, f'{STRICT}\nplugin "bad_plugin"')
    for command in (["lines"], ["execution", "--by", "fund"], ["available", "--line", "2020J01"]):
        done = run(command[0], book, *command[1:])
        assert (done.exit_code, done.stdout) == (1, "")
