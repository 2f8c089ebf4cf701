"""Stored queries (fava 的查询) for the questions that are asked of every book.

beanquery knows no Chinese names of columns, so the names of the queries are Chinese alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger.books.text import quoted
from yusuan.ledger.chart import chart_data

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPENT: Final = "account ~ '^Expenses:7'"
_ENTRY: Final = "date, entry_meta('id') AS id, payee, narration"


def _queries() -> dict[str, str]:
    """Give the queries by their names; fava's sidebar has room for the first five."""
    public = "|".join(sorted(chart_data().special_economic))
    return {
        "本月支付": (
            f"SELECT {_ENTRY}, leaf(account) AS economic, number"
            f" WHERE {_SPENT} AND year = year(today()) AND month = month(today())"
        ),
        "各指标可用": (
            "SELECT leaf(account) AS line, sum(number) AS available"
            " WHERE account ~ '^Equity:92' GROUP BY line ORDER BY available"
        ),
        "三公支出": (
            f"SELECT {_ENTRY}, leaf(account) AS economic, number"
            f" WHERE {_SPENT} AND account ~ ':({public})-'"
        ),
        "按收款人合计": (
            "SELECT payee, sum(number) AS paid, count(*) AS postings"
            f" WHERE {_SPENT} GROUP BY payee ORDER BY paid DESC"
        ),
        "未复核凭证": f"SELECT DISTINCT {_ENTRY} WHERE flag = '!'",
    }


def directives(year: int) -> Iterator[str]:
    """Write the queries, a line each, as of the first day of a year."""
    for name, query in _queries().items():
        yield f"{year}-01-01 query {quoted(name)} {quoted(query)}\n"
