"""Amount keys of DESIGN §4: their Chinese labels, and which columns add up to which."""

from __future__ import annotations

from typing import Final

LABELS: Final = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "fiscal": "财政拨款",
    "general": "一般公共预算",
    "fund": "政府性基金",
    "capital": "国有资本经营",
    "special_account": "财政专户管理资金",
    "institution": "事业收入",
    "business": "事业单位经营",
    "superior": "上级补助",
    "subordinate": "附属单位上缴",
    "other": "其他收入",
    "remitted": "上缴上级",
    "subsidy": "对附属单位补助",
    "fees": "其中：教育收费",
    "opening": "上年结转",
    "reserve": "使用非财政拨款结余",
    "income": "本年收入",
    "carried": "结转下年",
    "distribution": "结余分配",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicle": "公务用车购置及运行费",
    "vehicle_purchase": "购置费",
    "vehicle_running": "运行费",
    "running_costs": "机关运行经费",
}

#: The three budgets that make up 财政拨款.
FUNDS: Final = ("general", "fund", "capital")

#: The column of each fund that is not 财政拨款; 财政专户管理资金 (2) has one in some regions only.
COLUMN_OF_FUND: Final = {
    "31": "institution",
    "32": "superior",
    "33": "subordinate",
    "34": "business",
    "39": "other",
}

#: A column that splits into others, where the document prints the split.
PARTS: Final = {
    "fiscal": FUNDS,
    "basic": ("personnel", "operating"),
    "vehicle": ("vehicle_purchase", "vehicle_running"),
}

#: Columns beside the total that are not part of it.
APART: Final = frozenset({"running_costs", "fees"})

#: A table of flows has these beside its expenditure, which is its total.
FLOWS: Final = frozenset({"opening", "income", "carried"})


def parts_of_total(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns whose sum is `total`: all but the parts of another printed column."""
    inner = {part for whole, parts in PARTS.items() if whole in columns for part in parts}
    flows = FLOWS if "income" in columns else frozenset()
    return tuple(key for key in columns if key not in inner | APART | flows | {"total"})
