"""What the machine of the year's commands has found in the engine, each in its shortest sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import run
from tests.books import snapshot
from tests.events import ASKED
from tests.events import event
from tests.events import must
from tests.ledgers import load
from tests.ledgers import told

if TYPE_CHECKING:
    from pathlib import Path

CORRECTED = "--of zf-2020-0001 --amount 100 --to-economic 30201"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


def refused(book: Path, command: str, asked: str) -> str:
    """Try an event that must be refused without a byte changing; give what was said."""
    before = snapshot(book)
    done = event(book, command, asked)
    assert done.exit_code == 1, done.output
    assert snapshot(book) == before
    return done.output


def test_authority_with_limits_is_not_assigned_without_them() -> None:
    """`assign` from basic expenditure to a project of the same 项 left the economic limits as they were."""
    found = load("""
    2020-01-20 * "批复" ^pf-1
      可用 2020J01         100.00
      来源 01 11          -100.00
      限额可用 2 30201      100.00
      限额来源 2 30201     -100.00

    2020-02-01 * "分解" ^fj-1
      event: "assignment"
      可用 2020J01        -100.00
      可用 2020X01         100.00
    """)
    assert told(found, "S08") == [("stop", "fj-1")]


def test_a_transfer_that_moves_nothing_is_refused(book: Path) -> None:
    """`transfer` to where it comes from wrote an entry without postings."""
    same = "--from 2020X01=100 --to 2020X01=100 --doc 文号 --text 调剂"
    assert "什么也没有变动" in refused(book, "transfer", same)


def test_a_correction_that_was_reversed_does_not_hinder_a_refund(book: Path) -> None:
    """R26 counted the correction and not its reversal: 100 paid, corrected, reversed, none left to refund."""
    must(book, "pay", ASKED["pay"])
    must(book, "correct", CORRECTED)
    must(book, "reverse", "--of gz-2020-0001")
    must(book, "refund", "--of zf-2020-0001 --amount 100")
    assert run("check", book, "--strict").exit_code == 0


def test_a_refund_of_what_was_corrected_can_be_taken_back(book: Path) -> None:
    """The chain may be longer: a refund is reversed, and the reversal stands for what was paid."""
    must(book, "pay", ASKED["pay"])
    must(book, "correct", CORRECTED)
    must(book, "refund", "--of zf-2020-0001 --economic 30201 --amount 60")
    must(book, "reverse", "--of th-2020-0001")
    must(book, "refund", "--of zf-2020-0001 --economic 30201 --amount 100")
    assert run("check", book, "--strict").exit_code == 0
    assert "没有未退回的支出" in refused(
        book, "refund", "--of zf-2020-0001 --economic 30201 --amount 0.01"
    )


@pytest.mark.parametrize("id_", ["sf-2020-0001", "hc-2020-0001"])
def test_a_release_and_its_reversal_are_no_contracts(book: Path, id_: str) -> None:
    """`release --commitment sf-…` took the release itself for a contract of less than nothing, and undid it."""
    must(book, "commit", ASKED["commit"])
    must(book, "release", "--commitment ht-2020-0001 --amount 40 --text 放")
    must(book, "reverse", "--of sf-2020-0001")
    assert "没有编号为" in refused(book, "release", f"--commitment {id_} --text 放")
    paid = "--line 2020J01 --economic 30209 --payee 甲 --text 乙 --amount 10"
    assert "没有编号为" in refused(book, "pay", f"{paid} --commitment {id_}")


def test_only_a_payment_is_refunded_or_corrected(book: Path) -> None:
    """What is left was counted from the middle: 100 came back of the payment, and 100 of its correction."""
    must(book, "pay", ASKED["pay"])
    must(book, "pay", ASKED["pay"].replace("30209", "30201"))
    must(book, "correct", CORRECTED)
    must(book, "refund", "--of zf-2020-0001 --amount 100")
    assert "不是支付凭证" in refused(book, "refund", "--of gz-2020-0001 --amount 100")
    again = "--of gz-2020-0001 --amount 100 --to-economic 30209"
    assert "不是支付凭证" in refused(book, "correct", again)


@pytest.mark.parametrize(
    ("command", "asked"),
    [("refund", "--amount 60"), ("correct", "--amount 60 --to-economic 30211 --to-line 2020X01")],
)
def test_a_correction_is_not_reversed_under_what_rests_on_it(
    book: Path, command: str, asked: str
) -> None:
    """100 corrected, 60 of that corrected again: reversed, the first left less than nothing where it went."""
    must(book, "pay", ASKED["pay"])
    must(book, "correct", CORRECTED)
    rests = must(book, command, f"--of zf-2020-0001 --economic 30201 {asked}")
    said = refused(book, "reverse", "--of gz-2020-0001")
    assert "更正到指标 2020J01、经济分类 30201 的支出已退回或再次更正" in said
    later = "th-2020-0001" if command == "refund" else "gz-2020-0002"
    assert later in rests
    must(book, "reverse", f"--of {later}")
    must(book, "reverse", "--of gz-2020-0001")
    assert run("check", book).exit_code == 0
