"""The demo: a budget imported, a year recorded by commands, checked and reported, one payment refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from record import StepError
from record import make
from record import must
from record import yusuan

from yusuan.ledger import money
from yusuan.ledger.books.load import load_book
from yusuan.ledger.books.view import view
from yusuan.ledger.budget.availability import available
from yusuan.ledger.budget.line import line_cell
from yusuan.ledger.tables.execution import By

DEMO = Path(__file__).resolve().parents[2] / "build" / "demo"
LAST = "2020-12-31"


def main(folder: Path) -> None:
    """Show the whole way; raises StepError where a step does not end as it should."""
    if folder == DEMO:
        shutil.rmtree(folder, ignore_errors=True)
    book = folder / "book"
    make(book)
    must("check", "--strict", book)
    bean_check(book)
    for by, name in ((By.FUNCTION, "功能分类"), (By.ECONOMIC, "经济分类"), (By.PROJECT, "项目")):
        xlsx = folder / f"2020年执行情况（按{name}）.xlsx"
        must("execution", book, "--by", by, "--as-of", LAST, "--xlsx", xlsx)
    refused(book)
    print(f"\n演示完成。用浏览器打开这本账：make web BOOK={shown(book)}")


def bean_check(book: Path) -> None:
    """Let beancount's own checker, which knows nothing of us but the plugins, judge the book."""
    print(f"\n$ bean-check -C {shown(book / 'main.beancount')}")
    checker = [sys.executable, "-m", "beancount.scripts.check", "-C"]
    if subprocess.run([*checker, book / "main.beancount"], check=False).returncode:
        raise StepError("bean-check 没有通过")
    print("bean-check 通过")


def refused(book: Path) -> None:
    """Ask for one fen more than a line has left: the payment is refused, nothing is written."""
    found = view(load_book(book))
    last = found.last_day()
    if last is None:
        raise StepError("账上没有记录")
    held = available(found.events, found.layers, line_cell("2020X02"), last)
    asked = money.plain(held + money.CENT)
    print(f"\n最后：宣传与推广还可支出 {money.plain(held)} 元，试付 {asked} 元，应被拒绝")
    print(f"$ yusuan pay {shown(book)} --line 2020X02 --amount {asked} …")
    what = ("--line", "2020X02", "--economic", "30202", "--amount", asked)
    who = ("--payee", "印刷公司", "--text", "超出可用额度的印刷费")
    if yusuan("pay", book, "--date", LAST, *what, *who) != 1:
        raise StepError("超预算的支付没有被拒绝")


def shown(path: Path) -> Path:
    """Give a path as seen from the repository."""
    root = Path(__file__).resolve().parents[2]
    return path.relative_to(root) if path.is_relative_to(root) else path


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO)
    except StepError as error:
        print(f"演示失败：{error}", file=sys.stderr)
        sys.exit(1)
