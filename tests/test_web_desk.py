"""Recording from the browser: through the same trial and the same append as the commands."""

from __future__ import annotations

import gc
import io
import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import PAYMENT
from tests.books import approved
from tests.books import change
from tests.books import pay
from tests.books import run
from tests.books import snapshot
from tests.webs import book_of

from yusuan.ledger.books import audit
from yusuan.ledger.books.audit import Outcome
from yusuan.ledger.books.load import load_book
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from yusuan.ledger.books.load import Book

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


@pytest.fixture
def client(book: Path) -> FlaskClient:
    return application(book / "main.beancount").test_client()


def ask(client: FlaskClient, path: str, **fields: object) -> tuple[int, dict[str, Any]]:
    """Send a form; give the status and the answer."""
    answer = client.post(f"/yusuan/desk/{path}", json=fields)
    return answer.status_code, answer.get_json()


def paying(client: FlaskClient, **fields: object) -> tuple[int, dict[str, Any]]:
    return ask(client, "payment", **{**PAYMENT, **fields})


def as_loaded(book: Book) -> list[tuple[object, ...]]:
    """Give all that is in a book, with the places where it stands."""
    return [
        (type(e).__name__, *e[1:], e.meta, *(p.meta for p in getattr(e, "postings", ())))
        for e in book.entries
    ]


def test_a_payment_is_written_as_the_command_writes_it(
    client: FlaskClient, book: Path, tmp_path: Path
) -> None:
    status, answer = paying(client)
    assert (status, answer["ids"]) == (HTTPStatus.OK, ["zf-2020-0001"])
    other = approved(tmp_path / "other")
    assert pay(other).exit_code == 0
    assert snapshot(book) == snapshot(other)


def test_a_preview_writes_nothing(client: FlaskClient, book: Path) -> None:
    before = snapshot(book)
    status, answer = ask(client, "payment/preview", **PAYMENT)
    assert (status, answer["ok"]) == (HTTPStatus.OK, True)
    assert '2020-03-16 * "物业公司" "3月物业管理费" ^zf-2020-0001' in answer["entry"]
    [shift] = answer["shifts"]
    line, limit = shift["layers"]
    assert (shift["state"], line["kind"], limit["kind"]) == ("可用", "指标", "经济分类")
    assert limit["name"] == "公用经费 30209 物业管理费"
    assert limit["binding"]
    assert snapshot(book) == before


def test_one_fen_too_much_is_refused_with_the_layer_that_binds(
    client: FlaskClient, book: Path
) -> None:
    _, found = ask(client, "payment/preview", **PAYMENT)
    room = found["shifts"][0]["layers"][1]["available"]
    before = snapshot(book)
    status, answer = paying(client, amount=f"{room[:-1]}{int(room[-1]) + 1}")
    assert (status, answer["ok"]) == (HTTPStatus.CONFLICT, False)
    assert "按公用经费经济分类额度可用 498000.00 元" in answer["stops"][0]
    assert "缺口 0.01 元" in answer["stops"][0]
    assert snapshot(book) == before
    assert paying(client, amount=room)[0] == HTTPStatus.OK
    assert run("check", book).exit_code == 0


def test_the_book_in_memory_is_what_is_on_disk(client: FlaskClient, book: Path) -> None:
    for month in ("03", "05", "04"):
        assert paying(client, date=f"2020-{month}-16", economic="30201")[0] == HTTPStatus.OK
    held = client.application.config["YUSUAN_BOOK"].view().book
    loaded = load_book(book)
    assert as_loaded(held) == as_loaded(loaded)
    assert held.findings == loaded.findings
    assert held.files.digests == loaded.files.digests


def test_what_refusals_leave_behind_is_let_go(client: FlaskClient) -> None:
    paying(client, amount="9999999.00")
    gc.collect()
    held, frozen = len(gc.get_objects()), gc.get_freeze_count()
    for at in range(20):
        status, _ = paying(client, amount="9999999.00", key=f"k{at}")
        assert status == HTTPStatus.CONFLICT
    gc.collect()
    # Nothing more is put out of sight; what was there may be freed by whoever held it.
    assert gc.get_freeze_count() <= frozen
    # One kept thing a refusal would be 20 more; what caches keep varies by a few.
    assert len(gc.get_objects()) < held + 20


def test_asked_again_it_is_recorded_once(client: FlaskClient, book: Path) -> None:
    first = paying(client, key="a1")
    written = snapshot(book)
    assert paying(client, key="a1") == first
    assert snapshot(book) == written
    assert paying(client, key="a2")[1]["ids"] == ["zf-2020-0002"]


def test_asked_again_of_another_server_it_is_recorded_once(client: FlaskClient, book: Path) -> None:
    """The page says that one may simply press again where the server had stopped."""
    _, first = paying(client, key="a1")
    written = snapshot(book)
    anew = application(book / "main.beancount").test_client()
    status, answer = paying(anew, key="a1")
    assert (status, answer["ok"], answer["ids"]) == (HTTPStatus.OK, True, first["ids"])
    assert snapshot(book) == written
    assert paying(anew, key="a2")[1]["ids"] == ["zf-2020-0002"]


def test_what_was_noted_and_never_written_is_recorded_when_asked_again(
    client: FlaskClient, book: Path
) -> None:
    """A server that was killed after the line of the log and before the entry; then another took the id."""
    before = (book / "2020" / "2020-03.beancount").read_bytes()
    assert paying(client, key="a1")[1]["ids"] == ["zf-2020-0001"]
    (book / "2020" / "2020-03.beancount").write_bytes(before)
    anew = application(book / "main.beancount").test_client()
    assert paying(anew, key="b1")[1]["ids"] == ["zf-2020-0001"]
    anew = application(book / "main.beancount").test_client()
    assert paying(anew, key="a1")[1]["ids"] == ["zf-2020-0002"]


def test_asked_again_with_another_amount_it_is_not_said_to_be_recorded(
    client: FlaskClient, book: Path
) -> None:
    assert paying(client, key="a1")[0] == HTTPStatus.OK
    written = snapshot(book)
    for each in (client, application(book / "main.beancount").test_client()):
        status, answer = paying(each, key="a1", amount="200.00")
        assert (status, answer["spent"]) == (HTTPStatus.CONFLICT, True)
        assert "先前已经记账（zf-2020-0001）" in answer["error"]
    assert snapshot(book) == written


def test_after_others_have_recorded_their_payments_count(client: FlaskClient, book: Path) -> None:
    assert paying(client)[0] == HTTPStatus.OK
    assert pay(book).exit_code == 0
    assert paying(client)[1]["ids"] == ["zf-2020-0003"]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"date": ""}, "date", "请填写日期"),
        ({"date": "2020-2-30"}, "date", "“2020-2-30”不是日期，应写作 2020-03-16"),
        ({"date": "2031-01-01"}, None, "日期 2031-01-01 不在账套的年度（2020）内"),
        ({"amount": "1.005"}, "amount", "“1.005”不是金额：金额以元计，最多两位小数"),
        ({"amount": "1,5"}, "amount", "“1,5”不是金额：只能有数字、正确的千分位逗号和一个小数点"),
        ({"amount": "1，000，5"}, "amount", "正确的千分位逗号"),
        ({"amount": "-5"}, "amount", "金额应大于零，不是 -5"),
        ({"amount": 5}, "amount", "文字太长（最多 500 个字），请缩短"),
        ({"economic": ""}, "economic", "请填写经济分类"),
        ({"line": "2020J99"}, None, "没有编号为 2020J99 的指标"),
        ({"payee": " "}, "payee", "请填写收款人"),
        ({"id": "zf-1", "method": "cash"}, None, "没有支付方式“cash”"),
    ],
)
def test_what_is_wrong_is_said_of_the_field(
    client: FlaskClient, book: Path, fields: dict[str, object], field: str | None, sentence: str
) -> None:
    before = snapshot(book)
    status, answer = paying(client, **fields)
    assert (status, answer["field"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, field)
    assert sentence in answer["error"]
    assert snapshot(book) == before


def test_what_is_no_form(client: FlaskClient) -> None:
    for text in (b"[]", b"[" * 100_000):
        answer = client.post("/yusuan/desk/payment", data=text)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    asked = client.get("/yusuan/look/layers", query_string={"kind": "payment", "form": "[" * 2_000})
    assert asked.status_code == HTTPStatus.BAD_REQUEST
    assert client.post("/yusuan/desk/nothing", json={}).status_code == HTTPStatus.NOT_FOUND


def test_a_book_with_findings_that_stop_takes_nothing(client: FlaskClient, book: Path) -> None:
    change(book / "yusuan.toml", '"行政"', '"机关"')
    status, answer = paying(client)
    assert status == HTTPStatus.CONFLICT
    assert answer["error"] == "账套检查未通过，没有记账；请先改正以下问题"
    assert any("不是“机关”" in each for each in answer["stops"])


def test_a_year_by_its_other_events(client: FlaskClient, book: Path) -> None:
    share = {"line": "2020J01", "economic": "30201", "amount": "1,000.00"}
    said = {"date": "2020-04-01", "text": "合同"}
    assert ask(client, "commitment", **said, shares=[share], payee="印刷公司")[0] == HTTPStatus.OK
    status, answer = paying(client, date="2020-04-02", commitment="ht-2020-0001", economic="30201")
    assert status == HTTPStatus.OK
    assert "占用 ht-2020-0001：此前余 1000.00 元，此后余 900.00 元" in answer["notes"]
    back = {"date": "2020-04-03", "of": "zf-2020-0001", "amount": "40.00", "text": "退款"}
    assert ask(client, "refund", **back)[1]["ids"] == ["th-2020-0001"]
    more = {**said, "doc": "松财预〔2020〕9号", "shares": [share]}
    assert ask(client, "supplement", **more)[1]["ids"] == ["zj-2020-0001"]
    to = {**share, "economic": "30209"}
    moved = {**said, "date": "2020-04-05", "doc": "内调1号", "outs": [share], "ins": [to]}
    assert ask(client, "transfer", **moved)[1]["ids"] == ["tj-2020-0001"]
    assert run("check", book).exit_code == 0


def test_the_voucher_s_picture_is_kept_beside_the_ledger(client: FlaskClient, book: Path) -> None:
    sent = {"form": json.dumps(PAYMENT), "voucher": (io.BytesIO(PICTURE), "发票.PNG")}
    answer = client.post("/yusuan/desk/payment", data=sent)
    assert answer.status_code == HTTPStatus.OK, answer.get_json()
    assert (book / "vouchers/2020/zf-2020-0001.png").read_bytes() == PICTURE
    assert 'voucher: "vouchers/2020/zf-2020-0001.png"' in answer.get_json()["entry"]
    assert run("check", book).exit_code == 0


@pytest.mark.parametrize("id_", ["../../../out", "zf/2020/1", "..", "/out"])
def test_the_voucher_s_picture_goes_nowhere_else(client: FlaskClient, book: Path, id_: str) -> None:
    sent = {
        "form": json.dumps({**PAYMENT, "id": id_}),
        "voucher": (io.BytesIO(PICTURE), "发票.png"),
    }
    assert client.post("/yusuan/desk/payment", data=sent).status_code == HTTPStatus.OK
    [kept] = book.parent.rglob("*.png")
    assert kept.parent == book / "vouchers" / "2020"
    page = f"{book_of(client)}extension/LineCards/"
    with client.get(f"{page}voucher", query_string={"id": id_}) as shown:
        assert (shown.mimetype, shown.data) == ("image/png", PICTURE)


def test_the_voucher_s_picture_is_shown_from_the_card(client: FlaskClient, book: Path) -> None:
    share = {"line": "2020J01", "economic": "30201", "amount": "100.00"}
    form = {"date": "2020-04-01", "text": "追加", "doc": "文〔2020〕9号", "shares": [share]}
    sent = {"form": json.dumps(form), "voucher": (io.BytesIO(PICTURE), "文件.png")}
    assert client.post("/yusuan/desk/supplement", data=sent).status_code == HTTPStatus.OK
    page = f"{book_of(client)}extension/LineCards/"
    card = client.get(page, query_string={"line": "2020J01"}).get_data(as_text=True)
    assert 'href="voucher?id=zj-2020-0001"' in card
    with client.get(f"{page}voucher?id=zj-2020-0001") as shown:
        assert (shown.mimetype, shown.data) == ("image/png", PICTURE)
    budget = book / "2020" / "budget.beancount"
    change(budget, "vouchers/2020/zj-2020-0001.png", "vouchers/../yusuan.toml")
    for id_ in ("zj-2020-0001", "pf-2020-001", ""):
        assert client.get(f"{page}voucher?id={id_}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["发票.exe", "发票.pdf", "../../main.beancount"])
def test_a_file_that_is_no_voucher(client: FlaskClient, book: Path, name: str) -> None:
    before = snapshot(book)
    sent = {"form": json.dumps(PAYMENT), "voucher": (io.BytesIO(PICTURE), name)}
    answer = client.post("/yusuan/desk/payment", data=sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.get_json()["field"] == "voucher"
    assert snapshot(book) == before


def test_who_recorded_what_is_noted(client: FlaskClient, book: Path) -> None:
    paying(client)
    paying(client, amount="900000.00")
    lines = [(line.user, line.action, line.outcome, line.ids) for line in audit.read(book)[0]]
    assert lines == [
        ("本机用户", "支付", Outcome.RECORDED, ("zf-2020-0001",)),
        ("本机用户", "支付", Outcome.REFUSED, ("zf-2020-0002",)),
    ]
