"""What may not stand in a ledger though beancount takes it: what it would make up, hide or fetch."""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from beancount.core import data
from beancount.core.amount import Amount

from yusuan.ledger.chart import MONEY
from yusuan.ledger.chart import chart_data
from yusuan.ledger.chart import commodity
from yusuan.ledger.finding import Finding
from yusuan.ledger.money import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator


def gaps(unfinished: Iterable[data.Transaction]) -> Iterator[Finding]:
    """Report amounts that nobody wrote, or without their commodity: booking fills them in silently."""
    for entry in unfinished:
        for posting in entry.postings:
            units: Any = posting.units
            if type(units) is not Amount or type(units.number) is not Decimal:
                yield _finding(entry, "L03", f"科目 {posting.account} 没有写金额；请写全金额和货币")
            elif type(units.currency) is not str:
                yield _finding(entry, "L03", f"科目 {posting.account} 没有写货币；请写全金额和货币")


def strange(entries: list[Any], folder: Path) -> Iterator[Finding]:
    """Report directives that books of a budget do not have. Source: TRAPS part 2, project decision."""
    books = set(chart_data().commodities.values())
    closed: list[data.Close] = []
    for entry in entries:
        kind = type(entry)
        if kind is data.Transaction:
            continue
        if kind is data.Pad:
            yield _finding(entry, "L03", "补齐指令 pad 会自动编造金额；请改记凭证")
        elif kind is data.Price:
            text = "写有价格（price），资金与各种额度不能相互折算；请删去"
            yield _finding(entry, "L11", text)
        elif kind is data.Commodity and entry.currency not in books:
            text = f"声明了账套没有的货币 {entry.currency}；请删去"
            yield _finding(entry, "L11", text)
        elif kind is data.Document and not _inside(entry.filename, folder):
            text = f"引用了账套目录之外的文件 {Path(entry.filename).name}；请移入账套目录"
            yield _finding(entry, "L11", text)
        elif kind is data.Close:
            closed.append(entry)
    if closed:
        yield from _closed(closed, entries)


def _closed(closed: list[data.Close], entries: list[Any]) -> Iterator[Finding]:
    """Report accounts closed while something stands on them: beancount does not mind."""
    days = {entry.account: entry.date for entry in closed}
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        if type(entry) is data.Transaction:
            for posting in entry.postings:
                units: Any = posting.units
                counts = type(units) is Amount and type(units.number) is Decimal
                if counts and posting.account in days and entry.date <= days[posting.account]:
                    held[posting.account] += units.number
    for entry in closed:
        if commodity(entry.account) not in {None, MONEY}:
            text = f"关闭了额度科目 {entry.account}，以后的支付将无处可记；请删去 close"
            yield _finding(entry, "L11", text)
        elif held[entry.account]:
            what = f"关闭了还有余额 {shown(held[entry.account])} 元的科目 {entry.account}"
            yield _finding(entry, "L11", f"{what}；请先结清，或删去 close")


def _inside(name: str, folder: Path) -> bool:
    root = Path(os.path.realpath(folder))
    return Path(os.path.realpath(name)).is_relative_to(root)


def _finding(entry: Any, rule: str, text: str) -> Finding:  # noqa: ANN401 -- any directive
    return Finding(entry.meta, f"[{rule}] {entry.date} {text}", entry, rule)
