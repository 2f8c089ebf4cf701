"""Many accountants at once: nothing is lost, nothing twice, and together they cannot overspend."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from beancount.core.data import Transaction
from tests.books import PAYMENT
from tests.books import approved
from tests.books import python
from tests.webs import ask
from tests.webs import serving

from yusuan.ledger.books.load import load_book
from yusuan.ledger.entries import event_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.webs import Server

CLIENTS = 32
#: What the approved book has for 物业管理费, in fen.
ROOM = 498000_00


def payments(count: int) -> list[dict[str, str]]:
    """Give payments that all fit but for half of their sum: of one amount each, on days all over the year."""
    amount = f"{Decimal(ROOM * 2 // count) / 100:.2f}"
    days = [f"2020-{at * 7 % 12 + 1:02d}-{21 + at % 8}" for at in range(count)]
    return [
        {**PAYMENT, "date": day, "amount": amount, "key": f"k{at}"} for at, day in enumerate(days)
    ]


def send(server: Server, given: dict[str, str]) -> tuple[int, str]:
    """Record one payment; give the status, and the id where there is one. Every tenth answer gets lost."""
    form = json.dumps(given)
    if given["key"].endswith("0"):
        ask(server.port, "POST", "/yusuan/desk/payment", form)
    status, answer = ask(server.port, "POST", "/yusuan/desk/payment", form)
    return status, "".join(json.loads(answer).get("ids", ()))


def crowd(book: Path, count: int) -> None:
    """Have all clients pay at once, and compare what they were told with what is in the ledger."""
    with serving(book) as server, ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(lambda given: send(server, given), payments(count)))
    acknowledged = [id_ for status, id_ in answers if status == HTTPStatus.OK]
    refused = [status for status, _ in answers if status != HTTPStatus.OK]
    loaded = load_book(book)
    written = [
        event_id(entry)
        for entry in loaded.entries
        if type(entry) is Transaction and event_id(entry).startswith("zf-")
    ]
    assert len(acknowledged) == count // 2
    assert set(refused) == {HTTPStatus.CONFLICT}
    assert sorted(written) == sorted(acknowledged)
    assert len(set(written)) == len(written)
    assert not loaded.stops
    script = "from beancount.scripts.check import main; main()"
    assert python(script, "--no-cache", book / "main.beancount").returncode == 0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_32_clients_and_room_for_half_of_1000_payments(tmp_path: Path) -> None:
    crowd(approved(tmp_path / "book"), 1_000)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_32_clients_and_room_for_half_of_10000_payments(tmp_path: Path) -> None:
    crowd(approved(tmp_path / "book"), 10_000)
