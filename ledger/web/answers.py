"""What the page is told of an event: the entry, each layer before and after, what stops it and what is said."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.movement import State
from yusuan.ledger.desk.layers import KINDS
from yusuan.ledger.desk.layers import STATES
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from yusuan.ledger.desk.layers import Layer
    from yusuan.ledger.desk.room import Room
    from yusuan.ledger.desk.trying import Shift
    from yusuan.ledger.desk.trying import Tried


def _layer(layer: Layer, change: Decimal, *, drawn: bool) -> dict[str, Any]:
    """Give one layer; money is a string in 元, `after` is what an event would leave. Nothing binds what grows."""
    return {
        "kind": KINDS[layer.cell.layer],
        "name": layer.name,
        "available": plain(layer.available),
        "after": plain(layer.available + change),
        "binding": layer.binding and drawn,
    }


def room_answer(found: Room) -> dict[str, Any]:
    """Give what there is room for; `after` only where an amount is known."""
    known = any(each.change for each in found.held)
    return {
        "problems": list(found.problems),
        "layers": [
            {
                "kind": each.kind,
                "name": each.name,
                "available": plain(each.held),
                "after": plain(each.held + each.change) if known else None,
                "binding": each.binding,
            }
            for each in found.held
        ],
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
    moves = shift.moves
    drawn = shift.state is State.AVAILABLE and all(change < 0 for change in moves.values())
    return {
        "state": STATES[shift.state],
        "layers": [_layer(each, moves[each.cell], drawn=drawn) for each in shift.layers],
    }
