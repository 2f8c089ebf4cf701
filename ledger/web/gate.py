"""What every request passes before the application sees it, and what every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request

from yusuan.ledger.web import headers
from yusuan.ledger.web import patterns
from yusuan.ledger.web.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from wsgiref.types import StartResponse
    from wsgiref.types import WSGIApplication
    from wsgiref.types import WSGIEnvironment

    from werkzeug.wrappers import Response

    #: Looks at a request; answers it itself, or has it go on. Raises HTTPException to refuse it.
    Check = Callable[[Request], Response | None]


class Gate:
    """The application behind its checks, which are made in the order given."""

    def __init__(self, app: WSGIApplication, checks: Sequence[Check]) -> None:
        """Stand before an application."""
        self._app = app
        self._checks = checks

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)

        def start(status: str, given: list[tuple[str, str]], *rest: Any) -> Any:  # noqa: ANN401 -- as WSGI has it
            return start_response(status, headers.secured(request.path, given), *rest)

        try:
            answer = self._answer(request)
        except HTTPException as error:
            answer = refusal(request, error)
        with patterns.limited():
            return (answer or self._app)(environ, start)

    def _answer(self, request: Request) -> Response | None:
        answers = (check(request) for check in self._checks)
        return next((answer for answer in answers if answer is not None), None)
