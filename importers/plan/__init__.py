"""From a document's tables to budget lines, limits and estimates; nothing is invented."""

from __future__ import annotations

from yusuan.importers.plan.build import PlanError
from yusuan.importers.plan.build import build_plan

__all__ = ["PlanError", "build_plan"]
