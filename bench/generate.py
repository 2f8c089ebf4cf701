"""Makes a ledger of any size in the shape of DESIGN §2: synthetic, deterministic, without a fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.books import text
from yusuan.ledger.books.create import CHART_FILE
from yusuan.ledger.books.create import NewBook
from yusuan.ledger.books.create import budget_file
from yusuan.ledger.books.create import create
from yusuan.ledger.books.create import month_file
from yusuan.ledger.books.write import replace
from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.plan import Plan
from yusuan.ledger.budget.plan import PlannedLimit
from yusuan.ledger.budget.plan import PlannedLine
from yusuan.ledger.chart import Expenditure
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import openings
from yusuan.ledger.classification import load
from yusuan.ledger.events.appropriation import Approval
from yusuan.ledger.events.appropriation import chart_of
from yusuan.ledger.events.appropriation import drafts
from yusuan.ledger.events.names import BookNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yusuan.ledger.classification import Classification

YEAR = 2020
FIRST = date(YEAR, 1, 1)
_FUNCTIONS = 160
_PROJECTS = 40
_CODES = 10
_ENOUGH = Decimal("9000000000.00")
_NOTE = "合成的性能测试数据，非真实收支"


def generate(folder: Path, transactions: int) -> None:
    """Write a book with so many payments, spread over the year, the lines and the 款."""
    codes = load()
    plan = _plan(codes)
    names = BookNames(codes, FIRST, {line.id: line.name for line in plan.lines})
    create(folder, NewBook("性能测试单位", YEAR, "行政", (_NOTE,)))
    pairs = list(_pairs(plan))
    accounts = {(line.id, code): Expenditure("7101", line.function, code) for line, code in pairs}
    chart = [*chart_of(plan, names), *openings([(leaf, {}) for leaf in accounts.values()], names)]
    opened = {item.account: item for item in chart}
    contents = {
        folder / CHART_FILE: "\n".join(text.opening(item, FIRST) for item in opened.values()),
        budget_file(folder, YEAR): "\n".join(
            map(text.transaction, drafts(plan, Approval(FIRST), names))
        ),
    }
    credit = account_name(Revenue("6001", "11"), names)
    spelled = {key: account_name(leaf, names) for key, leaf in accounts.items()}
    months: dict[int, list[str]] = {month: [] for month in range(1, 13)}
    for number in range(transactions):
        day = date.fromordinal(FIRST.toordinal() + number * 366 // transactions)
        line, economic = pairs[number * 7919 % len(pairs)]
        months[day.month].append(_payment(number, day, line.id, spelled[line.id, economic], credit))
    contents |= {
        month_file(folder, YEAR, month): "\n".join(found) for month, found in months.items()
    }
    replace(
        {path: (text.comment([_NOTE]) + "\n" + body).encode() for path, body in contents.items()}
    )


def spendable() -> list[tuple[PlannedLine, str]]:
    """Give the lines of such a book, each with the 款 that it may spend on."""
    return list(_pairs(_plan(load())))


def _plan(codes: Classification) -> Plan:
    functions = [s.code for s in codes.functional.at(FIRST) if s.level == "项"][:_FUNCTIONS]
    lines = [
        PlannedLine(f"{YEAR}J{at:03d}", "11", code, BASIC, "基本支出", _ENOUGH)
        for at, code in enumerate(functions, start=1)
    ]
    lines += [
        PlannedLine(
            f"{YEAR}X{at:03d}", "11", functions[at], PROJECT, f"项目{at}", _ENOUGH, f"X{at:03d}"
        )
        for at in range(_PROJECTS)
    ]
    economics = [s.code for s in codes.economic.at(FIRST) if s.level == "款" and s.code < "304"]
    limits = tuple(
        PlannedLimit("2" if code.startswith("302") else "1", code, _ENOUGH) for code in economics
    )
    return Plan("性能测试单位", YEAR, "generated", "", tuple(lines), limits)


def _pairs(plan: Plan) -> Iterator[tuple[PlannedLine, str]]:
    """Let each line spend on ten 款: about as many leaves as a large unit has."""
    economics = [limit.economic for limit in plan.limits]
    running = [code for code in economics if code.startswith("302")]
    for at, line in enumerate(plan.lines):
        codes = running if line.klass == PROJECT else economics
        yield from ((line, codes[(at + 3 * step) % len(codes)]) for step in range(_CODES))


def _payment(number: int, day: date, line: str, debit: str, credit: str) -> str:
    amount = f"{number * 37 % 90000 + 100}.{number % 100:02d}"
    return (
        f'{day} * "供应商{number % 200}" "第{number}笔支付" ^zf-{YEAR}-{number:06d}\n'
        f'  id: "zf-{YEAR}-{number:06d}"\n  line: "{line}"\n  method: "direct"\n'
        f"  {debit}   {amount} CNY\n  {credit}   -{amount} CNY\n"
    )
