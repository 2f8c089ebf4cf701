"""部门预算 documents: from a grid of cells to tables, project forms and figures."""

from __future__ import annotations

from yusuan.importers.budget.recognise import recognise

__all__ = ["recognise"]
