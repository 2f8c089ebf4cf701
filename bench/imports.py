"""`make bench-imports`: what a workbook of payments costs to import, by size: time a payment, and memory.

The payments are synthetic, each on a line and a 款 that has enough; the book is new each time.
Time and peak memory are those of `yusuan import --yes` and of the process that reads the workbook
for it, apart. Where time grows linearly, a payment takes the same at every size.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
from generate import FIRST
from generate import generate
from generate import spendable

_HEADS = (
    "支付凭证号", "凭证日期", "收款人", "支付金额", "资金性质", "支出功能分类", "部门支出经济分类",
    "用途", "预算指标", "支付方式",
)  # fmt: skip
#: Imports in this process, and says what it and the process that it waited for took.
_MEASURED = """
import json, resource, sys
from yusuan.ledger.cli import main
try:
    main(sys.argv[1:])
finally:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    said = [(each.ru_utime + each.ru_stime, each.ru_maxrss / 1024) for each in used]
    print(json.dumps(said), file=sys.stderr)
"""


class Cost(NamedTuple):
    """What a process took: seconds of CPU, and at its peak MiB of memory."""

    seconds: float
    mebibytes: float


def workbook(path: Path, payments: int) -> None:
    """Save a workbook of so many payments, with dates and amounts as a spreadsheet has them, and its total."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("支付凭证")
    sheet.append(_HEADS)
    pairs = spendable()
    total = Decimal(0)
    for number in range(payments):
        line, economic = pairs[number * 7919 % len(pairs)]
        amount = Decimal(number * 37 % 90_000 * 100 + number % 100 + 100) / 100
        total += amount
        sheet.append([
            f"P{number:06d}", date.fromordinal(FIRST.toordinal() + number * 366 // payments),
            f"供应商{number % 200}公司", amount, line.fund, line.function, economic,
            f"第{number}笔支付", line.id, "直接支付",
        ])  # fmt: skip
    sheet.append(["合计", None, None, total])
    book.save(path)


def measure(folder: Path, payments: int) -> tuple[Cost, Cost]:
    """Import a workbook of so many payments into a new book; give what it took, and what reading did."""
    book, file = folder / f"账套{payments}", folder / f"支付凭证{payments}.xlsx"
    generate(book, 0)
    workbook(file, payments)
    command = [sys.executable, "-c", _MEASURED, "import", str(file), "--book", str(book), "--yes"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    whole, reading = json.loads(done.stderr.splitlines()[-1])
    return Cost(*whole), Cost(*reading)


def main() -> None:
    """Measure each size and print the ratios."""
    parser = argparse.ArgumentParser(description="导入支付凭证工作簿：每笔用时与内存峰值")
    sizes = [10_000, 50_000, 100_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help="支付笔数")
    options = parser.parse_args()
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            whole, reading = measure(Path(folder), size)
            each = (whole.seconds + reading.seconds) / size
            first = first or each
            print(
                f"{size:,} 笔：导入 CPU {whole.seconds:.1f} 秒、内存峰值 {whole.mebibytes:.0f} MiB；"
                f"读文件的进程 CPU {reading.seconds:.1f} 秒、{reading.mebibytes:.0f} MiB；"
                f"每笔 {each * 1000:.2f} 毫秒，为 {options.sizes[0]:,} 笔时的 {each / first:.2f} 倍",
                flush=True,
            )


if __name__ == "__main__":
    main()
