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


class PortTakenError(OSError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        """Say which, and what to do."""
        super().__init__(f"端口 {port} 已被占用，请用 --port 换一个端口")


def serve(app: Flask, host: str, port: int) -> None:
    """Answer requests until interrupted. Raises PortTakenError."""
    server = Server((host, port), app, numthreads=THREADS)
    server.max_request_header_size = limits.HEADER_BYTES
    server.max_request_body_size = limits.BODY_BYTES
    try:
        server.prepare()
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, None}:
            raise PortTakenError(port) from None
        raise
    try:
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
