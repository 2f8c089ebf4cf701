"""Serving the application until somebody stops it."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from cheroot.wsgi import Server

from yusuan.ledger.web import limits

if TYPE_CHECKING:
    from flask import Flask

#: Requests that are answered at the same time.
THREADS = 16
#: Connections that may wait for one of them. With cheroot's own 5, an office that presses its
#: buttons at once overflows the queue and some are reset (seen with 32 clients).
WAITING = 256


class PortTakenError(OSError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        """Say which, and what to do."""
        super().__init__(f"端口 {port} 已被占用，请用 --port 换一个端口")


def prepared(app: Flask, host: str, port: int) -> Server:
    """Give a server that listens, and answers once it is told to serve. Raises PortTakenError."""
    server = Server((host, port), app, numthreads=THREADS, request_queue_size=WAITING)
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
