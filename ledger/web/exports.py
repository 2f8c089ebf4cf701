"""The results of queries as fava hands them out: exact digits, and text that is never a formula.

fava writes amounts by way of floats and text as it comes, so that a payee `=HYPERLINK(…)` runs in
a spreadsheet (TRAPS part 2).
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

import fava.core.query_shell

from yusuan.ledger.tables.csv import csv_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from yusuan.ledger.tables.execution_text import Value

_shell: Any = fava.core.query_shell


def install() -> None:
    """Have fava export by our own tables; its workbooks (an extra of fava's) are off."""
    _shell.to_csv = _csv
    _shell.HAVE_EXCEL = False


def _csv(types: Sequence[Any], rows: Iterable[Sequence[Any]]) -> BytesIO:
    headers = [column.name for column in types]
    return BytesIO(csv_file(headers, ([_value(each) for each in row] for row in rows)))


def _value(found: Any) -> Value:  # noqa: ANN401 -- whatever a query gives
    if found is None or isinstance(found, Decimal):
        return found
    if isinstance(found, int) and not isinstance(found, bool):
        return Decimal(found)
    if isinstance(found, set | frozenset):
        return " ".join(sorted(map(str, found)))
    return str(found)
