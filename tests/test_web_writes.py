"""fava's own ways of writing: entries are tried out and written safely, all that edits is off."""

from __future__ import annotations

import io
import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import quote

import pytest
from fava.application import create_app
from tests.books import add
from tests.books import approved
from tests.books import pay
from tests.books import received
from tests.books import run
from tests.books import snapshot
from tests.executions import HEAD
from tests.executions import row
from tests.executions import write
from tests.webs import book_of

from yusuan.ledger.books.audit import AUDIT_FILE
from yusuan.ledger.books.audit import Outcome
from yusuan.ledger.books.audit import read
from yusuan.ledger.web import uploads
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

EXPENSE = (
    "Expenses:7101-行政支出:201-一般公共服务支出:20103-政府办公厅室及相关机构事务"
    ":2010301-行政运行:302-商品和服务支出:30209-物业管理费"
)
REVENUE = "Income:6001-财政拨款预算收入:11-一般公共预算"
AVAILABLE = "Equity:92-可用指标"
MARCH = "2020/2020-03.beancount"


def payment(amount: str = "100.00", **changes: Any) -> dict[str, Any]:
    """A payment as fava's form sends it, with the empty line that the form ends with."""
    return {
        "t": "Transaction",
        "date": "2020-03-16",
        "flag": "*",
        "payee": "物业公司",
        "narration": "3月物业管理费",
        "tags": [],
        "links": ["zf-2020-0001"],
        "meta": {"id": "zf-2020-0001", "line": "2020J01", "method": "direct", "lineno": 7},
        "postings": [
            {"account": EXPENSE, "amount": f"{amount} CNY"},
            {"account": REVENUE, "amount": f"-{amount} CNY"},
            {"account": "", "amount": ""},
        ],
        **changes,
    }


def note(account: str, comment: str = "核对", **changes: Any) -> dict[str, Any]:
    return {
        "t": "Note", "date": "2020-03-16", "meta": {}, "account": account, "comment": comment,
        **changes,
    }  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "book")


@pytest.fixture
def client(book: Path) -> FlaskClient:
    return application(book / "main.beancount").test_client()


def api(client: FlaskClient) -> str:
    return book_of(client) + "api/"


def put(client: FlaskClient, *entries: Any) -> tuple[int, str]:
    answer = client.put(f"{api(client)}add_entries", json={"entries": entries})
    said = json.loads(answer.data)
    return answer.status_code, said.get("error") or said.get("data")


def changed(book: Path, before: dict[str, str]) -> list[str]:
    return [name for name, digest in snapshot(book).items() if before.get(name) != digest]


def test_a_payment_is_written_as_the_command_writes_it(
    client: FlaskClient, book: Path, tmp_path: Path
) -> None:
    """It is the first one of its 款, so the accounts that it needs are opened too."""
    assert put(client, payment()) == (HTTPStatus.OK, "已记账 1 笔")
    other = approved(tmp_path / "other")
    assert pay(other).exit_code == 0
    assert snapshot(book) == snapshot(other)
    assert run("check", book).exit_code == 0


def test_what_overspends_is_refused_with_the_rule_s_own_words(
    client: FlaskClient, book: Path
) -> None:
    before = snapshot(book)
    status, why = put(client, payment(), payment("497900.01", meta={"id": "b", "line": "2020J01"}))
    assert status == HTTPStatus.CONFLICT
    assert "没有记账：[R01]" in why
    assert "缺口 0.01 元" in why
    assert snapshot(book) == before


def test_an_id_that_is_taken_is_refused(client: FlaskClient, book: Path) -> None:
    assert put(client, payment())[0] == HTTPStatus.OK
    written = snapshot(book)
    status, why = put(client, payment())
    assert (status, snapshot(book)) == (HTTPStatus.BAD_REQUEST, written)
    assert "编号 zf-2020-0001 在账套中已经有了" in why


def test_an_entry_without_an_id_is_told_the_next_free_one(client: FlaskClient) -> None:
    assert put(client, payment())[0] == HTTPStatus.OK
    status, why = put(client, payment(meta={}, links=[]))
    assert status == HTTPStatus.BAD_REQUEST
    assert "请添加元数据 id，例如 zf-2020-0002" in why


INJECTED = '\n2020-01-01 open Assets:Evil\nplugin "os"\n'


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (payment(flag="* "), "标记"),
        (payment(payee=INJECTED), "收款人"),
        (payment(narration=INJECTED), "摘要"),
        (payment(tags=["a b"]), "标签"),
        (payment(tags=[INJECTED]), "标签"),
        (payment(links=[INJECTED]), "编号"),
        (payment(meta={"id": INJECTED}), "编号"),
        (payment(meta={"id": "a", "line": INJECTED}), "元数据 line"),
        (payment(meta={"id": "a", INJECTED: "x"}), "元数据名"),
        (payment(meta={"id": "a", "Line": "x"}), "元数据名"),
        (payment(meta={"id": "a", "line": 1}), "应为文字"),
        (payment(meta={"id": "a", "line": {"number": "1"}}), "应为文字"),
        (payment(postings=[{"account": f"Assets:A{INJECTED}", "amount": "1.00 CNY"}]), "科目"),
        (payment(postings=[{"account": EXPENSE, "amount": f"1.00 CNY{INJECTED}"}]), "金额"),
        (payment(postings=[{"account": EXPENSE, "amount": "1.00 cny"}]), "货币"),
        (payment(postings=[{"account": EXPENSE, "amount": "1/0 CNY"}]), "不是金额"),
        (payment(postings=[{"account": EXPENSE, "amount": "1.001 CNY"}]), "最多两位小数"),
        (payment(postings=[{"account": EXPENSE, "amount": ""}]), "金额"),
        (payment(postings=[{"account": EXPENSE, "amount": "1.00 CNY @ 2.00 USD"}]), "金额"),
        (payment(postings=["x"]), "分录的内容有误"),
        (payment(date="2020-03-16\n"), "不是日期"),
        (payment(date="2021-03-16"), "不在账套的年度"),
        (payment(t="Open"), "只能录入"),
        (note(f"Assets:A{INJECTED}"), "科目"),
        (note(AVAILABLE, INJECTED), "备注"),
        (note(AVAILABLE, meta={"a": INJECTED}), "元数据名"),
        (note(AVAILABLE, meta={"ab": INJECTED}), "元数据 ab"),
        ("text", "内容有误"),
        ([], "内容有误"),
    ],
)
def test_nothing_but_an_entry_is_written(
    client: FlaskClient, book: Path, entry: Any, why: str
) -> None:
    """fava writes account names and metadata as they come, and they can hold directives."""
    before = snapshot(book)
    status, said = put(client, payment(meta={"id": "a-1", "line": "2020J01"}, links=[]), entry)
    assert (status, snapshot(book)) == (HTTPStatus.BAD_REQUEST, before), said
    assert why in said


def test_what_is_quoted_stays_what_it_was(client: FlaskClient, book: Path) -> None:
    hostile = '"\\" plugin "x" ; <script>'
    meta = {"id": "zf-1", "line": "2020J01", "remark": hostile}
    status, said = put(client, payment(payee=hostile, narration=hostile, meta=meta))
    assert status == HTTPStatus.OK, said
    [entry] = [e for e in json.loads(client.get(f"{api(client)}journal").data)["data"]
               if e["t"] == "Transaction" and e["payee"] == hostile]  # fmt: skip
    assert (entry["narration"], entry["meta"]["remark"]) == (hostile, hostile)
    assert run("check", book).exit_code == 0


@pytest.mark.parametrize(
    ("day", "account", "file"),
    [
        ("2020-01-01", "Expenses:7101-行政支出", "2020/2020-01.beancount"),
        ("2020-06-30", "Assets:8001-资金结存:02-货币资金", "2020/2020-06.beancount"),
        ("2020-07-01", REVENUE, "2020/2020-07.beancount"),
        ("2020-07-01", AVAILABLE, "2020/budget.beancount"),
    ],
)
def test_what_moves_money_goes_to_its_month_and_authority_to_the_budget(
    client: FlaskClient, book: Path, day: str, account: str, file: str
) -> None:
    received(book)
    assert pay(book, date="2020-01-01").exit_code == 0
    before = snapshot(book)
    assert put(client, note(account, date=day))[0] == HTTPStatus.OK
    assert changed(book, before) == [file]
    assert run("check", book).exit_code == 0


def test_a_balance_is_asserted(client: FlaskClient, book: Path) -> None:
    assert put(client, payment())[0] == HTTPStatus.OK
    asserted = {
        "t": "Balance", "date": "2020-03-17", "meta": {}, "account": EXPENSE,
        "amount": {"number": "100.00", "currency": "CNY"},
    }  # fmt: skip
    assert put(client, asserted)[0] == HTTPStatus.OK
    wrong = asserted | {"amount": {"number": "100.01", "currency": "CNY"}}
    assert put(client, wrong)[0] == HTTPStatus.CONFLICT
    assert run("check", book).exit_code == 0


def test_in_a_book_that_does_not_check_nothing_is_recorded(client: FlaskClient, book: Path) -> None:
    add(book / MARCH, '2020-03-01 * "x" "没有借贷平衡"\n  Assets:A   1.00 CNY\n')
    before = snapshot(book)
    status, why = put(client, payment())
    assert (status, snapshot(book)) == (HTTPStatus.CONFLICT, before)
    assert "账套检查未通过" in why


def test_it_is_noted_who_recorded_what(client: FlaskClient, book: Path) -> None:
    put(client, payment())
    put(client, payment("900000.00", meta={"id": "zf-2", "line": "2020J01"}))
    (done, refused), _ = read(book)
    assert (done.user, done.action, done.outcome) == ("本机用户", "录入凭证", Outcome.RECORDED)
    assert done.ids == ("zf-2020-0001",)
    assert (refused.outcome, refused.ids, refused.reason[:5]) == (
        Outcome.REFUSED, ("zf-2",), "[R01]",
    )  # fmt: skip


def test_without_the_log_nothing_is_recorded(client: FlaskClient, book: Path) -> None:
    (book / AUDIT_FILE).mkdir(parents=True)
    before = snapshot(book)
    status, why = put(client, payment())
    assert (status, snapshot(book)) == (HTTPStatus.CONFLICT, before)
    assert "审计日志不能写入" in why


CLOSED = [
    ("PUT", "source", {"file_path": "main.beancount", "source": "", "sha256sum": ""}),
    ("PUT", "source_slice", {"entry_hash": "", "source": "", "sha256sum": ""}),
    ("DELETE", "source_slice?entry_hash=&sha256sum=", None),
    ("DELETE", "document?filename=main.beancount", None),
    ("PUT", "add_document", None),
    ("PUT", "attach_document", {"filename": "", "entry_hash": ""}),
    ("PUT", "move", {"account": "", "new_name": "", "filename": ""}),
]


@pytest.mark.parametrize(("method", "name", "sent"), CLOSED)
def test_what_edits_or_removes_is_off(
    client: FlaskClient, book: Path, method: str, name: str, sent: Any
) -> None:
    """Corrections add, never edit."""
    before = snapshot(book)
    answer = client.open(api(client) + name, method=method, json=sent)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "账簿只增不改" in json.loads(answer.data)["error"]
    assert snapshot(book) == before


def test_every_other_way_to_write_is_off(client: FlaskClient) -> None:
    """Those that a later fava may bring are too."""
    app = client.application
    open_to = {"json_api.put_add_entries", "json_api.put_format_source",
               "json_api.put_upload_import_file"}  # fmt: skip
    writing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("json_api.")
        and {"PUT", "POST", "DELETE"} & (rule.methods or set())
    }
    assert open_to < writing
    assert len({app.view_functions[name] for name in writing - open_to}) == 1


@pytest.mark.parametrize(
    ("method", "name", "sent"), [*CLOSED, ("PUT", "add_entries", {"entries": [payment()]})]
)
def test_plain_fava_writes_nothing(book: Path, method: str, name: str, sent: Any) -> None:
    """There is no lock there."""
    before = snapshot(book)
    client = create_app([str(book / "main.beancount")], load=True).test_client()
    answer = client.open(api(client) + name, method=method, json=sent)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "录入请用 yusuan web" in json.loads(answer.data)["error"]
    assert snapshot(book) == before


@pytest.fixture
def importing(book: Path) -> Flask:
    add(book / "main.beancount", '2020-01-01 custom "fava-option" "import-dirs" "导入"\n')
    return application(book / "main.beancount")


def upload(app: Flask, name: str, data: bytes = b"a,b\n") -> tuple[int, str]:
    client = app.test_client()
    sent = {"file": (io.BytesIO(data), name)}
    answer = client.put(f"{api(client)}upload_import_file", data=sent)
    said = json.loads(answer.data)
    return answer.status_code, said.get("error") or said.get("data")


def test_a_file_to_import_is_taken_once(importing: Flask, book: Path) -> None:
    before = snapshot(book)
    assert upload(importing, "对账单.csv") == (HTTPStatus.OK, "已上传 对账单.csv")
    assert changed(book, before) == ["导入/对账单.csv"]
    status, why = upload(importing, "对账单.csv", b"other")
    assert status == HTTPStatus.CONFLICT
    assert "已有名为 对账单.csv 的文件" in why
    assert changed(book, before) == ["导入/对账单.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "a/b.csv",
        ".a.csv",
        "a.py",
        "a.csv.html",
        "a\n.csv",
        "名" * 70 + ".csv",
    ],
)
def test_a_name_that_is_no_plain_file_s_is_refused(importing: Flask, book: Path, name: str) -> None:
    before = snapshot(book)
    assert upload(importing, name)[0] == HTTPStatus.BAD_REQUEST
    assert snapshot(book) == before


def test_a_file_that_fava_would_not_look_at_is_refused(
    importing: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert uploads.MOST_BYTES == 8 * 1024 * 1024
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    assert upload(importing, "a.csv", b"x" * 100)[0] == HTTPStatus.OK
    assert upload(importing, "b.csv", b"x" * 101)[0] == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def told(app: Flask, path: str) -> str:
    client = app.test_client()
    return client.get(api(client) + path).get_data(as_text=True)


def test_a_failing_importer_shows_no_traceback(importing: Flask, book: Path) -> None:
    """What it says is shown, where it stopped is not."""
    (book / "导入").mkdir()
    write(book / "导入" / "a.csv", [HEAD, row(), ["合计", "", "", "99.00", "", "", "", "", ""]])
    path = quote(str(book / "导入" / "a.csv"))
    asked = f"extract?filename={path}&importer=yusuan.payment"
    assert "与各行之和 100.00 元不符" in json.loads(told(importing, asked))["error"]
    (book / "import.py").write_text("1 / 0", "utf-8")
    add(book / MARCH, "; read again\n")
    found = told(importing, "errors")
    assert "Error in import config" in found
    assert "Traceback" not in found
