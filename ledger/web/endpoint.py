"""fava's decorator for what answers beside a page, with the types that it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import fava.ext

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

    from yusuan.ledger.web.page import Page

P = TypeVar("P", bound="Page")
_mark: Any = fava.ext.extension_endpoint


def endpoint(name: str) -> Callable[[Callable[[P], Response]], Callable[[P], Response]]:
    """Have a method answer GET at a name below the page's address."""

    def marked(method: Callable[[P], Response]) -> Callable[[P], Response]:
        _mark(name)(method)
        return method

    return marked
