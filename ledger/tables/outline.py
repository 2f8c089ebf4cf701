"""An execution table as people look at it: sorted, searched, and folded to a level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.classification import path
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.ledger.tables.execution import ExecutionRow

    #: What rows are sorted by; None goes last whatever the direction.
    Key = Callable[[ExecutionRow], Decimal | str | None]

#: The levels that a tree can be opened to, by dimension; the other tables are flat.
LEVELS = {By.FUNCTION: ("类", "款", "项"), By.ECONOMIC: ("类", "款")}


@dataclass(frozen=True, slots=True)
class Fold:
    """To which level a tree is open (from 1), and which rows are the other way round."""

    level: int
    turned: frozenset[str] = frozenset()

    def opens(self, code: str, depth: int) -> bool:
        """Tell whether what stands below a row is shown."""
        return (depth < self.level) is not (code in self.turned)


@dataclass(frozen=True, slots=True)
class Node:
    """One row that is shown; `depth` counts from 1, `opened` is None where nothing stands below."""

    row: ExecutionRow
    depth: int
    opened: bool | None


def outline(
    rows: Sequence[ExecutionRow], by: By, fold: Fold, key: Key | None = None, *, down: bool = False
) -> list[Node]:
    """Arrange rows as a tree, siblings sorted by `key` (as they are without it), folded."""
    below: dict[str, list[ExecutionRow]] = {}
    known = {row.code for row in rows}
    for row in rows:
        above = path(row.code)[:-1] if by in LEVELS else ()
        below.setdefault(next((code for code in reversed(above) if code in known), ""), []).append(
            row
        )
    return list(_walk("", below, fold, lambda found: _sorted(found, key, down=down), 1))


def _walk(
    above: str,
    below: dict[str, list[ExecutionRow]],
    fold: Fold,
    order: Callable[[list[ExecutionRow]], list[ExecutionRow]],
    depth: int,
) -> Iterator[Node]:
    for row in order(below.get(above, [])):
        opened = fold.opens(row.code, depth) if row.code in below else None
        yield Node(row, depth, opened)
        if opened:
            yield from _walk(row.code, below, fold, order, depth + 1)


def _sorted(rows: list[ExecutionRow], key: Key | None, *, down: bool) -> list[ExecutionRow]:
    if key is None:
        return rows[::-1] if down else rows
    found = [(key(row), row) for row in rows]
    known = [(value, row) for value, row in found if value is not None]
    # Stable, whatever the direction: rows that are equal stay in the order of their codes.
    known.sort(key=lambda item: item[0], reverse=down)
    return [row for _, row in known] + [row for value, row in found if value is None]


def keeping(rows: Sequence[ExecutionRow], by: By, codes: Collection[str]) -> list[ExecutionRow]:
    """Keep the rows of some codes, with those above them in the tree."""
    kept = {part for code in codes for part in path(code)} if by in LEVELS else set(codes)
    return [row for row in rows if row.code in kept]


def searched(rows: Sequence[ExecutionRow], by: By, words: str) -> list[ExecutionRow]:
    """Keep the rows that have every word in their code or name, with those above them."""
    wanted = words.casefold().split()
    found = {
        row.code
        for row in rows
        if all(word in f"{row.code} {row.name}".casefold() for word in wanted)
    }
    return keeping(rows, by, found)
