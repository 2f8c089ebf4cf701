"""What ties the rows of statements, voucher exports and payrolls: balances, both sides, gross pay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.allotments.cells import AMOUNT
from yusuan.importers.allotments.cells import TOTAL
from yusuan.importers.allotments.cells import finding
from yusuan.importers.execution.record import Kind
from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from yusuan.importers.allotments.cells import Cells
    from yusuan.ledger.finding import Finding


class Entry(NamedTuple):
    """A row with two sides: credit less debit, and the balance after it where one is printed."""

    cells: Cells
    amount: Decimal
    balance: Decimal | None
    number: str
    day: date | None


def sided(cells: Cells, said: dict[str, Decimal]) -> Decimal:
    """Give credit less debit of a row; one side alone may be other than zero."""
    debit, credit = said.get("debit", ZERO), said.get("credit", ZERO)
    if bool(debit) == bool(credit):
        what = "借贷两方都有金额" if debit else "借贷两方都没有金额"
        cells.report(AMOUNT, cells.cell("debit"), f"{what}，每行应只有一方")
    return credit - debit


def signed(cells: Cells, said: dict[str, Decimal]) -> Decimal:
    """Give credit less debit of a row with one amount: a column says which, else the sign does."""
    amount = said.get("amount", ZERO)
    if not amount:
        cells.report(AMOUNT, cells.cell("amount"), "金额是空白的或为零，请填写")
    if "side" not in cells.header.codes:
        return amount
    side = cells.choice("side", required=True)
    return -amount if side == "借" else amount


def wrong(kind: Kind, rows: Sequence[Entry], ends: Sequence[Entry] = ()) -> Iterator[Finding]:
    """Report where the balances of a statement break off, or a voucher's two sides differ.

    `ends` are the lines with a balance alone: 期初余额 and 期末余额.
    """
    if kind is Kind.STATEMENT:
        yield from _broken(rows, ends)
    if kind is Kind.EXPORT:
        yield from _unbalanced(rows)


def controls(kind: Kind, rows: Sequence[Entry]) -> list[str]:
    """Say what was compared."""
    if kind is Kind.STATEMENT and sum(row.balance is not None for row in rows) > 1:
        return [f"{len(rows)} 行的余额前后相接"]
    if kind is Kind.EXPORT:
        vouchers = {(row.number, row.day) for row in rows}
        return [f"{len(vouchers)} 张凭证借贷相等"]
    return []


def check_wages(
    cells: Cells, said: dict[str, Decimal], wages: Sequence[Decimal], withheld: Sequence[Decimal]
) -> None:
    """Report a row whose wage items do not come to its gross pay, or that less what is withheld to its net."""
    total = sum(wages, ZERO)
    if "gross" in said and said["gross"] != total:
        figures = f"应发 {plain(said['gross'])} 元与各项之和 {plain(total)} 元不符"
        cells.report(TOTAL, cells.cell("gross"), f"{figures}，请核对；没有认得的工资项目请加列名")
    elif "net" in said and ("deducted" in said or "gross" not in said):
        taken = said.get("deducted", sum(withheld, ZERO))
        if total - taken != said["net"]:
            figures = f"实发 {plain(said['net'])} 元与各项之和 {plain(total)} 元减代扣 {plain(taken)} 元不符"
            why = f"{figures}，请核对；没有认得的工资项目或代扣项目请加列名"
            cells.report(TOTAL, cells.cell("net"), why)


def _broken(rows: Sequence[Entry], ends: Sequence[Entry]) -> Iterator[Finding]:
    """Find where balances do not follow, printed from the oldest or from the newest."""
    held = [row for row in rows if row.balance is not None]
    for row in rows:
        if held and row.balance is None:
            yield finding(TOTAL, row.cells.cell("balance"), "余额是空白的，别的行都有，请核对")
    breaks = [
        [after for before, after in pairwise(held) if not _follows(before, after)],
        [before for before, after in pairwise(held) if not _follows(after, before)],
    ]
    fewest = min(breaks, key=len)
    for row in fewest:
        why = f"余额 {plain(row.balance or ZERO)} 元与上一笔余额加减本笔发生额不符，请核对是否缺行或改动"
        yield finding(TOTAL, row.cells.cell("balance"), why)
    if held and not fewest:
        # One line alone is both the oldest and the newest.
        oldest, newest = (held[0], held[-1]) if not breaks[0] else (held[-1], held[0])
        opening = (oldest.balance or ZERO) - oldest.amount
        for end in ends:
            if end.balance not in {opening, newest.balance}:
                why = (
                    f"余额 {plain(end.balance or ZERO)} 元与各笔的余额接不上，请核对是否缺行或改动"
                )
                yield finding(TOTAL, end.cells.cell("balance"), why)


def _follows(before: Entry, after: Entry) -> bool:
    return before.balance is not None and after.balance == before.balance + after.amount


def _unbalanced(rows: Sequence[Entry]) -> Iterator[Finding]:
    vouchers: dict[tuple[str, date | None], list[Entry]] = {}
    for row in rows:
        vouchers.setdefault((row.number, row.day), []).append(row)
    for (number, _), each in vouchers.items():
        left = sum((row.amount for row in each), ZERO)
        if left:
            why = (
                f"凭证 {number or '（无号）'} 借贷相差 {plain(abs(left))} 元，请核对是否缺行或改动"
            )
            yield finding(TOTAL, each[0].cells.cell("debit"), why)
