"""A book made from the example's source document, and the command line in-process, for tests."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from click.testing import CliRunner

from yusuan.ledger.cli import main

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "examples" / "songjiang-xinfang-2020" / "source" / "部门预算2020.csv"
UNIT = "示例单位"
_TEMPORARY = tempfile.TemporaryDirectory()

# click never lets go of a stream that it has written to: the values of its weak cache hold the
# keys. A long run calls a hundred thousand times, each with streams of its own.
patch.multiple(
    "click.utils",
    _default_text_stdout=lambda: sys.stdout,
    _default_text_stderr=lambda: sys.stderr,
).start()

#: A payment that is in order on an approved book; tests change one thing at a time.
PAYMENT = {
    "date": "2020-03-16",
    "line": "2020J01",
    "economic": "30209",
    "amount": "100.00",
    "payee": "物业公司",
    "text": "3月物业管理费",
}


def run(*arguments: str | Path) -> Result:
    """Run `yusuan` in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def payment(**changes: str) -> list[str]:
    """Give the options of a payment; one that is changed to nothing is left out."""
    options = {**PAYMENT, **changes}
    return [word for key, value in options.items() if value for word in (f"--{key}", value)]


def pay(book: Path, *more: str, **changes: str) -> Result:
    """Record a payment."""
    return run("pay", book, *payment(**changes), *more)


def empty(folder: Path) -> Path:
    """Make a book that nothing is approved in."""
    made = run("init", folder, "--unit", UNIT, "--year", "2020", "--kind", "行政")
    assert made.exit_code == 0, made.output
    return folder


def approved(folder: Path) -> Path:
    """Make a book with the example's budget; it is imported once and then copied."""
    return Path(shutil.copytree(_template(), folder))


@cache
def _template() -> Path:
    folder = Path(_TEMPORARY.name) / "book"
    done = run("import", SOURCE, "--book", empty(folder), "--yes")
    assert done.exit_code == 0, done.output
    return folder


def add(path: Path, text: str) -> None:
    """Write at the end of a file, as a person with an editor would."""
    path.write_bytes(path.read_bytes() + text.encode())


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def received(book: Path, amount: str = "50000.00") -> Path:
    """Let other income come in, so that there is money to pay its lines from."""
    means, revenue = "Assets:8001-资金结存:02-货币资金", "Income:6609-其他预算收入:39-其他收入"
    add(
        book / "2020" / "2020-01.beancount",
        f"""
2020-01-01 open {means} CNY

2020-01-02 * "拨款单位" "其他收入到账" ^dz-2020-9001
  id: "dz-2020-9001"
  event: "receipt"
  {means}   {amount} CNY
  {revenue}   -{amount} CNY
""",
    )
    return book


def snapshot(folder: Path) -> dict[str, str]:
    """Give a digest of every file under a folder but the lock and the audit log."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.parent.name != ".yusuan"
    }


def python(
    code: str, *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        text=True,
    )


def yusuan(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `yusuan` in a process of its own."""
    return python("from yusuan.ledger.cli import main; main()", *arguments, **environment)
