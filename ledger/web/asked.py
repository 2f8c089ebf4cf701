"""What the address of 预算执行 asks for, and the addresses that ask for something else."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import urlencode

from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.outline import LEVELS
from yusuan.ledger.tables.outline import Fold

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What fava keeps in its addresses from page to page.
_FAVA = ("time", "account", "filter", "conversion", "interval", "charts")
CODE = "code"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `as_of` is None where the address names no day; `kept` is fava's own part."""

    by: By = By.FUNCTION
    as_of: date | None = None
    sort: str = CODE
    down: bool = False
    search: str = ""
    level: int = 0
    turned: frozenset[str] = frozenset()
    kept: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    @property
    def fold(self) -> Fold:
        """To which level the tree is open: all of it where the address does not say."""
        return Fold(self.level or len(LEVELS.get(self.by, ())), self.turned)

    def fava(self, name: str) -> str:
        """Give the value of one of fava's filters."""
        return dict(self.kept).get(name, "").strip()

    def but(self, **changes: Any) -> str:  # noqa: ANN401 -- the fields, by their names
        """Write the query string of the same request with something else in it."""
        return f"?{urlencode(replace(self, **changes).fields())}"

    def turn(self, code: str) -> str:
        """Write the query string in which one row is opened, or shut."""
        return self.but(turned=self.turned ^ {code})

    def order(self, key: str) -> str:
        """Write the query string that sorts by a column: amounts from the largest, then the other way."""
        return self.but(sort=key, down=not self.down if key == self.sort else key != CODE)

    def fields(self) -> list[tuple[str, str]]:
        """Give what is not as it is by itself."""
        found = [
            ("by", "" if self.by is By.FUNCTION else self.by.value),
            ("as_of", self.as_of.isoformat() if self.as_of else ""),
            ("sort", "" if self.sort == CODE else self.sort),
            ("down", "1" if self.down else ""),
            ("search", self.search),
            ("level", str(self.level) if self.level else ""),
            ("turned", ".".join(sorted(self.turned))),
        ]
        return [(name, value) for name, value in (*found, *self.kept) if value]


def asked(arguments: Mapping[str, str]) -> Asked:
    """Read the arguments of an address; what cannot be read is left out, and said of a day."""
    by = arguments.get("by", "")
    day, problem = _day(arguments.get("as_of", "").strip())
    level = arguments.get("level", "")
    dimension = By(by) if by in {each.value for each in By} else By.FUNCTION
    depth = len(LEVELS.get(dimension, ()))
    return Asked(
        dimension,
        day,
        arguments.get("sort", "") or CODE,
        arguments.get("down") == "1",
        arguments.get("search", "").strip()[:_LONGEST],
        int(level) if level in {str(at) for at in range(1, depth + 1)} else 0,
        frozenset(filter(None, arguments.get("turned", "").split("."))),
        tuple((name, arguments[name]) for name in _FAVA if arguments.get(name)),
        problem,
    )


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, f"截止日期“{text}”不是日期，应写作 2020-06-30；下面是没有这个日期时的数"
