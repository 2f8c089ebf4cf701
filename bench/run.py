"""`make bench`: what the rules cost, as ratios within one run (the machines are noisy).

Plain `bean-check` without rules, `bean-check` with all plugins, and `yusuan check`, each as its
own process, taking turns; CPU time and peak memory of each; medians and ratios are printed.
All code is compiled before, as it is from the second start on wherever it is installed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generate import generate

BIN = Path(sys.executable).parent
MAIN = "main.beancount"
PLAIN = "plain.beancount"
_FEW = 10
_PLUGIN = 'plugin "yusuan.plugins.strict"\n'


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    seconds: float
    mebibytes: float


def measure(command: list[str]) -> Cost:
    """Run a command to its end and give its CPU time and peak memory; a failing one ends the bench."""
    silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[silent])
    _, status, usage = os.wait4(child, 0)
    if status:
        sys.exit(f"命令失败：{' '.join(command)}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def bench(folder: Path, size: int, rounds: int) -> dict[str, Cost]:
    """Measure the three ways on a ledger of a size, taking turns; give the medians."""
    book = folder / str(size)
    generate(book, size)
    main = (book / MAIN).read_text("utf-8")
    (book / PLAIN).write_bytes(main.replace(_PLUGIN, "").encode())
    check = str(BIN / "bean-check")
    ways = {
        "bean-check 无规则": [check, "-C", str(book / PLAIN)],
        "bean-check 全部插件": [check, "-C", str(book / MAIN)],
        "yusuan check": [str(BIN / "yusuan"), "check", str(book)],
    }
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, command in ways.items():
            costs[way].append(measure(command))
    return {
        way: Cost(
            statistics.median(c.seconds for c in found),
            statistics.median(c.mebibytes for c in found),
        )
        for way, found in costs.items()
    }


def compile_all(folder: Path) -> None:
    """Let Python keep what it compiles, here, whatever the environment says; and start all once."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    bench(folder, _FEW, 1)


def main() -> None:
    """Measure each size and print the ratios."""
    parser = argparse.ArgumentParser(description="规则的代价：同一次运行中的用时比")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000], help="凭证笔数")
    parser.add_argument("--rounds", type=int, default=3, help="每种方式运行的次数，取中位数")
    options = parser.parse_args()
    first: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as folder:
        compile_all(Path(folder))
        for size in options.sizes:
            found = bench(Path(folder), size, options.rounds)
            base = found["bean-check 无规则"]
            print(f"\n{size:,} 笔（{options.rounds} 次的中位数）")
            for way, cost in found.items():
                growth = (
                    f"，为 {options.sizes[0]:,} 笔的 {cost.seconds / first[way].seconds:.1f} 倍"
                    if first
                    else ""
                )
                print(
                    f"  {way}：CPU {cost.seconds:.2f} 秒，为无规则的 {cost.seconds / base.seconds:.2f} 倍；"
                    f"内存峰值 {cost.mebibytes:.0f} MiB，{cost.mebibytes / base.mebibytes:.2f} 倍{growth}"
                )
            first = first or found


if __name__ == "__main__":
    main()
