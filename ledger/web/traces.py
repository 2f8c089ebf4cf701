"""Where the postings of a figure stand in fava: one account's page, or the journal of several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from yusuan.ledger.budget.line import PROJECT
from yusuan.ledger.classification import path
from yusuan.ledger.tables.execution import By

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.ledger.budget.line import Register
    from yusuan.ledger.tables.execution import ExecutionRow

#: The states of a line (92 to 97) and of an economic limit (98) that make up a figure.
_LINE_STATES = {"available": "2", "frozen": "3", "committed": "4", "spent": "5"}
_LIMIT_STATES = {"available": "2", "spent": "3", "committed": "4", "frozen": "5"}
#: All that 全年预算 is made of: what has lapsed is not part of it.
_ALL_OF_A_LINE, _ALL_OF_A_LIMIT = "[2-6]", "[2-5]"
#: The entries that give the approved budget: those of the kinds, and those out of 91's 01 and 02.
APPROVING = 'event:"appropriation|advance|assignment",any(account:"91-[^:]*:0[12]-")'
#: Spending that no economic limit covers: the entries that spend none.
OUTSIDE = '-any(account:"98-[^:]*:03-")'
#: Readable in an address, and understood by fava as they are.
_SAFE = "^[]*:.|()-,"


@dataclass(frozen=True, slots=True)
class Trace:
    """The postings whose sum is a figure: of one account and those below it, or of a pattern.

    `filter` narrows down the entries, in fava's own language.
    """

    account: str = ""
    pattern: str = ""
    filter: str = ""

    def address(self, time: str = "", narrowing: str = "") -> str:
        """Write the page's address, as seen from a page of ours; a period, and a further filter."""
        both = f"({self.filter}) ({narrowing})" if self.filter and narrowing else ""
        query = {"account": self.pattern, "filter": both or self.filter or narrowing, "time": time}
        asked = "&".join(f"{key}={quote(text, _SAFE)}" for key, text in query.items() if text)
        page = f"account/{self.account}/" if self.account else "journal/"
        return f"../../{page}{'?' if asked else ''}{asked}"


class Traces:
    """Finds the postings of the figures of one table."""

    def __init__(self, register: Register, by: By) -> None:
        """Look at the lines or limits that the table is made of."""
        self._by = by
        self._economic = by is By.ECONOMIC
        self._register = register
        if self._economic:
            self._leaves = [(cell.code, limit) for cell, limit in register.limits.items()]
        else:
            self._leaves = [
                (_code(by, line.id, line.fund, line.function), line.path)
                for line in register.lines.values()
                if by is not By.PROJECT or line.klass == PROJECT
            ]
        self._paths: dict[str, set[str]] = {}
        for code, leaf in self._leaves:
            for part in path(code) if by in (By.FUNCTION, By.ECONOMIC) else (code,):
                self._paths.setdefault(part, set()).add(_down_to(part, leaf))

    def find(self, row: ExecutionRow, figure: str) -> Trace:
        """Give the postings of a row's figure; of `outside`, the expenditure that no limit covers."""
        if figure == "outside":
            return Trace(
                pattern=f"^Expenses:.*:{row.code}-" if row.code else "^Expenses:", filter=OUTSIDE
            )
        states = _LIMIT_STATES if self._economic else _LINE_STATES
        state = states.get(figure)
        if state is None:
            every = _ALL_OF_A_LIMIT if self._economic else _ALL_OF_A_LINE
            return Trace(
                pattern=self._pattern(row.code, every),
                filter=APPROVING if figure == "approved" else "",
            )
        account = self._account(row.code, state)
        return Trace(account=account) if account else Trace(pattern=self._pattern(row.code, state))

    def _account(self, code: str, state: str) -> str:
        """Give the one account that holds a row's figure; "" where there are several or none."""
        register = self._register
        root = (
            f"Equity:{register.economic_root}:{register.economic_states.get(f'0{state}', '')}"
            if self._economic
            else f"Equity:{register.states.get(f'9{state}', '')}"
        )
        if not code:
            return "" if self._by is By.PROJECT else root
        paths = self._paths.get(code, set())
        return f"{root}:{next(iter(paths))}" if len(paths) == 1 else ""

    def _pattern(self, code: str, states: str) -> str:
        root = f"^Equity:98-[^:]*:0{states}-" if self._economic else f"^Equity:9{states}-"
        if code:
            return f"{root}.*:{code}-"
        if self._by is not By.PROJECT:
            return root
        return f"{root}.*:({'|'.join(code for code, _ in self._leaves)})-"


def _code(by: By, line: str, fund: str, function: str) -> str:
    return {By.FUNCTION: function, By.FUND: fund}.get(by, line)


def _down_to(code: str, leaf: str) -> str:
    """Cut an account's path after the component of a code."""
    parts: Sequence[str] = leaf.split(":")
    for at, part in enumerate(parts, start=1):
        if part.startswith(f"{code}-"):
            return ":".join(parts[:at])
    return leaf
