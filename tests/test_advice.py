"""What a refused command advises: what to do instead, by its right name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.books import approved
from tests.books import snapshot
from tests.events import event
from tests.events import must

if TYPE_CHECKING:
    from pathlib import Path

PAY = "--line 2020J01 --economic 30209 --amount 100 --payee 物业公司 --text 物业费"
PLAN = "--month 4 --line 2020J01 --economic 30209 --amount 100 --text 4月用款"
GIVEN = (
    "--rule R02 --line 2020J01 --cap 50 --until 2020-06-30 --office 财政局 --doc 文号 --reason 急"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with a payment, its whole refund, a plan and an authorisation."""
    book = approved(tmp_path / "账套")
    must(book, "pay", PAY)
    must(book, "refund", "--of zf-2020-0001 --amount 100")
    must(book, "plan", PLAN)
    must(book, "authorise", GIVEN)
    return book


@pytest.mark.parametrize(
    ("command", "asked", "words"),
    [
        ("reverse", "--of yk-2020-0001", "是用款计划，不动额度；请用 yusuan plan --less 调减"),
        ("reverse", "--of sq-2020-0001", "是例外授权，不动额度"),
        ("refund", "--of th-2020-0001 --amount 10", "不是支付凭证；请写原支付凭证的编号"),
        ("correct", "--of th-2020-0001 --amount 10 --to-economic 30201", "不是支付凭证"),
        (
            "supplement",
            "--line 2020J01 --economic 30205 --amount 10 --doc 文号 --text 追加",
            "经济分类 30205 还没有额度；请加 --class 公用（或人员），写成份额的用 2020J01:30205:公用=金额",
        ),
        (
            "transfer",
            "--from 2020J01:30201=10 --to 2020J01:302=10 --doc 文号 --text 调剂",
            "须写五位的款级编码，例如 30201，不能是“302”",
        ),
        ("plan", PLAN.replace("30209", "302"), "“302”应为五位款级编码"),
    ],
)
def test_a_refusal_says_what_to_do(book: Path, command: str, asked: str, words: str) -> None:
    before = snapshot(book)
    done = event(book, command, asked)
    assert done.exit_code == 1
    assert words in done.output
    assert snapshot(book) == before
