"""The server that listens: an office that asks at once is heard."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from contextlib import suppress
from http.client import HTTPConnection
from threading import Thread

import pytest
from flask import Flask
from flask import request

from yusuan.ledger.web.server import prepared


def test_a_hundred_who_ask_at_once_all_get_a_connection() -> None:
    with ExitStack() as open_:
        server = prepared(Flask(__name__), "127.0.0.1", 0)
        open_.callback(server.stop)
        address = server.socket.getsockname()
        for _ in range(100):
            client = open_.enter_context(socket.socket())
            client.settimeout(0)
            client.connect_ex(address)
        server.socket.settimeout(0.5)
        heard = 0
        with suppress(TimeoutError):
            while heard < 100:
                open_.enter_context(server.socket.accept()[0])
                heard += 1
    assert heard == 100


@pytest.mark.parametrize(("name", "heard"), [("X-User", b"somebody"), ("X_User", b"nobody")])
def test_a_header_is_known_by_its_own_name_only(name: str, heard: bytes) -> None:
    """A proxy that takes X-User out of requests leaves X_User in, which WSGI spells alike."""
    app = Flask(__name__)
    app.add_url_rule("/", "who", lambda: request.headers.get("X-User", "nobody"))
    with ExitStack() as open_:
        server = prepared(app, "127.0.0.1", 0)
        thread = Thread(target=server.serve)
        thread.start()
        open_.callback(thread.join)
        open_.callback(server.stop)
        connection = HTTPConnection("127.0.0.1", server.socket.getsockname()[1], timeout=30)
        open_.callback(connection.close)
        connection.request("GET", "/", headers={name: "somebody", "Connection": "close"})
        assert connection.getresponse().read() == heard
