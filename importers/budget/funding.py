"""项目资金 of a form: totals with their sources below them, of the project and of the year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words
from yusuan.ledger.tables.model import Funding

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from yusuan.importers.budget.reading import Reading
    from yusuan.importers.readers.grid import GridRow

#: The name of a source of money.
_SOURCE: Final = re.compile(r"(?:其中[:：])?.{0,12}(?:资金|拨款|结转|结余|收入)[:：]?")


@dataclass(slots=True)
class Funds:
    """The columns in which totals stand, and the sources found below them."""

    scopes: dict[int, str] = field(default_factory=dict)
    found: list[Funding] = field(default_factory=list)

    def open(
        self,
        texts: list[str],
        scopes: Mapping[str, str],
        label: Callable[[str], str | None],
    ) -> None:
        """Note the columns of the totals in a row of labels; another such row ends those before."""
        keys = {index: label(text) for index, text in enumerate(texts)}
        self.scopes = {index: scopes[key] for index, key in keys.items() if key and key in scopes}

    def take(self, row: GridRow, reading: Reading, measure: str) -> bool:
        """Take a row of names below totals, each with its amount; say whether it is one."""
        taken = False
        for index, scope in self.scopes.items():
            cell = row.cells[index] if index < len(row.cells) else None
            if cell is None or not _SOURCE.fullmatch(words.squeeze(cell.text)):
                continue
            value = next((each for each in row.cells[index + 1 :] if each.text), None)
            if value is not None and words.is_number(value.text):
                name = words.plain_name(cell.text)
                self.found.append(Funding(scope, name, reading.amount(value, measure)))
                taken = True
        if not taken:
            self.scopes = {}
        return taken
