"""What `yusuan web` refuses by default, and what every answer carries."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import quote

import pytest
from tests.books import add
from tests.books import approved
from tests.books import pay
from tests.webs import book_of

from yusuan.ledger.web import limits
from yusuan.ledger.web import patterns
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

#: Each `a` can be matched in two ways, and no way leads to the end.
ENDLESS = "(a|aa)+$"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = approved(tmp_path_factory.mktemp("gate") / "book")
    assert pay(folder, payee="a" * 40 + "!").exit_code == 0
    outside = folder.parent / "outside.txt"
    outside.write_text("外面的文件", "utf-8")
    for name in ("voucher.txt", "voucher.html"):
        (folder / name).write_text("<script>alert(1)</script>", "utf-8")
    (folder / "link.txt").symlink_to(outside)
    names = ["voucher.txt", "voucher.html", "link.txt", "../outside.txt"]
    add(
        folder / "2020" / "2020-03.beancount",
        "".join(f'2020-03-17 document Equity:92-可用指标 "../{name}"\n' for name in names),
    )
    return folder


@pytest.fixture(scope="module")
def app(book: Path) -> Flask:
    return application(book / "main.beancount", host_names=["Budget.Example"])


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def base(app: Flask) -> str:
    return book_of(app.test_client())


def error(answer: TestResponse) -> str:
    return str(json.loads(answer.data)["error"])


def data(answer: TestResponse) -> Any:
    return json.loads(answer.data)["data"]


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost", "[::1]:5000", "budget.example"])
def test_it_answers_to_its_own_names(client: FlaskClient, base: str, host: str) -> None:
    answer = client.get(f"{base}api/changed", headers={"Host": host})
    assert answer.status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost@evil"]
)
def test_a_foreign_name_is_refused(client: FlaskClient, base: str, host: str) -> None:
    """DNS rebinding: a page of another host has its name lead here."""
    answer = client.get(f"{base}api/changed", headers={"Host": host})
    assert answer.status_code == HTTPStatus.MISDIRECTED_REQUEST
    assert "--host-name" in error(answer)


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://localhost:8000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
    ],
)
def test_a_change_from_another_page_is_refused(
    client: FlaskClient, base: str, sent: dict[str, str]
) -> None:
    answer = client.put(f"{base}api/format_source", json={"source": ""}, headers=sent)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert error(answer) == "拒绝来自其他网站的写入"


@pytest.mark.parametrize(
    "sent", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_a_change_from_a_page_of_ours_is_taken(
    client: FlaskClient, base: str, sent: dict[str, str]
) -> None:
    answer = client.put(f"{base}api/format_source", json={"source": ""}, headers=sent)
    assert answer.status_code == HTTPStatus.OK


@pytest.mark.parametrize("address", ["journal/", "api/changed", "no/such/page", "static", ""])
def test_every_answer_carries_the_headers(client: FlaskClient, base: str, address: str) -> None:
    path = "/static/app.js" if address == "static" else base + address
    sent = client.get(path, buffered=True).headers
    assert (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"
        in sent["Content-Security-Policy"]
    )
    assert "frame-ancestors 'none'" in sent["Content-Security-Policy"]
    assert sent["X-Frame-Options"] == "DENY"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Referrer-Policy"] == "same-origin"
    assert (sent["Cache-Control"] == "no-store") == (address != "static")


def test_the_library_that_draws_is_kept_by_browsers(client: FlaskClient, base: str) -> None:
    answer = client.get(f"{base}extension/Pictures/d3-7.9.2.js", buffered=True)
    assert answer.status_code == HTTPStatus.OK
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "no-store" not in answer.headers["Cache-Control"]


def test_a_refusal_carries_them_too(client: FlaskClient) -> None:
    sent = client.get("/", headers={"Host": "evil.example"}).headers
    assert "Content-Security-Policy" in sent


def test_an_address_may_be_so_long(client: FlaskClient, base: str) -> None:
    room = limits.QUERY_BYTES - len("time=")
    assert client.get(f"{base}api/events?time=" + "1" * room).status_code == HTTPStatus.BAD_REQUEST
    answer = client.get(f"{base}api/events?time=" + "1" * (room + 1))
    assert answer.status_code == HTTPStatus.REQUEST_URI_TOO_LONG
    assert error(answer) == "网址过长，请缩短搜索条件或查询语句"


def test_so_much_may_be_sent(client: FlaskClient, base: str) -> None:
    empty = len('{"source": ""}')
    longest = "x" * (limits.BODY_BYTES - empty)
    answer = client.put(f"{base}api/format_source", data=f'{{"source": "{longest}"}}')
    assert answer.status_code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    answer = client.put(f"{base}api/format_source", data=f'{{"source": "{longest}x"}}')
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "16 MB" in error(answer)


def test_jump_leads_back_to_a_page_of_ours_only(client: FlaskClient) -> None:
    back = client.get("/jump?time=2020", headers={"Referer": "http://localhost/book/journal/?a=1"})
    assert back.headers["Location"] == "http://localhost/book/journal/?a=1&time=2020"
    for before in (
        "http://evil.example/",
        "javascript:alert(1)",
        "http://localhost:81/",
        "http://[",
        "",
    ):
        answer = client.get("/jump?time=2020", headers={"Referer": before})
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "Location" not in answer.headers


def document(client: FlaskClient, base: str, path: Path) -> tuple[int, str, str]:
    answer = client.get(f"{base}document/?filename={quote(str(path))}", buffered=True)
    shown = answer.headers.get("Content-Disposition", "").partition(";")[0]
    return answer.status_code, answer.headers["Content-Type"], shown


def test_documents_come_from_the_book_s_folder(client: FlaskClient, base: str, book: Path) -> None:
    """A `document` directive may name any file, and a link may lead to any."""
    text = document(client, base, book / "voucher.txt")
    assert text == (HTTPStatus.OK, "text/plain; charset=utf-8", "inline")
    for name in ("link.txt", "../outside.txt", "main.beancount", "absent.txt"):
        assert document(client, base, book / name)[0] == HTTPStatus.NOT_FOUND


def test_a_document_that_could_run_is_only_saved(
    client: FlaskClient, base: str, book: Path
) -> None:
    saved = document(client, base, book / "voucher.html")
    assert saved == (HTTPStatus.OK, "application/octet-stream", "attachment")


def test_the_source_shown_is_the_book_s(client: FlaskClient, base: str, book: Path) -> None:
    for path, status in (
        (book / "main.beancount", HTTPStatus.OK),
        (book / "yusuan.toml", HTTPStatus.OK),
        (book.parent / "outside.txt", HTTPStatus.NOT_FOUND),
        (book / "link.txt", HTTPStatus.NOT_FOUND),
    ):
        answer = client.get(f"{base}api/source?filename={quote(str(path))}")
        assert answer.status_code == status, path


def test_a_query_s_result_has_exact_digits_and_no_formula(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    assert pay(book, payee="=HYPERLINK(1)", text="@x", amount="100.10").exit_code == 0
    client = application(book / "main.beancount").test_client()
    query = (
        "SELECT payee, narration, neg(number) AS less, links WHERE payee ~ 'HYPER' AND number > 0"
    )
    asked = {"query_string": query}
    address = f"{book_of(client)}download-query/query_result.csv"
    with client.get(address, query_string=asked) as found:
        row = found.get_data().decode("utf-8-sig").splitlines()[1]
    assert row == "'=HYPERLINK(1),'@x,-100.10,zf-2020-0001"


def test_only_files_to_import_are_imported(client: FlaskClient, base: str, book: Path) -> None:
    path = quote(str(book / "yusuan.toml"))
    answer = client.get(f"{base}api/extract?filename={path}&importer=yusuan.payment")
    assert answer.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "address",
    [
        "api/journal?filter=" + quote(f"payee:'{ENDLESS}'"),
        "api/query?query_string=" + quote(f"SELECT date WHERE payee ~ '{ENDLESS}'"),
        "api/query?query_string=" + quote(f"SELECT grep('{ENDLESS}', payee)"),
        "api/query?query_string=" + quote(f"SELECT subst('{ENDLESS}', 'b', payee)"),
        "download-query/query_result.csv?query_string="
        + quote(f"SELECT date WHERE payee ~ '{ENDLESS}'"),
    ],
)
def test_a_pattern_does_not_keep_a_thread(
    client: FlaskClient, base: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "SECONDS", 0.2)
    client.get(f"{base}api/events")
    began = time.monotonic()
    answer = client.get(base + address)
    assert time.monotonic() - began < 20  # 0.2 s by the clock of one thread, on a busy machine
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert "正则表达式太费时间" in error(answer)


def test_a_pattern_that_hangs_python_s_own_answers(client: FlaskClient, base: str) -> None:
    """It hung fava for more than eight seconds (TRAPS part 2)."""
    asked = quote("payee:'(a+)+$'")
    assert data(client.get(f"{base}api/journal?filter={asked}")) == []


def test_patterns_find_what_they_found(client: FlaskClient, base: str) -> None:
    asked = quote("SELECT count(date) WHERE payee ~ '^A+!$'")
    assert data(client.get(f"{base}api/query?query_string={asked}"))["rows"] == [[6]]
    asked = quote('payee:"a{40}!"')
    assert len(data(client.get(f"{base}api/journal?filter={asked}"))) == 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("time=2020-13", "2020-13"),
        ("time=2020-02-30", "2020-02-30"),
        ("time=2020-04-01 - 2020-01-31", "2020-04-01 - 2020-01-31"),
        ("account=((", "筛选条件不是正确的正则表达式"),
    ],
)
def test_a_filter_that_is_wrong_is_not_a_fault_of_the_server(
    client: FlaskClient, base: str, asked: str, why: str
) -> None:
    answer = client.get(f"{base}api/journal?{asked}")
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert why in error(answer)


def test_an_error_shows_no_traceback(
    app: Flask, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("内部")

    monkeypatch.setitem(app.view_functions, "json_api.get_events", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", 0)
    answer = app.test_client().get(f"{base}api/events")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert error(answer) == "服务出错，请查看运行 yusuan web 的窗口"


def test_nothing_is_changed_where_one_may_only_look(book: Path) -> None:
    client = application(book / "main.beancount", read_only=True).test_client()
    answer = client.put("/any/api/add_entries", json={"entries": []})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert error(answer) == "本服务只供查看，不能写入"
