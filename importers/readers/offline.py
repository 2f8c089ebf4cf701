"""A process that needs no network gives it up, where the system lets it."""

from __future__ import annotations

import ctypes
from typing import Final

#: Linux: namespaces of its own for users (which needs no privilege) and for the network.
_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000


def go() -> bool:
    """Leave the network for good, and so do all processes begun from here; say whether it is left.

    It has no name there, but files are still its own. Elsewhere than on Linux, or where the
    system forbids it, nothing changes.
    """
    try:
        return bool(ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK) == 0)
    except (AttributeError, OSError, TypeError):
        return False
