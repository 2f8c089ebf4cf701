"""The audit log: who did what, on disk before it is done, readable again."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest
from flask import request
from tests.books import approved
from tests.books import run

from yusuan.ledger.books.audit import AUDIT_FILE
from yusuan.ledger.books.audit import AuditError
from yusuan.ledger.books.audit import Line
from yusuan.ledger.books.audit import Outcome
from yusuan.ledger.books.audit import append
from yusuan.ledger.books.audit import read
from yusuan.ledger.web import audit
from yusuan.ledger.web import people
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = Line("2020-03-16T09:00:00+08:00", "会计甲", "127.0.0.1", "支付", Outcome.RECORDED, ("zf-1",))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return approved(tmp_path_factory.mktemp("audit") / "book")


@pytest.fixture
def asked(template: Path) -> Iterator[Path]:
    """A request that is being answered."""
    (template / AUDIT_FILE).unlink(missing_ok=True)
    app = application(template / "main.beancount")
    with app.test_request_context(environ_base={"REMOTE_ADDR": "10.0.0.7"}):
        people.admit(request.environ, people.LOCAL)
        yield template


def test_lines_come_back_as_they_were_written(tmp_path: Path) -> None:
    other = Line(
        LINE.time, "会计乙", "::1", "调剂", Outcome.REFUSED, (), "超预算\n“引号”\u2028\x85"
    )
    append(tmp_path, LINE)
    append(tmp_path, other)
    assert read(tmp_path) == ([LINE, other], 0)
    assert stat.S_IMODE((tmp_path / AUDIT_FILE).stat().st_mode) == 0o600


def test_a_line_that_a_crash_cut_off_takes_no_other_with_it(tmp_path: Path) -> None:
    append(tmp_path, LINE)
    whole = (tmp_path / AUDIT_FILE).read_bytes()
    for length in range(1, len(whole) - 1):
        (tmp_path / AUDIT_FILE).write_bytes(whole[:length])
        append(tmp_path, LINE)
        assert read(tmp_path) == ([LINE], 1)


def test_what_is_done_is_noted_before_it_is_done(asked: Path) -> None:
    with audit.recorded("支付", ["zf-1"]):
        [line], _ = read(asked)
    assert (line.user, line.address, line.action) == ("本机用户", "10.0.0.7", "支付")
    assert (line.outcome, line.ids) == (Outcome.RECORDED, ("zf-1",))


def test_what_could_not_be_done_is_noted_as_well(asked: Path) -> None:
    with pytest.raises(OSError, match="磁盘"), audit.recorded("支付", ["zf-1"]):
        raise OSError("磁盘已满")
    lines, _ = read(asked)
    assert [line.outcome for line in lines] == [Outcome.RECORDED, Outcome.FAILED]


def test_without_a_log_nothing_is_done(asked: Path) -> None:
    (asked / AUDIT_FILE).mkdir(parents=True)
    done = []
    with pytest.raises(AuditError, match="审计日志不能写入"), audit.recorded("支付"):
        done.append("支付")
    (asked / AUDIT_FILE).rmdir()
    assert done == []


def test_the_command_shows_it(asked: Path) -> None:
    assert run("audit", asked).output == "还没有记录\n"
    audit.refused("支付", ["[R01] 超预算"])
    shown = run("audit", asked).output
    assert [word in shown for word in ("本机用户", "10.0.0.7", "拒绝", "[R01] 超预算")] == [
        True
    ] * 4
    [line] = json.loads(run("audit", asked, "--json").output)["lines"]
    assert line["outcome"] == "refused"
