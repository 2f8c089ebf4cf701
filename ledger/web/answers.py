"""What the page is told of an event: the entry, each layer before and after, what stops it and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.desk.layers import KINDS
from yusuan.ledger.desk.layers import STATES
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.desk.layers import Layer
    from yusuan.ledger.desk.trying import Shift
    from yusuan.ledger.desk.trying import Tried


def layer_answer(layer: Layer, change: Decimal | None = None) -> dict[str, Any]:
    """Give one layer; money is a string in 元, `after` is what an event would leave."""
    return {
        "kind": KINDS[layer.cell.layer],
        "name": layer.name,
        "available": plain(layer.available),
        "after": None if change is None else plain(layer.available + change),
        "binding": layer.binding,
    }


def tried_answer(tried: Tried) -> dict[str, Any]:
    """Give a trial: `ok` tells whether it may be recorded."""
    recording = tried.recording
    return {
        "ok": not recording.findings,
        "word": tried.event.word,
        "entry": recording.entry,
        "shifts": [_shift(shift) for shift in tried.shifts()],
        "notes": list(tried.notes()),
        "stops": [finding.message for finding in recording.findings],
        "advice": [finding.message for finding in (*recording.waived, *recording.advice)],
        "strikes_others": tried.strikes_others,
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "state": STATES[shift.state],
        "layers": [layer_answer(layer, shift.moves[layer.cell]) for layer in shift.layers],
    }
