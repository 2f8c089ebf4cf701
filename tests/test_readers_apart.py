"""What a foreign file may do to the process that reads it, and never to this one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from time import monotonic
from time import sleep
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import rendered

from yusuan.importers.readers import apart
from yusuan.importers.readers import csv
from yusuan.importers.readers import limits
from yusuan.importers.readers import office
from yusuan.importers.readers import read
from yusuan.importers.readers import wire
from yusuan.importers.readers import xlsx
from yusuan.importers.readers.apart import Allowance
from yusuan.importers.readers.apart import TooLongError
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.kinds import OLE_MARK

ROWS = [["甲", "", "1.00"], ["乙", "二", "2.00"]]
MEGABYTE = 1 << 20
ROOMY = Allowance(20, 512 * MEGABYTE)
DOC = OLE_MARK + "WordDocument".encode("utf-16-le")


def python(code: str, may: Allowance) -> tuple[int, bytes]:
    return apart.run(["run", sys.executable, "-c", code], b"given", may)


def test_a_program_reads_and_answers() -> None:
    code = "import sys; print(sys.stdin.read())"
    assert python(code, ROOMY) == (0, b"given\n")


def test_memory_is_limited() -> None:
    status, _ = python("bytearray(1 << 30)", ROOMY)
    assert status == 1


LEAVES = "from yusuan.importers.readers import offline; raise SystemExit(not offline.go())"


def test_a_program_reaches_no_network() -> None:
    if subprocess.run([sys.executable, "-c", LEAVES], check=False).returncode:
        pytest.skip("this system lets no process leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = server.getsockname()
        code = f"import socket; socket.create_connection({address!r}, 5)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
        server.accept()[0].close()
        assert python(code, ROOMY)[0] == 1
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_is_written_is_limited() -> None:
    code = "import sys; sys.stdout.write('x' * (1 << 21))"
    _, answer = python(code, ROOMY._replace(answer=MEGABYTE))
    assert len(answer) == MEGABYTE


def test_time_is_limited_for_all_that_a_program_started(tmp_path: Path) -> None:
    code = (
        "import pathlib, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(child.pid));"
        "time.sleep(60)"
    )
    start = monotonic()
    with pytest.raises(TooLongError):
        python(code, ROOMY._replace(seconds=3))
    assert monotonic() - start < 10
    started = int((tmp_path / "pid").read_text())
    for _ in range(50):
        if not alive(started):
            return
        sleep(0.1)
    pytest.fail("what the program started is still there")


def alive(pid: int) -> bool:
    """Say whether a process runs; one that is dead and not yet collected does not."""
    try:
        os.kill(pid, 0)
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.parametrize("module", ["platform", "this", "no_such_module", "antigravity_"])
def test_an_answer_that_is_no_grid_is_a_damaged_file(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_CHILD", module)
    with pytest.raises(ReadError, match=r"a.xlsx：文件已损坏，无法读取；请.*。"):
        apart.read("xlsx", rendered.as_xlsx(ROWS), "a.xlsx")


def test_too_little_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    data = rendered.as_xlsx([["甲", "1.00"]] * 20_000)
    monkeypatch.setenv(apart.SECONDS_VARIABLE, "1")
    with pytest.raises(ReadError, match=r"1 秒内没有读完.*YUSUAN_READ_SECONDS"):
        apart.read("xlsx", data, "a.xlsx")


def test_a_bigger_file_may_cost_more() -> None:
    small, big = apart.allowance(limits.READ_BYTES), apart.allowance(limits.READ_BYTES + 1)
    assert small == Allowance(limits.READ_SECONDS, limits.READ_MEMORY)
    assert big.seconds == limits.READ_SECONDS + limits.SECONDS_A_PORTION


def test_a_grid_read_apart_is_the_same_grid() -> None:
    data = rendered.as_xlsx(ROWS)
    assert apart.read("xlsx", data, "a.xlsx") == xlsx.read(data, "a.xlsx")


def test_the_names_of_hidden_sheets_come_back_too() -> None:
    grid = replace(xlsx.read(rendered.as_xlsx(ROWS), "a.xlsx"), hidden=("甲", "乙"))
    assert wire.load(wire.dump(grid), grid.file, grid.sha256) == grid
    with pytest.raises(wire.NotAGridError):
        wire.load([b'["x",0,1]'], "a.xlsx", "")


def test_the_current_folder_gives_no_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(rendered.as_xlsx(ROWS))
    monkeypatch.chdir(tmp_path)
    assert len(read("a.xlsx").rows) == 2


@given(st.lists(st.lists(st.text(alphabet="甲乙1.,\"'", max_size=4), min_size=1), max_size=4))
def test_a_grid_comes_back_from_json_as_it_was(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(f'"{each.replace(chr(34), "")}"' for each in row) for row in rows)
    grid = csv.read(text.encode(), "a.csv")
    assert wire.load(wire.dump(grid), grid.file, grid.sha256) == grid


PLACE = b"[null,null,null,1,null]"


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'["x"]', b'["x",0,[[true]]]', b'["x",1]'),
        *(b'["x",0]\n[true,[["a"]]]', b'["x",2]\n[true,[["a"]]]', b'["x",1]\n[1,[["a"]]]'),
        *(b'["x",1]\n[true,[]]', b'["x",1]\n[true,[[]]]', b'["x",1]\n[true,[[null]]]'),
        *(b'["x",1]\n[true,[["a","b"]]]', b'["x",1]\n[true,["a"]]', b'["x",1]\n[true,[["a"]'),
        *(b'["x",1]\n[true,[1],["a"]]', b'["x",1]\n[true,[null,null,1,1,null],["a"]]'),
        *(b'["x",1]\n[true,' + PLACE + b",[1]]", b'["x",1]\n[true,' + PLACE + b",[]]"),
    ],
)
def test_json_of_another_shape_is_no_grid(answer: bytes) -> None:
    with pytest.raises(wire.NotAGridError):
        wire.load(answer.splitlines(), "a.xlsx", "")


def test_texts_that_come_again_are_kept_once() -> None:
    grid = xlsx.read(rendered.as_xlsx([["某公司", "某公司"]]), "a.xlsx")
    (row,) = wire.load(list(wire.dump(grid)), "a.xlsx", "").rows
    assert row.cells[0].text is row.cells[1].text


def test_without_libreoffice_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match=r"读取 \.wps 文件需要 LibreOffice.*另存为 docx 后再读"):
        office.read(DOC, "a.wps")


@pytest.mark.parametrize(
    ("code", "seconds", "said"),
    [("sleep 60", 1, "LibreOffice 在 1 秒内没有转换完"), ("exit 0", 20, "LibreOffice 无法转换")],
)
def test_a_libreoffice_that_hangs_or_makes_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, seconds: int, said: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    found: Any = lambda _name: str(program)  # noqa: E731 -- a stand-in
    monkeypatch.setattr(shutil, "which", found)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", seconds)
    with pytest.raises(ReadError, match=said):
        office.read(DOC, "a.doc")
