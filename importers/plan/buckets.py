"""The joint margin that the tables give for certain: fund × functional 项 × 基本/项目."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import BASIC
from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.budget.line import UNDIVIDED
from yusuan.ledger.tables.keys import COLUMN_OF_FUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row

ZERO = Decimal("0.00")
#: The tables of fiscal expenditure, by fund.
FISCAL_TABLES = {"11": "T5", "12": "T6", "13": "T7"}
_ITEM_DIGITS = 7


@dataclass(frozen=True, slots=True, order=True)
class Bucket:
    """So much (元) of a fund for a functional 项 and a class."""

    fund: str
    function: str
    klass: str
    amount: Decimal


def buckets(document: Document) -> list[Bucket]:
    """Give every bucket that is not zero, in the order of fund, 项 and class.

    Fiscal money as T5 to T7 have it. The rest is T3 less those, by T2's columns: where a 项
    has several other funds and both classes, the tables do not say which fund pays for which
    class, and the class stays 未分. Source: project decision (DESIGN §2).
    """
    found = [
        bucket for fund, table in FISCAL_TABLES.items() for bucket in _fiscal(document, fund, table)
    ]
    found.extend(_others(document, found))
    return sorted(bucket for bucket in found if bucket.amount)


def _fiscal(document: Document, fund: str, table_id: str) -> Iterator[Bucket]:
    table = document.table(table_id)
    for row in table.coded() if table else ():
        if len(row.code) == _ITEM_DIGITS:
            basic, project = _classes(row)
            yield Bucket(fund, row.code, BASIC, basic)
            yield Bucket(fund, row.code, PROJECT, project)


def _others(document: Document, fiscal: list[Bucket]) -> Iterator[Bucket]:
    income, spending = document.table("T2"), document.table("T3")
    if income is None or spending is None:
        return
    columns = income.by_code()
    for row in spending.coded():
        if len(row.code) != _ITEM_DIGITS:
            continue
        basic, project = _classes(row)
        basic -= sum((b.amount for b in fiscal if (b.function, b.klass) == (row.code, BASIC)), ZERO)
        project -= sum(
            (b.amount for b in fiscal if (b.function, b.klass) == (row.code, PROJECT)), ZERO
        )
        source = columns.get(row.code)
        funds = {
            fund: (source.amount(key) if source else None) or ZERO
            for fund, key in COLUMN_OF_FUND.items()
        }
        yield from _split(
            row.code, {fund: amount for fund, amount in funds.items() if amount}, basic, project
        )


def _split(
    function: str, funds: dict[str, Decimal], basic: Decimal, project: Decimal
) -> Iterator[Bucket]:
    if len(funds) == 1:
        [fund] = funds
        yield Bucket(fund, function, BASIC, basic)
        yield Bucket(fund, function, PROJECT, project)
        return
    klass = UNDIVIDED if basic and project else BASIC if basic else PROJECT
    for fund, amount in funds.items():
        yield Bucket(fund, function, klass, amount)


def _classes(row: Row) -> tuple[Decimal, Decimal]:
    return row.amount("basic") or ZERO, row.amount("project") or ZERO
