"""The import contracts hold, and a planted violation of each is really seen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("importers", "ledger", "plugins")
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The tree as the contracts see it: three folders under one name."""
    leftovers = shutil.ignore_patterns("__pycache__")
    for folder in FOLDERS:
        shutil.copytree(root / folder, tmp_path / "yusuan" / folder, ignore=leftovers)
    shutil.copyfile(root / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def contracts(copy: Path) -> subprocess.CompletedProcess[str]:
    # The path comes before the editable install's finder, so the copy is what is read.
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=copy,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(copy)},
        text=True,
    )


def test_the_contracts_hold(copy: Path) -> None:
    done = contracts(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "line", "seen"),
    [
        ("plugins/planted.py", "import fava.core", "yusuan.plugins.planted -> fava"),
        ("plugins/planted.py", "import click", "yusuan.plugins.planted -> click"),
        (
            "plugins/planted.py",
            "import yusuan.importers",
            "yusuan.plugins.planted -> yusuan.importers",
        ),
        (
            "importers/planted.py",
            "import yusuan.ledger.books",
            "yusuan.importers.planted -> yusuan.ledger.books",
        ),
        (
            "ledger/budget/planted.py",
            "from beancount.core import data",
            "yusuan.ledger.budget.planted -> beancount",
        ),
        (
            "ledger/tables/planted.py",
            "import yusuan.ledger.books",
            "yusuan.ledger.tables.planted -> yusuan.ledger.books",
        ),
        ("ledger/planted.py", "", "yusuan.ledger.planted"),
    ],
)
def test_a_planted_violation_is_seen(copy: Path, path: str, line: str, seen: str) -> None:
    planted = copy / "yusuan" / path
    planted.write_text(f'"""Planted."""\n\n{line}\n', "utf-8")
    done = contracts(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert seen in done.stdout
