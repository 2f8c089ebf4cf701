"""What there is room for as a form is filled in: what the layers hold, and what they would be left with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import approved
from tests.books import pay
from tests.books import run

from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

OFFICE = {"line": "2020J01", "economic": "30201"}
ESTATE = {"line": "2020J01", "economic": "30209"}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a contract, a payment out of it, and another payment."""
    found = approved(tmp_path_factory.mktemp("room") / "book")
    share = ("--line", "2020J01", "--economic", "30201", "--amount", "5000")
    made = run("commit", found, "--date", "2020-03-01", *share, "--text", "合同")
    assert made.exit_code == 0, made.output
    assert pay(found, economic="30201", amount="1000", commitment="ht-2020-0001").exit_code == 0
    assert pay(found, amount="300").exit_code == 0
    return found


@pytest.fixture(scope="module")
def client(book: Path) -> FlaskClient:
    return application(book / "main.beancount").test_client()


def asked(client: FlaskClient, kind: str, form: object) -> dict[str, Any]:
    query = {"kind": kind, "date": "2020-04-01", "form": json.dumps(form)}
    answer = client.get("/yusuan/look/layers", query_string=query)
    found: dict[str, Any] = answer.get_json()
    return found


def rows(found: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    return {each["name"]: (each["available"], each["after"]) for each in found["layers"]}


def bound(found: dict[str, Any]) -> list[str]:
    return [each["name"] for each in found["layers"] if each["binding"]]


def left(before: str, less: int) -> tuple[str, str]:
    """Give what is before and after."""
    whole, fen = before.split(".")
    return before, f"{int(whole) - less}.{fen}"


def test_a_payment_draws_on_each_of_its_layers(client: FlaskClient, book: Path) -> None:
    found = asked(client, "payment", {**OFFICE, "amount": "1,000"})
    said = run("available", book, "--line", "2020J01", "--economic", "30201", "--json").output
    held = {each["name"]: each["available"] for each in json.loads(said)["layers"]}
    assert rows(found) == {name: left(amount, 1000) for name, amount in held.items()}
    assert bound(found) == ["公用经费 30201 办公费"]


@pytest.mark.parametrize("amount", ["", "1.", "12a", "-5", "0", 5])
def test_an_amount_that_is_none_yet_leaves_nothing(client: FlaskClient, amount: object) -> None:
    found = asked(client, "payment", {**OFFICE, "amount": amount})
    after = {held for _, held in rows(found).values()}
    # 1. is an amount already.
    assert after == {None} or amount == "1."
    assert len(found["layers"]) == 2


def test_a_payment_out_of_a_contract_draws_on_what_is_left_of_it(client: FlaskClient) -> None:
    """Not on what is available: that the contract has taken already."""
    found = asked(client, "payment", {**OFFICE, "amount": "500", "commitment": "ht-2020-0001"})
    assert rows(found) == {"合同 ht-2020-0001 的余额": ("4000.00", "3500.00")}
    found = asked(client, "payment", {**OFFICE, "amount": "500", "commitment": "ht-1"})
    assert found == {"layers": [], "problems": ["没有编号为 ht-1 的占用；请核对合同编号"]}


def test_the_rows_of_a_form_draw_together(client: FlaskClient) -> None:
    shares = [{**OFFICE, "amount": "100"}, {**ESTATE, "amount": "20"}, {"line": "", "amount": ""}]
    found = asked(client, "commitment", {"shares": shares})
    line, office, estate = rows(found).values()
    assert line == left(line[0], 120)
    assert office == left(office[0], 100)
    assert estate == left(estate[0], 20)
    assert bound(found) == ["公用经费 30201 办公费"]


def test_what_is_moved_inside_a_line_stays_its(client: FlaskClient) -> None:
    sides = {"outs": [{**OFFICE, "amount": "100"}], "ins": [{**ESTATE, "amount": "100"}]}
    found = asked(client, "transfer", sides)
    line, office, estate = rows(found).values()
    assert line == left(line[0], 0)
    assert office == left(office[0], 100)
    assert estate == left(estate[0], -100)
    assert bound(found) == []


def test_a_supplement_adds(client: FlaskClient) -> None:
    found = asked(client, "supplement", {"shares": [{**OFFICE, "amount": "7"}]})
    assert all(each == left(each[0], -7) for each in rows(found).values())
    assert bound(found) == []


def test_a_refund_is_of_what_was_paid(client: FlaskClient) -> None:
    paid, line, limit = rows(
        asked(client, "refund", {"of": "zf-2020-0002", "amount": "40"})
    ).values()
    assert paid == ("300.00", "260.00")
    assert line == left(line[0], -40)
    assert limit == left(limit[0], -40)
    of_contract = rows(asked(client, "refund", {"of": "zf-2020-0001", "amount": "40"}))
    assert of_contract["合同 ht-2020-0001 的余额"] == ("4000.00", "4040.00")
    assert asked(client, "refund", {"of": "zf-9"})["problems"] == [
        "账套中没有编号为 zf-9；请核对编号"
    ]
    assert asked(client, "refund", {"of": ""}) == {"layers": [], "problems": []}


def test_what_may_not_be_spent_is_said_at_once(client: FlaskClient) -> None:
    assert asked(client, "payment", {"line": "2020J99"})["problems"] == [
        "没有编号为 2020J99 的指标"
    ]
    found = asked(client, "payment", {"line": "2020J01", "economic": "31002"})
    assert "未列入预算的不得支出" in found["problems"][0]


@pytest.mark.parametrize("form", ["[]", "{", "", "1", '{"shares": 1, "outs": [1], "line": {}}'])
def test_a_form_that_is_none(client: FlaskClient, form: str) -> None:
    for kind in ("payment", "commitment", "transfer", "refund", "nothing"):
        answer = client.get("/yusuan/look/layers", query_string={"kind": kind, "form": form})
        assert answer.status_code == (200 if form.startswith('{"') else 400)


def test_a_class_is_asked_for_where_both_have_a_limit(tmp_path: Path) -> None:
    book = approved(tmp_path / "book")
    share = ("--line", "2020J01", "--economic", "30201", "--class", "人员", "--amount", "1000")
    made = run("supplement", book, "--date", "2020-04-01", *share, "--doc", "1号", "--text", "追加")
    assert made.exit_code == 0, made.output
    client = application(book / "main.beancount").test_client()
    asked_for = {"line": "2020J01", "date": "2020-04-01"}
    found = client.get("/yusuan/look/economics", query_string=asked_for).get_json()
    assert [each["code"] for each in found if each["divided"]] == ["30201"]
    form = {"shares": [{**OFFICE, "class": "人员", "amount": "100"}]}
    assert rows(asked(client, "commitment", form))["人员经费 30201 办公费"] == ("1000.00", "900.00")
