"""Identities between tables: B02, B04–B08, B11 and B12."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger import money
from yusuan.ledger.tables.identities import units
from yusuan.ledger.tables.identities.check import cite
from yusuan.ledger.tables.identities.check import relate
from yusuan.ledger.tables.identities.check import side
from yusuan.ledger.tables.identities.within import sides_add_up
from yusuan.ledger.tables.identities.within import sides_equal
from yusuan.ledger.tables.identities.within import tops
from yusuan.ledger.tables.keys import FUNDS
from yusuan.ledger.tables.keys import LABELS
from yusuan.ledger.tables.keys import parts_of_total
from yusuan.ledger.tables.model import EXPENDITURE
from yusuan.ledger.tables.model import REVENUE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from yusuan.ledger.tables.identities.check import Check
    from yusuan.ledger.tables.identities.check import Cited
    from yusuan.ledger.tables.identities.check import Identity
    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Row
    from yusuan.ledger.tables.model import Table

#: The expenditure tables of the three budgets, by the fund they are of.
FUND_TABLES: Final = dict(zip(FUNDS, ("T5", "T6", "T7"), strict=True))

#: 三公 items and the 款 of basic expenditure that is part of each.
_PUBLIC_CODES: Final = {"abroad": "30212", "reception": "30217", "vehicle_running": "30231"}


def _codes(*tables: Table | None) -> list[str]:
    """Give every code of some tables once, in the order of printing; "" is the 合计 row.

    Where the first one tells units instead of subjects, only what it has in all is compared.
    """
    if tables[0] is not None and tables[0].rows and not any(tables[0].coded()):
        return [""]
    coded = chain.from_iterable(table.coded() for table in tables if table is not None)
    return [*dict.fromkeys(row.code for row in coded), ""]


def _at(table: Table | None, code: str, key: str) -> tuple[Cited, ...]:
    """Cite the cell of a code, or of the 合计 row for ""; nothing where there is none.

    Where a table prints only 项, a 类 is what they add up to.
    """
    if table is None:
        return ()
    row = table.by_code().get(code) if code else table.total()
    if row is not None or not code:
        return cite(table, row, key)
    below = tuple(each for each in table.coded() if each.code.startswith(code))
    highest = tops(replace(table, rows=below)) if below else []
    return tuple(chain.from_iterable(cite(table, each, key) for each in highest))


def _fiscal_items(keys: Iterable[str]) -> tuple[str, ...]:
    """Give the keys that make up 财政拨款: its own, or the three budgets where it has none."""
    known = set(keys)
    return ("fiscal",) if "fiscal" in known else tuple(key for key in FUNDS if key in known)


def _other_items(income: Table) -> list[str]:
    """Give the columns of T2 that are not 财政拨款."""
    fiscal = _fiscal_items(income.columns)
    items = tuple(key for key in income.columns if key != "revenue")
    return [key for key in parts_of_total(items) if key not in fiscal]


def _tells_funds(income: Table) -> bool:
    """Say whether T2 separates 财政拨款 from other money: it does not where 上年结转 is mixed."""
    return bool(_fiscal_items(income.columns)) and not any(
        _nonzero(_at(income, "", key)) for key in ("opening", "reserve")
    )


def _fiscal(doc: Document, code: str, key: str = "total") -> tuple[Cited, ...]:
    """Cite the cells of a code in T5, T6 and T7."""
    return tuple(chain.from_iterable(_at(doc.table(t), code, key) for t in FUND_TABLES.values()))


def _columns(table: Table) -> tuple[str, ...]:
    """Give the columns of a table; an empty one would have a total."""
    return table.columns or ("total",)


def _name(code: str) -> str:
    return code or "合计"


def overview(identity: Identity, doc: Document) -> Iterator[Check]:
    """B02: T2 and T3 carry the totals of T1; T2 and T3 agree for every code; T1 类 are T3's."""
    first, income, spending = doc.table("T1"), doc.table("T2"), doc.table("T3")
    for table, which in ((income, REVENUE), (spending, EXPENDITURE)):
        if first is not None and table is not None and "total" in _columns(table):
            left = cite(table, table.total(), "total")
            right = cite(first, _same_scope(first, which, table), "total")
            yield relate(identity, side(f"{table.id} 合计", left), side("T1 总计", right))
    if income is not None and spending is not None and not _carries(doc):
        for part in units.documents(doc, "T2", "T3"):
            yield from _same_codes(identity, part)
    if first is not None and spending is not None:
        yield from _by_class(identity, first, [("total", [spending])])


def _same_codes(identity: Identity, doc: Document) -> Iterator[Check]:
    income, spending = doc.table("T2"), doc.table("T3")
    if income is None or "total" not in _columns(income):
        return
    for code in _codes(income, spending):
        left, right = _at(income, code, "total"), _at(spending, code, "total")
        yield relate(identity, side(f"T2 {_name(code)}", left), side("T3", right))


def _same_scope(first: Table, which: str, table: Table) -> Row | None:
    """Give the 合计 of T1 that a table carries: 总计 where it has what was or will be carried.

    T1 may print 本年收入合计 above 总计, and so on the other side.
    """
    beyond = {"opening", "reserve"} if which == REVENUE else {"closing"}
    totals = first.totals(which)
    return totals[-1 if beyond & set(table.columns) else 0] if totals else None


def _carries(doc: Document) -> bool:
    """Say whether money is carried from or to another year, so that T2 and T3 may differ."""
    first, income = doc.table("T1"), doc.table("T2")
    if first is None and doc.kind == "final":
        return True  # most final accounts do, and nothing here says that these do not
    kept = {"opening", "reserve", "closing", "distribution"}
    rows = [row for row in (first.rows if first else ()) if row.key in kept]
    columns = [_at(income, "", key) for key in ("opening", "reserve")]
    return any(row.amount("total") for row in rows) or any(_nonzero(cells) for cells in columns)


def _by_class(
    identity: Identity,
    table: Table,
    columns: Sequence[tuple[str, list[Table]]],
    *,
    at_least: bool = False,
) -> Iterator[Check]:
    """Check the 类 rows of T1 or T4 against the highest codes of other tables, by column.

    `at_least`: T4 also spends what was carried from last year, the others may not.
    """
    own = [row for row in table.rows if row.side == EXPENDITURE and row.level == "类"]
    if not own and any(row.side == EXPENDITURE and row.level == "其他" for row in table.rows):
        return  # it prints 基本支出 and 项目支出 instead
    if not any(row.code for row in own) and not any(
        row.level == "类" for _, others in columns for other in others for row in other.rows
    ):
        return  # no table prints the code of a 类 beside its name
    for key, others in columns:
        theirs: dict[str, list[tuple[Table, Row]]] = {}
        for other in others:
            for row in tops(other):
                theirs.setdefault(row.code[:3], []).append((other, row))
        for row in own:
            pairs = theirs.pop(row.code, [])
            right = [cited for other, its in pairs for cited in cite(other, its, "total")]
            label = "、".join(other.id for other in others)
            left = side(f"{table.id} {row.name}", cite(table, row, key))
            if at_least:
                yield relate(identity, side(label, right), left, at_most=True)
            else:
                yield relate(identity, left, side(label, right))
        for code, pairs in theirs.items():  # a 类 that T1 or T4 does not list must be nothing
            cells = [cited for other, its in pairs for cited in cite(other, its, "total")]
            yield relate(identity, side(f"{table.id} 未列 {code}"), side(pairs[0][0].id, cells))


def appropriation(identity: Identity, doc: Document) -> Iterator[Check]:
    """B04: T4 adds up and balances; its revenue is the 财政拨款 of T1 and of T2."""
    table, first, income = doc.table("T4"), doc.table("T1"), doc.table("T2")
    if table is None:
        return
    yield from sides_add_up(identity, table)
    yield from sides_equal(identity, table)
    revenue = [row for row in table.rows if row.side == REVENUE]
    opening = [
        cited for row in revenue if row.key == "opening" for cited in cite(table, row, "total")
    ]
    own = side("T4 当年收入", cite(table, table.total(REVENUE), "total"), minus=opening)
    if first is not None:
        items = {row.key: row for row in first.rows if row.side == REVENUE and row.key}
        fiscal = [
            cited for key in _fiscal_items(items) for cited in cite(first, items[key], "total")
        ]
        if fiscal:
            yield relate(identity, own, side("T1 财政拨款收入", fiscal))
        for row in revenue:
            if row.key in FUNDS and row.key in items:
                right = side(f"T1 {row.name}", cite(first, items[row.key], "total"))
                yield relate(identity, side(f"T4 {row.name}", cite(table, row, "total")), right)
    if income is not None and (keys := _fiscal_items(income.columns)):
        right = side("T2 财政拨款收入", *(_at(income, "", key) for key in keys))
        yield relate(identity, own, right)


def funds(identity: Identity, doc: Document) -> Iterator[Check]:
    """B05: T4 is the sum of T5, T6 and T7, in total, by 类 and by fund."""
    table = doc.table("T4")
    tables = {fund: its for fund, t in FUND_TABLES.items() if (its := doc.table(t)) is not None}
    if table is None or "general" not in tables:
        return
    totals = table.totals(EXPENDITURE)
    total = totals[0] if totals else None  # 本年支出合计, where 总计 has what is carried too
    carried = any(row.key in {"opening", "closing"} and row.amount("total") for row in table.rows)
    # A budget may leave out of T5 to T7 what T4 spends of last year's money.
    more = doc.kind == "budget" and any(
        row.key == "opening" and row.amount("total") for row in table.rows
    )
    whole = side("T4 支出总计", cite(table, total, "total"))
    summed = side("T5、T6、T7 合计", _fiscal(doc, ""))
    first, second = (summed, whole) if more else (whole, summed)
    yield relate(identity, first, second, at_most=more)
    yield from _by_class(identity, table, [("total", list(tables.values()))], at_least=more)
    for fund, its in tables.items():
        right = side(f"{its.id} 合计", cite(its, its.total(), "total"))
        if fund in table.columns:
            whole = side(f"T4 {LABELS[fund]}", cite(table, total, fund))
            first, second = (right, whole) if more else (whole, right)
            yield relate(identity, first, second, at_most=more)
            yield from _by_class(identity, table, [(fund, [its])], at_least=more)
        for row in table.rows:
            if row.side == REVENUE and row.key == fund and not carried:
                yield relate(identity, side(f"T4 {row.name}", cite(table, row, "total")), right)


def income_column(identity: Identity, doc: Document) -> Iterator[Check]:
    """B06: for every code, the 财政拨款 column of T2 is the sum of T5, T6 and T7."""
    income = doc.table("T2")
    if income is None or doc.table("T5") is None or not _tells_funds(income) or _carries(doc):
        return
    for part in units.documents(doc, "T2", *FUND_TABLES.values()):
        yield from _income_column(identity, part, _fiscal_items(income.columns))


def _income_column(identity: Identity, doc: Document, keys: Iterable[str]) -> Iterator[Check]:
    income = doc.table("T2")
    for code in _codes(income, *(doc.table(t) for t in FUND_TABLES.values())):
        left = side(f"T2 财政拨款 {_name(code)}", *(_at(income, code, key) for key in keys))
        yield relate(identity, left, side("T5、T6、T7", _fiscal(doc, code)))


def other_money(identity: Identity, doc: Document) -> Iterator[Check]:
    """B07: what T3 spends beyond T5, T6 and T7 is the non-fiscal revenue of T2, for every code.

    Where a code has none, its 基本 and 项目 are those of T5, T6 and T7 as well.
    """
    income, spending = doc.table("T2"), doc.table("T3")
    if income is None or spending is None or doc.table("T5") is None:
        return
    if _tells_funds(income) and not _carries(doc):
        for part in units.documents(doc, "T2", "T3", *FUND_TABLES.values()):
            yield from _other_money(identity, part, _other_items(income))


def _other_money(identity: Identity, doc: Document, others: list[str]) -> Iterator[Check]:
    income, spending = doc.table("T2"), doc.table("T3")
    for code in _codes(income, spending):
        right = side("T2 非财政收入", *(_at(income, code, key) for key in others))
        left = side(
            f"T3 减财政拨款 {_name(code)}",
            _at(spending, code, "total"),
            minus=_fiscal(doc, code),
        )
        yield relate(identity, left, right)
        for key in ("basic", "project") if right.value == money.ZERO else ():
            own = side(f"T3 {_name(code)} {key}", _at(spending, code, key))
            yield relate(identity, own, side("T5、T6、T7", _fiscal(doc, code, key)))


def basic(identity: Identity, doc: Document) -> Iterator[Check]:
    """B08: T8 is the basic expenditure of T5; also of T3 where no other money pays for it."""
    table, general, spending = doc.table("T8"), doc.table("T5"), doc.table("T3")
    if table is None or general is None or "basic" not in general.columns:
        return
    parts = [row for row in table.rows if row.level == "小计"]
    whole = table.total()
    rows = parts if whole is None else [whole]
    left = side("T8 合计", *(cite(table, row, "total") for row in rows))
    yield relate(identity, left, side("T5 基本支出", _at(general, "", "basic")))
    if spending is not None and "basic" in spending.columns and _basic_is_general(doc, spending):
        yield relate(identity, left, side("T3 基本支出", _at(spending, "", "basic")))


def _basic_is_general(doc: Document, spending: Table) -> bool:
    """Say whether T2 shows that no 项 with basic expenditure has money beyond 财政拨款."""
    income = doc.table("T2")
    if income is None or len(income.units) > 1 or len(spending.units) > 1:
        return False
    if any(_nonzero(_at(doc.table(t), "", "basic")) for t in ("T6", "T7")):
        return False
    others = _other_items(income)
    leaves = [row for row in spending.rows if row.level == "项" and row.amount("basic")]
    return bool(leaves) and not any(
        _nonzero(_at(income, row.code, key)) for row in leaves for key in others
    )


def _nonzero(cells: Iterable[Cited]) -> bool:
    return any(cited.amount for cited in cells)


def running_costs(identity: Identity, doc: Document) -> Iterator[Check]:
    """B11: 机关运行经费 is 公用经费 of T8, only where every unit is 行政 or 参公."""
    public, table = doc.table("T9"), doc.table("T8")
    if public is None or table is None or not _all_administrative(doc):
        return
    for row in public.rows:
        left = cite(public, row, "running_costs")
        right = cite(table, table.total(), "operating")
        if left and right and left[0].cell.amount is not None:
            yield relate(identity, side("T9 机关运行经费", left), side("T8 公用经费", right))


def _all_administrative(doc: Document) -> bool:
    """Say whether the prose counts units, and none of them an ordinary 事业单位."""
    counted = doc.figures_of("units_administrative") + doc.figures_of("units_reference")
    return any(figure.amount for figure in counted) and not any(
        figure.amount for figure in doc.figures_of("units_institution")
    )


def public_items(identity: Identity, doc: Document) -> Iterator[Check]:
    """B12: each 三公 item is at least its 款 in basic expenditure."""
    public, table = doc.table("T9"), doc.table("T8")
    if public is None or table is None:
        return
    total = public.total()
    for key, code in _PUBLIC_CODES.items():
        part, whole = _at(table, code, "total"), cite(public, total, key)
        if part and whole:
            yield relate(identity, side(f"T8 {code}", part), side("T9", whole), at_most=True)
