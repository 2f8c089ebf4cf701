"""The pages of the fava extension: `custom "fava-extension" "yusuan.ledger.web"`.

fava lists them by the names they have here, so the names say the order.
"""

from __future__ import annotations

from yusuan.ledger.web.pages.execution import Execution as Page2
from yusuan.ledger.web.pages.overview import Overview as Page1
from yusuan.ledger.web.pages.pictures import Pictures as Page7

__all__ = ["Page1", "Page2", "Page7"]
