"""The accounts of a new line: its 92 account declares it, the other states follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.chart import LineState
from yusuan.ledger.chart import chart_data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Leaf


def declared(line: Line) -> list[tuple[Leaf, Mapping[str, str]]]:
    """Give the accounts of a new line in every state, with their metadata. Source: DESIGN §2."""
    said = {
        "line": line.id,
        "class": line.klass,
        "project": line.project,
        "economic": " ".join(sorted(line.economics)),
        "origin": str(line.origin),
        "method": line.method,
        "procurement": "是" if line.procurement else "",
    }
    declaration = {key: value for key, value in said.items() if value}
    return [
        (
            LineState(state, line.fund, line.function, line.id),
            declaration if state == "92" else {"line": line.id},
        )
        for state in chart_data().states
    ]
