"""fava's entry form and the roles of people: what one may enter is what one may record."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import approved
from tests.books import snapshot
from tests.webs import book_of

from yusuan.ledger.web import people
from yusuan.ledger.web.app import application
from yusuan.ledger.web.people import Person
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EXPENSE = (
    "Expenses:7101-行政支出:201-一般公共服务支出:20103-政府办公厅室及相关机构事务"
    ":2010301-行政运行:302-商品和服务支出:30209-物业管理费"
)
REVENUE = "Income:6001-财政拨款预算收入:11-一般公共预算"
AVAILABLE = "Equity:92-可用指标"
LINE = (
    "11-一般公共预算:201-一般公共服务支出:20103-政府办公厅室及相关机构事务:2010301-行政运行"
    ":2020J01-基本支出"
)
LIMIT = "Equity:98-经济分类控制:{}:2-公用经费:302-商品和服务支出:{}"
OFFICE_SUPPLIES = "30201-办公费"


def sent(meta: dict[str, str], postings: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """An entry as fava's form sends it."""
    return {
        "t": "Transaction",
        "date": "2020-03-16",
        "flag": "*",
        "payee": "物业公司",
        "narration": "3月",
        "tags": [],
        "links": [],
        "meta": {"id": "zf-2020-0001", "line": "2020J01", **meta},
        "postings": [{"account": account, "amount": amount} for account, amount in postings],
    }


def moving(event: str, into: tuple[str, str], out: tuple[str, str]) -> dict[str, Any]:
    """An entry that moves 100.00 of authority: of the line, and of the 款 beside it."""
    accounts = [(into[0], "100.00", "ZB"), (out[0], "-100.00", "ZB")]
    accounts += [(into[1], "100.00", "JJ"), (out[1], "-100.00", "JJ")]
    meta = {"event": event, "doc": "文〔2020〕9号", "commitment": "zf-2020-0001"}
    return sent(meta, [(account, f"{number} CNY-{book}") for account, number, book in accounts])


SOURCE = ("Equity:91-指标来源:03-追加:11-一般公共预算", LIMIT.format("01-来源", OFFICE_SUPPLIES))
FREE = (f"{AVAILABLE}:{LINE}", LIMIT.format("02-可用", OFFICE_SUPPLIES))
FROZEN = (f"Equity:93-冻结指标:{LINE}", LIMIT.format("05-冻结", OFFICE_SUPPLIES))
PAYMENT = sent({}, [(EXPENSE, "100.00 CNY"), (REVENUE, "-100.00 CNY")])
COMMITTED = (f"Equity:94-占用指标:{LINE}", LIMIT.format("04-占用", OFFICE_SUPPLIES))


@pytest.mark.parametrize(
    ("entry", "role"),
    [
        (PAYMENT, "登记"),
        (moving("commitment", COMMITTED, FREE), "登记"),
        (moving("supplement", FREE, SOURCE), "批准调整"),
        (moving("", FREE, SOURCE), "批准调整"),
        (moving("reversal", SOURCE, FREE), "批准调整"),
        (moving("freeze", FROZEN, FREE), "批准调整"),
        (moving("closing", FROZEN, FREE), "结账"),
    ],
)
def test_an_entry_takes_the_role_that_its_event_takes(
    tmp_path: Path, entry: Any, role: str
) -> None:
    """fava's form knows one kind of entry; a change of authority is not for whoever records payments."""
    recorder = Person("会计甲", frozenset({Role.RECORD}))
    door = partial(lambda person, asked: people.admit(asked.environ, person), recorder)
    book = approved(tmp_path / "book")
    before = snapshot(book)
    client = application(book / "main.beancount", door=door).test_client()
    answer = client.put(f"{book_of(client)}api/add_entries", json={"entries": [entry]})
    if role == Role.RECORD.word:
        assert (answer.status_code, answer.get_json()["data"]) == (HTTPStatus.OK, "已记账 1 笔")
    else:
        assert (answer.status_code, snapshot(book)) == (HTTPStatus.FORBIDDEN, before)
        assert f"没有“{role}”权限" in answer.get_json()["error"]
