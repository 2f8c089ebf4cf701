"""Where fava shows the postings that a cell of a made table is the sum of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.tables.published.holdings import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.ledger.budget.line import Cell
    from yusuan.ledger.budget.line import Register

#: So many are named one by one; of more, an address names what their accounts have in common.
MOST_NAMED = 300
#: The states that 全年预算 is made of, by layer: what has lapsed is gone.
_ROOTS = {
    LINE_LAYER: "^Equity:9[2-6]-[^:]*:",
    ECONOMIC_LAYER: "^Equity:98-[^:]*:0[2-5]-[^:]*:",
}
_SPECIAL_ROOT = "^Equity:99-[^:]*:0[23]-[^:]*:"
#: Entries that give the approved budget; and all that change authority: spending only moves it on.
_ENTRIES = {
    Stage.APPROVED: 'event:"appropriation|advance|assignment",any(account:"91-[^:]*:0[12]-")',
    Stage.ADJUSTED: '-any(account:"^Expenses:")',
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A page of fava's journal: a pattern of accounts, and which entries."""

    account: str
    filter: str


def evidence(cells: Sequence[Cell], register: Register, stage: Stage) -> Evidence:
    """Give the postings of some cells of one layer."""
    layer = cells[0].layer
    root = _ROOTS.get(layer, _SPECIAL_ROOT)
    paths = [_path(cell, register) for cell in cells]
    if len(paths) > MOST_NAMED:
        return Evidence(root + _common(paths), _ENTRIES[stage])
    return Evidence(f"{root}({'|'.join(_named(paths))})", _ENTRIES[stage])


def _path(cell: Cell, register: Register) -> str:
    """Give a cell's account below its state."""
    if cell.layer == LINE_LAYER:
        return register.lines[cell.scope].path
    return register.limit_path(cell) if cell.layer == ECONOMIC_LAYER else register.specials[cell]


def _named(paths: Sequence[str]) -> Iterator[str]:
    """Name accounts by their codes alone: the innermost, below each of the outermost."""
    inner: dict[str, list[str]] = {}
    for path in paths:
        first, *_, last = (part.partition("-")[0] for part in path.split(":"))
        inner.setdefault(first, []).append(last)
    for first, codes in inner.items():
        yield f"{first}-.*:({'|'.join(codes)})(-|$)"


def _common(paths: Sequence[str]) -> str:
    """Give the components that all accounts begin with."""
    shared = ""
    for parts in zip(*(path.split(":") for path in paths), strict=False):
        if len(set(parts)) > 1:
            break
        shared += f"{parts[0]}:"
    return shared
