"""The server that listens: an office that asks at once is heard."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from contextlib import suppress

from flask import Flask

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
