"""Noting who did what: under the name and the address of the request that is being answered."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app
from flask import request

from yusuan.ledger.books import audit
from yusuan.ledger.books.audit import Line
from yusuan.ledger.books.audit import Outcome
from yusuan.ledger.web import people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence


def note(
    action: str, outcome: Outcome, ids: Sequence[str] = (), reason: str = "", sent: str = ""
) -> None:
    """Add a line to the log of the book that is served. Raises AuditError."""
    line = Line(
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        user=people.who().name,
        address=request.remote_addr or "",
        action=action,
        outcome=outcome,
        ids=tuple(ids),
        reason=reason,
        request=sent,
    )
    audit.append(current_app.config["LEDGERS"].resident.main.parent, line)


@contextmanager
def recorded(action: str, ids: Sequence[str] = (), sent: str = "") -> Iterator[None]:
    """Note that entries are recorded, then have them written; a failure is noted too. Raises AuditError."""
    note(action, Outcome.RECORDED, ids, sent=sent)
    try:
        yield
    except BaseException as error:
        note(action, Outcome.FAILED, ids, str(error), sent)
        raise


def refused(action: str, reasons: Sequence[str], ids: Sequence[str] = ()) -> None:
    """Note that entries were refused, and why. Raises AuditError."""
    note(action, Outcome.REFUSED, ids, "；".join(reasons))
