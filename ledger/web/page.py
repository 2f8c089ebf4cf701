"""What all pages of the fava extension have in common: the book they show."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import ClassVar

from fava.ext import FavaExtensionBase
from flask import abort
from flask import current_app
from flask import jsonify
from flask import request

from yusuan.ledger.web import escaping
from yusuan.ledger.web import people
from yusuan.ledger.web.doors import COOKIE
from yusuan.ledger.web.hosts import LOOKING
from yusuan.ledger.web.residents import resident

if TYPE_CHECKING:
    from yusuan.ledger.books.view import View
    from yusuan.ledger.web.people import Person


#: Without our own server there is no lock, and what fava writes passes the checks by.
_CLOSED = "直接运行 fava 时只能查看；录入请用 yusuan web 打开账套"


#: fava's filters as its fields are called.
_FILTERS = {"time": "时间", "account": "账户", "filter": "条件"}


class Page(FavaExtensionBase):
    """A page beside fava's own; its template has the name of its class."""

    #: fava's filters that it does not follow.
    unmoved_by: ClassVar[frozenset[str]] = frozenset()

    def before_request(self) -> None:
        """Under plain fava, refuse what writes and escape what people wrote, as `yusuan web` does."""
        escaping.install(current_app)
        if request.method not in LOOKING and getattr(self.ledger, "view", None) is None:
            answer = jsonify({"error": _CLOSED})
            answer.status_code = HTTPStatus.FORBIDDEN
            abort(answer)

    @property
    def person(self) -> Person | None:
        """Who has signed in, where people do."""
        return people.named(request.environ)

    @property
    def leaves(self) -> bool:
        """Whether they came in by a password, and can go out again; behind a proxy that is its matter."""
        return COOKIE in request.cookies

    @property
    def passed_over(self) -> str:
        """The filters that are set and do not change this page: whoever set one may think that they do."""
        set_ = (name for name in _FILTERS if request.args.get(name, "").strip())
        return "、".join(_FILTERS[name] for name in set_ if name in self.unmoved_by)

    @property
    def view(self) -> View:
        """The book: the one that fava shows, or under plain fava the same read by ourselves."""
        held: View | None = getattr(self.ledger, "view", None)
        return held or resident(self.ledger.beancount_file_path).view()
