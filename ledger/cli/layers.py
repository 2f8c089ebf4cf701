"""The control layers of a spending for people and machines: what each holds, which one binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.availability import available
from yusuan.ledger.budget.line import LINE_LAYER
from yusuan.ledger.chart.names import split
from yusuan.ledger.money import plain
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
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


def layers(found: View, cells: tuple[Cell, ...], on: date) -> list[Layer]:
    """Give what each cell allows on a day; the least of them binds."""
    amounts = [available(found.events, found.layers, cell, on) for cell in cells]
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
    path = register.limits[cell]
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


def layers_text(before: list[Layer], amount: Decimal | None = None) -> str:
    """Write the layers as a table; with an amount, also what is left after spending it."""
    head = ["控制层", "额度", "可用", *(["支付后"] if amount is not None else []), ""]
    rows = []
    for layer in before:
        word = "指标" if layer.cell.layer == LINE_LAYER else "经济分类"
        after = [money(layer.available - amount)] if amount is not None else []
        rows.append(
            [word, layer.name, money(layer.available), *after, "← 最紧" if layer.binding else ""]
        )
    return grid(head, rows, texts=2)
