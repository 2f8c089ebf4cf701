"""Official names for the accounts of a book, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from yusuan.ledger.classification import Classification


@dataclass(frozen=True, slots=True)
class BookNames:
    """Names by code from the tables in force on a day; printed names for codes no table knows."""

    codes: Classification
    on: date
    lines: Mapping[str, str]
    printed: Mapping[str, str] = field(default_factory=dict)

    def function(self, code: str) -> str:
        """Name a functional 类, 款 or 项; "" where nobody knows it."""
        return self.codes.functional.name(code, self.on) or self.printed.get(code, "")

    def economic(self, code: str) -> str:
        """Name an economic 类 or 款; "" where nobody knows it."""
        return self.codes.economic.name(code, self.on) or self.printed.get(code, "")

    def line(self, line: str) -> str:
        """Name a budget line."""
        return self.lines.get(line, "")
