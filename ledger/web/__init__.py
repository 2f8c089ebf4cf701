"""The pages of the fava extension: `custom "fava-extension" "yusuan.ledger.web"`.

fava lists them by the names they have here, so the names say the order.
"""

from __future__ import annotations

from yusuan.ledger.web.pages.budget_tables import BudgetTables as Page6
from yusuan.ledger.web.pages.checks import Checks as Page5
from yusuan.ledger.web.pages.execution import Execution as Page2
from yusuan.ledger.web.pages.line_cards import LineCards as Page3
from yusuan.ledger.web.pages.overview import Overview as Page1
from yusuan.ledger.web.pages.pictures import Pictures as Page7
from yusuan.ledger.web.pages.recording import Recording as Page4

__all__ = ["Page1", "Page2", "Page3", "Page4", "Page5", "Page6", "Page7"]
