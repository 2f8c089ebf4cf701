"""What people are told where something fails in fava: one sentence, and never where in the code.

fava (1.30.16) fails over a filter such as 2020-13, or the pattern “(”, as if the fault were its own.
"""

from __future__ import annotations

import logging
import re
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

import fava.core.filters
from fava.helpers import FavaAPIError
from flask import request
from werkzeug.exceptions import HTTPException

from yusuan.ledger.web.patterns import SlowPatternError
from yusuan.ledger.web.refusals import OTHER
from yusuan.ledger.web.refusals import refusal
from yusuan.ledger.web.refusals import said

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

_TRACEBACK = "Traceback (most recent call last)"
_log = logging.getLogger(__name__)
_filters: Any = fava.core.filters
_parse_date = _filters.parse_date


def _period(text: str, *fiscal: Any) -> tuple[date | None, date | None]:  # noqa: ANN401 -- as fava has it
    """Read a period; one with no such month, with no day before it, or that ends before it begins, is none."""
    try:
        begin, end = _parse_date(text, *fiscal)
    except ValueError:
        return None, None
    return (begin, end) if begin and end and date.min < begin < end else (None, None)


# The name that fava looks up for each time filter.
_filters.parse_date = _period


def install(app: Flask) -> None:
    """Have an application tell of failures in our way."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(SlowPatternError, _slow)
    app.register_error_handler(re.error, _unreadable)
    # fava's own handler comes first for its API, and says all that it has.
    handlers: dict[Any, Any] = app.error_handler_spec["json_api"][None]
    handlers[FavaAPIError] = _failed


def without_traceback(text: str) -> str:
    """Give the part of a message that is meant for people."""
    return text.partition(_TRACEBACK)[0].strip() or OTHER


def _refused(error: HTTPException) -> Response:
    return refusal(request, error)


def _slow(error: SlowPatternError) -> Response:
    return said(request, HTTPStatus.BAD_REQUEST, error.message)


def _unreadable(_error: re.error) -> Response:
    return said(request, HTTPStatus.BAD_REQUEST, "筛选条件不是正确的正则表达式，请改正")


def _failed(error: FavaAPIError) -> Response:
    """Tell what fava says, or what our importer said to it."""
    cause = error.__cause__
    ours = cause is not None and type(cause).__module__.startswith("yusuan.")
    _log.error("%s", error.message, exc_info=error)
    why = str(cause) if ours else without_traceback(error.message)
    return said(request, HTTPStatus.INTERNAL_SERVER_ERROR, why)
