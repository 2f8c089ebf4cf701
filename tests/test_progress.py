"""The line that says how far a long reading is: on a terminal alone, and gone at the end."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest
from tests import pdfs
from tests.executions import HEAD
from tests.executions import row
from tests.executions import write

from yusuan.importers.readers import apart
from yusuan.importers.readers import pdf
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.progress import heard
from yusuan.importers.readers.progress import tell
from yusuan.ledger.cli.progress import progress
from yusuan.ledger.cli.progress import reading

if TYPE_CHECKING:
    from pathlib import Path


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of stderr, for one test."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def test_a_terminal_shows_what_is_done_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with progress("正在读取 支付凭证.xlsx"):
        tell("行", 12_000)
    lines = stream.getvalue().split("\r\x1b[K")
    assert lines == [
        "",
        "正在读取 支付凭证.xlsx …",
        "正在读取 支付凭证.xlsx：已读 12,000 行，0 秒",
        "",
    ]


def test_the_line_is_gone_when_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with pytest.raises(KeyError), progress("正在读取"):
        raise KeyError
    assert stream.getvalue().endswith("\r\x1b[K")


def test_nothing_is_said_for_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with progress("正在读取", quiet=True):
        tell("行", 1)
    assert not stream.getvalue()


def test_nothing_is_said_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("正在读取"):
        tell("行", 1)
    assert capsys.readouterr() == ("", "")


def test_a_file_is_read_under_the_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stream = terminal(monkeypatch)
    assert len(reading(write(tmp_path / "a.csv", [HEAD, row()])).rows) == 2
    assert "正在读取 a.csv …" in stream.getvalue()


def test_a_pdf_is_counted_by_its_pages() -> None:
    told: list[tuple[str, int]] = []
    with (
        heard(lambda what, count: told.append((what, count))),
        pytest.raises(ReadError, match="扫描件"),
    ):
        pdf.read(pdfs.scan(), "a.pdf")
    assert told == [("页", 1)]


@pytest.mark.skipif(not hasattr(os, "pread"), reason="the place in the file is shared")
def test_a_process_of_its_own_says_how_far_it_is() -> None:
    code = "import sys, time; print('3000 行', file=sys.stderr, flush=True); time.sleep(1)"
    told: list[tuple[str, int]] = []
    with heard(lambda what, count: told.append((what, count))):
        apart.run(["run", sys.executable, "-c", code], b"", apart.Allowance(20, 512 << 20))
    assert ("行", 3_000) in told
    assert set(told) == {("行", 3_000)}
