"""Answers by the key of the request: who asks twice, because no answer came, is not recorded twice."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

#: So many answers are remembered; a browser asks again within seconds.
_MOST = 20_000


class Once:
    """The answers given last; used under the lock of the book alone."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._answers: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def get(self, key: str) -> dict[str, Any] | None:
        """Give what was answered to a request; nothing to one without a key."""
        return self._answers.get(key) if key else None

    def keep(self, key: str, answer: dict[str, Any]) -> None:
        """Remember an answer."""
        if key:
            self._answers[key] = answer
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)
