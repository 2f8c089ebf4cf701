"""A process that needs no network gives it up, where the system lets it."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Final

#: Linux: namespaces of its own for users (which needs no privilege) and for the network.
_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000


def go() -> bool:
    """Leave the network for good, and so do all processes begun from here; say whether it is left.

    Elsewhere than on Linux, or where the system forbids it, nothing changes.
    """
    user, group = (os.getuid(), os.getgid()) if hasattr(os, "getuid") else (0, 0)
    try:
        if ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK) != 0:
            return False
    except (AttributeError, OSError, TypeError):
        return False
    try:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with Path("/proc/self", name).open("r+b", buffering=0) as file:
                file.write(text.encode())
    except OSError:
        pass  # it has no name there, and files are still its own
    return True
