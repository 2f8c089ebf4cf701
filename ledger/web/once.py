"""Answers by the key of the request: who asks twice, because no answer came, is not recorded twice.

Those of a server that has been stopped since are known from the audit log.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from yusuan.ledger.books import audit
from yusuan.ledger.books.audit import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from yusuan.ledger.web.fields import Fields

#: So many answers are remembered; a browser asks again within seconds.
_MOST = 20_000
_KEY = "key"


class Sent(NamedTuple):
    """A form as it was sent: digests of the key that its page gave it and of what was filled in."""

    key: str
    content: str

    @property
    def noted(self) -> str:
        """Give what the audit log has of it; nothing where it has no key."""
        return f"{self.content}:{self.key}" if self.key else ""


class Kept(NamedTuple):
    """What was answered, and to which content."""

    content: str
    answer: dict[str, Any]


def sent(kind: str, given: Fields, attached: bytes) -> Sent:
    """Tell a form that was sent from any other. Raises FieldError."""
    key = given.text(_KEY)
    filled = {name: value for name, value in given.given.items() if name != _KEY}
    content = json.dumps([kind, filled, _digest(attached)], sort_keys=True)
    return Sent(_digest(json.dumps(key).encode()) if key else "", _digest(content.encode()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Once:
    """The answers given last; used under the lock of the book alone."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._answers: OrderedDict[str, Kept] = OrderedDict()
        self.recalled = False

    def recall(self, folder: Path, taken: Collection[str]) -> None:
        """Learn what was recorded before the server was started. Raises OSError.

        A line of the log comes before its entry, so of one cut off in between the ids are not
        `taken`, or by a later line.
        """
        by_ids = {
            line.ids: line
            for line in audit.read(folder)[0]
            if line.outcome is not Outcome.REFUSED and line.ids
        }
        for line in by_ids.values():
            content, _, key = line.request.partition(":")
            if line.outcome is Outcome.RECORDED and all(id_ in taken for id_ in line.ids):
                answer = {"ok": True, "ids": list(line.ids), "said": line.action}
                self.keep(Sent(key, content), answer)
        self.recalled = True

    def get(self, given: Sent) -> Kept | None:
        """Give what was answered to a form with the same key; nothing to one without."""
        return self._answers.get(given.key) if given.key else None

    def keep(self, given: Sent, answer: dict[str, Any]) -> None:
        """Remember an answer."""
        if given.key:
            self._answers[given.key] = Kept(given.content, answer)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
