"""Signing in: by password or by a proxy's word, with roles, and not by trying often."""

from __future__ import annotations

import shutil
import stat
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from tests.books import PAYMENT
from tests.books import approved
from tests.books import run
from tests.books import snapshot

from yusuan.ledger.books.audit import read as audited
from yusuan.ledger.cli import main
from yusuan.ledger.web import attempts
from yusuan.ledger.web import doors
from yusuan.ledger.web import register
from yusuan.ledger.web import sessions
from yusuan.ledger.web.app import application
from yusuan.ledger.web.attempts import Attempts
from yusuan.ledger.web.people import Role
from yusuan.ledger.web.register import Register
from yusuan.ledger.web.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PASSWORD = "一个足够长的密码"  # noqa: S105 -- nobody's
EVERYWHERE = "0.0.0.0"  # noqa: S104 -- to see it refused
PAGE = {"Accept": "text/html"}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register; to make one takes long, as it should."""
    path = tmp_path_factory.mktemp("register") / "users.toml"
    register.put(path, "会计甲", [Role.RECORD], PASSWORD)
    register.put(path, "科长乙", [Role.LOOK], PASSWORD)
    return path


@pytest.fixture
def users(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "users.toml"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(book: Path, users: Path, clock: Clock) -> Flask:
    door = doors.Door(Register(users), sessions=Sessions(clock), attempts=Attempts(clock))
    return application(book / "main.beancount", door=door)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sign_in(
    client: FlaskClient, name: str = "会计甲", password: str = PASSWORD, **more: Any
) -> TestResponse:
    return client.post(doors.SIGN_IN, data={"name": name, "password": password}, **more)


def paying(client: FlaskClient) -> int:
    return client.post("/yusuan/desk/payment", json=PAYMENT).status_code


def test_nobody_sees_anything_before(client: FlaskClient) -> None:
    asked = client.get("/some/page/?time=2020&filter=a", headers=PAGE)
    assert asked.status_code == HTTPStatus.SEE_OTHER
    assert asked.headers["Location"] == "/sign-in?next=" + quote("/some/page/?time=2020&filter=a")
    for path in ("/some/api/source", "/static/app.js", "/yusuan/desk/payment"):
        answer = client.get(path)
        assert (answer.status_code, answer.get_json()) == (
            HTTPStatus.UNAUTHORIZED, {"error": "请先登录"},
        )  # fmt: skip
    assert paying(client) == HTTPStatus.UNAUTHORIZED


def test_after_it_people_are_where_they_wanted_to_be(client: FlaskClient) -> None:
    answer = sign_in(client, query_string={"next": "/预算/journal/?a=1"})
    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer.headers["Location"] == "/%E9%A2%84%E7%AE%97/journal/?a=1"
    assert "/sign-in" not in client.get("/", headers=PAGE).headers["Location"]


@pytest.mark.parametrize(
    "elsewhere",
    ["http://evil.example/", "http://[", "//evil.example/", "/\\evil.example", "evil", "/a\nb"],
)
def test_nobody_is_led_to_another_host(client: FlaskClient, elsewhere: str) -> None:
    assert sign_in(client, query_string={"next": elsewhere}).headers["Location"] == "/"


def test_the_cookie_is_for_this_server_alone(client: FlaskClient) -> None:
    said = sign_in(client).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} < set(said.split("; "))
    assert "Secure" not in said
    behind_tls = sign_in(client, headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
    assert "Secure" in behind_tls


def test_who_may_record_records_and_is_noted(client: FlaskClient, book: Path) -> None:
    sign_in(client)
    slug = client.get("/", headers=PAGE).headers["Location"].split("/")[1]
    note = {
        "t": "Note", "meta": {}, "date": "2020-03-16", "account": "Equity:92-可用指标", "comment": "核对",
    }  # fmt: skip
    assert client.put(f"/{slug}/api/add_entries", json={"entries": [note]}).status_code == 200
    assert [line.user for line in audited(book)[0]] == ["会计甲"]


def test_who_may_look_does_not_record(client: FlaskClient, book: Path) -> None:
    before = snapshot(book)
    sign_in(client, "科长乙")
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.FOUND
    assert paying(client) == HTTPStatus.FORBIDDEN
    slug = client.get("/", headers=PAGE).headers["Location"].split("/")[1]
    answer = client.put(f"/{slug}/api/add_entries", json={"entries": []})
    assert answer.get_json() == {"error": "科长乙 没有“登记”权限，请由有权限的人员办理"}
    assert snapshot(book) == before


def test_where_all_may_only_look_people_sign_in_and_look(
    book: Path, users: Path, clock: Clock
) -> None:
    door = doors.Door(Register(users), sessions=Sessions(clock), attempts=Attempts(clock))
    client = application(book / "main.beancount", door=door, read_only=True).test_client()
    assert sign_in(client).status_code == HTTPStatus.SEE_OTHER
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.FOUND
    assert paying(client) == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("name", "password"),
    [("会计甲", "不对的密码"), ("会计甲", ""), ("没有这人", PASSWORD), ("没有这人", ""), ("", "")],
)
def test_a_wrong_password_says_no_more_than_that(
    client: FlaskClient, name: str, password: str
) -> None:
    answer = sign_in(client, name, password)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "姓名或密码不对" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_another_page_signs_nobody_in(client: FlaskClient) -> None:
    answer = sign_in(client, headers={"Origin": "http://evil.example"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Set-Cookie" not in answer.headers


def failing(
    client: FlaskClient, times: int, names: Iterable[str] = ("会计甲",), start: int = 1
) -> None:
    for _ in range(times):
        for name in names:
            sign_in(client, name, "不对的密码", environ_base={"REMOTE_ADDR": f"10.0.0.{start}"})


def test_after_five_failures_one_waits_longer_each_time(client: FlaskClient, clock: Clock) -> None:
    failing(client, 4)
    here: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "10.0.0.1"}}
    assert sign_in(client, **here).status_code == HTTPStatus.SEE_OTHER
    failing(client, 5)
    answer = sign_in(client, **here)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "失败次数过多，请 1 分钟后再试" in answer.text
    clock.now += attempts.FIRST_WAIT
    failing(client, 1)
    clock.now += attempts.FIRST_WAIT
    assert sign_in(client, **here).status_code == HTTPStatus.TOO_MANY_REQUESTS
    clock.now += attempts.FIRST_WAIT
    assert sign_in(client, **here).status_code == HTTPStatus.SEE_OTHER


def test_from_another_address_the_person_signs_in_meanwhile(client: FlaskClient) -> None:
    failing(client, 5)
    other: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "10.0.0.2"}}
    assert sign_in(client, **other).status_code == HTTPStatus.SEE_OTHER


def test_one_address_does_not_try_name_after_name() -> None:
    counted = Attempts(Clock())
    for name in range(20):
        counted.failed({("both", name): 5, "address": 20})
    assert counted.wait({("both", "new"): 5, "address": 20}) == attempts.FIRST_WAIT


def test_the_longest_wait_is_a_quarter_of_an_hour() -> None:
    counted = Attempts(Clock())
    for _ in range(1000):
        counted.failed({"a": 5})
    assert counted.wait({"a": 5}) == attempts.LONGEST_WAIT


def test_signing_out_ends_it(client: FlaskClient) -> None:
    sign_in(client)
    held = client.get_cookie(doors.COOKIE)
    assert held is not None
    assert "会计甲" in client.get(doors.SIGN_IN).text
    client.post(doors.SIGN_OUT)
    client.set_cookie(doors.COOKIE, held.value)
    assert client.get("/api/x").status_code == HTTPStatus.UNAUTHORIZED


def test_it_ends_with_the_day(client: FlaskClient, clock: Clock) -> None:
    sign_in(client)
    clock.now += sessions.LENGTH - 1
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.FOUND
    clock.now += 1
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.SEE_OTHER


def test_who_is_taken_out_of_the_register_is_out_at_once(client: FlaskClient, users: Path) -> None:
    sign_in(client)
    register.remove(users, "会计甲")
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.SEE_OTHER


def test_another_password_ends_what_was_begun_with_the_old(
    client: FlaskClient, users: Path
) -> None:
    sign_in(client)
    register.put(users, "会计甲", [Role.RECORD], "另一个足够长的密码")
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.SEE_OTHER


def test_without_the_register_nobody_is_let_in(client: FlaskClient, users: Path) -> None:
    sign_in(client)
    users.unlink()
    assert client.get("/", headers=PAGE).status_code == HTTPStatus.SERVICE_UNAVAILABLE


def test_a_proxy_vouches_for_people(book: Path, users: Path) -> None:
    door = doors.vouched(Register(users), "X-Remote-User")
    client = application(book / "main.beancount", door=door).test_client()

    def asked(name: str) -> int:
        sent = {"X-Remote-User": name.encode().decode("latin-1")} if name else {}
        return client.post("/yusuan/desk/payment", json=PAYMENT, headers=sent).status_code

    assert asked("会计甲") == HTTPStatus.OK
    assert asked("科长乙") == HTTPStatus.FORBIDDEN
    assert asked("没有这人") == HTTPStatus.FORBIDDEN
    assert asked("") == HTTPStatus.UNAUTHORIZED


def add(users: Path, *options: str, typed: str = "") -> tuple[int, str]:
    done = CliRunner().invoke(main, ["user", str(users), *options], input=typed)
    return done.exit_code, done.output


def test_the_command_keeps_the_register(tmp_path: Path) -> None:
    users = tmp_path / "users.toml"
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    code, said = add(users, "会计甲", "--role", "record", "--role", "close", typed=twice)
    assert code == 0
    assert "名册中现有 会计甲（查看、登记、结账）" in said
    assert PASSWORD not in said
    assert PASSWORD not in users.read_text("utf-8")
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    assert add(users, "代理人", "--no-password")[0] == 0
    assert [*Register(users).users()] == ["会计甲", "代理人"]
    assert add(users, "会计甲", "--remove") == (0, "已从名册中除去 会计甲\n")
    assert add(users, "会计甲", "--remove")[0] == 1
    assert "两次输入的密码不同" in add(users, "乙", typed=f"{PASSWORD}\nother\n")[1]
    assert "密码至少 8 位" in add(users, "乙", typed="1234567\n1234567\n")[1]
    assert [*Register(users).users()] == ["代理人"]


def test_without_a_password_nobody_signs_in_by_one(client: FlaskClient, users: Path) -> None:
    register.put(users, "代理人", [Role.LOOK])
    for password in ("", PASSWORD):
        assert sign_in(client, "代理人", password).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "text",
    ["", "schema = 'other'", "[[person]]", "schema = 'yusuan.people/1'\n[[person]]\nname = 'a'",
     "schema = 'yusuan.people/1'\n[[person]]\nname = 'a'\nroles = ['all']",
     "schema = 'yusuan.people/1'\nperson = 1"],
)  # fmt: skip
def test_a_register_that_is_none_is_refused(book: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "users.toml"
    path.write_text(text, "utf-8")
    done = run("web", book, "--users", path)
    assert done.exit_code == 1
    assert "用户名册" in done.output


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--host", EVERYWHERE], "监听本机以外的地址须有用户名册"),
        (["--host", "10.0.0.7"], "监听本机以外的地址须有用户名册"),
        (["--host", EVERYWHERE, "--users", "USERS"], "--host-name"),
        (["--host", "example"], "不是 IP 地址"),
        (["--trust-header", "X-Remote-User"], "只能在监听本机时与 --users 一起使用"),
        (["--host", "10.0.0.7", "--users", "USERS", "--trust-header", "X"], "只能在监听本机时"),
    ],
)
def test_nobody_is_served_elsewhere_without_signing_in(
    book: Path, users: Path, options: list[str], why: str
) -> None:
    given = [str(users) if option == "USERS" else option for option in options]
    done = run("web", book, *given)
    assert done.exit_code == 1
    assert why in done.output
