"""The web application: fava, with the book in memory, behind a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fava.application import create_app
from werkzeug.exceptions import Forbidden

from yusuan.ledger.web import doors
from yusuan.ledger.web import escaping
from yusuan.ledger.web import exports
from yusuan.ledger.web import failures
from yusuan.ledger.web import hosts
from yusuan.ledger.web import limits
from yusuan.ledger.web import people
from yusuan.ledger.web import recording
from yusuan.ledger.web import writes
from yusuan.ledger.web.confined import confine
from yusuan.ledger.web.gate import Gate
from yusuan.ledger.web.ledgers import Ledgers
from yusuan.ledger.web.lookup import lookup
from yusuan.ledger.web.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flask import Flask
    from werkzeug.wrappers import Request

    from yusuan.ledger.web.gate import Check


class ReadOnlyError(Forbidden):
    """A change where nothing may be changed."""

    description = "本服务只供查看，不能写入"


def application(
    main: Path,
    *,
    read_only: bool = False,
    host_names: Iterable[str] = (),
    door: Check = doors.local,
) -> Flask:
    """Make the application for one book, which answers to some names besides those of this machine."""
    app: Flask = create_app([main])
    ledgers = Ledgers(app)
    app.config["LEDGERS"] = ledgers
    app.config["MAX_CONTENT_LENGTH"] = limits.BODY_BYTES
    failures.install(app)
    escaping.install(app)
    exports.install()
    confine(app, main.parent)
    writes.install(app, ledgers.resident)
    recording.install(app, ledgers.resident)
    app.register_blueprint(lookup)
    checks: list[Check] = [hosts.named(host_names), limits.sized, hosts.same_origin, door]
    if read_only:
        checks.append(_only_looking)
    app.wsgi_app = Gate(app.wsgi_app, checks)  # type: ignore[method-assign]
    return app


def _only_looking(asked: Request) -> None:
    """Have nobody change anything, by whatever way. Raises ReadOnlyError."""
    if asked.method not in hosts.LOOKING:
        raise ReadOnlyError
    people.admit(asked.environ, Person(people.behind(asked.environ).name, frozenset()))
