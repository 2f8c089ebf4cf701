"""The control layers of a spending for people and machines: what each holds, which one binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.availability import available
from yusuan.ledger.budget.line import ECONOMIC_LAYER
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.budget.line import SPECIAL_LAYER
from yusuan.ledger.budget.movement import State
from yusuan.ledger.chart.names import split
from yusuan.ledger.money import plain
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Cell


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's cell with what it still allows, in 元."""

    cell: Cell
    name: str
    available: Decimal
    binding: bool


STATES = {State.AVAILABLE: "可用", State.FROZEN: "冻结", State.COMMITTED: "占用"}
KINDS = {LINE_LAYER: "指标", ECONOMIC_LAYER: "经济分类", SPECIAL_LAYER: "专项"}


def layers(
    found: View, cells: tuple[Cell, ...], on: date, state: State = State.AVAILABLE
) -> list[Layer]:
    """Give what each cell holds in a state on a day; the least of them binds."""
    cells = tuple(dict.fromkeys(map(found.layers.pools.cell, cells)))
    amounts = [available(found.events, found.layers, cell, on, state) for cell in cells]
    least = min(amounts, default=None)
    return [
        Layer(cell, _name(found, cell), amount, amount == least)
        for cell, amount in zip(cells, amounts, strict=True)
    ]


def _name(found: View, cell: Cell) -> str:
    register = found.layers.register
    if cell.layer == LINE_LAYER:
        line = register.lines[cell.scope]
        return f"指标 {line.id} {line.name}"
    special = cell.layer == SPECIAL_LAYER
    path = register.specials[cell] if special else register.limit_path(cell)
    scope = split(path.partition(":")[0])[1]
    code, name = split(path.rpartition(":")[2])
    return f"{scope} {code} {name}"


def layer_json(layer: Layer) -> dict[str, Any]:
    """Give one layer; money is a string in 元."""
    return {
        "layer": layer.cell.layer,
        "scope": layer.cell.scope,
        "code": layer.cell.code or None,
        "name": layer.name,
        "available": plain(layer.available),
        "binding": layer.binding,
    }


def layers_text(
    shown: list[Layer],
    moves: Mapping[Cell, Decimal] | None = None,
    word: str = "支付",
    state: State = State.AVAILABLE,
) -> str:
    """Write the layers as a table; with what an event moves, also what is left after it.

    What may be spent least binds; nothing binds what only grows.
    """
    head = ["控制层", "额度", STATES[state], *([f"{word}后"] if moves is not None else []), ""]
    drawn = moves is None or (
        state is State.AVAILABLE and all(moves[layer.cell] < 0 for layer in shown)
    )
    rows = []
    for layer in shown:
        after = [money(layer.available + moves[layer.cell])] if moves is not None else []
        rows.append(
            [
                KINDS[layer.cell.layer],
                layer.name,
                money(layer.available),
                *after,
                "← 最紧" if layer.binding and drawn else "",
            ]
        )
    return grid(head, rows, texts=2)
