"""Judged from the month of the addition, a book gives what it gives when all of it is judged anew."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.books import add
from tests.books import approved
from tests.books import pay
from tests.webs import copied

from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.resident import Resident
from yusuan.ledger.books.trial import trial
from yusuan.ledger.desk.making.payment import PaymentForm
from yusuan.ledger.desk.making.refund import RefundForm
from yusuan.ledger.desk.share import Share
from yusuan.ledger.desk.trying import try_out

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.books.trial import Trial
    from yusuan.ledger.web.forms import Form

CLASSES = ["30201", "30209", "30211", "30216"]


def said(tried: Trial) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Give all that a trial says."""
    groups = (tried.stops, tried.findings, tried.advice)
    stops, findings, advice = (Counter(f.message for f in group) for group in groups)
    return stops, findings, advice


def forms(seed: int, count: int) -> list[Form]:
    """Give payments and refunds in any month; small ones pass, large ones do not."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    found: list[Form] = []
    for at in range(count):
        day = date(2020, chance.randint(2, 12), chance.randint(1, 28))
        amount = Decimal(chance.choice(["1.00", "20.00", "900000.00"]))
        if at % 5 == 4:
            found.append(RefundForm(day, "zf-2020-0001", Decimal("0.01"), text="退款"))
        else:
            share = Share("2020J01", chance.choice(CLASSES), "", amount)
            found.append(PaymentForm(day, share, "物业公司", f"第{at}笔"))
    return found


def test_an_addition_is_judged_as_if_all_were_judged_anew(tmp_path: Path, seed: int) -> None:
    book = approved(tmp_path / "book")
    assert pay(book, date="2020-01-31").exit_code == 0
    resident = Resident(book)
    passed = Counter[bool]()
    for form in forms(seed, 24):
        with resident.writing() as found:
            tried = try_out(found, form.day, form.make)
            anew = trial(
                replace(found.book, judging=None), "".join(tried.recording.additions.values())
            )
            assert said(tried.recording.tried) == said(anew)
            ok = not tried.recording.findings
            passed[ok] += 1
            if ok:
                resident.write(tried.recording)
    assert passed[True]
    assert passed[False]
    held, loaded = resident.view().book, load_book(book)
    assert [e.meta for e in held.entries] == [e.meta for e in loaded.entries]
    assert [f.message for f in held.findings] == [f.message for f in loaded.findings]
    assert [e.id for e in resident.view().events] == [e.id for e in Resident(book).view().events]


def test_a_balance_asserted_later_is_proved_again(tmp_path: Path) -> None:
    book = copied(tmp_path / "book")
    income = "Income:6001-财政拨款预算收入:11-一般公共预算"
    postings = (p for e in load_book(book).entries for p in getattr(e, "postings", ()))
    held = sum((p.units.number for p in postings if p.account == income), Decimal(0))
    add(book / "2020/2020-12.beancount", f"\n2020-12-31 balance {income} {held} CNY\n")
    resident = Resident(book)
    assert not resident.view().book.stops
    share = Share("2020J01", "30201", "", Decimal("1.00"))
    form = PaymentForm(date(2020, 12, 28), share, "文具店", "笔")
    with resident.writing() as found:
        tried = try_out(found, form.day, form.make)
    assert ["余额" in finding.message for finding in tried.recording.findings] == [True]


def paid(day: date, amount: str) -> PaymentForm:
    """Give a payment for the building's management, for which the budget has 498,000.00."""
    share = Share("2020J01", "30209", "", Decimal(amount))
    return PaymentForm(day, share, "物业公司", "物业费")


def test_what_is_tried_on_a_book_that_has_grown_meanwhile_is_not_learned(tmp_path: Path) -> None:
    resident = Resident(approved(tmp_path / "book"))
    room, later, earlier = "490000.00", date(2020, 11, 5), date(2020, 2, 5)
    with resident.writing() as found:  # opens the accounts
        resident.write(try_out(found, later, paid(later, "0.01").make).recording)
    old = resident.view()
    assert not try_out(old, later, paid(later, "0.01").make).recording.findings
    with resident.writing() as found:
        form = paid(later, room)
        tried = try_out(found, later, form.make)
        assert not tried.recording.findings
        resident.write(tried.recording)
    # Somebody who looked before that payment asks for something earlier in the year.
    try_out(old, earlier, paid(earlier, "0.01").make)
    with resident.writing() as found:
        assert try_out(found, later, paid(later, room).make).recording.findings
