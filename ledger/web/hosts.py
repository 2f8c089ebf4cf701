"""From where requests may come: a name that this server has, and for changes a page of its own.

A page of another host can have its name lead here (DNS rebinding), or send forms here; the browser
says so by the headers `Host`, `Origin` and `Sec-Fetch-Site`. A program that is no browser sends
neither of the latter, and has no one's cookie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.exceptions import Forbidden
from werkzeug.exceptions import MisdirectedRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from werkzeug.wrappers import Request

LOOPBACK = "127.0.0.1"
#: What this machine is called by those who sit at it.
LOCAL_NAMES = frozenset({LOOPBACK, "::1", "localhost"})
#: The methods that change nothing.
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})


class HostError(MisdirectedRequest):
    """A request for a host by a name that is not ours."""

    def __init__(self, name: str) -> None:
        """Say which."""
        super().__init__(f"本服务不以“{name}”为名；确有此名的，请用 --host-name 写明")


class OriginError(Forbidden):
    """A change that a page of another host asks for."""

    description = "拒绝来自其他网站的写入"


def named(names: Iterable[str]) -> Callable[[Request], None]:
    """Make the check that a request is for one of these host names. It raises HostError."""
    known = LOCAL_NAMES | {name.lower() for name in names}

    def check(request: Request) -> None:
        asked = request.headers.get("Host", "")
        if parts(f"//{asked}").hostname not in known:
            raise HostError(asked)

    return check


def same_origin(request: Request) -> None:
    """Check that what changes something was not sent by a page of another host. Raises OriginError."""
    if request.method in LOOKING:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    elsewhere = origin is not None and parts(origin).netloc != request.headers.get("Host")
    if site not in {"same-origin", "none"} or elsewhere:
        raise OriginError


def parts(address: str) -> SplitResult:
    """Take an address apart that whoever asks has written; what is none has no parts."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")
