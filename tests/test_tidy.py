"""The house rules that no linter knows, as ordinary tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = ("importers", "ledger", "plugins")
#: The only code that writes files: atomically, under a lock.
WRITER = Path("ledger/books")
MONEY = tuple(Path("ledger") / name for name in ("budget", "entries.py", "money.py", "tables"))

LINES_MAX = 400
LINES_MEDIAN_MAX = 150
FUNCTION_LINES_MAX = 70

#: Dots left out, so that this file does not find itself.
HOSTS = re.compile(
    "pypi org|pythonhosted org|npmjs org|npmjs com|deb debian org".replace(" ", r"\.")
)
WRITING = re.compile(r"[rbt]*[wax+][bt+]*")
MACHINE = re.compile(r"(?<![\w./])/(?:work|tmp|root|home|opt|Users)/")
UNESCAPED = re.compile(
    r"\|\s*safe\b|\bMarkup\(|autoescape\s+false|innerHTML|outerHTML|insertAdjacentHTML"
    r"|\.html\("  # d3's word for innerHTML
)
#: What others wrote, kept as they published it.
VENDORED = Path("ledger/web/pages/d3/d3.min.js")
BINARY = frozenset({".gif", ".jpg", ".png", ".pdf", ".xls", ".xlsx", ".doc", ".docx", ".woff2"})

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.fixture(scope="module")
def modules(root: Path, tree: tuple[Path, ...]) -> dict[Path, ast.Module]:
    """Every Python file of the project, parsed."""
    return {
        path: ast.parse((root / path).read_bytes(), str(path))
        for path in tree
        if path.suffix == ".py" and path.parts[0] != "typings"
    }


@pytest.fixture(scope="module")
def code(modules: dict[Path, ast.Module]) -> dict[Path, ast.Module]:
    """The part of it that is installed."""
    return {path: module for path, module in modules.items() if path.parts[0] in CODE}


def calls(module: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last part of what it calls."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node


def opens_for_writing(call: ast.Call) -> bool:
    """Whether `open(path, mode)` or `path.open(mode)` names a mode that writes."""
    words = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    modes = (word.value for word in words if isinstance(word, ast.Constant))
    return any(isinstance(mode, str) and WRITING.fullmatch(mode) for mode in modes)


def length(function: FUNCTION, *, docstring: bool) -> int:
    """Lines of a function; in a test the docstring may be a ledger, and does not count."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if not docstring and ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def inside(path: Path, *folders: Path) -> bool:
    """Whether a file is one of these, or lies in one of them."""
    return any(path.is_relative_to(folder) for folder in folders)


def test_every_module_opens_with_a_sentence(modules: dict[Path, ast.Module]) -> None:
    openings = {path: (ast.get_docstring(module) or "") for path, module in modules.items()}
    assert [p for p, text in openings.items() if not text.split("\n\n")[0].endswith(".")] == []


def test_files_are_small(root: Path, modules: dict[Path, ast.Module]) -> None:
    lines = {path: len((root / path).read_bytes().splitlines()) for path in modules}
    assert {path: n for path, n in lines.items() if n > LINES_MAX} == {}
    assert median(n for path, n in lines.items() if path.parts[0] in CODE) <= LINES_MEDIAN_MAX


def test_functions_are_short(modules: dict[Path, ast.Module]) -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, module in modules.items()
        for node in ast.walk(module)
        if isinstance(node, FUNCTION)
        and length(node, docstring=path.parts[0] != "tests") > FUNCTION_LINES_MAX
    ]
    assert long == []


def test_only_the_books_write_files(code: dict[Path, ast.Module]) -> None:
    writing = [
        f"{path}:{call.lineno}"
        for path, module in code.items()
        if not inside(path, WRITER)
        for name, call in calls(module)
        if name in {"write_text", "write_bytes"} or (name == "open" and opens_for_writing(call))
    ]
    assert writing == []


def test_money_is_never_a_float(code: dict[Path, ast.Module]) -> None:
    made = [f"{p}:{c.lineno}" for p, m in code.items() for name, c in calls(m) if name == "float"]
    literal = [
        f"{path}:{node.lineno}"
        for path, module in code.items()
        if inside(path, *MONEY)
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    assert made + literal == []


def test_nothing_reaches_a_page_unescaped(root: Path, tree: tuple[Path, ...]) -> None:
    pages = [p for p in tree if p.parts[0] in CODE and p.suffix in {".html", ".js", ".py"}]
    ours = (p for p in pages if p != VENDORED)
    assert [p for p in ours if UNESCAPED.search((root / p).read_text("utf-8"))] == []


@pytest.mark.parametrize("forbidden", [HOSTS, MACHINE], ids=["registry hosts", "machine paths"])
def test_no_file_names_the_place_where_it_was_made(
    root: Path, tree: tuple[Path, ...], forbidden: re.Pattern[str]
) -> None:
    texts = [path for path in tree if path.suffix not in BINARY]
    assert [p for p in texts if forbidden.search((root / p).read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "writes"),
    [
        ("open(p)", False),
        ("open(p, 'rb')", False),
        ("p.open('r', encoding='utf-8')", False),
        ("open(p, 'w')", True),
        ("open(p, mode='a')", True),
        ("p.open('xb')", True),
        ("p.open('r+')", True),
    ],
)
def test_the_check_for_writing_sees_modes(source: str, *, writes: bool) -> None:
    (call,) = (call for _, call in calls(ast.parse(source)))
    assert opens_for_writing(call) is writes
