"""The doors through which people come in: nobody's, one with a password, one behind a reverse proxy."""

from __future__ import annotations

from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.exceptions import Forbidden
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.security import check_password_hash
from werkzeug.security import generate_password_hash
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from yusuan.ledger.web import people
from yusuan.ledger.web.hosts import parts
from yusuan.ledger.web.people import NobodyError
from yusuan.ledger.web.refusals import PAGES
from yusuan.ledger.web.register import RegisterError
from yusuan.ledger.web.sessions import LENGTH
from yusuan.ledger.web.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Hashable

    from werkzeug.wrappers import Request

    from yusuan.ledger.web.attempts import Attempts
    from yusuan.ledger.web.gate import Check
    from yusuan.ledger.web.people import Person
    from yusuan.ledger.web.register import Register
    from yusuan.ledger.web.register import User

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
COOKIE = "yusuan"
#: How often one may fail before having to wait: for one name from one address, for it from all, from one in all.
_FREE = {"both": 5, "name": 20, "address": 20}
#: A name and a password.
_FORM_BYTES = 8 * 1024


class UnknownError(Forbidden):
    """Somebody the proxy vouches for and the register does not know."""

    description = "用户名册中没有您，请联系管理员"


def local(request: Request) -> None:
    """Let in whoever sits at this machine."""
    people.admit(request.environ, people.LOCAL)


def vouched(register: Register, header: str) -> Check:
    """Make the door behind a reverse proxy that says by a header who asks. It raises NobodyError, UnknownError."""

    def check(request: Request) -> None:
        # WSGI reads headers as Latin-1, and proxies write names in UTF-8.
        name = request.headers.get(header, "").encode("latin-1").decode("utf-8", "replace")
        if not name:
            raise NobodyError
        user = _user(register, name)
        if user is None:
            raise UnknownError
        people.admit(request.environ, user.person)

    return check


class Door:
    """The door with a password: a page to sign in at, a cookie from then on."""

    def __init__(self, register: Register, *, sessions: Sessions, attempts: Attempts) -> None:
        """Let in those of a register."""
        self._register = register
        self._sessions = sessions
        self._attempts = attempts
        # One at a time: each check takes as much memory as it was made to take.
        self._checking = Lock()
        self._nobody_s = generate_password_hash("", "scrypt")

    def __call__(self, request: Request) -> Response | None:
        """Let a request in, answer it by the page to sign in at, or refuse it. Raises NobodyError."""
        person = self._person(request)
        if request.path == SIGN_OUT and request.method == "POST":
            return self._sign_out(request)
        if request.path == SIGN_IN:
            return self._sign_in(request) if request.method == "POST" else _page(person)
        if person is not None:
            people.admit(request.environ, person)
            return None
        if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
            here = request.full_path.rstrip("?")
            return redirect(f"{SIGN_IN}?next={quote(here)}", HTTPStatus.SEE_OTHER)
        raise NobodyError

    def _person(self, request: Request) -> Person | None:
        session = self._sessions.get(request.cookies.get(COOKIE, ""))
        user = _user(self._register, session.name) if session else None
        # Another password ends what was begun with the one before.
        same = user is not None and session is not None and user.password == session.password
        return user.person if user is not None and same else None

    def _sign_in(self, request: Request) -> Response:
        request.max_content_length = _FORM_BYTES
        name, password = request.form.get("name", "").strip(), request.form.get("password", "")
        address = request.remote_addr or ""
        keys: dict[Hashable, int] = {
            ("both", name, address): _FREE["both"],
            ("name", name): _FREE["name"],
            ("address", address): _FREE["address"],
        }
        wait = self._attempts.wait(keys)
        if wait > 0:
            why = f"失败次数过多，请 {int(wait // 60) + 1} 分钟后再试"
            return _page(None, why, HTTPStatus.TOO_MANY_REQUESTS)
        user = _user(self._register, name)
        kept = user.password if user is not None else ""
        with self._checking:
            good = check_password_hash(kept or self._nobody_s, password)
        if not (good and kept):
            self._attempts.failed(keys)
            return _page(None, "姓名或密码不对", HTTPStatus.FORBIDDEN)
        self._attempts.succeeded(keys)
        answer = redirect(_here(request.args.get("next", "/")), HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            COOKIE,
            self._sessions.start(name, kept),
            max_age=int(LENGTH),
            httponly=True,
            samesite="Strict",
            secure=request.headers.get("X-Forwarded-Proto") == "https",
        )
        return answer

    def _sign_out(self, request: Request) -> Response:
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = redirect(SIGN_IN, HTTPStatus.SEE_OTHER)
        answer.delete_cookie(COOKIE, httponly=True, samesite="Strict")
        return answer


def _user(register: Register, name: str) -> User | None:
    try:
        return register.users().get(name)
    except RegisterError as error:
        raise ServiceUnavailable(str(error)) from None


def _page(person: Person | None, wrong: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    page = PAGES.get_template("signin.html").render(person=person, wrong=wrong)
    return Response(page, status, content_type="text/html; charset=utf-8")


def _here(address: str) -> str:
    """Give an address of this host, else the first page: nobody is led elsewhere by a link to sign in."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and not parts(address).netloc and address.isprintable() else "/"
