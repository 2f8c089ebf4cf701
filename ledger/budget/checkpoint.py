"""What a reducer has learned so far, kept aside and taken up again."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class Checkpointed:
    """Something that learns from entry to entry, and can go back to what it knew at one of them."""

    __slots__ = ()

    #: The attributes that change: plain containers of what does not, single values, or reducers.
    STATE: ClassVar[tuple[str, ...]] = ()

    def checkpoint(self) -> dict[str, Any]:
        """Give a copy of what has been learned so far."""
        return {name: _saved(getattr(self, name)) for name in self.STATE}

    def restore(self, saved: dict[str, Any]) -> None:
        """Go back to a checkpoint, which can be gone back to again."""
        for name, value in saved.items():
            held = getattr(self, name)
            if isinstance(held, Checkpointed):
                held.restore(value)
            else:
                setattr(self, name, _copied(value))


def _saved(value: Any) -> Any:  # noqa: ANN401 -- any state
    return value.checkpoint() if isinstance(value, Checkpointed) else _copied(value)


def _copied(value: Any) -> Any:  # noqa: ANN401 -- any state
    """Copy containers all the way down; what stands in them does not change and is shared."""
    if isinstance(value, dict):
        found = copy(value)
        if _nested(value.values()):
            found.update({key: _copied(each) for key, each in value.items()})
        return found
    if isinstance(value, list):
        return [_copied(each) for each in value] if _nested(value) else value.copy()
    return set(value) if isinstance(value, set) else value


def _nested(values: Iterable[Any]) -> bool:
    """Tell whether there are containers among values: of a hundred thousand, each costs little."""
    return any(issubclass(kind, (dict, list, set)) for kind in {*map(type, values)})
