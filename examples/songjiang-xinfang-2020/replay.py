"""Makes the example book: the published budget imported, a synthetic year recorded month by month."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.ledger import money
from yusuan.ledger.books.assertions import balances
from yusuan.ledger.books.create import month_file
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import prepare
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import append
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli import main as command
from yusuan.ledger.events import advance
from yusuan.ledger.events import authority
from yusuan.ledger.events import payment
from yusuan.ledger.events import receipt
from yusuan.ledger.events import supplement
from yusuan.ledger.events import transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.books.view import View
    from yusuan.ledger.budget.line import Line
    from yusuan.ledger.chart import Names

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source" / "部门预算2020.csv"
BOOK = HERE / "book"
UNIT = "上海市松江区人民政府信访办公室"
#: On every page of fava.
TITLE = f"{UNIT} 预算账套（合成演示数据）"
NOTE = (
    "合成演示数据，非真实收支：年初批复为公开的部门预算数，其余额度变动、到账和支付均为演示而编写。"
)
APPROVED = date(2020, 1, 20)
APPROVAL, DOC = "pf-2020-001", "示例预〔2020〕001号"

#: The rows of one event, as a CSV file has them.
Rows = list[dict[str, str]]


class StepError(RuntimeError):
    """A step that did not end as it should."""


def yusuan(*arguments: object) -> int:
    """Run one command of the program, as a terminal would, and give its exit status."""
    try:
        command([str(argument) for argument in arguments])
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def must(*arguments: object) -> None:
    """Run one command that has to succeed."""
    print("\n$ yusuan", *(str(a).replace(f"{HERE.parents[1]}/", "") for a in arguments))
    if yusuan(*arguments):
        raise StepError(f"yusuan {arguments[0]} 没有成功")


def make(folder: Path) -> None:
    """Make the book anew: init, import, and the year."""
    if (folder / "main.beancount").is_file():
        shutil.rmtree(folder)
    wording = ("--note", NOTE, "--title", TITLE)
    must("init", folder, "--unit", UNIT, "--year", 2020, "--kind", "行政", *wording)
    must("import", SOURCE, "--book", folder, "--date", APPROVED, "--doc", DOC, "--yes")
    print("\n逐月重放 2020 年的额度变动、到账和支付（合成演示数据）")
    for month in range(1, 13):
        record(folder, month)
    assert_balances(folder)


def record(folder: Path, month: int) -> None:
    """Record one month: load, try out against all rules, append."""
    with locked(folder):
        book = load_book(folder)
        if book.stops:
            raise StepError(f"账套检查未通过：{book.stops[0].message}")
        found = view(book)
        names = found.names(date(2020, month, 1))
        items = list(Month(found, names, month).items())
        recording = prepare(book, items, names)
        if recording.findings:
            raise StepError(recording.findings[0].message)
        recording.write()
    print(f"  {month:2d}月　记账 {len(items)} 笔")


def assert_balances(folder: Path) -> None:
    """Pin down what each finished month ended with; December stays open for payments to be tried."""
    with locked(folder):
        book = load_book(folder)
        found = view(book)
        additions = {
            month_file(folder, APPROVED.year, month): "\n" + balances(found, _last_day(month))
            for month in range(1, 12)
        }
        append(additions, book.files.digests)


@dataclass(frozen=True, slots=True)
class Month:
    """Turns the rows of one month into entries."""

    view: View
    names: Names
    month: int

    def items(self) -> Iterator[Item]:
        """Give the month's events, kind by kind."""
        for rows in self._events("提前下达"):
            yield from self._advance(rows)
        for rows in self._events("追加"):
            event = supplement.Supplement(*self._document(rows), self._changes(rows))
            yield Item(supplement.draft(event, self.names), supplement.leaves(event))
        for rows in self._events("调剂"):
            moved = transfer.Transfer(*self._document(rows), self._changes(rows))
            yield Item(transfer.draft(moved, self.names), transfer.leaves(moved))
        for rows in self._events("到账"):
            got = self._receipt(rows)
            yield Item(receipt.draft(got, self.names), receipt.leaves(got))
        for rows in self._events("支付"):
            paid = self._payment(rows)
            yield Item(payment.draft(paid, self.names), payment.leaves(paid))

    def _events(self, kind: str) -> Iterator[Rows]:
        """Read a file of one kind of event; rows that share a number are one event."""
        lines = (HERE / "year" / f"{kind}.csv").read_text("utf-8").splitlines()
        events: dict[str, Rows] = {}
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            if _day(row).month == self.month:
                events.setdefault(row["编号"], []).append(row)
        yield from events.values()

    def _advance(self, rows: Rows) -> Iterator[Item]:
        """January's authority, and its withdrawal on the day of the approval."""
        given = advance.Advance(*self._document(rows), self._changes(rows))
        back = advance.withdrawal(given, APPROVED, f"{given.id}-1", APPROVAL)
        for event in (given, back):
            yield Item(advance.draft(event, self.names), advance.leaves(event))

    def _document(self, rows: Rows) -> tuple[date, str, str, str]:
        return _day(rows[0]), rows[0]["编号"], rows[0]["文号"], rows[0]["摘要"]

    def _changes(self, rows: Rows) -> tuple[authority.Change, ...]:
        requests = (
            authority.Request(self._line(row), money.yuan(row["金额"]), row["经济分类"])
            for row in rows
        )
        layers = self.view.layers
        return tuple(authority.change(request, layers, APPROVED.year) for request in requests)

    def _receipt(self, rows: Rows) -> receipt.Receipt:
        first = rows[0]
        into = next(into for into, name in receipt.INTO_NAMES.items() if name == first["方式"])
        shares = tuple(receipt.Share(self._line(row), money.yuan(row["金额"])) for row in rows)
        return receipt.Receipt(
            _day(first), first["编号"], shares, first["付款人"], first["摘要"], into
        )

    def _payment(self, rows: Rows) -> payment.Payment:
        first = rows[0]
        by_name = {name: method for method, name in payment.METHOD_NAMES.items()}
        return payment.Payment(
            date=_day(first),
            id=first["编号"],
            parts=tuple(
                payment.Part(self._line(row), row["经济分类"], money.yuan(row["金额"]))
                for row in rows
            ),
            payee=first["收款人"],
            text=first["摘要"],
            method=by_name[first["方式"]],
        )

    def _line(self, row: dict[str, str]) -> Line:
        return self.view.layers.register.lines[row["指标"]]


def _day(row: dict[str, str]) -> date:
    return date.fromisoformat(row["日期"])


def _last_day(month: int) -> date:
    return date(APPROVED.year, month + 1, 1) - timedelta(days=1)


if __name__ == "__main__":
    make(BOOK)
