"""What the browser waits for on a large book, beside plain fava in the same run.

The page 预算执行 by every dimension (time and size; at most 200 ms and 300 KB are asked), and the
reload after one more payment: ours is written through the book in memory and is on the page when
the clock stops; plain fava's is appended to the file and loaded, with our plugins and without.
Medians are printed; the machines are noisy, so the ratios count.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from time import perf_counter
from time import process_time
from typing import TYPE_CHECKING
from typing import Any

from beancount.core.data import Transaction
from fava.application import create_app
from generate import generate

from yusuan.ledger.books.record import Item
from yusuan.ledger.books.record import prepare
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.tables.execution import By
from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

MAIN = "main.beancount"
PLAIN = "plain.beancount"
_PLUGIN = 'plugin "yusuan.plugins.strict"\n'
_EXTENSION = 'custom "fava-extension" "yusuan.ledger.web"'


class Browser:
    """Asks an application for pages of its one book."""

    def __init__(self, app: Flask) -> None:
        """Load the book."""
        self._client = app.test_client()
        self._base = self._client.get("/").headers["Location"].split("/")[1]

    def get(self, address: str) -> tuple[float, float, int]:
        """Ask for a page; give the seconds, those of them that we computed, and the bytes."""
        start, computing = perf_counter(), process_time()
        found = self._client.get(f"/{self._base}/{address}")
        took, computed = perf_counter() - start, process_time() - computing
        if found.status_code != 200:  # noqa: PLR2004 -- all is well
            raise RuntimeError(f"{address}: {found.status_code}")
        return took, computed, len(found.data)


def pages(ours: Browser, plain: Browser, rounds: int) -> None:
    """Print what pages cost that are looked at again and again."""
    asked = {
        f"预算执行 {by.value}": (ours, f"extension/Execution/?partial=true&by={by}") for by in By
    }
    asked["预算执行 另一日期"] = (ours, "extension/Execution/?partial=true&as_of=2020-08-{day}")
    asked["fava 损益表"] = (plain, "api/income_statement")
    asked["fava 资产负债表"] = (plain, "api/balance_sheet")
    asked["fava 日记账第一页"] = (plain, "api/journal_page?page=1&order=desc")
    for name, (browser, address) in asked.items():
        found = [browser.get(address.format(day=10 + at)) for at in range(rounds)]
        took, computed, size = (statistics.median(each) for each in zip(*found, strict=True))
        print(
            f"  {name}：{took * 1000:.0f} 毫秒，其中 CPU {computed * 1000:.0f}，{size / 1024:.0f} KB"
        )


def another(app: Flask) -> Draft:
    """Make one more payment like the last one."""
    held = app.config["LEDGERS"].resident.view()
    last: Any = next(e for e in reversed(held.book.entries) if type(e) is Transaction)
    postings = [DraftPosting(p.account, p.units.number, p.units.currency) for p in last.postings]
    meta = {name: last.meta[name] for name in ("line", "method")}
    return Draft(
        last.date, f"bench-{len(held.events)}", "再付一笔", tuple(postings), "供应商", meta=meta
    )


def recorded(app: Flask, browser: Browser) -> float:
    """Record a payment through the book in memory; give the seconds from writing to the page."""
    resident = app.config["LEDGERS"].resident
    draft = another(app)
    with resident.writing() as held:
        recording = prepare(held.book, [Item(draft, [])], held.names(draft.date))
        if recording.findings:
            raise RuntimeError(recording.findings)
        start = perf_counter()
        resident.write(recording)
    browser.get("extension/Execution/?partial=true")
    return perf_counter() - start


def reloaded(app: Flask, browser: Browser, text: str) -> float:
    """Append to the last month's file; give the seconds that plain fava takes to show it."""
    [ledger] = app.config["LEDGERS"].ledgers
    path = Path(ledger.beancount_file_path).parent / "2020" / "2020-12.beancount"
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
    start = perf_counter()
    ledger.load_file()
    browser.get("api/trial_balance")
    return perf_counter() - start


def main() -> None:
    """Make a book, look, append, print."""
    parser = argparse.ArgumentParser(description="浏览器中的等待时间，与原版 fava 同场比较")
    parser.add_argument("--size", type=int, default=100_000, help="凭证笔数")
    parser.add_argument("--rounds", type=int, default=3, help="次数，取中位数")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        generate(book, options.size)
        main_file = (book / MAIN).read_text("utf-8")
        bare = main_file.replace(_PLUGIN, "").replace(f"2020-01-01 {_EXTENSION}\n", "")
        (book / PLAIN).write_text(bare, "utf-8")
        loaded: dict[str, tuple[Flask, Browser]] = {}
        makers: dict[str, Callable[[], Flask]] = {
            "yusuan web": lambda: application(book / MAIN),
            "fava": lambda: create_app([str(book / MAIN)], load=True),
            "fava 无插件": lambda: create_app([str(book / PLAIN)], load=True),
        }
        print(f"{options.size:,} 笔，第一次载入：")
        for name, make in makers.items():
            start = perf_counter()
            app = make()
            loaded[name] = app, Browser(app)
            print(f"  {name}：{perf_counter() - start:.1f} 秒")
        print(f"网页（载入之后，{options.rounds} 次的中位数）：")
        pages(loaded["yusuan web"][1], loaded["fava"][1], options.rounds)
        print("追加一笔之后：")
        ours = statistics.median(recorded(*loaded["yusuan web"]) for _ in range(options.rounds))
        print(f"  yusuan web：{ours:.1f} 秒")
        for name in ("fava", "fava 无插件"):
            took = statistics.median(
                reloaded(*loaded[name], f"; {at}\n") for at in range(options.rounds)
            )
            print(f"  {name}：{took:.1f} 秒；yusuan web 为其 {ours / took:.2f} 倍")


if __name__ == "__main__":
    main()
