"""Writing to a book: whole or not at all, under a lock, never over a change that was not seen."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from filelock import FileLock
from tests.books import PAYMENT
from tests.books import add
from tests.books import approved
from tests.books import pay
from tests.books import python
from tests.books import received
from tests.books import run
from tests.books import snapshot

from yusuan.ledger.books import write
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.record import ids
from yusuan.ledger.books.write import BusyError
from yusuan.ledger.books.write import ChangedError
from yusuan.ledger.books.write import NotIncludedError
from yusuan.ledger.books.write import append
from yusuan.ledger.books.write import locked
from yusuan.ledger.books.write import replace

if TYPE_CHECKING:
    from collections.abc import Callable

MARCH = Path("2020") / "2020-03.beancount"
#: Everything that writing asks of the system, one of which fails at a time.
SYSTEM = [
    (tempfile, "mkstemp"),
    (os, "fdopen"),
    (os, "fchmod"),
    (os, "fsync"),
    (os, "replace"),
    (os, "open"),
]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(*paths: Path) -> dict[Path, str]:
    return {path: digest(path) for path in paths}


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """Two files that are written together: the first does no harm alone."""
    first, second = tmp_path / "chart", tmp_path / "entries"
    first.write_text("旧科目\n", "utf-8")
    second.write_text("旧凭证\n", "utf-8")
    return first, second


def test_appending(pair: tuple[Path, Path]) -> None:
    first, second = pair
    second.write_text("没有换行结尾", "utf-8")
    append({first: "甲\n", second: "乙\n"}, digests(*pair))
    assert first.read_text("utf-8") == "旧科目\n甲\n"
    assert second.read_text("utf-8") == "没有换行结尾\n乙\n"
    assert sorted(path.name for path in first.parent.iterdir()) == ["chart", "entries"]


def test_a_file_keeps_its_mode_and_a_link_its_target(pair: tuple[Path, Path]) -> None:
    first, second = pair
    first.chmod(0o640)
    link = first.parent / "link"
    link.symlink_to(first)
    append({link: "甲\n", second: "乙\n"}, digests(link, second))
    assert link.is_symlink()
    assert first.read_text("utf-8") == "旧科目\n甲\n"
    assert first.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("edit", ["改过了\n", "", None])
def test_a_file_that_an_editor_changed_is_not_written_over(
    pair: tuple[Path, Path], edit: str | None
) -> None:
    first, second = pair
    seen = digests(*pair)
    if edit is None:
        second.unlink()
    else:
        second.write_text(edit, "utf-8")
    before = snapshot(first.parent)
    with pytest.raises(ChangedError, match="被改动"):
        append({first: "甲\n", second: "乙\n"}, seen)
    assert snapshot(first.parent) == before


def test_a_file_that_nobody_reads_is_not_written(pair: tuple[Path, Path]) -> None:
    first, second = pair
    with pytest.raises(NotIncludedError, match="没有包含"):
        append({first: "甲\n", second: "乙\n"}, digests(first))
    assert first.read_text("utf-8") == "旧科目\n"


def failing(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int, error: BaseException
) -> Callable[[], bool]:
    """Let the n-th call of a function fail; tell afterwards whether it came to that."""
    real, calls = getattr(owner, name), 0

    def shim(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise error
        return real(*arguments, **options)

    monkeypatch.setattr(owner, name, shim)
    return lambda: calls >= at


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize(("owner", "name"), SYSTEM)
def test_whatever_fails_each_file_is_old_or_new(
    pair: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    owner: Any,
    name: str,
    at: int,
    error: BaseException,
) -> None:
    first, second = pair
    seen = digests(*pair)
    failed = False
    with monkeypatch.context() as patch:
        came_to_it = failing(patch, owner, name, at, error)
        try:
            append({first: "甲\n", second: "乙\n"}, seen)
        except (OSError, KeyboardInterrupt):
            failed = True
        assert failed is came_to_it()
    texts = (first.read_text("utf-8"), second.read_text("utf-8"))
    assert texts[0] in {"旧科目\n", "旧科目\n甲\n"}
    assert texts[1] in {"旧凭证\n", "旧凭证\n乙\n"}
    if texts[1] != "旧凭证\n":
        assert texts[0] == "旧科目\n甲\n"
    if not failed:
        assert texts == ("旧科目\n甲\n", "旧凭证\n乙\n")
    assert not list(first.parent.glob("*.tmp")) + list(first.parent.glob(".*.tmp"))


def test_the_faults_reach_every_step(
    pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner, name in SYSTEM:
        with monkeypatch.context() as patch:
            came_to_it = failing(patch, owner, name, 2, OSError(errno.EIO, "io"))
            with pytest.raises(OSError, match="io"):
                replace({pair[0]: b"a\n", pair[1]: b"b\n"})
            assert came_to_it(), name


def test_a_full_disk_changes_nothing_and_is_said_in_chinese(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    add(book / MARCH, "; " + "满" * 10_000 + "\n")
    before = snapshot(book)
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (30_100, 30_100))\n"
        "from yusuan.ledger.cli import main; main()"
    )
    options = [word for key, value in PAYMENT.items() for word in (f"--{key}", value)]
    done = python(code, "pay", book, *options)
    assert done.returncode == 2, done.stdout
    assert done.stderr.startswith("错误：")
    assert "Traceback" not in done.stderr
    assert snapshot(book) == before


def test_a_lock_that_is_held_is_waited_for_and_then_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "LOCK_SECONDS", 0.1)
    book = approved(tmp_path / "book")
    with (
        FileLock(book / write.LOCK_FILE),
        pytest.raises(BusyError, match="正被另一个命令写入"),
        locked(book),
    ):
        raise AssertionError


def child(work: Callable[[], None]) -> int:
    """Fork a process that does some work and nothing else."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return pid


def kill_loop(folder: Path, kills: int, seed: int) -> int:
    """Kill a writer again and again; give how many appends it acknowledged."""
    ledger, acknowledged = folder / "ledger.beancount", folder / "acknowledged"
    ledger.write_text("; 账\n", "utf-8")
    acknowledged.touch()
    rng = random.Random(seed)  # noqa: S311 -- a failure must be replayable

    def writer() -> None:
        start = time.monotonic_ns()
        with acknowledged.open("a") as log:
            for number in range(10**9):
                own = f"id-{start}-{number}"
                with locked(folder):
                    append(
                        {ledger: f'2020-01-01 * "" ^{own}\n' + "; " * 2_000 + "\n"}, digests(ledger)
                    )
                log.write(f"{own}\n")
                log.flush()

    for _ in range(kills):
        pid = child(writer)
        time.sleep(rng.uniform(0.001, 0.03))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    lines = ledger.read_text("utf-8").splitlines()
    assert lines[0] == "; 账"
    for entry, filler in zip(lines[1::2], lines[2::2], strict=True):
        assert entry.startswith('2020-01-01 * "" ^id-')
        assert filler == "; " * 2_000
    written = [line.rpartition("^")[2] for line in lines[1::2]]
    promised = acknowledged.read_text("utf-8").split()
    assert len(set(written)) == len(written)
    assert set(promised) <= set(written)
    return len(promised)


def test_a_killed_writer_loses_nothing_and_tears_nothing(tmp_path: Path) -> None:
    assert kill_loop(tmp_path, 100, seed=1) > 0


@pytest.mark.soak
@pytest.mark.timeout(3_600)
@pytest.mark.parametrize("seed", range(20))
def test_a_writer_killed_for_long(tmp_path: Path, seed: int) -> None:
    kill_loop(tmp_path, 500, seed)


def test_four_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")

    def clerk() -> None:
        for _ in range(25):
            assert pay(book, amount="1.00").exit_code == 0

    pids = [child(clerk) for _ in range(4)]
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0] * 4
    loaded = load_book(book)
    assert loaded.stops == ()
    paid = {own for own in ids(loaded) if own.startswith("zf-")}
    assert paid == {f"zf-2020-{number:04d}" for number in range(1, 101)}
    assert (book / MARCH).read_text("utf-8").count("  1.00 CNY") == 100


def test_the_last_yuan_is_spent_once(tmp_path: Path) -> None:
    book = received(approved(tmp_path / "book"))
    statuses = tmp_path / "statuses"

    def clerk() -> None:
        status = pay(book, line="2020X03", economic="30201", amount="30000.00").exit_code
        with statuses.open("a") as log:
            log.write(f"{status}\n")

    for pid in [child(clerk) for _ in range(3)]:
        os.waitpid(pid, 0)
    assert sorted(statuses.read_text("utf-8").split()) == ["0", "1", "1"]
    assert run("check", book).exit_code == 0
