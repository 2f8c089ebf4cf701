"""What a start imports: a plugin and a command wait for nothing that they do not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: What only some commands read or show with.
READERS = ("pdfplumber", "lxml", "docx", "xlrd", "openpyxl", "beangulp", "flask", "fava")
#: What rules need for a finding at most, or to write files.
OF_FINDINGS = ("difflib", "tomli_w", "yusuan.ledger.tables.model", "yusuan.ledger.cli")


@pytest.mark.parametrize(
    ("module", "unused"),
    [
        ("yusuan.ledger.cli", READERS),
        ("yusuan.plugins.strict", (*READERS, *OF_FINDINGS, "yusuan.importers")),
    ],
)
def test_a_start_imports_only_what_it_uses(module: str, unused: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*[name for name in {unused!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
