"""Every command for an event, with arguments that are in order on an approved book, for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.books import run

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DAY = "2020-03-16"
#: What each command is asked for; a step before it may make something for it to work on.
ASKED = {
    "appropriate": "--kind approval --to 2020J01:30201=100 --doc 文号 --text 补充批复",
    "assign": "--line 2020X01 --to 2020X09 --name 接访 --amount 100 --text 分解",
    "receive": "--to 2020J01=100 --payer 财政局 --text 用款额度",
    "pay": "--line 2020J01 --economic 30209 --amount 100 --payee 物业公司 --text 物业费",
    "payroll": "--part 2020J01:30101=60 --part 2020J03:30108=40 --text 3月工资",
    "refund": "--of zf-2020-0001 --amount 40",
    "reverse": "--of zf-2020-0001",
    "correct": "--of zf-2020-0001 --amount 100 --to-economic 30201",
    "commit": "--line 2020J01 --economic 30209 --amount 100 --payee 物业公司 --text 合同",
    "release": "--commitment ht-2020-0001 --text 合同终止",
    "supplement": "--line 2020J01 --economic 30201 --amount 100 --doc 文号 --text 追加",
    "reduce": "--line 2020J01 --economic 30201 --amount 100 --doc 文号 --text 追减",
    "transfer": "--from 2020X01=100 --to 2020J01:30201=60 --to 2020X02=40 --doc 文号 --approver 财政部门 --text 调剂",
    "freeze": "--line 2020J01 --economic 30201 --amount 100 --text 拟追减",
    "unfreeze": "--line 2020J01 --economic 30201 --amount 100 --text 不再追减",
    "plan": "--month 4 --line 2020J01 --economic 30209 --amount 100 --text 4月用款",
    "authorise": "--rule R01 --line 2020J01 --cap 100 --until 2020-06-30 --office 财政局 --doc 文号 --reason 应急",
    "lapse": "--line 2020X01 --amount 100 --doc 文号 --text 收回",
}
BEFORE = {
    "refund": "pay",
    "reverse": "pay",
    "correct": "pay",
    "release": "commit",
    "unfreeze": "freeze",
}


def event(book: Path, command: str, asked: str, *more: str, date: str = DAY) -> Result:
    """Record an event on a day; the words of `asked` are separated by spaces."""
    return run(command, book, "--date", date, *asked.split(), *more)


def prepared(book: Path, command: str) -> Path:
    """Record what a command needs to work on."""
    if command in BEFORE:
        before = BEFORE[command]
        done = event(book, before, ASKED[before])
        assert done.exit_code == 0, done.output
    return book


def must(book: Path, command: str, asked: str, *more: str, date: str = DAY) -> str:
    """Record an event that has to succeed, and give what was said."""
    done = event(book, command, asked, *more, date=date)
    assert done.exit_code == 0, done.output
    return done.output


def held(book: Path, line: str, economic: str = "") -> tuple[str, ...]:
    """Give what a spending could still draw on: the line, then its limit."""
    words = ["--line", line, *(["--economic", economic] if economic else []), "--json"]
    done = run("available", book, *words, "--as-of", "2020-12-31")
    assert done.exit_code == 0, done.output

    return tuple(layer["available"] for layer in json.loads(done.stdout)["layers"])
