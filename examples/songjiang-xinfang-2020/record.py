"""Makes the example book by commands alone: init, import, then a synthetic year, month by month."""

from __future__ import annotations

import argparse
import io
import shlex
import shutil
import sys
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from beancount.ops import validation
from beancount.scripts.check import main as bean_check_command

from yusuan.ledger.books.assertions import balances
from yusuan.ledger.books.create import month_file
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.load import main_file
from yusuan.ledger.books.view import view
from yusuan.ledger.books.write import append
from yusuan.ledger.books.write import locked
from yusuan.ledger.cli import main as command
from yusuan.ledger.tables.execution import By
from yusuan.ledger.tables.layout import money as grouped

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from yusuan.ledger.books.view import View

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
DOC = "示例预〔2020〕001号"
DECEMBER = 12
COMMENT, CONTINUED = "#", "\\"


class StepError(RuntimeError):
    """A step that did not end as it should."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a month's file: where it begins, and its words without program and book."""

    where: str
    words: tuple[str, ...]


def steps(month: int) -> Iterator[Step]:
    """Read a month's commands; a line that ends in a backslash goes on in the next."""
    file = HERE / "year" / f"2020-{month:02d}.txt"
    begun, first = "", 0
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not begun:
            first = number
        if line.endswith(CONTINUED):
            begun += line.removesuffix(CONTINUED)
            continue
        whole, begun = begun + line, ""
        if whole.strip() and not whole.startswith(COMMENT):
            yield Step(f"{file.name} 第 {first} 行", tuple(shlex.split(whole)))


def make(folder: Path, *, check_each_step: bool = False) -> None:
    """Make the book anew; with `check_each_step` it has to be in order after every single command."""
    if (folder / "main.beancount").is_file():
        shutil.rmtree(folder)
    wording = ("--note", NOTE, "--title", TITLE)
    must("init", folder, "--unit", UNIT, "--year", APPROVED.year, "--kind", "行政", *wording)
    must("import", SOURCE, "--book", folder, "--date", APPROVED, "--doc", DOC, "--yes")
    print("\n逐月执行 year/ 中的命令（合成演示数据）")
    for month in range(1, DECEMBER + 1):
        count = record(folder, month, check_each_step=check_each_step)
        close(folder, month, count)


def record(folder: Path, month: int, *, check_each_step: bool = False) -> int:
    """Run a month's commands, and say how many they were. Raises StepError at the first that fails."""
    count = 0
    for count, step in enumerate(steps(month), start=1):  # noqa: B007 -- the last is the number
        event, *options = step.words
        _quietly(step, partial(yusuan, event, folder, *options))
        if check_each_step:
            _quietly(step, partial(yusuan, "check", folder, "--strict"))
            _quietly(step, partial(bean_check, folder))
    return count


def close(folder: Path, month: int, count: int) -> None:
    """Say what a month came to, and pin it down; December stays open for payments to be tried."""
    with locked(folder):
        book = load_book(folder)
        found = view(book)
        last = _last_day(month)
        _summarise(found, last, count)
        if month != DECEMBER:
            text = "\n" + balances(found, last)
            append({month_file(folder, last.year, month): text}, book.files.digests)


def yusuan(*arguments: object) -> int:
    """Run one command of the program, as a terminal would, and give its exit status."""
    return _status(lambda: command([str(argument) for argument in arguments]))


def bean_check(folder: Path) -> int:
    """Let beancount's own checker, which knows nothing of us but the plugins, judge the book."""
    # Every run adds its validations to beancount's list: the hundredth would run them a hundred times.
    known = list(validation.VALIDATIONS)
    try:
        return _status(lambda: bean_check_command(["-C", str(main_file(folder))]))
    finally:
        validation.VALIDATIONS[:] = known


def must(*arguments: object) -> None:
    """Run one command that has to succeed."""
    print("\n$ yusuan", *(str(a).replace(f"{HERE.parents[1]}/", "") for a in arguments))
    if yusuan(*arguments):
        raise StepError(f"yusuan {arguments[0]} 没有成功")


def _quietly(step: Step, run: Callable[[], int]) -> None:
    """Run without showing what is said, unless it fails."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        status = run()
    if status:
        text = f"{step.where}没有成功：{shlex.join(step.words)}"
        raise StepError(f"{text}\n{said.getvalue()}")


def _status(run: Callable[[], object]) -> int:
    try:
        run()
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def _summarise(found: View, day: date, count: int) -> None:
    held = found.execution(By.LINE, day).total.position
    if held is None:
        raise StepError("账上没有额度")
    spent, left = grouped(held.spent), grouped(held.available)
    print(f"  {day.month:2d}月　命令 {count} 条，累计支出 {spent} 元，可用指标 {left} 元")


def _last_day(month: int) -> date:
    return date(APPROVED.year + month // DECEMBER, month % DECEMBER + 1, 1) - timedelta(days=1)


def main() -> None:
    """Make the book that is named, or the committed one."""
    asked = argparse.ArgumentParser(description="逐月执行 year/ 中的命令，重新生成示例账套")
    asked.add_argument("folder", nargs="?", type=Path, default=BOOK, help="账套目录，默认 book/")
    asked.add_argument("--check-each-step", action="store_true", help="每条命令之后都检查账套")
    options = asked.parse_args()
    try:
        make(options.folder, check_each_step=options.check_each_step)
    except StepError as error:
        sys.exit(f"没有完成：{error}")


if __name__ == "__main__":
    main()
