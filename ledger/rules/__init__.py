"""The rules: entries in, findings out; driven by the plugins and by our own commands alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.rules.authority import Authority
from yusuan.ledger.rules.chart import Charted
from yusuan.ledger.rules.control import Controlled

if TYPE_CHECKING:
    from yusuan.ledger.rules.run import Family

#: All families; a new one is added here and gets a plugin of its own.
FAMILIES: tuple[type[Family], ...] = (Authority, Controlled, Charted)
