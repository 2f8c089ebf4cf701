"""Serving the application until somebody stops it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from cheroot.server import HeaderReader
from cheroot.server import HTTPConnection
from cheroot.server import HTTPRequest
from cheroot.wsgi import Server

from yusuan.ledger.web import limits

if TYPE_CHECKING:
    from flask import Flask

#: Requests that are answered at the same time.
THREADS = 16
#: Connections that may wait for one of them. With cheroot's own 5, an office that presses its
#: buttons at once overflows the queue and some are reset (seen with 32 clients).
WAITING = 256


class _Headers(HeaderReader):
    """Leaves out headers that are named with underscores.

    WSGI spells `X-User` and `X_User` alike: what a reverse proxy takes out of a request by the
    one name, a browser could send by the other.
    """

    def _allow_header(self, key_name: bytes) -> bool:
        return b"_" not in key_name


class _Request(HTTPRequest):
    header_reader = _Headers()


class _Connection(HTTPConnection):
    RequestHandlerClass = _Request


class PortTakenError(OSError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        """Say which, and what to do."""
        super().__init__(f"端口 {port} 已被占用，请用 --port 换一个端口")


def prepared(app: Flask, host: str, port: int) -> Server:
    """Give a server that listens, and answers once it is told to serve. Raises PortTakenError."""
    server = Server((host, port), app, numthreads=THREADS, request_queue_size=WAITING)
    server.ConnectionClass = _Connection
    server.max_request_header_size = limits.HEADER_BYTES
    server.max_request_body_size = limits.BODY_BYTES
    try:
        server.prepare()
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, None}:
            raise PortTakenError(port) from None
        raise
    return server


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests until interrupted. Raises PortTakenError."""
    server = prepared(app, host, port)
    try:
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
