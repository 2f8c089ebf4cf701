"""Laws of the guard: looking at doubtful lines finds what lexing everything finds; nothing crashes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from beancount.parser import lexer
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.books import python

from yusuan.ledger.books import guard

if TYPE_CHECKING:
    from pathlib import Path

#: Pieces of ledgers, put together blindly: what matters to the guard, and what it must see past.
PIECES = [
    *'/()+~{}@*-;"\\ \t\n\r#!&?%:.,|^',
    "\n", "\n", " ", " ", '"', '"', "\n  ", " -", "- ", " * ", "--", "  -", "    -", "{{", "@@", "\r\n", '\\"',
    "0", "1", "5", "12", "2020", "100.00", "-5.00", "1,234.50", "0.001", "12345678901234567", "1.",
    "2020-03-16", "2020/03/16", "\n2020-03-16", "2020-01", "zf-2020-0031", "^zf-2020-0031", "#t",
    "CNY", "CNY-ZB", " CNY\n", "Assets:1", "Equity:92-可用:2020J01", "Assets:2020", "物业", "（室）",
    "key", "key: ", "id:", "note", "balance", "txn", "TRUE",
    '"a"', '"a/b * (c)"', '"x\ny"', "; 注释", '; "', "* ", "\n* ", "\n! x",
    "include", 'include "a"', "option", 'option "a" "b"', "plugin", "pushtag", "popmeta",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def whole(text: str) -> guard.Scan:
    """Lex everything, whatever the text is like."""
    return guard._judged(guard._whole(text.encode()))


@settings(max_examples=2_000)
@given(TEXTS)
def test_doubtful_lines_are_enough(text: str) -> None:
    # What the lexer cannot read is an error of the parser's; there the guard may see too much.
    assume(all(token[0] != "error" for token in lexer.lex_iter_string(text)))
    found, everything = guard.scan(text.encode()), whole(text)
    assert found.problems == everything.problems
    assert found.directives == everything.directives


@settings(max_examples=2_000)
@given(TEXTS)
def test_nothing_is_overlooked(text: str) -> None:
    found, everything = guard.scan(text.encode()), whole(text)
    assert set(everything.directives) <= set(found.directives)
    assert {problem.line for problem in everything.problems} <= {p.line for p in found.problems}


@given(st.binary(max_size=200))
def test_any_bytes_can_be_scanned(data: bytes) -> None:
    guard.scan(data)


#: Mutates a ledger, writes down the seed, and lets beancount have what the guard lets pass.
FUZZ = """
import random, sys
from pathlib import Path
from beancount import loader
from yusuan.ledger.books.guard import scan
from tests.test_guard import ARITHMETIC, CLEAN
from tests.test_guard_laws import PIECES

notes, first, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
ledger = CLEAN + "".join(f"{text}\\n" for text in ARITHMETIC[:4])
passed = 0
for seed in range(first, first + count):
    rng = random.Random(seed)
    start = rng.randrange(len(ledger))
    text = ledger[start : start + rng.randrange(400)]
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(PIECES) + text[at + rng.randrange(3) :]
    found = scan(text.encode())
    if found.problems or found.directives:
        continue
    notes.write_text(f"{seed}\\n{text}")
    passed += 1
    try:
        loader.load_string(text)
    except Exception:
        pass  # an error in Python is caught by whoever loads; a dead process cannot be
print(passed)
"""


def fuzz(notes: Path, first: int, count: int) -> int:
    done = python(FUZZ, notes, str(first), str(count))
    assert done.returncode == 0, f"{done.stderr}\n{notes.read_text('utf-8')}"
    return int(done.stdout)


def test_what_passes_never_kills_the_parser(tmp_path: Path) -> None:
    assert fuzz(tmp_path / "last.txt", 0, 2_000) > 200


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("part", range(10))
def test_what_passes_never_kills_the_parser_for_long(tmp_path: Path, part: int) -> None:
    fuzz(tmp_path / "last.txt", (part + 1) * 1_000_000, 100_000)
