"""`yusuan web`: this machine alone, what it refuses to open, what it refuses to write, what it reloads."""

from __future__ import annotations

import signal
import socket
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import run
from tests.books import snapshot
from tests.books import yusuan
from tests.webs import LOOPBACK
from tests.webs import Server
from tests.webs import free_port
from tests.webs import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AVAILABLE = "Equity:92-可用指标"
ENTRY: dict[str, Any] = {
    "t": "Note",
    "meta": {},
    "date": "2020-03-16",
    "account": AVAILABLE,
    "comment": "核对",
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


@pytest.fixture
def server(book: Path) -> Iterator[Server]:
    with serving(book) as running:
        yield running


def available(server: Server) -> str:
    """Give what fava has as available authority."""
    equity = server.api("balance_sheet")["trees"][2]
    states = {node["account"]: node["balance_children"] for node in equity["children"]}
    return str(states[AVAILABLE]["CNY-ZB"])


def errors(server: Server) -> list[str]:
    return [error["message"] for error in server.api("errors")]


def test_it_listens_on_this_machine_only(server: Server) -> None:
    """A server on all addresses would answer on every one of 127.0.0.0/8."""
    for family, address in ((socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        with socket.socket(family) as caller:
            caller.settimeout(2)
            assert caller.connect_ex((address, server.port)) != 0
    with socket.socket() as caller:
        assert caller.connect_ex((LOOPBACK, server.port)) == 0


def test_it_stops_when_asked_to(server: Server) -> None:
    server.process.send_signal(signal.SIGINT)
    output, _ = server.process.communicate(timeout=30)
    assert server.process.returncode == 0
    assert "Traceback" not in output


def test_the_environment_opens_no_other_ledger(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.beancount"
    other.write_text('option "title" "other"\n', "utf-8")
    with serving(book, BEANCOUNT_FILE=str(other), FAVA_READ_ONLY="1", FAVA_DEBUG="1") as server:
        assert "other" not in server.base
        assert list(server.api("ledger_data")["other_ledgers"]) == []
        assert server.put("add_entries", entries=[ENTRY])[0] == HTTPStatus.OK


def test_a_port_that_is_taken(book: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, free_port()))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = yusuan("web", book, "--port", port)
    assert done.returncode == 2
    assert f"错误：端口 {port} 已被占用，请用 --port 换一个端口" in done.stderr


def test_text_that_would_crash_the_server_is_not_opened(book: Path) -> None:
    """beancount's parser dies of a division by zero, and the server with it."""
    add(book / "2020" / "2020-03.beancount", "2020-03-31 balance Assets:8001-资金结存 1/0 CNY\n")
    done = run("web", book)
    assert done.exit_code == 1
    assert "2020/2020-03.beancount" in done.output
    assert "有算式；账本中只能写算好的金额" in done.output
    assert "错误：账本文件有不能载入的内容，请先改正以上问题" in done.output


def test_what_is_no_book_is_not_opened(tmp_path: Path) -> None:
    done = run("web", tmp_path)
    assert done.exit_code == 2
    assert "不是账套" in done.output


def test_read_only_refuses_every_write(book: Path) -> None:
    before = snapshot(book)
    with serving(book, "--read-only") as server:
        main = server.api("source", filename=str(book / "main.beancount"))
        source = {key: main[key] for key in ("file_path", "sha256sum")} | {"source": ""}
        assert server.put("source", **source)[0] == HTTPStatus.FORBIDDEN
        assert server.put("add_entries", entries=[ENTRY])[0] == HTTPStatus.FORBIDDEN
        assert available(server) == "8466201.85"
    assert snapshot(book) == before


def test_a_recorded_payment_shows(server: Server, book: Path) -> None:
    assert available(server) == "8466201.85"
    assert not server.api("changed")
    assert pay(book, amount="100.01").exit_code == 0
    assert server.changed()
    assert available(server) == "8466101.84"
    assert errors(server) == []


def test_overspending_written_by_hand_shows(server: Server, book: Path) -> None:
    assert pay(book, amount="100.00").exit_code == 0
    change(book / "2020" / "2020-03.beancount", "   100.00 CNY", "   900000.00 CNY")
    change(book / "2020" / "2020-03.beancount", "   -100.00 CNY", "   -900000.00 CNY")
    assert server.changed()
    assert any("[R01] 2020-03-16 超预算" in message for message in errors(server))


def test_changed_settings_are_read_again(server: Server, book: Path) -> None:
    assert errors(server) == []
    change(book / "yusuan.toml", '"行政"', '"机关"')
    assert server.changed()
    assert any("不是“机关”" in message for message in errors(server))


def test_settings_put_right_are_read_again(server: Server, book: Path) -> None:
    change(book / "yusuan.toml", '"行政"', '"机关"')
    assert server.changed()
    change(book / "yusuan.toml", '"机关"', '"行政"')
    assert server.changed()
    assert errors(server) == []


def test_text_that_would_crash_the_server_is_not_read_while_it_serves(
    server: Server, book: Path
) -> None:
    """The book stays as it was, nothing is recorded, and what is wrong is said."""
    march = book / "2020" / "2020-03.beancount"
    good = march.read_bytes()
    add(march, "2020-03-31 balance Assets:8001-资金结存 1/0 CNY\n")
    assert server.changed()
    assert available(server) == "8466201.85"
    assert any("[L03] 第 5 行有算式" in message for message in errors(server))
    assert server.put("add_entries", entries=[ENTRY])[0] == HTTPStatus.CONFLICT
    march.write_bytes(good)
    assert server.changed()
    assert errors(server) == []
    assert server.put("add_entries", entries=[ENTRY])[0] == HTTPStatus.OK
