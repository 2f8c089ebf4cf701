"""What all rules in one pass cost, beside a load with the collector paused (the target is 8 %).

Without the derived legs; CPU time within one process, taking turns; medians are printed, and the
cost of each family by itself.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING
from typing import Any

from beancount import loader
from generate import generate

from yusuan.ledger.collector import paused
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import load_settings
from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules.run import judge
from yusuan.ledger.rules.session import without_legs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.config import Settings
    from yusuan.ledger.rules.family import Family

MAIN = "main.beancount"
PLAIN = "plain.beancount"


def loaded(plain: Path) -> tuple[float, list[Any]]:
    """Load a ledger as we do, below beancount's cache; give the CPU time and the entries."""
    with paused():
        start = process_time()
        entries, _, _ = loader._load([(str(plain), True)], None, None, None)  # noqa: SLF001 -- see above
        return process_time() - start, entries


def judged(entries: list[Any], settings: Settings, families: Sequence[type[Family]]) -> float:
    """Judge entries by these families in one pass; give the CPU time."""
    with paused(), without_legs():
        start = process_time()
        judge(entries, settings, families)
        return process_time() - start


def main() -> None:
    """Load, judge, take turns, print."""
    parser = argparse.ArgumentParser(description="全部规则一遍的代价，与载入相比")
    parser.add_argument("--size", type=int, default=100_000, help="凭证笔数")
    parser.add_argument("--rounds", type=int, default=3, help="次数，取中位数")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        generate(book, options.size)
        main_file = (book / MAIN).read_text("utf-8")
        plain = book / PLAIN
        plain.write_text(main_file.replace('plugin "yusuan.plugins.strict"\n', ""), "utf-8")
        settings = load_settings(book / CONFIG_FILE)
        loads: list[float] = []
        alls: list[float] = []
        each: dict[str, list[float]] = {family.__name__: [] for family in FAMILIES}
        for _ in range(options.rounds):
            took, entries = loaded(plain)
            loads.append(took)
            alls.append(judged(entries, settings, FAMILIES))
            for family in FAMILIES:
                each[family.__name__].append(judged(entries, settings, [family]))
            del entries  # no command has two books in its memory
        base, whole = statistics.median(loads), statistics.median(alls)
        ratios = [100 * took / load for took, load in zip(alls, loads, strict=True)]
        print(
            f"{options.size:,} 笔：载入 {base:.2f} 秒，全部规则 {whole:.2f} 秒，占 {100 * whole / base:.1f}%"
            f"（各次 {min(ratios):.1f}%–{max(ratios):.1f}%）"
        )
        for name, found in each.items():
            print(f"  只有 {name}：{statistics.median(found):.2f} 秒")


if __name__ == "__main__":
    main()
