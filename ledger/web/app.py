"""The web application: fava, with the book in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fava.application import create_app

from yusuan.ledger.web import people
from yusuan.ledger.web.ledgers import Ledgers

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


def application(main: Path, *, read_only: bool = False) -> Flask:
    """Make the application for one book."""
    app: Flask = create_app([main], read_only=read_only)
    people.everybody_is(app, people.LOCAL)
    app.config["LEDGERS"] = Ledgers(app)
    return app
